#include "search/word_counts.h"

#include <algorithm>
#include <utility>

#include "query/expansion.h"
#include "query/plan_query.h"

namespace limier {

WordCounts::WordCounts(const RelatedWords& words, const Shard& shard, const SynonymTable& synonyms,
                       const SearchOptions& options)
    : words_(words), shard_(shard), synonyms_(synonyms), asked_(options), own_words_(options) {
  RankingOptions& ranking = own_words_.ranking;
  ranking.family_share = ranking.misspelt_share = ranking.lead_share = ranking.pair_share = 0;
  ranking.order_share = ranking.mark_share = 0;
}

std::uint64_t WordCounts::of_word(const std::string& field, const std::string& word) const {
  const PlanNode node = plan_query(phrase(field, word), words_, SynonymTable(), own_words_).root;
  std::vector<std::string_view> terms;
  for (const CountedTerm& counted : node.terms) terms.push_back(counted.term);
  std::uint64_t documents = 0;
  for (const std::uint64_t frequency : shard_.statistics(terms).document_frequencies)
    documents = std::max(documents, frequency);
  return documents;
}

std::uint64_t WordCounts::of_query(const Query& query, std::uint64_t most) const {
  return shard_.top(plan_query(query, words_, synonyms_, own_words_), {.count_limit = most}).total;
}

std::uint64_t WordCounts::found(const Query& query) const {
  return shard_.top(plan_query(query, words_, synonyms_, asked_), {}).total;
}

Spelling WordCounts::spelling(const std::string& field, const std::string& folded) const {
  constexpr std::size_t most = 100;
  Spelling spelling;
  std::uint64_t best = 0;
  for (ExpandedForm& form : expand_fuzzy(folded, 0, find_field(field), shard_, most).forms) {
    spelling.documents += form.frequency;
    if (form.frequency <= best) continue;
    best = form.frequency;
    spelling.text = std::move(form.exact);
  }
  return spelling;
}

std::vector<Document> WordCounts::best(const Query& query, std::size_t most) const {
  std::vector<Document> documents;
  const QueryPlan plan = plan_query(query, words_, synonyms_, own_words_);
  for (const ShardHit& hit : shard_.top(plan, {.count = most}).hits)
    documents.push_back(shard_.document(hit.id).value());
  return documents;
}

Query all_words(const std::string& field, std::string_view text) {
  Query words;
  words.kind = Query::Kind::Words;
  words.field = field;
  words.text = text;
  words.match = 1;
  return words;
}

Query phrase(const std::string& field, std::string_view text) {
  Query words = all_words(field, text);
  words.kind = Query::Kind::Phrase;
  words.match = 0;
  return words;
}

Query both(Query a, Query b) {
  Query group;
  a.occur = b.occur = Occur::Must;
  group.children = {std::move(a), std::move(b)};
  return group;
}

}  // namespace limier
