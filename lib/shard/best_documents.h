#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "shard/flat_plan.h"
#include "shard/matcher.h"
#include "shard/scored_part.h"
#include "shard/stretch.h"

namespace limier {

/// A document and its score, but for rounding: it is computed in single precision, which vector instructions handle in
/// half the time.
struct Candidate {
  DocumentNumber document = 0;
  double score = 0;
};

/// Finds the documents that may be among the best. The parts of a flat plan have bounds of what they score in each
/// range of documents: the ranges that promise most are looked at first, as they tell soonest what others need to be
/// looked at at all (A. Mallia, T. Suel and N. Tonellotto, Faster learned sparse retrieval with block-max pruning,
/// 2024). There, the parts that together cannot reach what is needed are only looked up in documents that others
/// brought (MaxScore: H. Turtle and J. Flood, Query evaluation: strategies and optimizations, 1995).
/// Thread rule: one thread at a time.
class BestDocuments {
 public:
  /// So many are wanted, 1 or more. All it is given outlives it.
  BestDocuments(const QueryPlan& plan, const FlatPlan& flat, const Postings& postings, std::size_t wanted);

  /// What the score of a candidate is not below if that of the document is not below `score`, and the other way round.
  double rounded_down(double score) const { return precision_.rounded_down(score); }

  /// Some of the documents whose scores are not below `enough`, which `rounded_down` gave, and maybe others; none that
  /// was given before. None at the end.
  const std::vector<Candidate>& next(double enough);

 private:
  using RangeScores = std::array<float, Stretch::most_ranges>;

  /// What a part may score in the ranges of the stretch.
  struct Bound {
    ScoredPart* part = nullptr;
    RangeScores scores;
    RangeScores before;  // of all parts before it, together
    float most = 0;      // of the scores
    float most_before = 0;
    float others = 0;  // the most that all other parts may score together; where it is read
  };

  void add_bounds(ScoredPart& part);
  bool begin_pass(float enough);
  bool begin_stretch(float enough);
  DocumentNumber next_document(DocumentNumber end) const;
  void evaluate(float enough);
  void keep_within_filter();
  void find_bounds(float enough);
  std::size_t sum_up_bounds(float enough);
  void read(std::span<Bound* const> parts, float enough);
  std::span<const DocumentNumber> find_candidates(std::size_t rest, float enough);
  float most_of(const RangeScores& scores) const;

  const QueryPlan& plan_;
  const FlatPlan& flat_;
  const Postings& postings_;
  SinglePrecision precision_;  // of the scores of parts
  std::vector<std::unique_ptr<ScoredPart>> parts_;
  std::unique_ptr<Matcher> filter_;  // null until it is needed

  DocumentRanges ranges_;
  std::vector<float> totals_;  // that all parts may score together, by range
  float least_first_ = 0;      // of the ranges that are looked at first
  enum class Pass { None, First, Rest } pass_ = Pass::None;
  float least_ = 0, end_ = 0;  // of the totals in this pass
  std::size_t next_ = 0;       // stretch of this pass

  std::unique_ptr<Stretch> stretch_;
  std::vector<Bound> bounds_;     // room for those of all parts
  std::vector<Bound*> in_order_;  // those of parts that have documents there: what is looked up first stands last
  std::vector<Candidate> found_;
};

}  // namespace limier
