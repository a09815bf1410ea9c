#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace limier::tools {

/// Scripts that complete the command's subcommands, options and values in a shell.
std::string bash_completion(const CLI::App& app);
std::string zsh_completion(const CLI::App& app);
std::string fish_completion(const CLI::App& app);

}  // namespace limier::tools
