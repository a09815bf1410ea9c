#include "shard/context_scorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "shard/saturation.h"
#include "shard/schema.h"

namespace limier {

ContextScorer::ContextScorer(const QueryPlan& plan, const Postings& postings, const Context& context)
    : plan_(plan), lead_weight_(context.weight * plan.lead_share), mark_weight_(context.weight * plan.mark_share) {
  words_.reserve(context.words.size());
  for (const Context::Word& word : context.words) words_.push_back({word, Union(postings, word.terms)});
  if (plan.pair_share == 0 && plan.order_share == 0) return;
  for (std::size_t first = 0; first < words_.size(); ++first) {
    for (std::size_t second = first + 1; second < words_.size(); ++second) {
      Pair& pair = pairs_.emplace_back(Pair{words_[first].planned, words_[second].planned});
      pair.weight = context.weight * plan.pair_share / static_cast<double>(second - first);
      pair.idf = std::min(pair.first.idf, pair.second.idf);
      pair.distance = pair.second.position - pair.first.position;
      if (second == first + 1 && pair.distance <= order_window) pair.order_weight = context.weight * plan.order_share;
    }
  }
}

double ContextScorer::score(std::size_t document, const DocumentLengths& lengths) {
  double sum = 0;
  for (Word& word : words_) {
    find_places(document, lengths, word);
    sum += word.planned.idf * (lead_weight_ * earliness(word) + (word.positions.empty() ? 0 : mark_weight(word)));
  }
  find_pairs();
  const double half = plan_.k1 * length_factor(plan_, lengths);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const Pair& pair = pairs_[i];
    if (found_[i].near > 0) sum += pair.weight * pair.idf * saturated(found_[i].near, half);
    if (found_[i].as_typed > 0) sum += pair.order_weight * pair.idf;
  }
  return sum;
}

void ContextScorer::explain(const DocumentLengths& lengths, ScoreShare& sum) {
  for (Word& word : words_) {
    find_places(0, lengths, word);
    if (earliness(word) > 0 && lead_weight_ > 0)
      add_share(sum, translatable("lead"), word.planned.label, lead_weight_, word.planned.idf,
                static_cast<double>(word.before), earliness(word));
    if (!word.positions.empty() && mark_weight(word) > 0)
      add_share(sum, translatable("mark"), word.planned.label, mark_weight(word), word.planned.idf,
                static_cast<double>(word.positions.size()), 1);
  }
  find_pairs();
  const double half = plan_.k1 * length_factor(plan_, lengths);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const Pair& pair = pairs_[i];
    const auto& [near, as_typed] = found_[i];
    const std::string label = pair.first.label + ' ' + pair.second.label;
    if (near > 0 && pair.weight > 0)
      add_share(sum, translatable("pair"), label, pair.weight, pair.idf, near, saturated(near, half));
    if (as_typed > 0 && pair.order_weight > 0)
      add_share(sum, translatable("order"), label, pair.order_weight, pair.idf, as_typed, 1);
  }
}

void ContextScorer::add_share(ScoreShare& sum, std::string_view kind, std::string label, double weight, double idf,
                              double frequency, double saturation) {
  ScoreShare share{.kind = std::string(kind), .label = std::move(label)};
  set_factors(share, weight, idf, frequency, saturation);
  sum.parts.push_back(std::move(share));
}

void ContextScorer::find_places(std::size_t document, const DocumentLengths& lengths, Word& word) {
  const PositionLists& lists = word.kept != nullptr ? *word.kept : word.lists;
  word.positions = {};
  word.before = nowhere;
  while (word.list < lists.size() && lists.document(word.list) < document) ++word.list;
  if (word.list == lists.size() || lists.document(word.list) != document) return;
  word.positions = lists[word.list];
  const std::uint32_t body = lengths.title + schema::value_gap + 1;
  const auto first = std::lower_bound(word.positions.begin(), word.positions.end(), body);
  if (first != word.positions.end()) word.before = *first - body;
}

double ContextScorer::earliness(const Word& word) {
  return word.before == nowhere ? 0 : std::exp2(-static_cast<double>(word.before) / lead_words);
}

void ContextScorer::find_pairs() {
  static_assert(order_window <= pair_window);
  if (pairs_.empty()) return;
  found_.assign(pairs_.size(), {});
  places_.clear();
  for (std::uint32_t word = 0; word < words_.size(); ++word)
    for (const std::uint32_t position : words_[word].positions) places_.push_back(place_of(position, word));
  std::ranges::sort(places_);
  for (auto one = places_.begin(); one != places_.end(); ++one)
    for (auto other = one + 1; other != places_.end() && position_of(*other) - position_of(*one) <= pair_window;
         ++other)
      if (word_of(*one) != word_of(*other)) add(*one, *other);
}

void ContextScorer::add(Place one, Place other) {
  const std::uint32_t first = std::min(word_of(one), word_of(other)), second = std::max(word_of(one), word_of(other));
  const std::size_t pair = first * (2 * words_.size() - first - 1) / 2 + second - first - 1;
  const std::uint32_t apart = position_of(other) - position_of(one);
  if (apart > 0) ++found_[pair].near;
  if (word_of(one) == first && apart == pairs_[pair].distance) ++found_[pair].as_typed;
}

}  // namespace limier
