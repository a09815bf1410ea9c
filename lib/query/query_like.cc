#include "query/query_like.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shard/schema.h"

namespace limier {
namespace {

/// What a document says by words of one stem.
struct Topic {
  std::string stem;
  std::map<std::string, double> forms;  ///< How often it has each, those in the title counting more.
  double frequency = 0;                 ///< The sum of these.
};

std::vector<Topic> topics_of(const Document& document, const Analyzer& analyzer) {
  std::map<std::string, Topic> topics;
  const auto count = [&](std::string_view text, double times) {
    analyzer.analyze(text, [&](const Token& token) {
      if (token.stop_word) return;
      Topic& topic = topics[std::string(token.stem)];
      topic.stem = token.stem;
      topic.forms[std::string(token.exact)] += times;
      topic.frequency += times;
    });
  };
  count(document.title, RankingOptions().title_weight);
  count(document.body, 1);
  std::vector<Topic> list;
  for (auto& [stem, topic] : topics) list.push_back(std::move(topic));
  return list;
}

/// Keeps those of the highest tf·idf, the highest first, and none that no other document has.
void keep_best(std::vector<Topic>& topics, std::size_t most, bool is_known, const Vocabulary& vocabulary) {
  std::vector<std::string> terms;
  for (const Topic& topic : topics) terms.push_back(schema::stem_term(schema::text, topic.stem));
  const CollectionStatistics statistics =
      vocabulary.statistics(std::vector<std::string_view>(terms.begin(), terms.end()));
  const auto documents = static_cast<double>(statistics.documents);
  std::vector<std::pair<double, Topic>> ranked;
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const auto n = static_cast<double>(statistics.document_frequencies[i]);
    if (n <= (is_known ? 1 : 0)) continue;
    const double idf = std::log1p((documents - n + 0.5) / (n + 0.5));
    ranked.emplace_back(topics[i].frequency * idf, std::move(topics[i]));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  topics.clear();
  for (std::size_t i = 0; i < std::min(ranked.size(), most); ++i) topics.push_back(std::move(ranked[i].second));
}

/// From 0 to 1, as the frequency counts in a document: how rare the word is a search counts itself.
double weight_of(const Topic& topic) {
  constexpr double steps = 100;
  const double saturation = topic.frequency / (topic.frequency + RankingOptions().k1);
  return std::round(saturation * steps) / steps;
}

const std::string& most_frequent_form(const Topic& topic) {
  return std::max_element(topic.forms.begin(), topic.forms.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

}  // namespace

Query query_like(const Document& document, std::size_t words, const Analyzer& analyzer, const Vocabulary& vocabulary) {
  std::vector<Topic> topics = topics_of(document, analyzer);
  keep_best(topics, words, !document.id.empty(), vocabulary);
  Query query;
  if (topics.empty()) return query;
  if (!document.id.empty())
    query.children.push_back({.kind = Query::Kind::Id, .occur = Occur::MustNot, .text = document.id});
  for (const Topic& topic : topics)
    query.children.push_back(
        {.kind = Query::Kind::Words, .text = most_frequent_form(topic), .weight = weight_of(topic)});
  return query;
}

}  // namespace limier
