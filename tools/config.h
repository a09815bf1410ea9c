#pragma once

#include <CLI/CLI.hpp>

namespace limier::tools {

/// Reads the person's defaults for options: the file that LIMIER_CONFIG names (none where that is empty), else
/// $XDG_CONFIG_HOME/limier/config, else ~/.config/limier/config; a section is a subcommand, a line an option:
///
///     [search]
///     top = 20
///
/// The command line, which is read later, wins. Throws Error with the file and the line where one is wrong.
void read_config(CLI::App& app);

}  // namespace limier::tools
