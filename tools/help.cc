#include "help.h"

#include <fmt/format.h>

#include <algorithm>

#include "terminal.h"
#include "translate.h"
#include "wrap.h"

namespace limier::tools {
namespace {

constexpr std::size_t description_column = 30;
constexpr std::size_t usual_width = 80;
constexpr std::size_t widest = 100;  // Longer lines are hard to read.

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::size_t help_width() {
  const auto terminal = terminal_size();
  return std::min(terminal ? terminal->columns : usual_width, widest);
}

/// `  --top K      How many documents`; what is too long for its column has the description below.
std::string list_line(const std::string& heading, const std::string& description) {
  const std::size_t used = display_width(heading) + 2;
  const std::string gap = used < description_column ? std::string(description_column - used, ' ')
                                                    : '\n' + std::string(description_column, ' ');
  return wrapped("  " + heading + gap + description, help_width(), description_column) + '\n';
}

std::string option_list(const CLI::App& app, const std::string& group) {
  std::string lines;
  for (const CLI::Option* option : options_in(app, group))
    lines += list_line(option_heading(*option), option_description(*option));
  return lines;
}

std::string subcommand_list(const CLI::App& app) {
  std::string lines;
  for (const CLI::App* subcommand : app.get_subcommands([](const CLI::App*) { return true; }))
    lines += list_line(subcommand->get_name(), first_line(subcommand->get_description()));
  return lines;
}

std::string section(const std::string& heading, const std::string& lines) {
  return lines.empty() ? "" : '\n' + heading + '\n' + lines;
}

}  // namespace

std::string usage_line(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  std::string line = (parent == nullptr ? "" : parent->get_name() + ' ') + app.get_name();
  line += tr(" [OPTION...]");
  for (const CLI::Option* argument : options_in(app, "")) {
    line += ' ' + argument->get_name();
    if (argument->get_expected_max() > 1) line += "...";
  }
  return parent == nullptr ? line + tr(" COMMAND ...") : line;
}

std::string option_heading(const CLI::Option& option) {
  const std::string& value = option.get_option_text();
  return option.get_name(option.get_positional(), true) + (value.empty() ? "" : ' ' + value);
}

std::string option_description(const CLI::Option& option) {
  const std::string value = option.get_default_str();
  return value.empty() ? option.get_description() : tr("{} (default {})", option.get_description(), value);
}

std::vector<const CLI::Option*> options_in(const CLI::App& app, const std::string& group) {
  return app.get_options([&](const CLI::Option* option) {
    return option->get_positional() ? group.empty() : !group.empty() && option->get_group() == group;
  });
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  std::string text = wrapped(tr("Usage: {}", usage_line(*app)), help_width(), 2) + "\n\n";
  text += wrapped(app->get_description(), help_width()) + '\n';
  text += section(tr("Arguments:"), option_list(*app, ""));
  for (const std::string& group : app->get_groups()) {
    const std::string heading = group == "Options" ? tr("Options:") : tr("{}:", group);
    if (!group.empty()) text += section(heading, option_list(*app, group));
  }
  text += section(tr("Commands:"), subcommand_list(*app));
  // An example that is broken in two could not be copied.
  return text + '\n' + app->get_footer() + '\n';
}

}  // namespace limier::tools
