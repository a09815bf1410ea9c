#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "shard/counted_cursors.h"
#include "shard/query_plan.h"
#include "shard/score_bounds.h"

namespace limier {

/// That by which a plan scores a node.
inline LengthNormalisation normalisation_of(const QueryPlan& plan, const PlanNode& node) {
  const double of_length = node.length_normalised ? plan.k1 * plan.b : 0, of_word = of_length / plan.average_length;
  return {static_cast<float>(plan.k1 - of_length), static_cast<float>(of_word),
          static_cast<float>(of_word * plan.title_length_weight)};
}

/// What an occurrence counts there.
inline float count_of(const CountedCursor& member) { return std::max(static_cast<float>(member.count), not_nothing); }

/// What terms that are scored as one word may score at most.
class WordBounds {
 public:
  WordBounds(const std::vector<CountedCursor>& members, const LengthNormalisation& normalisation, std::size_t ranges)
      : is_anywhere_(!members.empty()) {
    if (members.size() > few_members && are_dense(members, ranges)) return;
    for (const CountedCursor& member : members) {
      std::shared_ptr<const ScoreBounds> bounds = member.cursor->score_bounds(normalisation);
      if (!bounds) {
        members_.clear();
        return;
      }
      members_.push_back({std::move(bounds), count_of(member)});
    }
  }

  /// Adds shares of a weight to `bounds`, each of the range that `range_of` tells; not nothing where there is any
  /// document. Of several terms, occurrences by the half of what they need (LengthNormalisation) add up: share / (1 -
  /// share).
  template <typename RangeOf>
  void add(std::span<float> bounds, float weight, RangeOf range_of) {
    if (!is_anywhere_) return;
    weight = std::max(weight, not_nothing);
    if (members_.size() == 1 && members_.front().count == 1) {
      const std::uint8_t* const shares = members_.front().bounds->shares().data();
      for (std::size_t i = 0; i < bounds.size(); ++i)
        bounds[i] += weight / ScoreBounds::whole * static_cast<float>(shares[range_of(i)]);
      return;
    }
    constexpr float endless = std::numeric_limits<float>::infinity(), many = 1e30F;
    odds_.assign(bounds.size(), members_.empty() ? endless : 0);
    for (const auto& [known, count] : members_) {
      const std::uint8_t* const shares = known->shares().data();
      for (std::size_t i = 0; i < bounds.size(); ++i) {
        const auto share = static_cast<float>(shares[range_of(i)]);
        odds_[i] += count * (share / (ScoreBounds::whole - share));
      }
    }
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      const float odds = std::min(odds_[i], many);
      bounds[i] += std::max(weight * (odds / (1 + odds)), odds > 0 ? not_nothing : 0);
    }
  }

  void add(std::span<float> bounds, float weight) {
    add(bounds, weight, [](std::size_t i) { return i; });
  }

 private:
  /// Where more of them have documents in nearly all ranges, their bounds sum up to nearly all that the word can score.
  static constexpr std::size_t few_members = 16;

  static bool are_dense(const std::vector<CountedCursor>& members, std::size_t ranges) {
    std::uint64_t documents = 0;
    for (const CountedCursor& member : members) documents += member.cursor->most_documents();
    return documents > ranges;
  }

  struct Member {
    std::shared_ptr<const ScoreBounds> bounds;
    float count = 0;  // of each occurrence
  };

  bool is_anywhere_;
  std::vector<Member> members_;  // none where nobody knows the bounds of all
  std::vector<float> odds_;      // room
};

}  // namespace limier
