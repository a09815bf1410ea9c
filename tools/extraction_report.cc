#include "extraction_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "files.h"
#include "html.h"
#include "translate.h"

namespace limier::tools {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="{}">
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

std::string remark(const std::string& text) { return "<span class=none>" + text + "</span>"; }

std::string joined(const std::vector<std::string>& values) { return fmt::format("{}", fmt::join(values, ", ")); }

std::string metadata_list(const Document& document) {
  const std::pair<std::string, std::string> fields[] = {{tr("title"), document.title},
                                                        {tr("date"), date(document.date)},
                                                        {tr("authors"), joined(document.authors)},
                                                        {tr("site"), document.site},
                                                        {tr("sections"), joined(document.sections)},
                                                        {tr("tags"), joined(document.tags)},
                                                        {tr("source"), document.source},
                                                        {tr("url"), document.url}};
  std::string list = "<dl>\n";
  for (const auto& [name, value] : fields)
    list += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, value.empty() ? remark(tr("none")) : escaped(value));
  return list + "</dl>\n";
}

/// `paragraph, clutter`, each word by itself.
std::string words_in_language(std::string_view words) {
  constexpr std::string_view comma = ", ";
  std::string list;
  while (true) {
    const std::size_t end = words.find(comma);
    list += translated(words.substr(0, end));
    if (end == std::string_view::npos) return list;
    list += comma;
    words.remove_prefix(end + comma.size());
  }
}

std::string block_row(const PageBlock& block) {
  return fmt::format("<tr class={}><td class=number>{:+.1f}</td><td class=what>{}</td><td>{}</td></tr>\n",
                     class_of(block.use), block.score, escaped(words_in_language(block.seen_as)), escaped(block.text));
}

}  // namespace

ExtractionReport::ExtractionReport(std::string folder) : folder_(std::move(folder)) { make_folder(folder_); }

void ExtractionReport::add(const Document& document, const std::vector<PageBlock>& blocks) {
  const std::string name = fmt::format("{:06}.html", ++pages_);
  std::string page = fmt::format(head, language(), escaped(document.id));
  page += fmt::format("<p><a href=index.html>{}</a>\n<h1>{}</h1>\n", tr("all pages"), escaped(document.id));
  page += metadata_list(document);
  page += fmt::format("<table>\n<tr><th class=number>{}</th><th>{}</th><th>{}</th></tr>\n", tr("score"), tr("seen as"),
                      tr("block"));
  for (const PageBlock& block : blocks) page += block_row(block);
  write_file(folder_ + "/" + name, page + "</table>\n</html>\n");

  const auto kept = std::count_if(blocks.begin(), blocks.end(),
                                  [](const PageBlock& block) { return block.use == PageBlock::Use::Text; });
  const std::string title = document.body.empty() ? remark(tr("no article")) : escaped(document.title);
  rows_ += fmt::format(
      "<tr><td><a href={}>{}</a></td><td>{}</td><td>{}</td><td class=number>{}</td><td class=number>{}</td></tr>\n",
      name, escaped(document.id), title, escaped(date(document.date)), kept,
      static_cast<std::ptrdiff_t>(blocks.size()) - kept);
}

std::string ExtractionReport::finish() {
  std::string page = fmt::format(head, language(), "Extraction");
  page += fmt::format("<h1>{}</h1>\n<table>\n", tr_n("{} page", "{} pages", pages_));
  page += fmt::format("<tr><th>{}</th><th>{}</th><th>{}</th><th class=number>{}</th><th class=number>{}</th></tr>\n",
                      tr("page"), tr("title"), tr("date"), tr("blocks kept"), tr("blocks dropped"));
  page += rows_ + "</table>\n</html>\n";
  std::string path = folder_ + "/index.html";
  write_file(path, page);
  return path;
}

}  // namespace limier::tools
