#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "shard/document_bits.h"
#include "shard/postings.h"
#include "shard/query_plan.h"

namespace limier {

/// A plan of the most frequent kinds: documents that match any of some parts, or all of them, maybe within a filter,
/// which scores nothing.
struct FlatPlan {
  struct Part {
    const PlanNode* node;  ///< Of the plan, which outlives it.
    double most_score;     ///< That it can have; where it does not match, it scores nothing.

    bool is_word() const { return node->kind == PlanNode::Kind::Word; }
  };

  std::vector<Part> parts;
  bool all = false;                ///< Whether each of them has to match; one or more are words then.
  std::optional<PlanNode> filter;  ///< What documents have to match beside.
};

/// How the scores of a flat plan are summed up in single precision: as shares of a unit, lest they do not fit it.
class SinglePrecision {
 public:
  explicit SinglePrecision(const FlatPlan& flat);

  double unit() const { return unit_; }  ///< The most that all parts score together.

  /// What a sum is not below if the score is not below `score`, and the other way round. Each part adds a rounding,
  /// which for very small scores is absolute, and so does each term to its part; bounds have a few more.
  double rounded_down(double score) const;

 private:
  double unit_ = 0, roundings_ = 0;
};

/// None for a plan of another kind.
std::optional<FlatPlan> flatten(const QueryPlan& plan);

/// REQUIRES a plan of which any part will do. Visits all matching documents, ascending, until `visit` gives false.
/// Lists are read in bulk, and nothing is scored.
void for_each_match(const QueryPlan& plan, const FlatPlan& disjunction, const Postings& postings,
                    const std::function<bool(const DocumentBits&)>& visit);

}  // namespace limier
