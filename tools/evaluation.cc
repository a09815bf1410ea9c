#include "evaluation.h"

#include <fmt/format.h>

#include "limier/error.h"
#include "translate.h"

namespace limier::tools {
namespace {

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

Query words_of(const Topic& topic) {
  Query query;
  query.kind = Query::Kind::Words;
  query.text = topic.text;
  return query;
}

std::vector<Measure> curve_points() {
  return parse_measures(
      "IPrec@0 IPrec@0.1 IPrec@0.2 IPrec@0.3 IPrec@0.4 IPrec@0.5 IPrec@0.6 IPrec@0.7 IPrec@0.8 IPrec@0.9 IPrec@1");
}

MeasuredRun make_run(const std::string& name, TopicValues topics, std::size_t measures) {
  MeasuredRun run{name, std::move(topics), std::vector<double>(curve_points().size()), {}};
  for (auto& [topic, values] : run.topics) {
    for (std::size_t i = 0; i < run.precision.size(); ++i) run.precision[i] += values[measures + i];
    values.resize(measures);
  }
  for (double& precision : run.precision) precision /= static_cast<double>(run.topics.size());
  return run;
}

MeasuredRun measure_run(const std::string& name, const Qrels& qrels, const Run& run,
                        const std::vector<Measure>& measures, MissingTopics missing) {
  std::vector<Measure> all = measures;
  const std::vector<Measure> points = curve_points();
  all.insert(all.end(), points.begin(), points.end());
  return make_run(name, evaluate(qrels, run, all, missing), measures.size());
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
