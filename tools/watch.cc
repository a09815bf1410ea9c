#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "folder_watch.h"
#include "indexing.h"
#include "interrupt.h"
#include "limier/error.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

namespace fs = std::filesystem;

/// Whether the file, or a folder that it is in, is among those that changed.
bool has_changed(const std::set<std::string>& changed, const fs::path& file) {
  for (fs::path path = file; path.has_relative_path(); path = path.parent_path()) {
    if (changed.contains(path.string())) return true;
  }
  return false;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  const fs::path real = fs::weakly_canonical(folder);
  return std::mismatch(real.begin(), real.end(), path.begin(), path.end()).first == real.end();
}

void print_change(const Tally& tally, bool as_json) {
  const bool any = tally.added + tally.replaced + tally.removed + tally.problems > 0;
  if (!any) return;
  print_summary(tally, as_json);
  flush_output();
}

int run_watch(IndexOptions options, bool analyzer_was_asked) {
  hold_interrupts();
  take_analyzer(options, analyzer_was_asked);
  for (const std::string& path : options.paths) {
    if (!fs::exists(path)) throw Error(ErrorCode::NotFound, {tr("{}: there is no such file or folder", path), {}});
  }
  // Watched before it is read: what changes meanwhile is read again.
  FolderWatch watch;
  const auto watch_all = [&] {
    for (const std::string& path : options.paths) watch.add(path);
  };
  watch_all();
  print_summary(update_index(options), options.json);
  flush_output();
  while (interrupt() == 0) {
    std::set<std::string> changed = watch.wait();
    // Where the index lies among the files, each of its commits would be a change.
    std::erase_if(changed, [&](const std::string& path) { return lies_in(path, options.index); });
    if (changed.empty()) continue;
    watch_all();
    print_change(update_index(options, [&](const SourceFile& source) { return has_changed(changed, source.path); }),
                 options.json);
  }
  return status::done;
}

}  // namespace

Subcommand add_watch(CLI::App& app) {
  auto options = std::make_shared<IndexOptions>();
  options->prune = true;
  options->writer.lock_timeout = std::chrono::seconds(10);
  CLI::App* subcommand =
      add_subcommand(app, "watch",
                     tr("Bring an index up to date with files, and keep it so as they change.\n"
                        "Prints a line for each change, and goes on until it is interrupted (Ctrl-C, status 0).\n"
                        "Documents of files that vanish are removed. Searches go on beside it."),
                     {"limier watch press.idx ~/pages"});
  add_index_option(*subcommand, options->index);
  subcommand->add_option("PATH", options->paths, tr("Files or folders, as for `limier index`"))->required();
  const CLI::Option* analyzer = add_analyzer_option(
      *subcommand, options->analyzer,
      tr("How a new index takes words, as stemmer=light,elision=off; `limier info` shows all settings"));
  add_wait_option(*subcommand, options->writer.lock_timeout);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options, analyzer] { return run_watch(*options, analyzer->count() > 0); }};
}

}  // namespace limier::tools
