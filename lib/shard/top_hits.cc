#include "shard/top_hits.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <queue>
#include <utility>

#include "shard/disjunction.h"
#include "shard/facet_counter.h"
#include "shard/matcher.h"
#include "shard/saturation.h"
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
    if (before_.sort != Sort::Relevance) hit.day = day_of(document);
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
  std::string day_of(DocumentNumber document) const {
    const std::uint32_t day = postings_.days(document).first;
    return day == 0 ? std::string() : print_day(day);
  }

  std::size_t capacity_;
  Before before_;
  const Postings& postings_;
  std::vector<ShardHit> hits_;
};

/// What is left of freshness at a document's age: from 1 today towards 0, and 0 without a date.
double remaining_freshness(const QueryPlan& plan, const Postings& postings, DocumentNumber document) {
  if (plan.freshness == 0) return 0;
  const std::uint32_t day = postings.days(document).first;
  if (day == 0) return 0;
  const auto age = std::max(plan.today - parse_day(print_day(day)), std::chrono::days(0));
  return std::exp2(-static_cast<double>(age.count()) / plan.half_life);
}

/// Evaluates a plan over a shard.
class Evaluation {
 public:
  Evaluation(const QueryPlan& plan, const Postings& postings, const TopRequest& request)
      : plan_(plan),
        postings_(postings),
        request_(request),
        matcher_(make_matcher(plan, postings)),
        queue_(request.count, request.sort, postings),
        facets_(request.facets, postings) {}

  ShardResult run() {
    const std::optional<Disjunction> disjunction = find_disjunction(plan_);
    if (disjunction && request_.sort == Sort::Relevance) {
      count_matches(*disjunction);
      if (request_.count > 0) find_best(*disjunction);
    } else {
      evaluate_all();
    }
    result_.hits = queue_.take();
    result_.facets = facets_.take();
    return std::move(result_);
  }

 private:
  /// Whether the counting goes on.
  bool count(DocumentNumber document) {
    if (request_.may_stop_counting() && result_.total == request_.count_limit) {
      result_.total_is_exact = false;
      return false;
    }
    ++result_.total;
    facets_.add(document);
    return true;
  }

  void evaluate_all() {
    bool counting = true;
    for (matcher_->advance(1); matcher_->document() != no_document; matcher_->advance(matcher_->document() + 1)) {
      counting = counting && count(matcher_->document());
      if (!counting && request_.count == 0) break;
      if (request_.count > 0) offer();
    }
  }

  /// The document that the matcher stands on.
  void offer() {
    const DocumentNumber document = matcher_->document();
    const double factor = 1 + plan_.freshness * remaining_freshness(plan_, postings_, document);
    queue_.offer(document, matcher_->score_from(document, queue_.least_score() / factor) * factor);
  }

  void count_matches(const Disjunction& disjunction) {
    if (request_.may_stop_counting() && !disjunction.filter) {
      // A frequent word says all at once.
      for (const PlanNode* part : disjunction.parts) {
        if (part->kind != PlanNode::Kind::Word) continue;
        for (const CountedTerm& term : part->terms) {
          if (!term.matches || postings_.document_frequency(term.term) <= request_.count_limit) continue;
          result_.total = request_.count_limit;
          result_.total_is_exact = false;
          return;
        }
      }
    }
    for_each_match(plan_, disjunction, postings_, [this](DocumentNumber document) { return count(document); });
  }

  /// What is found by bounds is scored as any other, some documents at a time: by then, bounds have left out most.
  void find_best(const Disjunction& disjunction) {
    constexpr std::size_t some = 64;
    const std::unique_ptr<Matcher> filter =
        disjunction.filter ? make_matcher(plan_, postings_, *disjunction.filter) : nullptr;
    BestDocuments best(plan_, disjunction, postings_, most_by_part(disjunction));
    std::priority_queue<double, std::vector<double>, std::greater<>> bounds;  // of the best, by which the last gets in
    std::vector<Candidate> waiting;
    const auto enough = [&] {
      const double bound = bounds.size() == request_.count ? bounds.top() : 0;
      return std::max(bound, queue_.least_score()) / (1 + plan_.freshness) * (1 - rounding);
    };
    const auto score_waiting = [&] {
      for (const Candidate& candidate : waiting) {
        if (candidate.most < enough()) continue;
        matcher_->advance(candidate.document);
        offer();
      }
      waiting.clear();
    };
    for (;;) {
      const std::vector<Candidate>& found = best.next(enough());
      if (found.empty()) break;
      for (const Candidate& candidate : found) {
        if (candidate.most < enough()) continue;
        if (filter) filter->advance(candidate.document);
        if (filter && filter->document() != candidate.document) continue;
        waiting.push_back(candidate);
        bounds.push(candidate.least);
        if (bounds.size() > request_.count) bounds.pop();
        if (waiting.size() == some) score_waiting();
      }
    }
    score_waiting();
  }

  /// As Matcher has it of the group.
  std::vector<double> most_by_part(const Disjunction& disjunction) const {
    if (disjunction.group == nullptr) return {};
    if (disjunction.group == &plan_.root) return matcher_->most_by_part();
    return make_matcher(plan_, postings_, *disjunction.group)->most_by_part();
  }

  const QueryPlan& plan_;
  const Postings& postings_;
  const TopRequest& request_;
  std::unique_ptr<Matcher> matcher_;
  TopQueue queue_;
  FacetCounter facets_;
  ShardResult result_;
};

}  // namespace

ShardResult top_hits(const QueryPlan& plan, const Postings& postings, const TopRequest& request) {
  return Evaluation(plan, postings, request).run();
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
