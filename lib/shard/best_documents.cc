#include "shard/best_documents.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>

namespace limier {

BestDocuments::BestDocuments(const QueryPlan& plan, const FlatPlan& flat, const Postings& postings, std::size_t wanted)
    : plan_(plan),
      flat_(flat),
      postings_(postings),
      precision_(flat),
      ranges_(postings.last_document()),
      totals_(ranges_.count()),
      stretch_(std::make_unique<Stretch>(ranges_)),
      bounds_(flat.parts.size()) {
  for (const FlatPlan::Part& part : flat.parts) {
    parts_.push_back(make_scored_part(plan, postings, part, flat.all, precision_.unit(), ranges_));
    add_bounds(*parts_.back());
  }
  constexpr std::size_t share = 8;  // of all ranges; where these are few, more of them tell nothing sooner
  std::vector<float> most(std::min(wanted, totals_.size() / share + 1));
  std::ranges::partial_sort_copy(totals_, most, std::greater());
  least_first_ = most.back();
}

/// To the totals. Of parts that all have to match, each has to have documents in a range.
void BestDocuments::add_bounds(ScoredPart& part) {
  if (!flat_.all) return part.add_bounds(totals_);
  const bool is_first = parts_.size() == 1;
  std::vector<float> bounds(totals_.size());
  part.add_bounds(bounds);
  for (std::size_t i = 0; i < totals_.size(); ++i) {
    const bool may_match = bounds[i] > 0 && (is_first || totals_[i] > 0);
    totals_[i] = may_match ? totals_[i] + bounds[i] : 0;
  }
}

const std::vector<Candidate>& BestDocuments::next(double enough) {
  found_.clear();
  const float needed = std::max(0.0F, static_cast<float>(enough / precision_.unit()));
  while (found_.empty()) {
    if (begin_stretch(needed)) {
      evaluate(needed);
    } else if (!begin_pass(needed)) {
      break;
    }
  }
  return found_;
}

/// Whether there is one more.
bool BestDocuments::begin_pass(float enough) {
  if (pass_ == Pass::Rest) return false;
  constexpr float any = std::numeric_limits<float>::min(), all = std::numeric_limits<float>::infinity();
  if (pass_ == Pass::None) {
    pass_ = Pass::First;
    least_ = std::max(any, least_first_);
    end_ = all;
  } else {
    pass_ = Pass::Rest;
    end_ = std::exchange(least_, any);
    if (end_ <= enough) return false;
    for (const auto& part : parts_) part->restart();
    filter_.reset();
  }
  next_ = 0;
  return true;
}

/// The next of this pass that has any ranges which may have enough; false at the end.
bool BestDocuments::begin_stretch(float enough) {
  if (pass_ == Pass::None) return false;
  const float least = std::max(least_, enough);
  const std::size_t together = Stretch::size / ranges_.size();
  while (next_ * together < totals_.size()) {
    const std::span totals = std::span(totals_).subspan(next_ * together, together);
    const DocumentNumber first = static_cast<DocumentNumber>(next_++) * Stretch::size, end = first + Stretch::size;
    float most = 0;
    for (const float total : totals) most = std::max(most, total);
    if (most < least) continue;
    std::uint32_t ranges = 0;
    for (std::size_t i = 0; i < totals.size(); ++i)
      ranges |= static_cast<std::uint32_t>((totals[i] >= least) & (totals[i] < end_)) << i;
    if (ranges == 0) continue;
    if (const DocumentNumber document = next_document(end); document >= end) {
      next_ = document / Stretch::size;
    } else {
      stretch_->begin(first, ranges);
      return true;
    }
  }
  return false;
}

/// Of all parts, as each tells. Where nobody knows bounds, they promise more than there is.
DocumentNumber BestDocuments::next_document(DocumentNumber end) const {
  DocumentNumber next = no_document;
  for (const auto& part : parts_)
    if ((next = std::min(next, part->next_document(end))) < end) break;
  return next;
}

void BestDocuments::evaluate(float enough) {
  find_bounds(enough);
  const std::size_t rest = sum_up_bounds(enough);
  if (rest == in_order_.size()) return;
  read(std::span(in_order_).subspan(rest), enough);
  for (const DocumentNumber document : find_candidates(rest, enough))
    if (postings_.is_living(document)) found_.push_back({document, stretch_->score(document) * precision_.unit()});
  stretch_->clear(stretch_->scores);
  if (flat_.filter && !found_.empty()) keep_within_filter();
}

void BestDocuments::keep_within_filter() {
  if (!filter_) filter_ = make_matcher(plan_, postings_, *flat_.filter);
  DocumentBits kept(stretch_->first());
  for (const Candidate& candidate : found_) kept.set(candidate.document);
  filter_->keep(kept);
  std::erase_if(found_, [&](const Candidate& candidate) { return !kept.has(candidate.document); });
}

/// Those of parts with any documents, in order: of what is read, that with the least bounds first. What takes long had
/// better be looked up in the end, in few documents, unless more others would have to be read instead.
void BestDocuments::find_bounds(float enough) {
  in_order_.clear();
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    Bound& bound = bounds_[i];
    bound.part = parts_[i].get();
    bound.part->find_bounds(*stretch_, std::span(bound.scores).first(stretch_->range_count));
    bound.most = most_of(bound.scores);
    if (bound.most > 0) in_order_.push_back(&bound);
  }
  const auto waits = [enough](const Bound& bound) { return bound.part->is_slow() && bound.most < enough / 4; };
  std::ranges::sort(in_order_, {}, [&](const Bound* bound) { return std::pair(!waits(*bound), bound->most); });
}

