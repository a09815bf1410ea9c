#include "shard/top_hits.h"

#include <algorithm>
#include <utility>

#include "shard/matcher.h"

namespace limier {
namespace {

/// Keeps the best `capacity` hits in a heap whose front is the worst of them. An id is read only for a hit that gets in
/// or ties with the worst.
class TopQueue {
 public:
  TopQueue(std::size_t capacity, const Postings& postings) : capacity_(capacity), postings_(postings) {}

  void offer(DocumentNumber document, double score) {
    if (capacity_ == 0) return;
    const bool full = hits_.size() == capacity_;
    if (full && score < hits_.front().score) return;
    ShardHit hit{postings_.id(document), score};
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

ShardResult top_hits(const QueryPlan& plan, const Postings& postings, std::size_t count) {
  const std::unique_ptr<Matcher> matcher = make_matcher(plan, postings);
  TopQueue queue(count, postings);
  ShardResult result;
  for (matcher->advance(1); matcher->document() != no_document; matcher->advance(matcher->document() + 1)) {
    ++result.total;
    queue.offer(matcher->document(), matcher->score());
  }
  result.hits = queue.take();
  return result;
}

}  // namespace limier
