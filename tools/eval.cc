#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "evaluation.h"
#include "evaluation_report.h"
#include "evaluation_tables.h"
#include "files.h"
#include "input.h"
#include "limier/evaluation.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct EvalOptions {
  std::string qrels;
  std::vector<std::string> runs;
  std::string baseline;
  std::string measures = "nDCG@10 AP RR R@100";
  ResamplingOptions resampling;
  std::string report;
  std::string format = "text";
  bool json = false;
  bool per_topic = false;
  bool skip_missing = false;
};

/// The runs, the baseline first.
std::vector<std::string> runs_in_order(const EvalOptions& options) {
  std::vector<std::string> paths = options.runs;
  if (options.baseline.empty()) return paths;
  std::erase(paths, options.baseline);
  paths.insert(paths.begin(), options.baseline);
  return paths;
}

Evaluation evaluate_files(const EvalOptions& options) {
  Evaluation evaluation{.measures = parse_measures(options.measures), .runs = {}, .resampling = options.resampling};
  const MissingTopics missing = options.skip_missing ? MissingTopics::LeftOut : MissingTopics::Zero;
  const Qrels qrels = read_input(options.qrels, read_qrels);
  for (const std::string& path : runs_in_order(options)) {
    evaluation.runs.push_back(measure_run(path, qrels, read_input(path, read_run), evaluation.measures, missing));
  }
  compare_runs(evaluation);
  return evaluation;
}

void print_evaluation(const Evaluation& evaluation, const EvalOptions& options) {
  if (options.json) return print_json(to_json(evaluation, options.per_topic));
  if (options.format == "latex") return print(latex_table(evaluation));
  if (options.format == "csv") return print(options.per_topic ? csv_topics(evaluation) : csv_table(evaluation));
  print(options.per_topic ? text_topics(evaluation) : text_table(evaluation));
}

int run_eval(const EvalOptions& options) {
  const Evaluation evaluation = evaluate_files(options);
  if (!options.report.empty()) write_file(options.report, evaluation_report(evaluation, tr("Evaluation")));
  print_evaluation(evaluation, options);
  return status::done;
}

}  // namespace

Subcommand add_eval(CLI::App& app) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "eval",
      tr("Measure runs against judgments, and compare them with a baseline.\n"
         "Means over every judged topic, as trec_eval -c computes them, with an interval by the bootstrap. The first "
         "run is the baseline of the others: differences, Cohen's d, topics won, lost and tied, p values of a paired "
         "t-test and of a randomisation test, both also with Holm's correction for all comparisons made."),
      {"limier eval --qrels qrels.txt press.run",
       "limier eval --qrels qrels.txt --measures 'nDCG@20 P@5 AP(rel=2)' before.run after.run",
       "limier eval --qrels qrels.txt --html-report report.html before.run after.run"});
  subcommand->add_option("--qrels", options->qrels, tr("Judgments in TREC's or BEIR's form; - for standard input"))
      ->option_text("FILE")
      ->required();
  subcommand->add_option("RUN", options->runs, tr("TREC runs; - for standard input"))->required();
  add_measures_option(*subcommand, options->measures);
  subcommand->add_option("--baseline", options->baseline, tr("The run to compare with, instead of the first"))
      ->option_text("RUN");
  subcommand->add_flag(
      "--skip-missing", options->skip_missing,
      tr("Leave out judged topics that a run does not answer, as trec_eval without -c; else they count 0"));
  subcommand->add_flag("--per-topic", options->per_topic, tr("Print the figures of each topic"));
  add_resampling_options(*subcommand, options->resampling);
  subcommand->add_option("--html-report", options->report, tr("Write a page with tables and plots into this file too"))
      ->option_text("FILE");
  CLI::Option* format = subcommand->add_option("--format", options->format, tr("What is printed"))
                            ->option_text("text|csv|latex")
                            ->check(CLI::IsMember({"text", "csv", "latex"}))
                            ->capture_default_str();
  subcommand->add_flag("--json", options->json, tr("Print JSON"))->excludes(format);
  return {subcommand, [options] { return run_eval(*options); }, true};
}

}  // namespace limier::tools
