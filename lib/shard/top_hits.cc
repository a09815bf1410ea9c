#include "shard/top_hits.h"

#include <algorithm>
#include <utility>

#include "shard/facet_counter.h"
#include "shard/matcher.h"

namespace limier {
namespace {

/// Keeps the best `capacity` hits, at least one, in a heap whose front is the worst of them. What else a hit holds is
/// read only for one that gets in or ties with the worst.
class TopQueue {
 public:
  TopQueue(std::size_t capacity, const Postings& postings) : capacity_(capacity), postings_(postings) {}

  void offer(DocumentNumber document, double score) {
    const bool full = hits_.size() == capacity_;
    if (full && score < hits_.front().score) return;
    ShardHit hit{postings_.id(document), score, postings_.sketch(document)};
    if (full) {
      if (!better(hit, hits_.front())) return;
      std::pop_heap(hits_.begin(), hits_.end(), better);
      hits_.back() = std::move(hit);
    } else {
      hits_.push_back(std::move(hit));
    }
    std::push_heap(hits_.begin(), hits_.end(), better);
  }

  std::vector<ShardHit> take() {
    std::sort(hits_.begin(), hits_.end(), better);
    return std::move(hits_);
  }

 private:
  std::size_t capacity_;
  const Postings& postings_;
  std::vector<ShardHit> hits_;
};

}  // namespace

ShardResult top_hits(const QueryPlan& plan, const Postings& postings, const TopRequest& request) {
  const std::unique_ptr<Matcher> matcher = make_matcher(plan, postings);
  const bool only_counts = request.count == 0 && request.facets.empty() && request.count_limit > 0;
  TopQueue queue(request.count, postings);
  FacetCounter facets(request.facets, postings);
  ShardResult result;
  for (matcher->advance(1); matcher->document() != no_document; matcher->advance(matcher->document() + 1)) {
    if (only_counts && result.total == request.count_limit) {
      result.total_is_exact = false;
      break;
    }
    ++result.total;
    facets.add(matcher->document());
    if (request.count > 0) queue.offer(matcher->document(), matcher->score());
  }
  result.hits = queue.take();
  result.facets = facets.take();
  return result;
}

std::vector<std::uint64_t> count_similar(const QueryPlan& plan, const Postings& postings,
                                         const std::vector<Sketch>& leaders) {
  const std::unique_ptr<Matcher> matcher = make_matcher(plan, postings);
  std::vector<std::uint64_t> counts(leaders.size());
  for (matcher->advance(1); matcher->document() != no_document; matcher->advance(matcher->document() + 1)) {
    const Sketch sketch = postings.sketch(matcher->document());
    const auto leader = std::find_if(leaders.begin(), leaders.end(), [&](Sketch s) { return are_similar(s, sketch); });
    if (leader != leaders.end()) ++counts[static_cast<std::size_t>(leader - leaders.begin())];
  }
  return counts;
}

}  // namespace limier
