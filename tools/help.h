#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace limier::tools {

/// `limier search [OPTION...] INDEX QUERY...`
std::string usage_line(const CLI::App& app);

/// `--top K`
std::string option_heading(const CLI::Option& option);

/// The description, with the default where there is one.
std::string option_description(const CLI::Option& option);

/// The options of a group, or the arguments where `group` is empty, in the order in which they were added.
std::vector<const CLI::Option*> options_in(const CLI::App& app, const std::string& group);

/// How `--help` looks: usage, what the command does, arguments, options with their defaults, examples.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

}  // namespace limier::tools
