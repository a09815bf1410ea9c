#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <vector>

#include "shard/postings.h"
#include "shard/query_plan.h"
#include "shard/union.h"

namespace limier {

/// A stretch of words in a document.
struct Span {
  std::uint32_t first = 0, last = 0;

  auto operator<=>(const Span&) const = default;
};

/// Where something stands. Walks the documents in which it may, and finds its places in the one it stands on.
class Spans {
 public:
  virtual ~Spans() = default;

  /// The first document from `target` on that has all the words; not back.
  virtual DocumentNumber advance(DocumentNumber target) = 0;

  /// The places in `document`, which `advance` gave, ascending, at most one for each first word; none if the words do
  /// not stand as they should.
  virtual void find(DocumentNumber document, std::vector<Span>& spans) = 0;

  /// How many places there are at most in `document`, which `advance` gave.
  virtual double most_places(DocumentNumber document) const = 0;

  /// Adds the first documents from `from` to before `end` that may have all the words, one or more if there are any,
  /// with how many places at most, by what is told fastest; gives the document before which there are no others. What
  /// is added is behind the first by less than `stretch`. It may be ahead of `advance`. REQUIRES ascending targets.
  virtual DocumentNumber add_prospects(DocumentNumber from, DocumentNumber end, DocumentNumber stretch,
                                       Prospects& prospects);

  /// Leaves only those that have as many places as matter, with how many these are. REQUIRES what `add_prospects` gave
  /// last, or some of it.
  virtual void keep_places(Prospects& prospects);

  /// Bounds the numbers of places, as PostingCursor does those of occurrences.
  virtual PostingBound bound(DocumentNumber) { return {}; }

  virtual std::uint64_t cost() const = 0;
};

/// Of a phrase or of parts near each other; null where there is nothing that could stand anywhere. Both outlive it.
std::unique_ptr<Spans> make_spans(const Postings& postings, const PlanNode& node);

}  // namespace limier
