#include "generate/man.h"

#include <fmt/format.h>

#include <sstream>

#include "generate/option_table.h"
#include "help.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct Escape {
  std::string_view text, roff;
};

/// Signs that roff would take for its own or for typographical ones, and spaces that do not break.
constexpr Escape escapes[] = {{"\\", "\\e"},  {"-", "\\-"},   {"'", "\\(aq"},    {"`", "\\(ga"},
                              {"^", "\\(ha"}, {"~", "\\(ti"}, {"\u00A0", "\\~"}, {"\u202F", "\\~"}};

std::string escaped(std::string_view text) {
  std::string roff = text.starts_with('.') ? "\\&" : "";
  while (!text.empty()) {
    std::string_view piece = text.substr(0, 1), out = piece;
    for (const Escape& escape : escapes) {
      if (text.starts_with(escape.text)) piece = escape.text, out = escape.roff;
    }
    roff += out;
    text.remove_prefix(piece.size());
  }
  return roff;
}

std::string section(const std::string& heading, const std::string& content) {
  return content.empty() ? "" : fmt::format(".SH {}\n{}", escaped(heading), content);
}

std::string entry(const std::string& heading, const std::string& description) {
  return fmt::format(".TP\n.B {}\n{}\n", escaped(heading), escaped(description));
}

std::string entries(const std::vector<const CLI::Option*>& options) {
  std::string list;
  for (const CLI::Option* option : options) list += entry(option_heading(*option), option_description(*option));
  return list;
}

/// Every line but the first, which is the page's name.
std::string description_of(const CLI::App& app) {
  std::istringstream lines(app.get_description());
  std::string paragraphs, line;
  std::getline(lines, line);
  while (std::getline(lines, line)) paragraphs += (paragraphs.empty() ? "" : ".PP\n") + escaped(line) + '\n';
  return paragraphs;
}

std::string examples_of(const CLI::App& app) {
  std::istringstream lines(app.get_footer());
  std::string examples;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  ")) examples += escaped(line.substr(2)) + '\n';
  }
  return examples.empty() ? "" : ".nf\n" + examples + ".fi\n";
}

std::string commands_of(const CLI::App& app) {
  std::string list;
  for (const CLI::App* subcommand : subcommands_of(app))
    list += entry(page_name(*subcommand) + "(1)", first_line(subcommand->get_description()));
  return list;
}

}  // namespace

std::string page_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : app.get_parent()->get_name() + '-' + app.get_name();
}

std::string man_page(const CLI::App& app) {
  const std::string name = page_name(app);
  std::string summary = first_line(app.get_description());
  if (summary.ends_with('.')) summary.pop_back();
  std::string page =
      fmt::format(".TH {} 1 \"\" \"limier {}\"\n.ad l\n.nh\n", escaped(CLI::detail::to_lower(name)), LIMIER_VERSION);
  page += section(tr("NAME"), fmt::format("{} \\- {}\n", escaped(name), escaped(summary)));
  page += section(tr("SYNOPSIS"), fmt::format(".B {}\n", escaped(usage_line(app))));
  page += section(tr("DESCRIPTION"), description_of(app));
  page += section(tr("ARGUMENTS"), entries(arguments_of(app)));
  for (const std::string& group : app.get_groups()) {
    if (!group.empty()) page += section(group == "Options" ? tr("OPTIONS") : group, entries(options_in(app, group)));
  }
  page += section(tr("COMMANDS"), commands_of(app));
  page += section(tr("EXAMPLES"), examples_of(app));
  return page + section(tr("SEE ALSO"), ".BR limier (1),\n.BR limier\\-query (7)\n");
}

}  // namespace limier::tools
