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
  double weight = 0;
};

std::vector<Topic> topics_of(const Document& document, const Analyzer& analyzer) {
  std::map<std::string, Topic> topics;
  const auto count = [&](std::string_view text, double times) {
    analyzer.analyze(text, [&](const Token& token) {
      if (token.stop_word) return;
      Topic& topic = topics[std::string(token.stem)];
      topic.stem = token.stem;
      topic.forms[std::string(token.exact)] += times;
    });
  };
  count(document.title, RankingOptions().title_weight);
  count(document.body, 1);
  std::vector<Topic> list;
  for (auto& [stem, topic] : topics) list.push_back(std::move(topic));
  return list;
}

/// By tf·idf; what no other document says weighs nothing.
void weigh(std::vector<Topic>& topics, bool is_known, const Vocabulary& vocabulary) {
  std::vector<std::string> terms;
  for (const Topic& topic : topics) terms.push_back(schema::stem_term(schema::text, topic.stem));
  const CollectionStatistics statistics = vocabulary.statistics(terms);
  const auto documents = static_cast<double>(statistics.documents);
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const auto n = static_cast<double>(statistics.document_frequencies[i]);
    double frequency = 0;
    for (const auto& [form, times] : topics[i].forms) frequency += times;
    if (n > (is_known ? 1 : 0)) topics[i].weight = frequency * std::log1p((documents - n + 0.5) / (n + 0.5));
  }
}

/// Keeps those that weigh most, the first of them 1, the others as shares of it.
void keep_best(std::vector<Topic>& topics, std::size_t most) {
  std::stable_sort(topics.begin(), topics.end(), [](const Topic& a, const Topic& b) { return a.weight > b.weight; });
  topics.resize(std::min(topics.size(), most));
  std::erase_if(topics, [](const Topic& topic) { return topic.weight == 0; });
  if (topics.empty()) return;
  const double heaviest = topics.front().weight;
  constexpr double least = 0.01;
  for (Topic& topic : topics) topic.weight = std::max(least, std::round(topic.weight / heaviest / least) * least);
}

const std::string& most_frequent_form(const Topic& topic) {
  return std::max_element(topic.forms.begin(), topic.forms.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

}  // namespace

Query query_like(const Document& document, std::size_t words, const Analyzer& analyzer, const Vocabulary& vocabulary) {
  std::vector<Topic> topics = topics_of(document, analyzer);
  weigh(topics, !document.id.empty(), vocabulary);
  keep_best(topics, words);
  Query query;
  if (topics.empty()) return query;
  if (!document.id.empty())
    query.children.push_back({.kind = Query::Kind::Id, .occur = Occur::MustNot, .text = document.id});
  for (const Topic& topic : topics)
    query.children.push_back({.kind = Query::Kind::Words, .text = most_frequent_form(topic), .weight = topic.weight});
  return query;
}

}  // namespace limier
