#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "collection.h"
#include "evaluation_report.h"
#include "evaluation_tables.h"
#include "experiment.h"
#include "files.h"
#include "grid.h"
#include "limier/error.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct BenchOptions {
  std::vector<std::string> collections;
  std::vector<std::string> grid;
  std::string measures = "nDCG@10 AP RR R@100";
  std::string output;
  CollectionOptions collection;
  ExperimentOptions experiment;
  bool json = false;
};

/// A folder that goes when it is left.
class WorkFolder {
 public:
  WorkFolder() : path_((fs::temp_directory_path() / "limier-bench-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) {
      throw Error(ErrorCode::Io, {tr("{}: cannot be made: {}", path_, system_message(errno)), {}});
    }
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void require_empty(const std::string& folder) {
  if (!fs::exists(folder) || (fs::is_directory(folder) && fs::is_empty(folder))) return;
  throw Error(ErrorCode::InvalidArgument,
              {tr("{}: is there already; results go into a folder of their own", folder), {}});
}

/// What the folder's figures come from. Nothing in it differs from run to run.
Json description(const BenchOptions& options, const std::vector<Setting>& settings) {
  Json names = Json::array();
  for (const Setting& setting : settings) names.push_back(setting.name);
  Json measures = Json::array();
  for (const Measure& measure : options.experiment.measures) measures.push_back(to_string(measure));
  return {{"limier", LIMIER_VERSION},
          {"analyzer_version", Analyzer::version},
          {"analyzer", print_analyzer_options({})},
          {"measures", measures},
          {"top", options.experiment.top},
          {"folds", options.experiment.folds},
          {"seed", options.experiment.resampling.seed},
          {"samples", options.experiment.resampling.samples},
          {"split", options.collection.split},
          {"topic_fields", options.collection.topic_fields},
          {"settings", names}};
}

Json to_json(const Collection& collection, const Experiment& experiment) {
  return {{"name", collection.name},
          {"documents", experiment.index.documents},
          {"words", experiment.index.words},
          {"topics", collection.qrels.size()}};
}

std::string folds_table(const Experiment& experiment, const std::vector<Setting>& settings) {
  std::string csv = "fold,setting,training_mean,topic\n";
  for (std::size_t i = 0; i < experiment.folds.size(); ++i) {
    const Fold& fold = experiment.folds[i];
    for (const std::string& topic : fold.topics) {
      csv += fmt::format("{},\"{}\",{},{}\n", i + 1, settings[fold.setting].name, fold.training_mean, topic);
    }
  }
  return csv;
}

std::string qrels_lines(const Qrels& qrels) {
  std::string lines;
  for (const auto& [topic, judgments] : qrels) {
    for (const auto& [document, degree] : judgments) lines += fmt::format("{} 0 {} {}\n", topic, document, degree);
  }
  return lines;
}

void write_results(const std::string& folder, const Collection& collection, const Experiment& experiment,
                   const std::vector<Setting>& settings) {
  make_folder(folder);
  write_file(folder + "/qrels.txt", qrels_lines(collection.qrels));
  write_file(folder + "/defaults.run", experiment.defaults_run);
  write_file(folder + "/settings.csv", csv_table(experiment.settings));
  write_file(folder + "/topics.csv", csv_topics(experiment.settings));
  write_file(folder + "/report.html", evaluation_report(experiment.chosen, collection.name));
  if (experiment.folds.empty()) return;
  write_file(folder + "/cross-validated.run", experiment.chosen_run);
  write_file(folder + "/cross-validated.csv", csv_table(experiment.chosen));
  write_file(folder + "/folds.csv", folds_table(experiment, settings));
}

void print_experiment(const Collection& collection, const Experiment& experiment) {
  print(tr("{}: {}, {}", collection.name, tr_n("{} document", "{} documents", experiment.index.documents),
           tr_n("{} topic", "{} topics", collection.qrels.size())) +
        "\n\n" + text_table(experiment.settings) + '\n');
  if (experiment.folds.empty()) return;
  print(tr("Chosen by {} on all folds but one, and measured on that one ({} folds):",
           to_string(experiment.chosen.measures.front()), experiment.folds.size()) +
        "\n\n" + text_table(experiment.chosen) + '\n');
}

std::vector<Collection> read_collections(const BenchOptions& options) {
  std::vector<Collection> collections;
  std::set<std::string> names;
  for (const std::string& path : options.collections) {
    collections.push_back(read_collection(path, options.collection));
    if (!names.insert(collections.back().name).second) {
      throw Error(ErrorCode::InvalidArgument, {tr("there are two collections named {}", collections.back().name), {}});
    }
  }
  return collections;
}

int run_bench(BenchOptions& options) {
  options.experiment.measures = parse_measures(options.measures);
  const std::vector<Setting> settings = settings_of(options.grid);
  if (!options.output.empty()) require_empty(options.output);
  bool failed = false;
  const auto on_problem = [&failed](const ReadProblem& problem) {
    failed = true;
    complain(problem);
  };
  Json json = description(options, settings);
  json["collections"] = Json::array();
  for (const Collection& collection : read_collections(options)) {
    const WorkFolder work;
    const Experiment experiment = run_experiment(collection, settings, options.experiment, work.path(), on_problem);
    Json result = to_json(collection, experiment);
    if (!options.output.empty()) {
      write_results(options.output + '/' + collection.name, collection, experiment, settings);
    }
    json["collections"].push_back(result);
    if (options.json) {
      result["settings"] = tools::to_json(experiment.settings, false);
      if (!experiment.folds.empty()) result["cross_validated"] = tools::to_json(experiment.chosen, false);
      print_json(result);
    } else {
      print_experiment(collection, experiment);
    }
  }
  if (!options.output.empty()) write_file(options.output + "/bench.json", json.dump(2) + '\n');
  return failed ? status::failed : status::done;
}

}  // namespace

Subcommand add_bench(CLI::App& app) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "bench",
      tr("Index, answer and measure retrieval collections, under one or many settings.\n"
         "The defaults are measured first and are the baseline of all other settings. Of several settings the best is "
         "chosen too, by the first measure, as cross-validation does: on the topics of all folds but one, to be "
         "measured "
         "on that one; what comes out is what tuning is worth on topics that it has not seen."),
      {"limier bench ~/ir/fquad.json", "limier bench ~/ir/* --grid k1=0.6..2.0:0.2 --grid b=0.3,0.75 --output results",
       "limier bench ~/ir/miracl-fr --grid stemmer=light,minimal --threads 4"});
  subcommand
      ->add_option("COLLECTION", options->collections,
                   tr("Folder or file of a collection, as docs/collections.md has them"))
      ->required();
  subcommand
      ->add_option("--grid", options->grid,
                   tr("Values of a ranking option or of an analyzer setting to try, as k1=0.6..2.0:0.2, b=0.3,0.75 or "
                      "stemmer=light,snowball; of several, all combinations"))
      ->option_text("NAME=VALUES")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  subcommand->add_option("--folds", options->experiment.folds, tr("How many folds cross-validation has; 1: none"))
      ->option_text("N")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  add_measures_option(*subcommand, options->measures);
  subcommand
      ->add_option("--split", options->collection.split,
                   tr("Of several judgments, those with this word in their name; else test, dev or train"))
      ->option_text("NAME");
  add_topic_fields_option(*subcommand, options->collection.topic_fields);
  add_top_option(*subcommand, options->experiment.top);
  add_resampling_options(*subcommand, options->experiment.resampling);
  add_threads_option(*subcommand, options->experiment.threads);
  subcommand->add_option("--output", options->output, tr("New folder for runs, tables, judgments and a report"))
      ->option_text("DIR");
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_bench(*options); }, true};
}

}  // namespace limier::tools
