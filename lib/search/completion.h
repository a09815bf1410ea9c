#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "limier/searcher.h"
#include "search/word_counts.h"

namespace limier {

/// As Searcher::complete.
std::vector<Completion> complete_text(std::string_view text, std::size_t top, const WordCounts& counts);

}  // namespace limier
