#pragma once

#include <optional>

#include "limier/searcher.h"
#include "search/word_counts.h"

namespace limier {

/// As Searcher::suggest.
std::optional<Suggestion> correct_spelling(const Query& query, const WordCounts& counts);

}  // namespace limier
