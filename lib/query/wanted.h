#pragma once

#include <vector>

#include "limier/searcher.h"
#include "shard/query_plan.h"

namespace limier {

/// What the plan looks for in bodies, and what in titles, where `titre:accord` is lit as well; not what must not match.
std::vector<Wanted> wanted_in_body(const QueryPlan& plan);
std::vector<Wanted> wanted_in_title(const QueryPlan& plan);

}  // namespace limier
