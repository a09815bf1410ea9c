#pragma once

#include <string>

#include "shard/query_plan.h"

namespace limier {

/// A plan for people to read, a line for each node, indented by depth.
std::string describe_plan(const QueryPlan& plan);

}  // namespace limier
