#include "evaluation.h"

#include <fmt/format.h>

#include "limier/error.h"
#include "translate.h"

namespace limier::tools {
namespace {

std::vector<double> precision_curve(const Qrels& qrels, const Run& run, MissingTopics missing) {
  const std::vector<Measure> points = parse_measures(
      "IPrec@0 IPrec@0.1 IPrec@0.2 IPrec@0.3 IPrec@0.4 IPrec@0.5 IPrec@0.6 IPrec@0.7 IPrec@0.8 IPrec@0.9 IPrec@1");
  std::vector<double> sums(points.size());
  const TopicValues topics = evaluate(qrels, run, points, missing);
  for (const auto& [topic, values] : topics) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += values[i];
  }
  for (double& sum : sums) sum /= static_cast<double>(topics.size());
  return sums;
}

/// Corrects one kind of p value over all comparisons of all measures.
void correct(Evaluation& evaluation, double Comparison::*p, double MeasuredValue::*corrected) {
  std::vector<double> p_values;
  for (std::size_t run = 1; run < evaluation.runs.size(); ++run) {
    for (const MeasuredValue& value : evaluation.runs[run].values) p_values.push_back(value.comparison.*p);
  }
  p_values = holm(std::move(p_values));
  auto next = p_values.begin();
  for (std::size_t run = 1; run < evaluation.runs.size(); ++run) {
    for (MeasuredValue& value : evaluation.runs[run].values) value.*corrected = *next++;
  }
}

}  // namespace

MeasuredRun measure_run(const std::string& name, const Qrels& qrels, const Run& run,
                        const std::vector<Measure>& measures, MissingTopics missing) {
  return {name, evaluate(qrels, run, measures, missing), precision_curve(qrels, run, missing), {}};
}

void compare_runs(Evaluation& evaluation) {
  const MeasuredRun& baseline = evaluation.runs.front();
  for (MeasuredRun& run : evaluation.runs) {
    if (run.topics.empty()) {
      throw Error(ErrorCode::InvalidArgument, {tr("{}: there is no topic to measure", run.name), {}});
    }
    run.values.clear();
    for (const Estimate& estimate : estimate_means(run.topics, evaluation.resampling)) {
      run.values.push_back({.estimate = estimate});
    }
    if (&run == &baseline) continue;
    const std::vector<Comparison> comparisons = compare(baseline.topics, run.topics, evaluation.resampling);
    if (comparisons.empty()) {
      throw Error(ErrorCode::InvalidArgument, {tr("{} and {} have no topic in common", run.name, baseline.name), {}});
    }
    for (std::size_t i = 0; i < comparisons.size(); ++i) run.values[i].comparison = comparisons[i];
  }
  correct(evaluation, &Comparison::t_test, &MeasuredValue::t_test_holm);
  correct(evaluation, &Comparison::randomisation, &MeasuredValue::randomisation_holm);
}

}  // namespace limier::tools
