#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "indexing.h"
#include "interrupt.h"
#include "limier/document_reader.h"
#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/searcher.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

constexpr int signal_status = 128;  // As a shell reports a process that a signal ended.

bool is_standard_input(const SourceFile& source) { return source.path == "-"; }

bool lies_under(const std::string& path, const std::string& folder) {
  return path == folder || path.starts_with(folder.ends_with('/') ? folder : folder + '/');
}

/// Whether there is surely nothing at `path`.
bool is_gone(const std::string& path) {
  std::error_code error;
  return !std::filesystem::exists(path, error) && !error;
}

/// Whether two documents that are both there have the same id. Where the other's file is gone, this one has moved.
bool takes_place_of_another(const AddResult& result, const SourceFile& source) {
  const std::string& other = result.displaced_source;
  return !other.empty() && (other == source.path || !is_gone(other));
}

/// What there is to read.
struct Sources {
  std::vector<SourceFile> files;
  std::vector<std::string> whole_paths;  // Those under which every file was seen.
};

/// Brings an index up to date with files.
class Indexer {
 public:
  Indexer(const IndexOptions& options, const Sources& sources, Tally& tally)
      : options_(options),
        sources_(sources),
        tally_(tally),
        sites_(sources.files),
        writer_(options.index, options.writer) {}

  void index(const std::function<bool(const SourceFile&)>& wanted);

 private:
  void read(const SourceFile& source);
  bool add(const Document& document, const SourceFile& source);
  void count(const AddResult& result);
  void prune(const std::string& path);
  void show_state(const SourceFile& source) const;

  const IndexOptions& options_;
  const Sources& sources_;
  Tally& tally_;
  SiteMemory sites_;
  IndexWriter writer_;
};

void report(const ReadProblem& problem, Tally& tally) {
  ++tally.problems;
  complain(problem);
}

void find(const std::string& path, Sources& found, Tally& tally) {
  const std::uint64_t problems_before = tally.problems;
  std::vector<SourceFile> files = find_sources(path, [&](const ReadProblem& problem) { report(problem, tally); });
  // A folder that could not be seen whole, or is empty like a mount point without its disk, is no ground for pruning.
  if (tally.problems == problems_before && path != "-") found.whole_paths.push_back(path);
  std::move(files.begin(), files.end(), std::back_inserter(found.files));
}

void Indexer::index(const std::function<bool(const SourceFile&)>& wanted) {
  for (const SourceFile& source : sources_.files) {
    if (interrupt() != 0) break;
    if (wanted && !wanted(source)) continue;
    if (!is_standard_input(source) && writer_.is_current(source)) {
      ++tally_.skipped_files;
    } else {
      read(source);
    }
  }
  if (options_.prune && interrupt() == 0) {
    for (const std::string& path : sources_.whole_paths) prune(path);
  }
  writer_.commit();
}

void Indexer::read(const SourceFile& source) {
  // Standard input is another text every time: what it gave before stays.
  bool complete = !is_standard_input(source);
  const auto on_problem = [&](const ReadProblem& problem) {
    complete = false;
    report(problem, tally_);
  };
  DocumentReader reader(source, on_problem, {.sites = &sites_});
  writer_.begin_source(source);
  Document document;
  while (interrupt() == 0 && reader.next(document)) {
    complete = add(document, source) && complete;
    if (writer_.uncommitted_bytes() >= options_.writer.memory) writer_.commit();
    show_state(source);
  }
  tally_.removed += writer_.end_source(complete && interrupt() == 0);
}

/// False where the index refuses the document.
bool Indexer::add(const Document& document, const SourceFile& source) {
  try {
    const AddResult result = writer_.add(document);
    count(result);
    if (takes_place_of_another(result, source)) {
      const std::string what =
          tr("takes the place of the document of the same id, {}, from {}", document.id, result.displaced_source);
      report({source.path, 0, {what, {}}}, tally_);
    }
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::InvalidArgument) throw;
    report({source.path, 0, error.message()}, tally_);
    return false;
  }
}

void Indexer::count(const AddResult& result) {
  switch (result.outcome) {
    case AddResult::Outcome::Added:
      ++tally_.added;
      break;
    case AddResult::Outcome::Replaced:
      ++tally_.replaced;
      break;
    case AddResult::Outcome::Unchanged:
      ++tally_.unchanged;
      break;
  }
}

