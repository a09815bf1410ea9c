#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "subcommands.h"

namespace limier::tools {

/// What `--version` prints.
std::string version_text();

/// Makes `app` the whole command. This table of options is the only one: the help, the man pages and the completions
/// of the shells are made from it, in the language that was chosen.
std::vector<Subcommand> make_command(CLI::App& app);

}  // namespace limier::tools
