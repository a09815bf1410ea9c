#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "limier/query.h"

namespace limier::query_syntax {

/// The Dates that `2022-11`, `2022-11..2023-02`, `..2022`, `novembre 2022`, `depuis 30 jours` or `hier` name. `offset`
/// is where `value` stands in the query, `today` as in QueryOptions. Throws Error{QuerySyntax}.
Query parse_dates(std::string_view value, std::size_t offset, std::string_view today);

/// The Numbers that `500`, `>500`, `>=500`, `<500`, `<=500`, `100..500`, `..500` or `100..` name, without a field; none
/// for anything else. Throws Error{QuerySyntax} for a range that ends before it begins.
std::optional<Query> parse_numbers(std::string_view value, std::size_t offset);

}  // namespace limier::query_syntax
