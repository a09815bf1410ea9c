#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "shard/postings.h"
#include "shard/query_plan.h"

namespace limier {

/// A cursor over some terms of a node, and what an occurrence counts there.
struct CountedCursor {
  std::unique_ptr<PostingCursor> cursor;
  double count = 1;
};

/// Of the terms that make a document match, or of those that do not: a document with several counts several times.
std::uint64_t sum_of_frequencies(const Postings& postings, const std::vector<CountedTerm>& terms, bool matching);

/// For the terms that make a document match, or for those that do not; those that count alike together, as `cursors`
/// has them, behind those that count less.
std::vector<CountedCursor> counted_cursors(const Postings& postings, const std::vector<CountedTerm>& terms,
                                           bool matching, DocumentNumber from);

}  // namespace limier
