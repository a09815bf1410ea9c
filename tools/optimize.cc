#include <memory>
#include <string>

#include "limier/index_writer.h"
#include "limier/searcher.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct CommandOptions {
  std::string index;
  bool json = false;
  WriterOptions writer;
  OptimizeOptions optimize;
};

int run_optimize(const CommandOptions& options) {
  // Throws where there is no index: a writer would make one.
  Searcher searcher(options.index);
  const std::uint64_t before = searcher.info().bytes;
  IndexWriter(options.index, options.writer).optimize(options.optimize);
  const IndexInfo info = searcher.info();
  if (options.json) {
    print_json({{"documents", info.documents}, {"bytes_before", before}, {"bytes", info.bytes}});
  } else {
    print(tr("{}; {} bytes before, {} now", tr_n("{} document", "{} documents", info.documents), number(before),
             number(info.bytes)) +
          '\n');
  }
  return status::done;
}

}  // namespace

Subcommand add_optimize(CLI::App& app) {
  auto options = std::make_shared<CommandOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "optimize",
      tr("Make an index as small and fast as it can be.\n"
         "All its documents are written anew into one sealed segment; searches go on beside it. An index keeps "
         "itself in order without it: it is for an archive that is complete."),
      {"limier optimize press.idx"});
  add_index_option(*subcommand, options->index);
  subcommand->add_flag(
      "--reorder", options->optimize.reorder,
      tr("Put documents that share words near each other: smaller and faster still, unless they came by "
         "their topics; takes several times as long"));
  add_threads_option(*subcommand, options->writer.threads);
  add_wait_option(*subcommand, options->writer.lock_timeout);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_optimize(*options); }};
}

}  // namespace limier::tools
