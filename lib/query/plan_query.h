#pragma once

#include "limier/analyzer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "query/synonyms.h"
#include "shard/query_plan.h"
#include "shard/shard.h"

namespace limier {

/// Settles what shards cannot know alone: the terms of every word, from the analyzer and the vocabulary, and their
/// weights, from the statistics, of all shards together. Throws Error{InvalidArgument} for options out of range or an
/// unknown field.
QueryPlan plan_query(const Query& query, const Analyzer& analyzer, const Vocabulary& vocabulary,
                     const SynonymTable& synonyms, const SearchOptions& options);

}  // namespace limier
