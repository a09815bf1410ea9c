#include "shard/top_hits.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iterator>
#include <utility>

#include "shard/best_documents.h"
#include "shard/conjunction.h"
#include "shard/facet_counter.h"
#include "shard/flat_plan.h"
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

/// Keeps the first hits that a request asks for, at least one, in a heap whose front is the last of them. What else a
/// hit holds is read at the end.
class TopQueue {
 public:
  TopQueue(const TopRequest& request, const Postings& postings) : request_(request), postings_(postings) {}

  void offer(DocumentNumber document, double score, std::optional<double> full_score) {
    const std::uint32_t day = request_.sort == Sort::Relevance ? 0 : postings_.days(document).first;
    const Found found{document, score, full_score, day};
    const auto before = [this](const Found& a, const Found& b) { return goes_before(a, b); };
    if (found_.size() == request_.count) {
      if (!goes_before(found, found_.front())) return;
      std::pop_heap(found_.begin(), found_.end(), before);
      found_.pop_back();
    }
    found_.push_back(found);
    std::push_heap(found_.begin(), found_.end(), before);
  }

  void clear() { found_.clear(); }

  /// The least score with which a hit may get in.
  double least_score() const {
    const bool full = !found_.empty() && found_.size() == request_.count && request_.sort == Sort::Relevance;
    return full ? found_.front().score : 0;
  }

  /// The least score with which one is asked for, as far as those that got in tell; it takes longer.
  double needed_score() const {
    if (!request_.only_near || request_.sort != Sort::Relevance) return least_score();
    std::vector<double> scores;
    for (const Found& found : found_) scores.push_back(found.score);
    return limier::needed_score(std::span(scores), std::identity(), request_);
  }

  /// All that are asked for, with the scores by `full_scores(documents)`, which ascend, of those with which none was
  /// offered.
  template <typename FullScores>
  std::vector<ShardHit> take(FullScores full_scores) {
    std::erase_if(found_, [needed = needed_score()](const Found& found) { return found.score < needed; });
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.document < b.document; });
    std::vector<DocumentNumber> without;
    for (const Found& found : found_)
      if (!found.full_score) without.push_back(found.document);
    const std::vector<double> missing = full_scores(without);
    auto next = missing.begin();
    std::vector<ShardHit> hits;
    for (const Found& found : found_) {
      ShardHit& hit = hits.emplace_back();
      hit.id = postings_.id(found.document);
      hit.score = found.score;
      hit.full_score = found.full_score ? *found.full_score : *next++;
      hit.day = print(found.day);
      if (request_.collapse == Collapse::Similar) hit.sketch = postings_.sketch(found.document);
      if (request_.collapse == Collapse::Site) hit.site = site_of(postings_, found.document);
    }
    std::sort(hits.begin(), hits.end(), Before{request_.sort});
    return hits;
  }

 private:
  struct Found {
    DocumentNumber document = 0;
    double score = 0;
    std::optional<double> full_score;
    std::uint32_t day = 0;
  };

  static std::string print(std::uint32_t day) { return day == 0 ? std::string() : print_day(day); }

  /// As Before has it; ids are read where all else is equal.
  bool goes_before(const Found& a, const Found& b) const {
    if (a.day != b.day) return request_.sort == Sort::Newest ? a.day > b.day : a.day - 1 < b.day - 1;  // 0 goes last
    if (a.score != b.score) return a.score > b.score;
    return postings_.id(a.document) < postings_.id(b.document);
  }

  const TopRequest& request_;
  const Postings& postings_;
  std::vector<Found> found_;
};

