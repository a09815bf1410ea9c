#pragma once

#include <cstddef>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "limier/query.h"
#include "shard/shard.h"

namespace limier {

/// As Searcher::query_like.
Query query_like(const Document& document, std::size_t words, const Analyzer& analyzer, const Vocabulary& vocabulary);

}  // namespace limier
