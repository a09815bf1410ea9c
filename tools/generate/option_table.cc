#include "generate/option_table.h"

#include <algorithm>

#include "help.h"

namespace limier::tools {

ValueKind kind_of(std::string_view value_name) {
  // What may follow a flag behind `=` is left to the person: behind a space it would be an argument.
  if (value_name.empty() || value_name.starts_with("[=")) return ValueKind::None;
  if (value_name.find('|') != std::string_view::npos) return ValueKind::Words;
  if (value_name == "FILE" || value_name == "PATH" || value_name == "RUN") return ValueKind::File;
  if (value_name == "INDEX" || value_name == "DIR") return ValueKind::Folder;
  return ValueKind::Other;
}

ValueKind kind_of(const CLI::Option& option) {
  return kind_of(option.get_positional() ? option.get_name() : option.get_option_text());
}

std::string words_of(const CLI::Option& option) {
  std::string words = option.get_option_text();
  std::replace(words.begin(), words.end(), '|', ' ');
  return words;
}

std::vector<const CLI::App*> subcommands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::Option*> arguments_of(const CLI::App& app) { return options_in(app, ""); }

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
  std::vector<const CLI::Option*> options;
  for (const std::string& group : app.get_groups()) {
    if (group.empty()) continue;
    for (const CLI::Option* option : options_in(app, group)) options.push_back(option);
  }
  return options;
}

std::string long_name(const CLI::Option& option) { return "--" + option.get_lnames().front(); }

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace limier::tools
