#include "help.h"

namespace limier::tools {
namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

HelpFormatter::HelpFormatter() {
  label("Positionals", "Arguments");
  label("OPTIONS", "OPTION...");
  label("SUBCOMMAND", "COMMAND ...");
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
  // CLI11 leaves two empty lines between groups.
  const std::string groups = CLI::detail::find_and_replace(make_groups(app, mode), "\n\n\n", "\n\n");
  return make_usage(app, std::move(name)) + '\n' + make_description(app) + make_positionals(app) + groups +
         make_subcommands(app, mode) + '\n' + make_footer(app);
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
  // CLI11 names only the subcommand.
  const CLI::App* parent = app->get_parent();
  return Formatter::make_usage(app, parent == nullptr ? name : parent->get_name() + ' ' + app->get_name());
}

std::string HelpFormatter::make_subcommand(const CLI::App* subcommand) const {
  std::stringstream out;
  CLI::detail::format_help(out, subcommand->get_name(), first_line(subcommand->get_description()), get_column_width());
  return out.str();
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const std::string& value_name = option->get_option_text();
  return value_name.empty() ? "" : ' ' + value_name;
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  const std::string value = option->get_default_str();
  return option->get_description() + (value.empty() ? "" : " (default " + value + ")");
}

}  // namespace limier::tools
