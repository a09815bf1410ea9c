#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "limier/searcher.h"

namespace limier::tools {

/// The shares of a score, one a line, each below what it is a part of; `indent` columns from the left.
std::string format_share(const ScoreShare& share, std::size_t indent);

nlohmann::ordered_json share_to_json(const ScoreShare& share);

}  // namespace limier::tools
