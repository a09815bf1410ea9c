#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace limier::tools {

/// Exit statuses, as grep and ripgrep have them.
namespace status {
inline constexpr int done = 0;
inline constexpr int nothing_found = 1;
inline constexpr int failed = 2;
}  // namespace status

/// One verb of the command: its options, and what it does once they are read.
struct Subcommand {
  CLI::App* options = nullptr;
  std::function<int()> run;  ///< Gives the exit status.
  bool pages = false;        ///< Prints for a person: what is longer than the screen goes through a pager, unless
  bool no_pager = false;     ///< the person says so.
};

/// Each adds one subcommand to `app` and lives in the file of its name.
Subcommand add_index(CLI::App& app);
Subcommand add_watch(CLI::App& app);
Subcommand add_search(CLI::App& app);
Subcommand add_similar(CLI::App& app);
Subcommand add_suggest(CLI::App& app);
Subcommand add_show(CLI::App& app);
Subcommand add_info(CLI::App& app);
Subcommand add_synonyms(CLI::App& app);
Subcommand add_delete(CLI::App& app);
Subcommand add_optimize(CLI::App& app);
Subcommand add_check(CLI::App& app);
Subcommand add_extract(CLI::App& app);
Subcommand add_analyze(CLI::App& app);
Subcommand add_run(CLI::App& app);
Subcommand add_eval(CLI::App& app);
Subcommand add_bench(CLI::App& app);

}  // namespace limier::tools
