#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "limier/query.h"
#include "limier/searcher.h"
#include "messages.h"
#include "options.h"
#include "search.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct SimilarOptions : SearchCommand {
  std::string index;
  std::string id;
  std::vector<std::string> words;
  std::size_t terms = 30;
};

/// `query` holds what the documents have to match beside.
int find_similar(const std::string& query, const SimilarOptions& options) {
  Searcher searcher(options.index);
  const std::optional<Document> document = searcher.document(options.id);
  if (!document) {
    complain(tr("no document {} in {}", options.id, options.index));
    return status::nothing_found;
  }
  Query similar = searcher.query_like(*document, options.terms);
  if (!query.empty()) {
    Query both;
    both.children = {std::move(similar), parse_query(query, {.today = options.search.ranking.today})};
    for (Query& part : both.children) part.occur = Occur::Must;
    similar = std::move(both);
  }
  return answer(searcher, {.text = to_string(similar), .query = similar}, options);
}

int run_similar(SimilarOptions options) {
  options.indexes = {options.index};
  settle_format(options);
  const std::string query = query_text(options.words);
  return with_caret(query, [&] { return find_similar(query, options); });
}

}  // namespace

Subcommand add_similar(CLI::App& app) {
  auto options = std::make_shared<SimilarOptions>();
  options->typed = false;
  CLI::App* subcommand =
      add_subcommand(app, "similar",
                     tr("Find documents that say much the same as one of the index, the best first.\n"
                        "Exit status 1 where nothing is found, or there is no document of this id."),
                     {"limier similar press.idx pages/article.txt", "limier similar press.idx a1 date:2023 -site:Askia",
                      "limier similar --collapse --explain press.idx a1"});
  add_index_option(*subcommand, options->index);
  subcommand->add_option("ID", options->id, tr("The document's id, as a search shows it"))->required();
  subcommand->add_option("QUERY", options->words, tr("Among the documents that match this query, instead of all"));
  subcommand
      ->add_option("--terms", options->terms,
                   tr("By how many of the document's words others are found, those that tell it best from others"))
      ->option_text("N")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  add_result_options(*subcommand, *options);
  return {subcommand, [options] { return run_similar(*options); }, true};
}

}  // namespace limier::tools
