#include "evaluation_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "evaluation_tables.h"
#include "html.h"
#include "plots.h"
#include "translate.h"

namespace limier::tools {
namespace {

constexpr double significant = 0.05;
constexpr std::size_t topics_listed = 10;

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="{0}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{1}</title>
<style>
:root {{ --ink: #1d2430; --soft: #5c6675; --rule: #dfe3e8; --card: #fff; --page: #f5f6f8; --up: #1a8f5a; --down: #c8472b;
  --better: #e2f4ea; --worse: #fbe6e0;
  --s0: #6b7a90; --s1: #0072b2; --s2: #d55e00; --s3: #009e73; --s4: #b05a96; --s5: #c48a00; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e4e8ee; --soft: #9aa5b4; --rule: #38404c; --card: #1c222b;
  --page: #12161c; --up: #4cc38a; --down: #f07c5f; --better: #173a29; --worse: #46231b;
  --s0: #93a1b5; --s1: #56b4e9; --s2: #f0873e; --s3: #37c79b; --s4: #d99ac5; --s5: #e6b33d; }} }}
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 0; background: var(--page); color: var(--ink); }}
main {{ max-width: 68em; margin: 0 auto; padding: 1.5em 1em 4em; }}
h1 {{ font-size: 1.6em; margin: .4em 0 0; }}
h2 {{ font-size: 1.15em; margin: 0 0 .6em; }}
h3 {{ font-size: 1em; margin: 0; }}
p {{ margin: .4em 0; max-width: 50em; }}
.soft, figcaption {{ color: var(--soft); }}
section {{ background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 1.1em 1.3em; margin: 1.2em 0; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
th, td {{ padding: .35em .65em; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }}
th {{ color: var(--soft); font-weight: 600; }}
th:first-child, td:first-child, .tests :is(th, td):nth-child(2) {{ text-align: left; }}
.tests {{ font-size: .92em; }}
.tests :is(th, td) {{ padding: .35em .5em; }}
.tests td:nth-child(2) {{ white-space: normal; overflow-wrap: anywhere; min-width: 9em; }}
td small {{ display: block; color: var(--soft); }}
.better {{ background: var(--better); }}
.worse {{ background: var(--worse); }}
.plots {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(24em, 1fr)); gap: 1em 1.5em; }}
figure {{ margin: 0; }}
figcaption {{ font-size: .92em; }}
svg {{ width: 100%; height: auto; display: block; }}
svg text {{ font-size: 12px; fill: var(--soft); }}
.grid {{ stroke: var(--rule); }}
.zero {{ stroke: var(--soft); }}
.curve {{ fill: none; stroke-width: 2.5; stroke-linejoin: round; }}
.key {{ display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .45em; }}
.legend span {{ margin-right: 1.4em; }}
</style>
<main>
<h1>{1}</h1>
)";

std::string section(const std::string& heading, const std::string& content) {
  return fmt::format("<section>\n<h2>{}</h2>\n{}</section>\n", heading, content);
}

std::string key(std::size_t series) {
  return fmt::format("<span class=key style=\"background:var(--s{})\"></span>", series % series_colors);
}

std::string legend(const Evaluation& evaluation) {
  std::string html = "<p class=legend>";
  for (std::size_t i = 0; i < evaluation.runs.size(); ++i) {
    html += fmt::format("<span>{}{}</span>", key(i), escaped(evaluation.runs[i].name));
  }
  return html + "</p>\n";
}

std::string figure(const std::string& caption, const std::string& plot) {
  return fmt::format("<figure>\n<figcaption>{}</figcaption>\n{}</figure>\n", caption, plot);
}

std::string head_row(const std::vector<std::string>& cells) {
  std::string row = "<tr>";
  for (const std::string& cell : cells) row += "<th>" + escaped(cell) + "</th>";
  return row + "</tr>\n";
}

std::string table(const std::vector<std::string>& columns, const std::string& rows) {
  return "<div class=scroll><table>\n" + head_row(columns) + rows + "</table></div>\n";
}

std::string_view verdict(const MeasuredValue& value) {
  if (!(value.randomisation_holm < significant)) return "same";
  return value.comparison.difference.mean > 0 ? "better" : "worse";
}

std::string means_table(const Evaluation& evaluation) {
  std::vector<std::string> columns = {tr("run"), tr("topics")};
  for (const Measure& measure : evaluation.measures) columns.push_back(to_string(measure));
  std::string rows;
  for (std::size_t i = 0; i < evaluation.runs.size(); ++i) {
    const MeasuredRun& run = evaluation.runs[i];
    rows += fmt::format("<tr><td>{}{}</td><td>{}</td>", key(i), escaped(run.name), run.topics.size());
    for (const MeasuredValue& value : run.values) {
      rows +=
          fmt::format("<td class={}><b>{:.4f}</b><small>{:.4f} – {:.4f}</small></td>", i == 0 ? "same" : verdict(value),
                      value.estimate.mean, value.estimate.low, value.estimate.high);
    }
    rows += "</tr>\n";
  }
  return table(columns, rows);
}

std::string means_section(const Evaluation& evaluation) {
  std::string notes = "<p class=soft>" + tr("Below each mean, the interval of the bootstrap at {:.0f} %.",
                                            evaluation.resampling.confidence * 100);
  if (evaluation.compares()) {
    notes += ' ' + tr("Green is better and red worse than the baseline, {}: p < .05 in the randomisation test after "
                      "Holm’s correction.",
                      escaped(evaluation.runs.front().name));
  }
  return section(tr("Means"), means_table(evaluation) + notes + "</p>\n");
}

std::string curves_section(const Evaluation& evaluation) {
  std::vector<Series> curves;
  for (const MeasuredRun& run : evaluation.runs) curves.push_back({run.name, run.precision});
  return section(tr("Precision and recall"),
                 legend(evaluation) + curve_plot(curves, tr("recall"), tr("interpolated precision")));
}

std::string comparison_rows(const Evaluation& evaluation) {
  std::string rows;
  for (std::size_t measure = 0; measure < evaluation.measures.size(); ++measure) {
    for (std::size_t i = 1; i < evaluation.runs.size(); ++i) {
      const MeasuredValue& value = evaluation.runs[i].values[measure];
      const Comparison& comparison = value.comparison;
      rows += fmt::format(
          "<tr><td>{}</td><td>{}{}</td><td class={}>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
          "<td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
          escaped(to_string(evaluation.measures[measure])), key(i), escaped(evaluation.runs[i].name), verdict(value),
          signed_text(comparison.difference.mean), signed_text(comparison.effect_size), comparison.won, comparison.lost,
          comparison.tied, escaped(p_text(comparison.t_test)), escaped(p_text(value.t_test_holm)),
          escaped(p_text(comparison.randomisation)), escaped(p_text(value.randomisation_holm)));
    }
  }
  return rows;
}

std::string comparison_section(const Evaluation& evaluation) {
  std::vector<NamedInterval> intervals;
  for (std::size_t measure = 0; measure < evaluation.measures.size(); ++measure) {
    for (std::size_t i = 1; i < evaluation.runs.size(); ++i) {
      const Estimate& difference = evaluation.runs[i].values[measure].comparison.difference;
      intervals.push_back(
          {to_string(evaluation.measures[measure]), difference.mean, difference.low, difference.high, i});
    }
  }
  const std::vector<std::string> columns = {tr("measure"), tr("run"),           tr("difference"), tr("d"),
                                            tr("won"),     tr("lost"),          tr("tied"),       tr("t-test"),
                                            tr("Holm"),    tr("randomisation"), tr("Holm")};
  return section(tr("Differences from the baseline"), legend(evaluation) + interval_plot(intervals) +
                                                          "<div class=tests>" +
                                                          table(columns, comparison_rows(evaluation)) + "</div>\n");
}

/// The topics' differences from the baseline, the best first.
std::vector<NamedValue> sorted_differences(const Evaluation& evaluation, const MeasuredRun& run, std::size_t measure) {
  const TopicValues& baseline = evaluation.runs.front().topics;
  std::vector<NamedValue> differences;
  for (const auto& [topic, values] : run.topics) {
    const auto before = baseline.find(topic);
    if (before != baseline.end()) differences.push_back({topic, values[measure] - before->second[measure]});
  }
  std::stable_sort(differences.begin(), differences.end(),
                   [](const NamedValue& a, const NamedValue& b) { return a.value > b.value; });
  return differences;
}

std::string topic_rows(const Evaluation& evaluation, const MeasuredRun& run, std::vector<NamedValue> differences) {
  std::stable_sort(differences.begin(), differences.end(),
                   [](const NamedValue& a, const NamedValue& b) { return std::abs(a.value) > std::abs(b.value); });
  differences.resize(std::min(differences.size(), topics_listed));
  std::string rows;
  for (const auto& [topic, difference] : differences) {
    if (difference == 0) break;
    rows += fmt::format("<tr><td>{}</td><td>{:.4f}</td><td>{:.4f}</td><td class={}>{:+.4f}</td></tr>\n", escaped(topic),
                        evaluation.runs.front().topics.at(topic).front(), run.topics.at(topic).front(),
                        difference > 0 ? "better" : "worse", difference);
  }
  return rows;
}

std::string topics_section(const Evaluation& evaluation, std::size_t index) {
  const MeasuredRun& run = evaluation.runs[index];
  std::string plots;
  for (std::size_t measure = 0; measure < evaluation.measures.size(); ++measure) {
    const Comparison& comparison = run.values[measure].comparison;
    plots += figure(tr("{}: {} won, {} lost, {} tied", escaped(to_string(evaluation.measures[measure])), comparison.won,
                       comparison.lost, comparison.tied),
                    bar_plot(sorted_differences(evaluation, run, measure)));
  }
  std::string content = "<div class=plots>\n" + plots + "</div>\n";
  const std::string rows = topic_rows(evaluation, run, sorted_differences(evaluation, run, 0));
  if (!rows.empty()) {
    content += fmt::format("<p class=soft>{}</p>\n",
                           tr("The topics that {} changed most:", escaped(to_string(evaluation.measures.front()))));
    content += table({tr("topic"), evaluation.runs.front().name, run.name, tr("difference")}, rows);
  }
  return section(key(index) + tr("Topic by topic: {}", escaped(run.name)), content);
}

std::string distribution_section(const Evaluation& evaluation) {
  std::string plots;
  for (std::size_t measure = 0; measure < evaluation.measures.size(); ++measure) {
    std::vector<Series> series;
    for (const MeasuredRun& run : evaluation.runs) {
      series.push_back({run.name, {}});
      for (const auto& [topic, values] : run.topics) series.back().values.push_back(values[measure]);
    }
    plots += figure(escaped(to_string(evaluation.measures[measure])),
                    distribution_plot(series, tr("figure of a topic"), tr("topics")));
  }
  return section(tr("How the topics lie"), legend(evaluation) + "<div class=plots>\n" + plots + "</div>\n");
}

std::string method_section(const Evaluation& evaluation) {
  return section(tr("How this was computed"),
                 "<p>" +
                     tr("limier {}, {} random samples from seed {}. Intervals are percentiles of the bootstrap over "
                        "topics; d is Cohen’s, the "
                        "mean of the paired differences by their standard deviation; p values are two-sided, those of "
                        "the t-test paired, those of "
                        "the randomisation test over signs of the differences. Holm’s correction takes all comparisons "
                        "of this page together.",
                        LIMIER_VERSION, number(evaluation.resampling.samples), evaluation.resampling.seed) +
                     "</p>\n");
}

}  // namespace

std::string evaluation_report(const Evaluation& evaluation, const std::string& title) {
  std::string page = fmt::format(head, language(), escaped(title));
  page += means_section(evaluation);
  if (evaluation.compares()) page += comparison_section(evaluation);
  page += curves_section(evaluation);
  for (std::size_t i = 1; i < evaluation.runs.size(); ++i) page += topics_section(evaluation, i);
  page += distribution_section(evaluation);
  page += method_section(evaluation);
  return page + "</main>\n</html>\n";
}

}  // namespace limier::tools
