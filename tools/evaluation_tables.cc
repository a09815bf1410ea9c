#include "evaluation_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "table.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;
using Row = std::vector<std::string>;

constexpr std::string_view nothing = "–";
constexpr double significant = 0.05;

/// Calls `handle` for each measure of each run, measure by measure.
template <typename Handle>
void for_each_value(const Evaluation& evaluation, Handle handle) {
  for (std::size_t i = 0; i < evaluation.measures.size(); ++i) {
    for (const MeasuredRun& run : evaluation.runs) {
      handle(to_string(evaluation.measures[i]), run, run.values[i], &run == &evaluation.runs.front());
    }
  }
}

void append(Row& row, Row cells) { std::move(cells.begin(), cells.end(), std::back_inserter(row)); }

Row comparison_cells(const MeasuredValue& value) {
  const Comparison& comparison = value.comparison;
  return {signed_text(comparison.difference.mean),
          signed_text(comparison.effect_size),
          std::to_string(comparison.won),
          std::to_string(comparison.lost),
          std::to_string(comparison.tied),
          p_text(comparison.t_test),
          p_text(value.t_test_holm),
          p_text(comparison.randomisation),
          p_text(value.randomisation_holm)};
}

/// A field of CSV, as RFC 4180 has it.
std::string csv_field(const std::string& text) {
  if (text.find_first_of("\",\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string(2, c) : std::string(1, c);
  return quoted + '"';
}

std::string csv_line(const Row& fields) {
  std::string line;
  for (const std::string& field : fields) line += (line.empty() ? "" : ",") + csv_field(field);
  return line + '\n';
}

std::string exact(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

Row exact_comparison_cells(const MeasuredValue& value) {
  const Comparison& comparison = value.comparison;
  return {exact(comparison.difference.mean), exact(comparison.difference.low), exact(comparison.difference.high),
          exact(comparison.effect_size),     std::to_string(comparison.won),   std::to_string(comparison.lost),
          std::to_string(comparison.tied),   exact(comparison.t_test),         exact(value.t_test_holm),
          exact(comparison.randomisation),   exact(value.randomisation_holm)};
}

std::string latex_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) {
      escaped += std::string("\\") + c;
    } else if (c == '\\') {
      escaped += "\\textbackslash{}";
    } else if (c == '~' || c == '^') {
      escaped += std::string("\\") + c + "{}";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string latex_value(const Evaluation& evaluation, const MeasuredRun& run, std::size_t measure) {
  double best = 0;
  for (const MeasuredRun& other : evaluation.runs) best = std::max(best, other.values[measure].estimate.mean);
  const MeasuredValue& value = run.values[measure];
  std::string text = fmt::format("{:.4f}", value.estimate.mean);
  if (evaluation.compares() && value.estimate.mean == best) text = "\\textbf{" + text + "}";
  const bool differs = &run != &evaluation.runs.front() && value.randomisation_holm < significant;
  return differs ? text + "$^{\\dagger}$" : text;
}

/// The rows of the topics' table, each figure as `format` writes it.
template <typename Format>
std::vector<Row> topic_rows(const Evaluation& evaluation, Format format) {
  std::map<std::string, std::vector<Row>> by_topic;
  for (const MeasuredRun& run : evaluation.runs) {
    for (const auto& [topic, values] : run.topics) {
      Row row = {topic, run.name};
      for (const double value : values) row.push_back(format(value));
      by_topic[topic].push_back(std::move(row));
    }
  }
  std::vector<Row> rows;
  for (auto& [topic, topic_rows] : by_topic) std::move(topic_rows.begin(), topic_rows.end(), std::back_inserter(rows));
  return rows;
}

Json to_json(const Estimate& estimate) {
  return {{"mean", estimate.mean}, {"low", estimate.low}, {"high", estimate.high}};
}

Json to_json(const MeasuredValue& value) {
  const Comparison& comparison = value.comparison;
  return {{"difference", to_json(comparison.difference)},
          {"effect_size", comparison.effect_size},
          {"won", comparison.won},
          {"lost", comparison.lost},
          {"tied", comparison.tied},
          {"t_test", comparison.t_test},
          {"t_test_holm", value.t_test_holm},
          {"randomisation", comparison.randomisation},
          {"randomisation_holm", value.randomisation_holm}};
}

Json topics_json(const Evaluation& evaluation, const MeasuredRun& run) {
  Json topics = Json::object();
  for (const auto& [topic, values] : run.topics) {
    for (std::size_t i = 0; i < values.size(); ++i) topics[topic][to_string(evaluation.measures[i])] = values[i];
  }
  return topics;
}

Json run_json(const Evaluation& evaluation, const MeasuredRun& run, bool per_topic) {
  Json measures = Json::object();
  for (std::size_t i = 0; i < run.values.size(); ++i) {
    Json measure = to_json(run.values[i].estimate);
    if (&run != &evaluation.runs.front()) measure["comparison"] = to_json(run.values[i]);
    measures[to_string(evaluation.measures[i])] = std::move(measure);
  }
  Json json = {{"run", run.name}, {"topics", run.topics.size()}, {"measures", std::move(measures)}};
  if (per_topic) json["per_topic"] = topics_json(evaluation, run);
  return json;
}

}  // namespace

std::string p_text(double p) {
  constexpr double smallest_shown = 0.0001;
  if (std::isnan(p)) return std::string(nothing);
  return p < smallest_shown ? "<0.0001" : fmt::format("{:.4f}", p);
}

std::string signed_text(double value) {
  return std::isnan(value) ? std::string(nothing) : fmt::format("{:+.4f}", value);
}

std::string text_table(const Evaluation& evaluation) {
  std::vector<Column> columns = {{tr("measure")},
                                 {tr("run")},
                                 {tr("topics"), true},
                                 {tr("mean"), true},
                                 {tr("interval, {:.0f} %", evaluation.resampling.confidence * 100)}};
  if (evaluation.compares()) {
    for (const char* name : {translatable("difference"), translatable("d"), translatable("won"), translatable("lost"),
                             translatable("tied"), translatable("t-test"), translatable("Holm"),
                             translatable("randomisation"), translatable("Holm")}) {
      columns.push_back({translated(name), true});
    }
  }
  std::vector<Row> rows;
  for_each_value(evaluation, [&](std::string measure, const MeasuredRun& run, const MeasuredValue& value,
                                 bool is_baseline) {
    const Estimate& estimate = value.estimate;
    rows.push_back({std::move(measure), printable_line(run.name), std::to_string(run.topics.size()),
                    fmt::format("{:.4f}", estimate.mean), fmt::format("{:.4f}–{:.4f}", estimate.low, estimate.high)});
    if (!is_baseline) append(rows.back(), comparison_cells(value));
  });
  return format_table(columns, rows);
}

std::string csv_table(const Evaluation& evaluation) {
  Row head = {"measure", "run", "topics", "mean", "low", "high"};
  if (evaluation.compares()) {
    append(head, {"baseline", "difference", "difference_low", "difference_high", "effect_size", "won", "lost", "tied",
                  "t_test", "t_test_holm", "randomisation", "randomisation_holm"});
  }
  std::string csv = csv_line(head);
  for_each_value(
      evaluation, [&](std::string measure, const MeasuredRun& run, const MeasuredValue& value, bool is_baseline) {
        const Estimate& estimate = value.estimate;
        Row row = {
            std::move(measure),  run.name, std::to_string(run.topics.size()), exact(estimate.mean), exact(estimate.low),
            exact(estimate.high)};
        if (!is_baseline) {
          row.push_back(evaluation.runs.front().name);
          append(row, exact_comparison_cells(value));
        }
        row.resize(head.size());
        csv += csv_line(row);
      });
  return csv;
}

std::string latex_table(const Evaluation& evaluation) {
  const std::size_t count = evaluation.measures.size();
  std::string latex =
      fmt::format("\\begin{{tabular}}{{l{}}}\n\\toprule\n{}", std::string(count, 'r'), latex_text(tr("run")));
  for (const Measure& measure : evaluation.measures) latex += " & " + latex_text(to_string(measure));
  latex += " \\\\\n\\midrule\n";
  for (const MeasuredRun& run : evaluation.runs) {
    latex += latex_text(run.name);
    for (std::size_t i = 0; i < count; ++i) latex += " & " + latex_value(evaluation, run, i);
    latex += " \\\\\n";
  }
  return latex + "\\bottomrule\n\\end{tabular}\n";
}

Json to_json(const Evaluation& evaluation, bool per_topic) {
  Json runs = Json::array();
  for (const MeasuredRun& run : evaluation.runs) runs.push_back(run_json(evaluation, run, per_topic));
  Json json = {{"confidence", evaluation.resampling.confidence},
               {"samples", evaluation.resampling.samples},
               {"seed", evaluation.resampling.seed}};
  if (evaluation.compares()) json["baseline"] = evaluation.runs.front().name;
  json["runs"] = std::move(runs);
  return json;
}

std::string text_topics(const Evaluation& evaluation) {
  std::vector<Column> columns = {{tr("topic")}, {tr("run")}};
  for (const Measure& measure : evaluation.measures) columns.push_back({to_string(measure), true});
  std::vector<Row> rows = topic_rows(evaluation, [](double value) { return fmt::format("{:.4f}", value); });
  for (Row& row : rows) row[1] = printable_line(row[1]);
  return format_table(columns, rows);
}

std::string csv_topics(const Evaluation& evaluation) {
  Row head = {"topic", "run"};
  for (const Measure& measure : evaluation.measures) head.push_back(to_string(measure));
  std::string csv = csv_line(head);
  for (const Row& row : topic_rows(evaluation, exact)) csv += csv_line(row);
  return csv;
}

}  // namespace limier::tools
