#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "limier/searcher.h"
#include "shard/postings.h"
#include "shard/query_plan.h"

namespace limier {

/// Walks the documents that a plan's node matches, in ascending order, and scores them. A new matcher stands before the
/// first document: call `advance(1)`.
class Matcher {
 public:
  /// `node` outlives it.
  explicit Matcher(const PlanNode& node) : node_(node) {}
  virtual ~Matcher() = default;

  DocumentNumber document() const { return document_; }  ///< no_document at the end.

  /// Moves to the first match from `target` on, not back.
  void advance(DocumentNumber target) {
    if (document_ < target) document_ = seek(target);
  }

  /// What it adds to the score of `document`, which it stands on or before which it has no match: nothing there, but
  /// for what related words add. Asked of ascending documents. Sums run in the order of the plan, so that equal
  /// documents in different shards get scores equal to the last bit.
  virtual double score(DocumentNumber document) = 0;

  /// No less than `score`, but for rounding, by less work.
  virtual double most(DocumentNumber document) { return score(document); }

  /// The score, if it is at least `enough`; otherwise anything below `enough`, with less work.
  virtual double score_from(DocumentNumber document, double) { return score(document); }

  /// Of a group: for each of its parts, in their order, what it can add to a score beside its own, for the places of
  /// words; it is no more than the sum over the parts that match.
  virtual std::vector<double> most_by_part() const { return {}; }

  /// What `score` sums up.
  ScoreShare explain(DocumentNumber document);

  /// About how many documents it matches; an intersection starts with the fewest.
  virtual std::uint64_t cost() const = 0;

 protected:
  virtual DocumentNumber seek(DocumentNumber target) = 0;

  /// Adds to an explanation what only this kind of matcher knows.
  virtual void add_details(DocumentNumber, ScoreShare&) {}

  const PlanNode& node_;

 private:
  DocumentNumber document_ = 0;
};

/// The matcher of a plan's root, or of a node of its own. They and `postings` outlive it.
std::unique_ptr<Matcher> make_matcher(const QueryPlan& plan, const Postings& postings);
std::unique_ptr<Matcher> make_matcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node);

}  // namespace limier
