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

namespace limier::tools {
namespace {

struct InfoOptions {
  std::string index;
  bool formats = false;
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

void print_formats() {
  std::vector<std::vector<std::string>> rows;
  for (const SourceFormat& format : source_formats()) {
    const bool is_read = format.missing_package.empty();
    rows.push_back({format.name, fmt::format("{}", fmt::join(format.endings, " ")),
                    is_read ? "yes" : fmt::format("no: built without {}", format.missing_package)});
  }
  print(format_table({{"format"}, {"names end in"}, {"is read"}}, rows));
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
      app, "info", "Show what an index holds and how it was made.",
      {"limier info press.idx", "limier info --json press.idx | jq .documents", "limier info --formats"});
  CLI::Option* index = add_index_option(*subcommand, options->index);
  const auto ask_for_formats = [options, index] {
    options->formats = true;
    index->required(false);
  };
  subcommand->add_flag_callback("--formats", ask_for_formats, "Show, without an index, which files can be read");
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_info(*options); }};
}

}  // namespace limier::tools
