#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
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

/// Calls `visit` for the terms that make a document match, or for those that do not, with those together that count
/// alike and what an occurrence of them counts, which ascends.
void for_each_alike(const std::vector<CountedTerm>& terms, bool matching,
                    const std::function<void(double, std::span<const std::string_view>)>& visit);

/// For the same terms, those together that count alike, as `cursors` has them.
std::vector<CountedCursor> counted_cursors(const Postings& postings, const std::vector<CountedTerm>& terms,
                                           bool matching, DocumentNumber from);

}  // namespace limier
