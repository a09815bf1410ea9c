#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "shard/document_bits.h"
#include "shard/postings.h"
#include "shard/query_plan.h"

namespace limier {

/// A plan of the most frequent kind: documents that match any of some parts, maybe within a filter that scores nothing.
struct Disjunction {
  struct Part {
    const PlanNode* node;  ///< Of the plan, which outlives it.
    double most_score;     ///< That it can have; where it does not match, it scores nothing.

    bool is_word() const { return node->kind == PlanNode::Kind::Word; }
  };

  std::vector<Part> parts;
  std::optional<PlanNode> filter;  ///< What documents have to match beside.
};

/// None for a plan of another kind.
std::optional<Disjunction> find_disjunction(const QueryPlan& plan);

/// Visits all matching documents, ascending, until `visit` gives false. Lists are read in bulk, and nothing is scored.
void for_each_match(const QueryPlan& plan, const Disjunction& disjunction, const Postings& postings,
                    const std::function<bool(const DocumentBits&)>& visit);

}  // namespace limier
