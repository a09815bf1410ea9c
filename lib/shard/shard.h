#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "limier/document.h"
#include "limier/searcher.h"
#include "shard/query_plan.h"
#include "shard/similarity.h"

namespace limier {

/// Sums over documents; those of several shards add up.
struct CollectionStatistics {
  std::uint64_t documents = 0;
  std::uint64_t text_length = 0;                    ///< Tokens in titles and bodies.
  std::uint64_t title_length = 0;                   ///< Tokens in titles.
  std::vector<std::uint64_t> document_frequencies;  ///< Of the terms that were asked for, in their order.
};

/// Walks terms in ascending order of bytes. Stands on the first one from the start.
class TermCursor {
 public:
  virtual ~TermCursor() = default;

  virtual const std::string& term() const = 0;  ///< Empty at the end.

  virtual std::uint64_t document_frequency() const = 0;  ///< How many documents have it.

  virtual void next() = 0;

  /// Moves to the first term from `target` on; stays where it is when already there or beyond.
  virtual void advance(const std::string& target) = 0;
};

/// What planning a query asks of the documents, in one shard or in all of them.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;

  virtual CollectionStatistics statistics(std::span<const std::string_view> terms) const = 0;

  /// The terms that begin with `prefix`. Of one snapshot, as all that is asked; the cursor does not outlive it.
  virtual std::unique_ptr<TermCursor> terms(const std::string& prefix) const = 0;
};

struct ShardHit {
  std::string id;
  double score = 0;
  double full_score = 0;  ///< What the score becomes if it is one of the best. REQUIRES a plan that re-ranks.
  Sketch sketch = 0;      ///< Where hits are collapsed by it.
  std::string site;       ///< Likewise; as the document has it, unless it is longer than 200 bytes.
  std::string day;  ///< First day of its date, `YYYYMMDD`; empty for none, and where hits are sorted by relevance.
  std::size_t shard = 0;  ///< Of several, which one has it.
};

/// Whether a hit goes before another.
struct Before {
  Sort sort = Sort::Relevance;

  bool operator()(const ShardHit& a, const ShardHit& b) const {
    if (a.day != b.day) return is_earlier(a.day, b.day);
    if (a.score != b.score) return a.score > b.score;
    return a.id != b.id ? a.id < b.id : a.shard < b.shard;
  }

 private:
  bool is_earlier(const std::string& a, const std::string& b) const {
    if (a.empty() || b.empty()) return b.empty();
    return sort == Sort::Newest ? a > b : a < b;
  }
};

/// Whether a hit is hidden behind an earlier one.
inline bool is_hidden(const ShardHit& hit, const ShardHit& leader, Collapse collapse) {
  if (collapse == Collapse::Site) return !hit.site.empty() && hit.site == leader.site;
  return collapse == Collapse::Similar && are_similar(hit.sketch, leader.sketch);
}

/// Hits are near the best that are among so many, or score at least this share of what it does: those beyond are hardly
/// ever among the ten best when they are ranked again.
inline constexpr std::size_t always_near = 20;
inline constexpr double near_share = 0.65;

/// What is asked about the documents under a plan.
struct TopRequest {
  std::size_t count = 0;               ///< How many hits.
  Sort sort = Sort::Relevance;         ///< Which ones.
  std::uint64_t count_limit = 0;       ///< As in SearchOptions.
  std::vector<std::string> facets;     ///< Fields, as in FacetOptions.
  Collapse collapse = Collapse::None;  ///< What has to be known of hits for it.
  bool only_near = false;              ///< Whether of the hits only those near the best are needed.
  double least_score = 0;              ///< By relevance, hits that score less are not asked for, but may be given.

  /// Whether nothing needs every match, so that `count_limit` may bound their number.
  bool may_stop_counting() const { return facets.empty() && count_limit > 0; }
};

/// What a hit has to score at least, as far as some tell whose scores `score` projects, and which are put in another
/// order; 0 where they are too few.
template <typename Hit, typename Score>
double needed_score(std::span<Hit> hits, Score score, const TopRequest& request) {
  double needed = 0;
  const auto score_at = [&](std::size_t rank) {
    const auto at = hits.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
    std::ranges::nth_element(hits, at, std::ranges::greater(), score);
    return std::invoke(score, *at);
  };
  if (request.count > 0 && hits.size() >= request.count) {
    needed = score_at(request.count);
    hits = hits.first(request.count);
  }
  if (request.only_near && hits.size() >= always_near) {
    const double sure = score_at(always_near);
    const double best = std::invoke(score, *std::ranges::max_element(hits.first(always_near), {}, score));
    needed = std::max(needed, std::min(sure, near_share * best));
  }
  return needed;
}

/// What documents have in a field; those of several shards add up.
struct FacetCounts {
  std::vector<FacetValue> values;  ///< In no order.
  std::uint64_t documents = 0;     ///< How many documents have any.
};

struct ShardResult {
  std::vector<ShardHit> hits;       ///< In the order of Before, before they are ranked again.
  std::uint64_t total = 0;          ///< Documents that match.
  bool total_is_exact = true;       ///< Otherwise there are more.
  std::vector<FacetCounts> facets;  ///< One for each that was asked for.
};

/// A part of an index, live or sealed, as a searcher sees it: a snapshot that answers seven questions.
/// Thread rule: one thread at a time.
class Shard : public Vocabulary {
 public:
  /// The best documents under the plan. The same documents give the same answer in every kind of shard.
  virtual ShardResult top(const QueryPlan& plan, const TopRequest& request) const = 0;

  /// For each of `leaders`, how many of the documents under the plan are hidden behind it and behind none before it; it
  /// is counted as well, unless it can hide nothing.
  virtual std::vector<std::uint64_t> count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders,
                                                  Collapse collapse) const = 0;

  /// Why the document of this id has its score under the plan; none where it is not here or does not match.
  virtual std::optional<ScoreShare> explain(const QueryPlan& plan, std::string_view id) const = 0;

  virtual std::optional<Document> document(std::string_view id) const = 0;

  using DocumentVisitor = std::function<void(const Document&)>;

  /// Visits all documents, in no order, one in memory at a time.
  virtual void visit_documents(const DocumentVisitor& visit) const = 0;
};

}  // namespace limier