DocumentBatch batch_of(const Postings& postings, std::vector<DocumentNumber> documents) {
  DocumentBatch batch{std::move(documents), {}};
  batch.lengths.resize(batch.numbers.size());
  postings.read_lengths(batch.numbers, batch.lengths.data());
  return batch;
}

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
        queue_(request, postings),
        facets_(request.facets, postings) {}

  ShardResult run() {
    const std::optional<FlatPlan> flat = flatten(plan_);
    if (flat && flat->all) {
      find_all(*flat);
    } else if (flat && request_.sort == Sort::Relevance) {
      count_matches(*flat);
      if (request_.count > 0) find_best(*flat);
    } else {
      evaluate_all();
    }
    result_.hits = take_hits();
    result_.facets = facets_.take();
    return std::move(result_);
  }

 private:
  /// Whether the counting goes on.
  bool count(std::span<const DocumentNumber> documents) {
    if (!request_.facets.empty()) facets_.add(documents);
    return add_to_total(documents.size());
  }

  bool count(const DocumentBits& documents) {
    if (!request_.facets.empty()) {
      counted_.clear();
      documents.for_each([this](DocumentNumber document) { counted_.push_back(document); });
      facets_.add(counted_);
    }
    return add_to_total(documents.count());
  }

  bool add_to_total(std::size_t documents) {
    result_.total += documents;
    result_.total_is_exact = !request_.may_stop_counting() || result_.total <= request_.count_limit;
    if (!result_.total_is_exact) result_.total = request_.count_limit;
    return result_.total_is_exact;
  }

  void evaluate_all() {
    bool counting = true;
    const std::unique_ptr<Matcher> matcher = make_matcher(plan_, postings_);
    for (matcher->advance(1); matcher->document() != no_document; matcher->advance(matcher->document() + 1)) {
      const DocumentNumber document = matcher->document();
      if (!postings_.is_living(document)) continue;
      counting = counting && count({&document, 1});
      if (!counting && request_.count == 0) break;
      if (request_.count > 0)
        queue_.offer(document, matcher->score(document, postings_.lengths(document)) * factor(document), {});
      if (!counting) matcher->require(least_score() / (1 + plan_.freshness));
    }
  }

  /// Of parts that all have to match. Where documents with all of some words are many, they are counted first, and then
  /// the best are found by bounds.
  void find_all(const FlatPlan& flat) {
    constexpr std::uint64_t many = 4096;
    Conjunction matching(plan_, flat, postings_);
    if (request_.count == 0) return count_rest(matching);
    const bool are_bounded = request_.count < many && request_.sort == Sort::Relevance &&
                             std::ranges::all_of(flat.parts, &FlatPlan::Part::is_word);
    bool counting = true;
    double needed = 0;
    for (auto found = matching.next(true); !found.empty(); found = matching.next(true)) {
      counting = counting && count(found);
      for (const std::size_t place : matching.find_good(needed / (1 + plan_.freshness)))
        queue_.offer(found[place], matching.score(place) * factor(found[place]), {});
      needed = std::max(queue_.needed_score(), request_.least_score);
      if (!are_bounded || !matching.has_more_than(many)) continue;
      if (counting) count_rest(matching);
      queue_.clear();
      return find_best(flat, needed);
    }
  }

  void count_rest(Conjunction& matching) {
    for (auto found = matching.next(false); !found.empty() && count(found);) found = matching.next(false);
  }

  /// How many hits are needed in any case.
  std::size_t first_wanted() const {
    return request_.only_near ? std::min(always_near, request_.count) : request_.count;
  }

  /// Of ascending documents, after those before.
  std::vector<Scored> score(Matcher& matcher, const std::vector<DocumentNumber>& documents, bool full) const {
    std::vector<Scored> scored(documents.size());
    matcher.score(batch_of(postings_, documents), full, scored.data());
    for (std::size_t i = 0; i < documents.size(); ++i) {
      scored[i].score *= factor(documents[i]);
      scored[i].full_score *= factor(documents[i]);
    }
    return scored;
  }

  double factor(DocumentNumber document) const {
    return 1 + plan_.freshness * remaining_freshness(plan_, postings_, document);
  }

  double least_score() const { return std::max(queue_.least_score(), request_.least_score); }

  void count_matches(const FlatPlan& disjunction) {
    if (request_.may_stop_counting() && !disjunction.filter) {
      // A frequent word says all at once.
      for (const FlatPlan::Part& part : disjunction.parts) {
        if (!part.is_word()) continue;
        for (const CountedTerm& term : part.node->terms) {
          if (!term.matches || postings_.document_frequency(term.term) <= request_.count_limit) continue;
          result_.total = request_.count_limit;
          result_.total_is_exact = false;
          return;
        }
      }
    }
    for_each_match(plan_, disjunction, postings_, [this](const DocumentBits& documents) { return count(documents); });
  }

  /// Of those that do not score less than `bound`. What is found by bounds is scored as any other, as late as may be:
  /// by then, bounds have left out most.
  void find_best(const FlatPlan& flat, double bound = 0) {
    BestDocuments best(plan_, flat, postings_, first_wanted());
    const std::size_t many = 2 * request_.count + 64;
    std::vector<Candidate> candidates;
    const auto enough = [&] { return best.rounded_down(std::max(bound, least_score()) / (1 + plan_.freshness)); };
    for (;;) {
      const std::vector<Candidate>& found = best.next(enough());
      if (found.empty()) break;
      candidates.insert(candidates.end(), found.begin(), found.end());
      if (const double needed = needed_score(std::span(candidates), &Candidate::score, request_); needed > 0) {
        bound = std::max(bound, needed);
        std::erase_if(candidates, [least = enough()](const Candidate& candidate) { return candidate.score < least; });
      }
      if (candidates.size() > many) offer(candidates, false);
    }
    offer(candidates, true);  // Hardly more than are asked for: full scores take no second way through lists.
  }

  /// Those that are not left out by now.
  void offer(std::vector<Candidate>& waiting, bool with_full_scores) {
    std::ranges::sort(waiting, {}, &Candidate::document);
    std::vector<DocumentNumber> documents;
    for (const Candidate& candidate : waiting) documents.push_back(candidate.document);
    waiting.clear();
    with_full_scores = with_full_scores && plan_.reranked > 0;
    const std::unique_ptr<Matcher> matcher = make_matcher(plan_, postings_);
    const std::vector<Scored> scored = score(*matcher, documents, with_full_scores);
    for (std::size_t i = 0; i < documents.size(); ++i)
      queue_.offer(documents[i], scored[i].score,
                   with_full_scores ? std::optional(scored[i].full_score) : std::nullopt);
  }

  std::vector<ShardHit> take_hits() {
    return queue_.take([&](const std::vector<DocumentNumber>& documents) {
      std::vector<double> full_scores(documents.size());
      if (plan_.reranked == 0 || documents.empty()) return full_scores;
      const std::unique_ptr<Matcher> matcher = make_matcher(plan_, postings_);
      std::ranges::transform(score(*matcher, documents, true), full_scores.begin(), &Scored::full_score);
      return full_scores;
    });
  }

  const QueryPlan& plan_;
  const Postings& postings_;
  const TopRequest& request_;
  TopQueue queue_;
  FacetCounter facets_;
  std::vector<DocumentNumber> counted_;  // last
  ShardResult result_;
};

}  // namespace

