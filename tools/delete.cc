#include <memory>
#include <string>
#include <vector>

#include "limier/index_writer.h"
#include "limier/searcher.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct DeleteOptions {
  std::string index;
  std::vector<std::string> ids;
  bool json = false;
  WriterOptions writer;
};

int run_delete(const DeleteOptions& options) {
  // Throws where there is no index: a writer would make one.
  Searcher{options.index};
  IndexWriter writer(options.index, options.writer);
  std::size_t removed = 0;
  for (const std::string& id : options.ids) {
    if (writer.remove(id)) {
      ++removed;
    } else {
      complain(tr("no document {} in {}", id, options.index));
    }
  }
  writer.commit();
  if (options.json) {
    print_json({{"removed", removed}});
  } else {
    print(tr_n("{} document removed", "{} documents removed", removed) + '\n');
  }
  return removed == options.ids.size() ? status::done : status::nothing_found;
}

}  // namespace

Subcommand add_delete(CLI::App& app) {
  auto options = std::make_shared<DeleteOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "delete", tr("Remove documents.\nExit status 1 where there is none of some id; the others go."),
      {"limier delete press.idx pages/article.txt"});
  add_index_option(*subcommand, options->index);
  subcommand->add_option("ID", options->ids, tr("Ids of the documents"))->required();
  add_wait_option(*subcommand, options->writer.lock_timeout);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_delete(*options); }};
}

}  // namespace limier::tools
