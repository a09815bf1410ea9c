#pragma once

#include "limier/query.h"
#include "limier/searcher.h"
#include "query/related_words.h"
#include "query/synonyms.h"
#include "shard/query_plan.h"
#include "shard/schema.h"
#include "shard/shard.h"

namespace limier {

/// The field of this name in a query; title and body where it is empty. Throws Error{InvalidArgument} for no field.
const schema::Field& find_field(const std::string& name);

/// Settles what shards cannot know alone: the terms of every word, from the analyzer and the vocabulary of `words`, and
/// their weights, from the statistics, of all shards together. Throws Error{InvalidArgument} for options out of range
/// or an unknown field.
QueryPlan plan_query(const Query& query, const RelatedWords& words, const SynonymTable& synonyms,
                     const SearchOptions& options);

/// Leaves out of a plan what raises the scores of the best alone.
void leave_first_stage(QueryPlan& plan);

}  // namespace limier
