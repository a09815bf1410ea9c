#pragma once

#include <memory>
#include <span>

#include "shard/flat_plan.h"
#include "shard/postings.h"
#include "shard/query_plan.h"
#include "shard/stretch.h"

namespace limier {

/// A part of a flat plan, whose documents are scored stretch by stretch, onwards. Scores are shares of a unit, in
/// single precision. Thread rule: one thread at a time.
class ScoredPart {
 public:
  virtual ~ScoredPart() = default;

  /// Adds the most that it scores to each range of documents, from document 0 on; more than 0 where it has any.
  virtual void add_bounds(std::span<float> ranges) = 0;

  /// The same of each range of a stretch.
  virtual void find_bounds(const Stretch& stretch, std::span<float> bounds) = 0;

  /// The next stretch may be before those read.
  virtual void restart() = 0;

  /// Where it has the next document at the earliest, behind what was read; maybe another one that is before `end`.
  virtual DocumentNumber next_document(DocumentNumber end) const = 0;

  /// Whether it is looked at document by document: then it had better be read behind the others.
  virtual bool is_slow() const = 0;

  /// Adds what it scores to all documents of the stretch that match; where they would still have less than is needed,
  /// maybe not.
  virtual void read(Stretch& stretch, float needed) = 0;

  /// Likewise to some ascending documents of the stretch. Where all parts have to match, those that do not have a score
  /// below all others then.
  virtual void look_up(Stretch& stretch, std::span<const DocumentNumber> documents, float needed) = 0;
};

/// `of_all` is whether all parts have to match, which are words then; `ranges` are those of the postings. All it is
/// given but these outlives it.
std::unique_ptr<ScoredPart> make_scored_part(const QueryPlan& plan, const Postings& postings,
                                             const FlatPlan::Part& part, bool of_all, double unit,
                                             const DocumentRanges& ranges);

}  // namespace limier
