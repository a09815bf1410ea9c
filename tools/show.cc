#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "limier/searcher.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "terminal.h"
#include "translate.h"
#include "wrap.h"

namespace limier::tools {
namespace {

constexpr std::string_view list_separator = ", ";

struct ShowOptions {
  std::string index;
  std::string id;
  bool json = false;
  std::string color = "auto";
};

std::string format_metadata(const Document& document, const Painter& paint) {
  std::string lines;
  const auto append = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    lines += fmt::format("{} {}\n", paint(style::label, tr("{}:", printable_line(name))), printable_line(value));
  };
  append(tr("id"), document.id);
  append(tr("site"), document.site);
  append(tr("date"), date_and_time(document.date));
  append(tr("authors"), fmt::format("{}", fmt::join(document.authors, list_separator)));
  append(tr("sections"), fmt::format("{}", fmt::join(document.sections, list_separator)));
  append(tr("tags"), fmt::format("{}", fmt::join(document.tags, list_separator)));
  append(tr("source"), document.source);
  append(tr("url"), document.url);
  append(tr("language"), document.language);
  for (const auto& [name, value] : document.values) append(name, value);
  return lines;
}

void print_document(const Document& document, const Painter& paint) {
  if (!document.title.empty()) print(paint(style::title, printable_line(document.title)) + '\n');
  print(format_metadata(document, paint));
  if (!document.body.empty()) print(wrapped_for_terminal('\n' + printable_text(document.body) + '\n', 0));
}

int run_show(const ShowOptions& options) {
  Searcher searcher(options.index);
  const std::optional<Document> document = searcher.document(options.id);
  if (!document) {
    complain(tr("no document {} in {}", options.id, options.index));
    return status::nothing_found;
  }
  if (options.json) {
    print_json_line(to_json(*document));
  } else {
    print_document(*document, Painter(options.color));
  }
  return status::done;
}

}  // namespace

Subcommand add_show(CLI::App& app) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "show", tr("Show a document as it was indexed.\nExit status 1 where there is none of this id."),
      {"limier show press.idx pages/article.txt", "limier show --json press.idx 'archive.jsonl#12'"});
  add_index_option(*subcommand, options->index);
  subcommand->add_option("ID", options->id, tr("The document's id, as a search shows it"))->required();
  add_color_option(*subcommand, options->color);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_show(*options); }, true};
}

}  // namespace limier::tools
