#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <string>

#include "limier/document_reader.h"
#include "limier/searcher.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "table.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct InfoOptions {
  std::string index;
  bool formats = false;
  bool json = false;
};

void print_info(const IndexInfo& info) {
  const std::string dates =
      info.first_date.empty() ? tr("no date") : tr("{} to {}", date(info.first_date), date(info.last_date));
  print(format_rows(
      {{tr("documents"), number(info.documents)},
       {tr("files"), number(info.sources)},
       {tr("words"), number(info.words)},
       {tr("dates"), dates},
       {tr("bytes on disk"), number(info.bytes)},
       {tr("sealed segments"), number(info.segments)},
       {tr("format"), tr("version {}", info.format_version)},
       {tr("analyzer"), tr("version {}, {}", info.analyzer_version, print_analyzer_options(info.analyzer))}}));
}

void print_info_json(const IndexInfo& info) {
  print_json({{"documents", info.documents},
              {"files", info.sources},
              {"words", info.words},
              {"first_date", info.first_date},
              {"last_date", info.last_date},
              {"bytes", info.bytes},
              {"segments", info.segments},
              {"format_version", info.format_version},
              {"analyzer_version", info.analyzer_version},
              {"analyzer", print_analyzer_options(info.analyzer)}});
}

void print_formats() {
  std::vector<std::vector<std::string>> rows;
  for (const SourceFormat& format : source_formats()) {
    const bool is_read = format.missing_package.empty();
    rows.push_back({translated(format.name), fmt::format("{}", fmt::join(format.endings, " ")),
                    is_read ? tr("yes") : tr("no: built without {}", format.missing_package)});
  }
  print(format_table({{tr("format")}, {tr("names end in")}, {tr("is read")}}, rows));
}

void print_formats_json() {
  nlohmann::ordered_json formats = nlohmann::ordered_json::array();
  for (const SourceFormat& format : source_formats()) {
    nlohmann::ordered_json object = {
        {"name", format.name}, {"endings", format.endings}, {"is_read", format.missing_package.empty()}};
    if (!format.missing_package.empty()) object["missing_package"] = format.missing_package;
    formats.push_back(std::move(object));
  }
  print_json({{"formats", formats}});
}

int run_info(const InfoOptions& options) {
  if (options.formats) {
    options.json ? print_formats_json() : print_formats();
    return status::done;
  }
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
  CLI::App* subcommand = add_subcommand(
      app, "info", tr("Show what an index holds and how it was made."),
      {"limier info press.idx", "limier info --json press.idx | jq .documents", "limier info --formats"});
  CLI::Option* index = add_index_option(*subcommand, options->index);
  const auto ask_for_formats = [options, index] {
    options->formats = true;
    index->required(false);
  };
  subcommand->add_flag_callback("--formats", ask_for_formats, tr("Show, without an index, which files can be read"))
      ->configurable(false);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_info(*options); }, true};
}

}  // namespace limier::tools
