#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace limier::tools {

/// A page of section 1 for the command or one of its subcommands, in roff with the man macros.
std::string man_page(const CLI::App& app);

/// `limier` or `limier-search`.
std::string page_name(const CLI::App& app);

}  // namespace limier::tools
