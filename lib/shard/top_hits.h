#pragma once

#include "shard/postings.h"
#include "shard/query_plan.h"
#include "shard/shard.h"

namespace limier {

/// Evaluates a plan over a local shard's postings. Where any of some words will do, or very many documents have all of
/// them, matches are counted apart, and of these only those are scored that may be among the best; the answer is the
/// same.
ShardResult top_hits(const QueryPlan& plan, const Postings& postings, const TopRequest& request);

/// As Shard::count_hidden.
std::vector<std::uint64_t> count_hidden(const QueryPlan& plan, const Postings& postings,
                                        const std::vector<ShardHit>& leaders, Collapse collapse);

/// As Shard::explain.
std::optional<ScoreShare> explain_score(const QueryPlan& plan, const Postings& postings, std::string_view id);

}  // namespace limier
