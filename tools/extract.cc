#include <memory>
#include <string>
#include <vector>

#include "limier/document_reader.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"

namespace limier::tools {
namespace {

struct ExtractOptions {
  std::vector<std::string> paths;
};

int run_extract(const ExtractOptions& options) {
  bool found = false;
  bool failed = false;
  const auto report = [&failed](const ReadProblem& problem) {
    failed = true;
    complain(problem);
  };
  for (const std::string& path : options.paths) {
    for (const SourceFile& source : find_sources(path, report)) {
      DocumentReader reader(source, report);
      Document document;
      while (reader.next(document)) {
        found = true;
        print_json_line(to_json(document));
      }
    }
  }
  if (failed) return status::failed;
  return found ? status::done : status::nothing_found;
}

}  // namespace

Subcommand add_extract(CLI::App& app) {
  auto options = std::make_shared<ExtractOptions>();
  CLI::App* subcommand = add_subcommand(app, "extract",
                                        "Print what would be indexed: one JSON object a line.\n"
                                        "Exit status 1 where there is none, 2 where something could not be read.",
                                        {"limier extract page.html", "limier extract ~/pages | jq -r .title"});
  subcommand->add_option("FILE", options->paths, "As the PATH of limier index")->required();
  return {subcommand, [options] { return run_extract(*options); }};
}

}  // namespace limier::tools