/// How many parts, the first ones, cannot reach enough together, and need not be read. Where all have to match, it is
/// enough to read the last one.
std::size_t BestDocuments::sum_up_bounds(float enough) {
  const std::size_t ranges = stretch_->range_count;
  RangeScores sums;
  std::fill_n(sums.begin(), ranges, 0.0F);
  std::size_t rest = 0;
  float most = 0;
  for (Bound* bound : in_order_) {
    for (std::size_t i = 0; i < ranges; ++i) {
      bound->before[i] = sums[i];
      sums[i] += bound->scores[i];
    }
    bound->most_before = std::exchange(most, most_of(sums));
    if (most < enough) ++rest;
  }
  return flat_.all && most >= enough ? in_order_.size() - 1 : rest;
}

/// Documents need so much from these parts and those before. What others may score is summed up, for to subtract from a
/// sum would leave its roundings.
void BestDocuments::read(std::span<Bound* const> parts, float enough) {
  const std::size_t ranges = stretch_->range_count;
  RangeScores behind;
  std::fill_n(behind.begin(), ranges, 0.0F);
  for (std::size_t i = parts.size(); i-- > 0;) {
    Bound& bound = *parts[i];
    bound.others = 0;
    for (std::size_t j = 0; j < ranges; ++j) {
      bound.others = std::max(bound.others, bound.before[j] + behind[j]);
      behind[j] += bound.scores[j];
    }
  }
  for (const Bound* bound : parts)
    if (!bound->part->is_slow()) bound->part->read(*stretch_, enough - bound->others);
  const float needed = enough - parts.front()->most_before;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i]->part->is_slow()) continue;
    float unread = 0;
    for (std::size_t j = i + 1; j < parts.size(); ++j)
      if (parts[j]->part->is_slow()) unread += parts[j]->most;
    parts[i]->part->read(*stretch_, needed - unread);
  }
}

/// Of the documents that were read, those that still may have enough when the rest is looked up.
std::span<const DocumentNumber> BestDocuments::find_candidates(std::size_t rest, float enough) {
  Stretch& stretch = *stretch_;
  std::size_t count = 0;
  // Without a branch, which nobody could foretell.
  const auto keep = [&](DocumentNumber document, const RangeScores& more) {
    stretch.candidates[count] = document;
    count += static_cast<std::size_t>(stretch.score(document) + more[stretch.order_of(document)] >= enough);
  };
  stretch.matching.for_each([&](DocumentNumber document) { keep(document, in_order_[rest]->before); });
  for (std::size_t i = rest; i > 0 && count > 0; --i) {
    const Bound& bound = *in_order_[i - 1];
    const std::span documents(stretch.candidates.data(), count);
    bound.part->look_up(stretch, documents, enough - bound.most_before);
    count = 0;
    for (const DocumentNumber document : documents) keep(document, bound.before);
  }
  return std::span(stretch.candidates).first(count);
}

/// In the ranges of the stretch.
float BestDocuments::most_of(const RangeScores& scores) const {
  float most = 0;
  for (std::size_t i = 0; i < stretch_->range_count; ++i) most = std::max(most, scores[i]);
  return most;
}

}  // namespace limier
