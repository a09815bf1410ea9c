#include "shard/top_hits.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "shard/facet_counter.h"
#include "shard/matcher.h"
#include "shard/schema.h"
#include "text/calendar.h"

namespace limier {
namespace {

std::string site_of(const Postings& postings, DocumentNumber document) {
  std::string site;
  schema::for_each_value(postings.values(document), [&](std::string_view name, std::string_view value) {
    if (site.empty() && name == schema::site.name) site = value;
  });
  return site;
}

/// Keeps the first `count` hits, at least one, in a heap whose front is the last of them. What else a hit holds is read
/// only for one that gets in or ties with the last.
class TopQueue {
 public:
  TopQueue(std::size_t count, Sort sort, const Postings& postings)
      : capacity_(count), before_{sort}, postings_(postings) {}

  void offer(DocumentNumber document, double score) {
    const bool full = hits_.size() == capacity_;
    ShardHit hit;  // Without its id it goes before its equals.
    hit.score = score;
    if (before_.sort != Sort::Relevance) hit.day = postings_.dates(document).substr(0, 8);
    if (full && !before_(hit, hits_.front())) return;
    hit.id = postings_.id(document);
    if (full && !before_(hit, hits_.front())) return;
    hit.sketch = postings_.sketch(document);
    hit.site = site_of(postings_, document);
    if (full) {
      std::pop_heap(hits_.begin(), hits_.end(), before_);
      hits_.pop_back();
    }
    hits_.push_back(std::move(hit));
    std::push_heap(hits_.begin(), hits_.end(), before_);
  }

  /// The least score with which a hit may get in.
  double least_score() const {
    const bool full = hits_.size() == capacity_ && before_.sort == Sort::Relevance;
    return full ? hits_.front().score : 0;
  }

  std::vector<ShardHit> take() {
    std::sort(hits_.begin(), hits_.end(), before_);
    return std::move(hits_);
  }

 private:
  std::size_t capacity_;
  Before before_;
  const Postings& postings_;
  std::vector<ShardHit> hits_;
};

/// What is left of freshness at a document's age: from 1 today towards 0, and 0 without a date.
double remaining_freshness(const QueryPlan& plan, const Postings& postings, DocumentNumber document) {
  if (plan.freshness == 0) return 0;
  const std::string days = postings.dates(document);
  if (days.size() < 8) return 0;
  const auto age = std::max(plan.today - parse_day(days), std::chrono::days(0));
  return std::exp2(-static_cast<double>(age.count()) / plan.half_life);
}

}  // namespace

ShardResult top_hits(const QueryPlan& plan, const Postings& postings, const TopRequest& request) {
  const std::unique_ptr<Matcher> matcher = make_matcher(plan, postings);
  TopQueue queue(request.count, request.sort, postings);
  FacetCounter facets(request.facets, postings);
  ShardResult result;
  for (matcher->advance(1); matcher->document() != no_document; matcher->advance(matcher->document() + 1)) {
    if (request.only_counts() && result.total == request.count_limit) {
      result.total_is_exact = false;
      break;
    }
    const DocumentNumber document = matcher->document();
    ++result.total;
    facets.add(document);
    if (request.count == 0) continue;
    const double factor = 1 + plan.freshness * remaining_freshness(plan, postings, document);
    queue.offer(document, matcher->score_from(document, queue.least_score() / factor) * factor);
  }
  result.hits = queue.take();
  result.facets = facets.take();
  return result;
}

std::vector<std::uint64_t> count_hidden(const QueryPlan& plan, const Postings& postings,
                                        const std::vector<ShardHit>& leaders, Collapse collapse) {
  const std::unique_ptr<Matcher> matcher = make_matcher(plan, postings);
  std::vector<std::uint64_t> counts(leaders.size());
  for (matcher->advance(1); matcher->document() != no_document; matcher->advance(matcher->document() + 1)) {
    ShardHit hit;
    if (collapse == Collapse::Similar) hit.sketch = postings.sketch(matcher->document());
    if (collapse == Collapse::Site) hit.site = site_of(postings, matcher->document());
    const auto leader = std::find_if(leaders.begin(), leaders.end(),
                                     [&](const ShardHit& each) { return is_hidden(hit, each, collapse); });
    if (leader != leaders.end()) ++counts[static_cast<std::size_t>(leader - leaders.begin())];
  }
  return counts;
}

std::optional<ScoreShare> explain_score(const QueryPlan& plan, const Postings& postings, std::string_view id) {
  const std::optional<DocumentNumber> document = postings.find(id);
  if (!document) return std::nullopt;
  const std::unique_ptr<Matcher> matcher = make_matcher(plan, postings);
  matcher->advance(*document);
  if (matcher->document() != *document) return std::nullopt;
  ScoreShare words = matcher->explain(*document);
  if (plan.freshness == 0) return words;
  ScoreShare freshness{.kind = std::string(translatable("freshness")), .weight = plan.freshness, .idf = words.score};
  freshness.saturation = remaining_freshness(plan, postings, *document);
  freshness.score = freshness.weight * freshness.idf * freshness.saturation;
  ScoreShare sum{.kind = std::string(translatable("group")), .score = words.score + freshness.score};
  sum.parts = {std::move(words), std::move(freshness)};
  return sum;
}

}  // namespace limier
