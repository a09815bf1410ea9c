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

struct OptimizeOptions {
  std::string index;
  bool json = false;
  WriterOptions writer;
};

int run_optimize(const OptimizeOptions& options) {
  // Throws where there is no index: a writer would make one.
  Searcher searcher(options.index);
  const std::uint64_t before = searcher.info().bytes;
  IndexWriter(options.index, options.writer).optimize();
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
  auto options = std::make_shared<OptimizeOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "optimize",
      tr("Make an index as small and fast as it can be.\n"
         "All its documents are written anew into one sealed segment; searches go on beside it. An index keeps "
         "itself in order without it: it is for an archive that is complete."),
      {"limier optimize press.idx"});
  add_index_option(*subcommand, options->index);
  add_wait_option(*subcommand, options->writer.lock_timeout);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_optimize(*options); }};
}

}  // namespace limier::tools
