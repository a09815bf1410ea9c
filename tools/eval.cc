#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "input.h"
#include "limier/evaluation.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "table.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;

struct EvalOptions {
  std::string qrels;
  std::vector<std::string> runs;
  bool json = false;
};

struct Evaluation {
  std::string run;
  std::size_t topics = 0;
  Measures means;
};

Evaluation evaluate_file(const Qrels& qrels, const std::string& path) {
  const auto topics = evaluate(qrels, read_input(path, read_run));
  return {path, topics.size(), mean(topics)};
}

void print_evaluations(const std::vector<Evaluation>& evaluations) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [run, topics, means] : evaluations) {
    rows.push_back({printable_line(run), std::to_string(topics), fmt::format("{:.4f}", means.ndcg_10),
                    fmt::format("{:.4f}", means.average_precision), fmt::format("{:.4f}", means.reciprocal_rank),
                    fmt::format("{:.4f}", means.recall_100)});
  }
  print(format_table(
      {{tr("run")}, {tr("topics"), true}, {"nDCG@10", true}, {"AP", true}, {"RR", true}, {"R@100", true}}, rows));
}

void print_evaluations_json(const std::vector<Evaluation>& evaluations) {
  Json runs = Json::array();
  for (const auto& [run, topics, means] : evaluations) {
    runs.push_back({{"run", run},
                    {"topics", topics},
                    {"ndcg_10", means.ndcg_10},
                    {"average_precision", means.average_precision},
                    {"reciprocal_rank", means.reciprocal_rank},
                    {"recall_100", means.recall_100}});
  }
  print_json({{"runs", runs}});
}

int run_eval(const EvalOptions& options) {
  const Qrels qrels = read_input(options.qrels, read_qrels);
  std::vector<Evaluation> evaluations;
  for (const std::string& path : options.runs) evaluations.push_back(evaluate_file(qrels, path));
  if (options.json) {
    print_evaluations_json(evaluations);
  } else {
    print_evaluations(evaluations);
  }
  return evaluations.front().topics > 0 ? status::done : status::nothing_found;
}

}  // namespace

Subcommand add_eval(CLI::App& app) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* subcommand =
      add_subcommand(app, "eval",
                     tr("Measure runs against judgments.\n"
                        "Means over every topic that has a relevant document, as trec_eval -c computes them."),
                     {"limier eval --qrels qrels.txt press.run", "limier eval --qrels qrels.txt before.run after.run"});
  subcommand->add_option("--qrels", options->qrels, tr("Judgments in TREC form; - for standard input"))
      ->option_text("FILE")
      ->required();
  subcommand->add_option("RUN", options->runs, tr("TREC runs; - for standard input"))->required();
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_eval(*options); }, true};
}

}  // namespace limier::tools
