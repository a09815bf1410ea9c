#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "limier/searcher.h"

namespace limier::tools {

/// What is looked for, each line below what it is a part of; in the reader's language.
std::string format_plan(const std::vector<PlanLine>& plan);

/// The same in English, the language of programs.
std::string plan_to_json(const std::vector<PlanLine>& plan);

/// The shares of a score, one a line, each below what it is a part of; `indent` columns from the left.
std::string format_share(const ScoreShare& share, std::size_t indent);

nlohmann::ordered_json share_to_json(const ScoreShare& share);

}  // namespace limier::tools
