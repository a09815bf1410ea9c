#pragma once

#include <vector>

#include "limier/searcher.h"
#include "shard/shard.h"

namespace limier {

/// The fields that shards are to count. Throws Error{InvalidArgument} for one that cannot be.
std::vector<std::string> facet_fields(const std::vector<FacetOptions>& options);

/// What has been counted for these options, in order and cut to what was asked for.
std::vector<Facet> make_facets(const std::vector<FacetOptions>& options, std::vector<FacetCounts> counts);

}  // namespace limier
