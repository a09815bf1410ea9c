#include "search/shard_set.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace limier {
namespace {

void add_counts(std::vector<std::uint64_t>& sums, const std::vector<std::uint64_t>& counts) {
  sums.resize(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) sums[i] += counts[i];
}

void add_facet(FacetCounts& sum, FacetCounts counts) {
  sum.documents += counts.documents;
  std::ranges::move(counts.values, std::back_inserter(sum.values));
}

/// Adds up the counts of values that came from several shards.
void join_equal(std::vector<FacetValue>& values) {
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  std::vector<FacetValue> joined;
  for (FacetValue& value : values) {
    if (!joined.empty() && joined.back().value == value.value) {
      joined.back().count += value.count;
    } else {
      joined.push_back(std::move(value));
    }
  }
  values = std::move(joined);
}

/// The terms of several cursors as those of one.
class MergedTerms final : public TermCursor {
 public:
  explicit MergedTerms(std::vector<std::unique_ptr<TermCursor>> cursors) : cursors_(std::move(cursors)) { read(); }

  const std::string& term() const override { return term_; }

  std::uint64_t document_frequency() const override {
    std::uint64_t sum = 0;
    for (const auto& cursor : cursors_)
      if (cursor->term() == term_) sum += cursor->document_frequency();
    return sum;
  }

  void next() override {
    for (const auto& cursor : cursors_)
      if (cursor->term() == term_) cursor->next();
    read();
  }

  void advance(const std::string& target) override {
    for (const auto& cursor : cursors_) cursor->advance(target);
    read();
  }

 private:
  void read() {
    term_.clear();
    for (const auto& cursor : cursors_) {
      const std::string& term = cursor->term();
      if (!term.empty() && (term_.empty() || term < term_)) term_ = term;
    }
  }

  std::vector<std::unique_ptr<TermCursor>> cursors_;
  std::string term_;
};

}  // namespace

CollectionStatistics ShardSet::statistics(std::span<const std::string_view> terms) const {
  CollectionStatistics sum;
  sum.document_frequencies.resize(terms.size());
  for (const Shard* shard : shards_) {
    const CollectionStatistics statistics = shard->statistics(terms);
    sum.documents += statistics.documents;
    sum.text_length += statistics.text_length;
    sum.title_length += statistics.title_length;
    add_counts(sum.document_frequencies, statistics.document_frequencies);
  }
  return sum;
}

std::unique_ptr<TermCursor> ShardSet::terms(const std::string& prefix) const {
  std::vector<std::unique_ptr<TermCursor>> cursors;
  for (const Shard* shard : shards_) cursors.push_back(shard->terms(prefix));
  std::erase_if(cursors, [](const auto& cursor) { return cursor->term().empty(); });
  if (cursors.size() == 1) return std::move(cursors.front());
  return std::make_unique<MergedTerms>(std::move(cursors));
}

/// Places of the shards. Those with most documents tell soonest what others need to be looked at at all; a head, which
/// takes longest for each document, has few.
std::vector<std::size_t> ShardSet::largest_first() const {
  std::vector<std::pair<std::uint64_t, std::size_t>> sizes;
  for (std::size_t i = 0; i < shards_.size(); ++i) sizes.emplace_back(shards_[i]->statistics({}).documents, i);
  std::ranges::stable_sort(sizes, std::ranges::greater(), &std::pair<std::uint64_t, std::size_t>::first);
  std::vector<std::size_t> places;
  for (const auto& [documents, place] : sizes) places.push_back(place);
  return places;
}

ShardResult ShardSet::top(const QueryPlan& plan, const TopRequest& request) const {
  ShardResult merged;
  merged.facets.resize(request.facets.size());
  for (const std::size_t i : largest_first()) {
    TopRequest part = request;
    // Where there are enough already, whether there is one more.
    if (request.may_stop_counting()) part.count_limit = std::max<std::uint64_t>(1, request.count_limit - merged.total);
    if (request.sort == Sort::Relevance)
      part.least_score = std::max(part.least_score, needed_score(std::span(merged.hits), &ShardHit::score, request));
    ShardResult found = shards_[i]->top(plan, part);
    merged.total += found.total;
    merged.total_is_exact = merged.total_is_exact && found.total_is_exact;
    if (request.may_stop_counting() && merged.total > request.count_limit) {
      merged.total = request.count_limit;
      merged.total_is_exact = false;
    }
    for (ShardHit& hit : found.hits) {
      hit.shard = i;
      merged.hits.push_back(std::move(hit));
    }
    for (std::size_t f = 0; f < merged.facets.size(); ++f) add_facet(merged.facets[f], std::move(found.facets[f]));
  }
  if (shards_.size() == 1) return merged;
  std::sort(merged.hits.begin(), merged.hits.end(), Before{request.sort});
  if (merged.hits.size() > request.count) merged.hits.resize(request.count);
  for (FacetCounts& facet : merged.facets) join_equal(facet.values);
  return merged;
}

std::vector<std::uint64_t> ShardSet::count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders,
                                                  Collapse collapse) const {
  std::vector<std::uint64_t> sums;
  for (const Shard* shard : shards_) add_counts(sums, shard->count_hidden(plan, leaders, collapse));
  return sums;
}

std::optional<ScoreShare> ShardSet::explain(const QueryPlan& plan, std::string_view id) const {
  std::optional<ScoreShare> found;
  for (const Shard* shard : shards_)
    if (!found) found = shard->explain(plan, id);
  return found;
}

std::optional<Document> ShardSet::document(std::string_view id) const {
  std::optional<Document> found;
  for (const Shard* shard : shards_)
    if (!found) found = shard->document(id);
  return found;
}

void ShardSet::visit_documents(const DocumentVisitor& visit) const {
  for (const Shard* shard : shards_) shard->visit_documents(visit);
}

}  // namespace limier
