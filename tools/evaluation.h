#pragma once

#include <string>
#include <vector>

#include "limier/evaluation.h"
#include "limier/query.h"

// Runs measured against judgments and a baseline: what `limier eval` and `limier bench` report.
namespace limier::tools {

/// One measure of one run.
/// Thread rule: a plain value.
struct MeasuredValue {
  Estimate estimate;
  Comparison comparison;   ///< With the baseline; of the baseline itself, nothing.
  double t_test_holm = 0;  ///< The p of the comparison, corrected for all that are made.
  double randomisation_holm = 0;
};

/// Thread rule: a plain value.
struct MeasuredRun {
  std::string name;
  TopicValues topics;
  std::vector<double> precision;      ///< Interpolated, at recall 0, 0.1, … 1.
  std::vector<MeasuredValue> values;  ///< By measure.
};

/// Thread rule: a plain value.
struct Evaluation {
  std::vector<Measure> measures;
  std::vector<MeasuredRun> runs;  ///< The first one is the baseline.
  ResamplingOptions resampling;

  bool compares() const { return runs.size() > 1; }
};

/// The topic's words as they stand: a topic is no query, its punctuation has no meaning.
Query words_of(const Topic& topic);

/// What a curve of precision by recall is made of, MeasuredRun::precision.
std::vector<Measure> curve_points();

/// A run whose topics have the values of so many measures, and behind them those of curve_points().
MeasuredRun make_run(const std::string& name, TopicValues topics, std::size_t measures);

/// Measures a run, not yet compared with any. `name` is what reports call it.
MeasuredRun measure_run(const std::string& name, const Qrels& qrels, const Run& run,
                        const std::vector<Measure>& measures, MissingTopics missing);

/// Fills in what chance may have done. Throws Error{InvalidArgument} where a run has no topic, or none in common with
/// the baseline.
void compare_runs(Evaluation& evaluation);

}  // namespace limier::tools