ShardResult top_hits(const QueryPlan& plan, const Postings& postings, const TopRequest& request) {
  if (postings.document_count() == 0) return {.facets = std::vector<FacetCounts>(request.facets.size())};
  return Evaluation(plan, postings, request).run();
}

std::vector<std::uint64_t> count_hidden(const QueryPlan& plan, const Postings& postings,
                                        const std::vector<ShardHit>& leaders, Collapse collapse) {
  const std::unique_ptr<Matcher> matcher = make_matcher(plan, postings);
  std::vector<std::uint64_t> counts(leaders.size());
  for (matcher->advance(1); matcher->document() != no_document; matcher->advance(matcher->document() + 1)) {
    if (!postings.is_living(matcher->document())) continue;
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
  // By another, for parts that must not match may stand behind the document by now.
  ScoreShare words = make_matcher(plan, postings)->explain(batch_of(postings, {*document}));
  if (plan.freshness == 0) return words;
  ScoreShare freshness{.kind = std::string(translatable("freshness")), .weight = plan.freshness, .idf = words.score};
  freshness.saturation = remaining_freshness(plan, postings, *document);
  freshness.score = freshness.weight * freshness.idf * freshness.saturation;
  ScoreShare sum{.kind = std::string(translatable("group")), .score = words.score + freshness.score};
  sum.parts = {std::move(words), std::move(freshness)};
  return sum;
}

}  // namespace limier
