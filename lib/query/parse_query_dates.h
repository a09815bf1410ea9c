#pragma once

#include <cstddef>
#include <string_view>

#include "limier/query.h"

namespace limier::query_syntax {

/// The Dates that `2022-11`, `2022-11..2023-02`, `..2022` or `2022..` name. `offset` is where `value` stands in the
/// query. Throws Error{QuerySyntax}.
Query parse_dates(std::string_view value, std::size_t offset);

}  // namespace limier::query_syntax
