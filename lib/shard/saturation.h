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

/// Writes down what a share of a score is the product of.
inline void set_factors(ScoreShare& share, double weight, double idf, double frequency, double saturation) {
  share.weight = weight;
  share.idf = idf;
  share.frequency = frequency;
  share.saturation = saturation;
  share.score = weight * idf * saturation;
}

}  // namespace limier
