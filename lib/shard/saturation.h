#pragma once

#include "limier/searcher.h"
#include "shard/indexed_document.h"
#include "shard/query_plan.h"

namespace limier {

/// BM25's saturation of term frequency (Robertson and Zaragoza 2009, eq. 3.15, without the constant factor k1 + 1),
/// from 0 for no occurrence towards 1 for ever more.
inline double saturated(double frequency, double half) { return frequency == 0 ? 0 : frequency / (frequency + half); }

/// Sums of scores in another order may differ by this share.
inline constexpr double rounding = 1e-9;

/// How much a document is held back for its length.
inline double length_factor(const QueryPlan& plan, const DocumentLengths& lengths) {
  return 1 - plan.b + plan.b * (lengths.text + plan.title_length_weight * lengths.title) / plan.average_length;
}

/// That of what a node of a plan looks for; both outlive it.
class Saturation {
 public:
  Saturation(const QueryPlan& plan, const PlanNode& node) : plan_(plan), node_(node) {}

  /// In a document of such lengths.
  double operator()(const DocumentLengths& lengths, double frequency) const {
    return saturated(frequency, half(lengths));
  }

  /// The frequency that half of what endless repetition scores takes.
  double half(const DocumentLengths& lengths) const {
    return plan_.k1 * (node_.length_normalised ? length_factor(plan_, lengths) : 1);
  }

 private:
  const QueryPlan& plan_;
  const PlanNode& node_;
};

/// Writes down what a share of a score is the product of.
inline void set_factors(ScoreShare& share, double weight, double idf, double frequency, double saturation) {
  share.weight = weight;
  share.idf = idf;
  share.frequency = frequency;
  share.saturation = saturation;
  share.score = weight * idf * saturation;
}

}  // namespace limier
