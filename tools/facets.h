#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "limier/searcher.h"
#include "terminal.h"

namespace limier::tools {

/// Reads `FIELD` or `FIELD:N`, the field in English or French. Throws Error{InvalidArgument} for an N that is no
/// number.
FacetOptions parse_facet(std::string_view text);

/// The facet as a table of values with a bar for each count.
std::string format_facet(const Facet& facet, const Painter& paint);

nlohmann::ordered_json facets_to_json(const std::vector<Facet>& facets);

}  // namespace limier::tools
