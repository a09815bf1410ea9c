#include <fmt/format.h>

#include <memory>
#include <string>

#include "limier/searcher.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"

namespace limier::tools {
namespace {

struct InfoOptions {
  std::string index;
  bool json = false;
};

void print_info(const IndexInfo& info) {
  const std::string dates = info.first_date.empty() ? "none" : info.first_date + " to " + info.last_date;
  print(fmt::format("documents     {}\n", info.documents));
  print(fmt::format("files         {}\n", info.sources));
  print(fmt::format("words         {}\n", info.words));
  print(fmt::format("dates         {}\n", dates));
  print(fmt::format("bytes on disk {}\n", info.bytes));
  print(fmt::format("format        version {}\n", info.format_version));
  print(fmt::format("analyzer      version {}, {}\n", info.analyzer_version, print_analyzer_options(info.analyzer)));
}

void print_info_json(const IndexInfo& info) {
  print_json({{"documents", info.documents},
              {"files", info.sources},
              {"words", info.words},
              {"first_date", info.first_date},
              {"last_date", info.last_date},
              {"bytes", info.bytes},
              {"format_version", info.format_version},
              {"analyzer_version", info.analyzer_version},
              {"analyzer", print_analyzer_options(info.analyzer)}});
}

int run_info(const InfoOptions& options) {
  const IndexInfo info = Searcher(options.index).info();
  if (options.json) {
    print_info_json(info);
  } else {
    print_info(info);
  }
  return status::done;
}

}  // namespace

Subcommand add_info(CLI::App& app) {
  auto options = std::make_shared<InfoOptions>();
  CLI::App* subcommand = add_subcommand(app, "info", "Show what an index holds and how it was made.",
                                        {"limier info press.idx", "limier info --json press.idx | jq .documents"});
  add_index_option(*subcommand, options->index);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_info(*options); }};
}

}  // namespace limier::tools
