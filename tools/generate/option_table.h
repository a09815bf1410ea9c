#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

// What the man pages and the completions need to know of the command's one table of options.
namespace limier::tools {

/// What stands behind an option, or in the place of an argument.
enum class ValueKind {
  None,    ///< Nothing: a flag, even one that may have a value behind `=`.
  Words,   ///< One of `auto|always|never`.
  File,    ///< Folders too.
  Folder,  ///< An index is one.
  Other,
};

/// By the name of the value, as the help shows it.
ValueKind kind_of(std::string_view value_name);

ValueKind kind_of(const CLI::Option& option);

/// `auto always never` of `auto|always|never`.
std::string words_of(const CLI::Option& option);

std::vector<const CLI::App*> subcommands_of(const CLI::App& app);
std::vector<const CLI::Option*> arguments_of(const CLI::App& app);
std::vector<const CLI::Option*> options_of(const CLI::App& app);

/// `--help`; every option has a long name.
std::string long_name(const CLI::Option& option);

std::string first_line(const std::string& text);

}  // namespace limier::tools
