#include "extraction_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "limier/error.h"

namespace limier::tools {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{}</title>
<style>
body {{ font: 15px/1.45 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }}
table {{ border-collapse: collapse; width: 100%; }}
th {{ text-align: left; }}
td, th {{ padding: .2em .6em; vertical-align: top; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }}
.number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
.text {{ background: #e4f5e4; }}
.title {{ background: #dce9fb; font-weight: bold; }}
.dropped {{ background: #fbeaea; color: #777; }}
.what {{ white-space: nowrap; color: #555; font-weight: normal; }}
.none {{ color: #b00; }}
dt {{ float: left; clear: left; width: 7em; color: #555; }}
dd {{ margin: 0 0 0 7.5em; min-height: 1.45em; }}
</style>
)";

std::string escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string_view class_of(PageBlock::Use use) {
  switch (use) {
    case PageBlock::Use::Text:
      return "text";
    case PageBlock::Use::Title:
      return "title";
    case PageBlock::Use::Dropped:
      break;
  }
  return "dropped";
}

std::string joined(const std::vector<std::string>& values) { return fmt::format("{}", fmt::join(values, ", ")); }

std::string metadata_list(const Document& document) {
  const std::pair<std::string_view, std::string> fields[] = {{"title", document.title},
                                                             {"date", document.date},
                                                             {"authors", joined(document.authors)},
                                                             {"site", document.site},
                                                             {"sections", joined(document.sections)},
                                                             {"tags", joined(document.tags)},
                                                             {"source", document.source},
                                                             {"url", document.url}};
  std::string list = "<dl>\n";
  for (const auto& [name, value] : fields)
    list +=
        fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, value.empty() ? "<span class=none>none</span>" : escaped(value));
  return list + "</dl>\n";
}

std::string block_row(const PageBlock& block) {
  return fmt::format("<tr class={}><td class=number>{:+.1f}</td><td class=what>{}</td><td>{}</td></tr>\n",
                     class_of(block.use), block.score, escaped(block.seen_as), escaped(block.text));
}

void write_file(const std::string& path, const std::string& html) {
  std::ofstream file(path, std::ios::binary);
  file << html;
  file.close();
  if (!file) throw Error(ErrorCode::Io, path + ": cannot be written: " + std::generic_category().message(errno));
}

}  // namespace

ExtractionReport::ExtractionReport(std::string folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw Error(ErrorCode::Io, folder_ + ": cannot be made: " + error.message());
}

void ExtractionReport::add(const Document& document, const std::vector<PageBlock>& blocks) {
  const std::string name = fmt::format("{:06}.html", ++pages_);
  std::string page = fmt::format(head, escaped(document.id));
  page += fmt::format("<p><a href=index.html>all pages</a>\n<h1>{}</h1>\n", escaped(document.id));
  page += metadata_list(document);
  page += "<table>\n<tr><th class=number>score</th><th>seen as</th><th>block</th></tr>\n";
  for (const PageBlock& block : blocks) page += block_row(block);
  write_file(folder_ + "/" + name, page + "</table>\n</html>\n");

  const auto kept = std::count_if(blocks.begin(), blocks.end(),
                                  [](const PageBlock& block) { return block.use == PageBlock::Use::Text; });
  const std::string title = document.body.empty() ? "<span class=none>no article</span>" : escaped(document.title);
  rows_ += fmt::format(
      "<tr><td><a href={}>{}</a></td><td>{}</td><td>{}</td><td class=number>{}</td><td class=number>{}</td></tr>\n",
      name, escaped(document.id), title, escaped(document.date), kept,
      static_cast<std::ptrdiff_t>(blocks.size()) - kept);
}

std::string ExtractionReport::finish() {
  std::string page = fmt::format(head, "Extraction");
  page += fmt::format("<h1>{} page{}</h1>\n<table>\n", pages_, pages_ == 1 ? "" : "s");
  page += "<tr><th>page</th><th>title</th><th>date</th><th class=number>kept</th><th class=number>dropped</th></tr>\n";
  page += rows_ + "</table>\n</html>\n";
  std::string path = folder_ + "/index.html";
  write_file(path, page);
  return path;
}

}  // namespace limier::tools
