#pragma once

#include <vector>

#include "limier/searcher.h"
#include "shard/query_plan.h"

namespace limier {

/// A plan for people to read, a line for each node.
std::vector<PlanLine> describe_plan(const QueryPlan& plan);

}  // namespace limier
