#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extraction_report.h"
#include "limier/document_reader.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct ExtractOptions {
  std::vector<std::string> paths;
  std::string report_folder;
};

int run_extract(const ExtractOptions& options) {
  bool found = false;
  bool failed = false;
  const auto report = [&failed](const ReadProblem& problem) {
    failed = true;
    complain(problem);
  };
  std::optional<ExtractionReport> pages;
  PageHandler on_page;
  if (!options.report_folder.empty()) {
    pages.emplace(options.report_folder);
    on_page = [&pages](const Document& document, const std::vector<PageBlock>& blocks) {
      pages->add(document, blocks);
    };
  }
  std::vector<SourceFile> sources;
  for (const std::string& path : options.paths)
    std::ranges::move(find_sources(path, report), std::back_inserter(sources));
  SiteMemory sites(sources);
  for (const SourceFile& source : sources) {
    DocumentReader reader(source, report, {on_page, &sites});
    Document document;
    while (reader.next(document)) {
      found = true;
      if (!pages) print_json_line(to_json(document));
    }
  }
  if (pages) print(pages->finish() + '\n');
  if (failed) return status::failed;
  return found ? status::done : status::nothing_found;
}

}  // namespace

Subcommand add_extract(CLI::App& app) {
  auto options = std::make_shared<ExtractOptions>();
  CLI::App* subcommand = add_subcommand(app, "extract",
                                        tr("Print what would be indexed: one JSON object a line.\n"
                                           "Exit status 1 where there is none, 2 where something could not be read."),
                                        {"limier extract page.html", "limier extract ~/pages | jq -r .title",
                                         "limier extract --html-report /tmp/report ~/pages"});
  subcommand->add_option("FILE", options->paths, tr("As the PATH of limier index"))->required();
  subcommand
      ->add_option("--html-report", options->report_folder,
                   tr("Instead, write pages into this folder that show what was kept of each page and what dropped"))
      ->option_text("DIR");
  return {subcommand, [options] { return run_extract(*options); }};
}

}  // namespace limier::tools
