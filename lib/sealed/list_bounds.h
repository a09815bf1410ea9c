#pragma once

#include <memory>

#include "sealed/kept_lists.h"
#include "sealed/segment.h"
#include "shard/score_bounds.h"

namespace limier::sealed {

/// What the documents of lists score at most. Of a short list, or one that is asked for often, it is the most that they
/// do score, for which all of it is read; else it is what its blocks say. 8 MiB are kept from query to query.
/// Thread rule: one thread at a time.
class ListBounds {
 public:
  /// `segment` outlives it.
  explicit ListBounds(const Segment& segment);

  /// What is kept is of one normalisation by lengths, and holds for those that differ from it by up to a hundredth or
  /// so, as they do from commit to commit; it is forgotten when another is asked for. REQUIRES that words do not count
  /// less than nothing.
  std::shared_ptr<const ScoreBounds> find(const ListShape& list, const LengthNormalisation& asked);

  /// Of all documents of a cursor that stands on the first, which moves behind the last.
  std::shared_ptr<const ScoreBounds> read(PostingCursor& cursor, const LengthNormalisation& normalisation) const;

 private:
  void include_rest(PostingCursor& cursor, const LengthNormalisation& normalisation, ScoreBounds& bounds) const;
  std::shared_ptr<const ScoreBounds> of_blocks(const ListShape& list, const LengthNormalisation& normalisation) const;

  const Segment& segment_;
  DocumentRanges ranges_;
  LengthNormalisation normalisation_;
  KeptLists<ScoreBounds> kept_;
};

}  // namespace limier::sealed
