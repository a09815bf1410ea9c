#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "shard/document_bits.h"
#include "shard/matcher.h"
#include "shard/postings.h"
#include "shard/query_plan.h"

namespace limier {

/// A plan of the most frequent kind: documents that match any of some parts, maybe within a filter that scores nothing.
struct Disjunction {
  std::vector<const PlanNode*> parts;  ///< Of the plan, which outlives it.
  std::optional<PlanNode> filter;      ///< What documents have to match beside.
};

/// None for a plan of another kind.
std::optional<Disjunction> find_disjunction(const QueryPlan& plan);

/// Of the words of a disjunction that score, those with the fewest documents that together have at least so many. None
/// where that leaves no other part.
std::vector<const PlanNode*> rarest_words(const Disjunction& disjunction, const Postings& postings,
                                          std::uint64_t documents);

/// Visits all matching documents, ascending, until `visit` gives false. Lists are read in bulk, and nothing is scored.
void for_each_match(const QueryPlan& plan, const Disjunction& disjunction, const Postings& postings,
                    const std::function<bool(const DocumentBits&)>& visit);

/// A document and its score, but for rounding: it is computed in single precision, which vector instructions handle in
/// half the time.
struct Candidate {
  DocumentNumber document = 0;
  double score = 0;
};

/// Finds the documents that may be among the best, by the bounds that lists have for each stretch of documents
/// (MaxScore: H. Turtle and J. Flood, Query evaluation: strategies and optimizations, 1995; with bounds of blocks: S.
/// Ding and T. Suel, Faster top-k document retrieval using block-max indexes, 2011). A stretch at a time: of the parts
/// those that together cannot reach the score that is needed are only looked up in documents that others brought.
/// Documents with the rarest words are the likeliest: looked at first, they tell what the others need.
/// Thread rule: one thread at a time.
class BestDocuments {
 public:
  /// Which documents it looks at: those that have any of some words, or those that have none.
  enum class Among { WithRarest, WithoutRarest };

  /// Of each part the most that it scores in each stretch, below 0 where nobody has asked; from one kind of documents
  /// to the other.
  using KnownBounds = std::unordered_map<const PlanNode*, std::vector<float>>;

  /// `rarest` are some of the parts, words, or none; `known` are of the same disjunction. All outlive it.
  BestDocuments(const QueryPlan& plan, const Disjunction& disjunction, const Postings& postings,
                const std::vector<const PlanNode*>& rarest, Among among, KnownBounds& known);
  ~BestDocuments();
  BestDocuments(const BestDocuments&) = delete;
  BestDocuments& operator=(const BestDocuments&) = delete;

  /// What the score of a candidate is not below if that of the document is not below `score`, and the other way round.
  double rounded_down(double score) const;

  /// Moves to the next stretch that has documents with bounds not below `enough`, which `rounded_down` gave, and gives
  /// these, ascending; none at the end.
  const std::vector<Candidate>& next(double enough);

 private:
  class Part;
  class Word;
  class Other;
  struct Stretch;

  /// What a part may score in a stretch, and all those before it together, and behind it; whether it is a leading one.
  struct Bound {
    float score = 0, before = 0, behind = 0;
    bool leads = false;
    Part* part = nullptr;
  };

  void evaluate(float enough);
  void read(std::span<const Bound> parts, float enough);

  const Postings& postings_;
  double unit_ = 0;             // of the scores of parts: the most of all together, so that they fit single precision
  std::size_t most_terms_ = 0;  // of a part
  std::vector<std::unique_ptr<Part>> parts_;
  std::size_t leading_ = 0;  // so many of these, the first ones: a document has to have one of them
  std::vector<std::unique_ptr<Word>> excluded_;
  std::unique_ptr<Stretch> stretch_;
  std::vector<Bound> bounds_;
  std::vector<Candidate> found_;
  DocumentNumber next_ = 0;  // where the stretch behind the last one begins
};

}  // namespace limier