void Indexer::prune(const std::string& path) {
  const std::string folder = std::filesystem::canonical(path).string();
  for (const std::string& source : writer_.sources()) {
    if (lies_under(source, folder) && is_gone(source)) tally_.removed += writer_.remove_source(source);
  }
}

void Indexer::show_state(const SourceFile& source) const {
  const std::uint64_t documents = tally_.added + tally_.replaced + tally_.unchanged;
  show_progress(tr_n("{} document", "{} documents", documents) + "  " + source.name);
}

/// The settings of an index are those of its making.
void check_analyzer(const std::string& index, const AnalyzerOptions& wanted) {
  std::string found;
  try {
    found = print_analyzer_options(Searcher(index).info().analyzer);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::NotFound) return;
    throw;
  }
  if (found != print_analyzer_options(wanted))
    throw Error(ErrorCode::InvalidArgument,
                {tr("{}: the index was made with the analyzer {}; make another one", index, found), {}});
}

int run_index(IndexOptions options, bool analyzer_was_asked) {
  hold_interrupts();
  take_analyzer(options, analyzer_was_asked);
  const Tally tally = update_index(options);
  if (interrupt() != 0) complain(tr("interrupted; what was read before is in the index"));
  print_summary(tally, options.json);
  if (interrupt() != 0) return signal_status + interrupt();
  return tally.problems == 0 ? status::done : status::failed;
}

}  // namespace

Tally update_index(const IndexOptions& options, const std::function<bool(const SourceFile&)>& wanted) {
  Tally tally;
  Sources sources;
  for (const std::string& path : options.paths) find(path, sources, tally);
  // A name that leads nowhere makes no index.
  if (!sources.files.empty() || wanted) Indexer(options, sources, tally).index(wanted);
  clear_progress();
  return tally;
}

void print_summary(const Tally& tally, bool as_json) {
  if (as_json) {
    print_json({{"added", tally.added},
                {"replaced", tally.replaced},
                {"unchanged", tally.unchanged},
                {"removed", tally.removed},
                {"skipped_files", tally.skipped_files},
                {"problems", tally.problems}});
    return;
  }
  print(tr("{}, {}, {}, {}; {}; {}", tr_n("{} document added", "{} documents added", tally.added),
           tr_n("{} replaced", "{} replaced", tally.replaced), tr_n("{} unchanged", "{} unchanged", tally.unchanged),
           tr_n("{} removed", "{} removed", tally.removed),
           tr_n("{} unchanged file skipped", "{} unchanged files skipped", tally.skipped_files),
           tr_n("{} problem", "{} problems", tally.problems)) +
        '\n');
}

void take_analyzer(IndexOptions& options, bool was_asked) {
  if (options.analyzer.empty()) return;
  options.writer.analyzer = parse_analyzer_options(options.analyzer);
  if (was_asked) check_analyzer(options.index, options.writer.analyzer);
}

Subcommand add_index(CLI::App& app) {
  auto options = std::make_shared<IndexOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "index",
      tr("Bring an index up to date with files.\n"
         "New files are added, changed ones replaced, unchanged ones skipped.\n"
         "A source that cannot be read is reported and counted, the rest goes on, and the exit status is 2.\n"
         "After an interruption (status 128 + signal) what was read is kept."),
      {"limier index press.idx ~/pages", "limier index --prune press.idx ~/pages",
       "zstdcat archive.jsonl.zst | limier index press.idx -"});
  add_index_option(*subcommand, options->index);
  subcommand
      ->add_option("PATH", options->paths,
                   tr("Any of the files that `limier info --formats` shows, a folder of them, or - for standard input"))
      ->required();
  subcommand->add_flag("--prune", options->prune,
                       tr("Remove the documents of files that have vanished from under PATH"));
  const CLI::Option* analyzer = add_analyzer_option(
      *subcommand, options->analyzer,
      tr("How a new index takes words, as stemmer=light,elision=off; `limier info` shows all settings"));
  add_threads_option(*subcommand, options->writer.threads);
  const auto read_megabytes = [options](const std::uint64_t& megabytes) { options->writer.memory = megabytes << 20; };
  subcommand
      ->add_option_function<std::uint64_t>("--memory", read_megabytes,
                                           tr("About how much memory new documents may take before they are written"))
      ->option_text("MIB")
      ->check(CLI::Range(1, 1 << 20))
      ->default_str(std::to_string(options->writer.memory >> 20));
  add_wait_option(*subcommand, options->writer.lock_timeout);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options, analyzer] { return run_index(*options, analyzer->count() > 0); }};
}

}  // namespace limier::tools
