#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "limier/searcher.h"
#include "shard/document_bits.h"
#include "shard/position_lists.h"
#include "shard/postings.h"
#include "shard/query_plan.h"

namespace limier {

/// Some ascending documents, which are scored together.
struct DocumentBatch {
  std::vector<DocumentNumber> numbers;
  std::vector<DocumentLengths> lengths;  ///< Of each of them.
};

/// What a document has by a node of a plan.
struct Scored {
  double score = 0, full_score = 0;
  bool matches = false;
};

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

  /// What it adds to the score of `document`, which it stands on or before which it has no match: nothing there. Asked
  /// of ascending documents, with their lengths. Sums run in the order of the plan, so that equal documents in
  /// different shards get scores equal to the last bit.
  virtual double score(DocumentNumber document, const DocumentLengths& lengths) = 0;

  /// Scores documents none of which is before any that it was asked of, and need not stand on them; `scored` has room
  /// for each. The full score is that with related words, very forms and places, which take longer to look for; it is
  /// no less than the score, but for rounding, and that where it is not asked for. Where there is no match, related
  /// words may still add to that of the whole.
  virtual void score(const DocumentBatch& batch, bool full, Scored* scored);

  /// Lets it pass over documents that score less, but for rounding; never less than before.
  virtual void require(double) {}

  /// No match is from `target` to before the document that it gives, which is told faster than by `advance`. REQUIRES
  /// ascending targets, with those of `advance`.
  virtual DocumentNumber may_match_from(DocumentNumber target) {
    advance(target);
    return document_;
  }

  /// Whether a document is a match, and then moves to it; no other one is looked at. REQUIRES one from the last target
  /// of `may_match_from` to what it gave.
  virtual bool matches(DocumentNumber document) {
    advance(document);
    return document_ == document;
  }

  /// The most that it scores in such a document; told as fast.
  virtual double most_score(DocumentNumber, const DocumentLengths&) { return std::numeric_limits<double>::infinity(); }

  /// Leaves only what it matches; of ascending documents.
  virtual void keep(DocumentBits& documents) {
    documents.retain([&](DocumentNumber document) {
      advance(document);
      return document_ == document;
    });
  }

  /// Where a word stands in the batch that was scored in full last, if those of its terms that match and count 1 are
  /// these: it reads that, from now on, with what else it needs of their lists. Null for another.
  virtual const PositionLists* keep_places(const std::vector<std::string>&) { return nullptr; }

  /// What the full score of a batch's only document sums up.
  ScoreShare explain(const DocumentBatch& one);

  /// About how many documents it matches; an intersection starts with the fewest.
  virtual std::uint64_t cost() const = 0;

 protected:
  /// To a match that was found otherwise than by `seek`.
  void move_to(DocumentNumber document) { document_ = document; }

  virtual DocumentNumber seek(DocumentNumber target) = 0;

  /// Adds to an explanation what only this kind of matcher knows, behind the full score of the same batch.
  virtual void add_details(const DocumentBatch&, ScoreShare&) {}

  const PlanNode& node_;

 private:
  DocumentNumber document_ = 0;
};

/// The matcher of a plan's root, or of a node of its own. They and `postings` outlive it.
std::unique_ptr<Matcher> make_matcher(const QueryPlan& plan, const Postings& postings);
std::unique_ptr<Matcher> make_matcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node);

}  // namespace limier
