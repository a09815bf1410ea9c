#include "experiment.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <sstream>
#include <utility>

#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/searcher.h"
#include "parallel.h"
#include "translate.h"

namespace limier::tools {
namespace {

constexpr std::uint64_t commit_every_bytes = 8 << 20;

/// The indexes that settings need, by the settings of their analyzer.
class Indexes {
 public:
  Indexes(const std::vector<Setting>& settings, std::string folder) : folder_(std::move(folder)) {
    for (const Setting& setting : settings) {
      const std::string analyzer = print_analyzer_options(setting.analyzer);
      if (!paths_.contains(analyzer)) {
        paths_[analyzer] = fmt::format("{}/{}", folder_, paths_.size());
        analyzers_.push_back(setting.analyzer);
      }
    }
  }

  /// Problems are the same in each, and reported once.
  void make(const Collection& collection, std::size_t threads, const ProblemHandler& on_problem) const {
    in_parallel(analyzers_.size(), threads, [&](std::size_t i) {
      IndexWriter writer(path(analyzers_[i]), {.analyzer = analyzers_[i]});
      const auto add = [&](const Document& document) {
        writer.add(document);
        if (writer.uncommitted_bytes() >= commit_every_bytes) writer.commit();
      };
      read_documents(
          collection, add, i == 0 ? on_problem : [](const ReadProblem&) {});
      writer.commit();
    });
  }

  const std::string& path(const AnalyzerOptions& analyzer) const { return paths_.at(print_analyzer_options(analyzer)); }

 private:
  std::string folder_;
  std::map<std::string, std::string> paths_;
  std::vector<AnalyzerOptions> analyzers_;
};

/// What a setting found for a topic.
struct Answer {
  std::vector<double> values;  ///< Of the measures, and of the points of the curve.
  std::string lines;           ///< Of the run.
};

/// The hits as a run holds them: in this order.
Run run_of(const std::string& topic, const std::vector<Hit>& hits) {
  Run run;
  for (const Hit& hit : hits) run[topic].emplace_back(hit.id, -static_cast<double>(run[topic].size()));
  return run;
}

/// Answers topics with settings, and measures the answers.
class Answering {
 public:
  Answering(const Collection& collection, const Indexes& indexes, const ExperimentOptions& options)
      : collection_(collection), indexes_(indexes), options_(options), measures_(options.measures) {
    const std::vector<Measure> points = curve_points();
    measures_.insert(measures_.end(), points.begin(), points.end());
  }

  /// One answer for each topic.
  std::vector<Answer> answer(const std::vector<Topic>& topics, const Setting& setting, bool with_lines) const {
    std::vector<Answer> answers(topics.size());
    std::atomic<std::size_t> next = 0;
    in_parallel(std::min<std::size_t>(options_.threads, topics.size()), options_.threads, [&](std::size_t) {
      Searcher searcher(indexes_.path(setting.analyzer));
      for (std::size_t i = next++; i < topics.size(); i = next++) {
        answers[i] = answer(searcher, topics[i], setting, with_lines);
      }
    });
    return answers;
  }

 private:
  Answer answer(Searcher& searcher, const Topic& topic, const Setting& setting, bool with_lines) const {
    const SearchOptions search{.top = options_.top, .documents = false, .ranking = setting.ranking};
    const SearchResult result = searcher.search(words_of(topic), search);
    Answer answer;
    answer.values =
        evaluate({{topic.id, collection_.qrels.at(topic.id)}}, run_of(topic.id, result.hits), measures_).at(topic.id);
    if (with_lines) {
      std::ostringstream lines;
      write_run(lines, topic.id, result.hits, setting.name);
      answer.lines = lines.str();
    }
    return answer;
  }

  const Collection& collection_;
  const Indexes& indexes_;
  const ExperimentOptions& options_;
  std::vector<Measure> measures_;
};

/// The figures by topic. Judged topics without a text are answered by nothing.
TopicValues values_of(const Collection& collection, const std::vector<Answer>& answers, std::size_t measures) {
  TopicValues values;
  for (const auto& [topic, judgments] : collection.qrels) values[topic].resize(measures);
  for (std::size_t i = 0; i < answers.size(); ++i) values[collection.topics[i].id] = answers[i].values;
  return values;
}

std::string lines_of(const std::vector<Answer>& answers) {
  std::string lines;
  for (const Answer& answer : answers) lines += answer.lines;
  return lines;
}

/// Deals the judged topics out to the folds, in an order drawn by chance.
std::vector<Fold> deal(const Qrels& qrels, std::size_t folds, std::uint32_t seed) {
  std::vector<std::string> topics;
  for (const auto& [topic, judgments] : qrels) topics.push_back(topic);
  std::mt19937 random(seed);
  for (std::size_t left = topics.size(); left > 1; --left) {
    std::swap(topics[left - 1], topics[static_cast<std::size_t>((static_cast<std::uint64_t>(random()) * left) >> 32U)]);
  }
  std::vector<Fold> dealt(std::min(folds, topics.size()));
  for (std::size_t i = 0; i < topics.size(); ++i) dealt[i % dealt.size()].topics.push_back(topics[i]);
  for (Fold& fold : dealt) std::sort(fold.topics.begin(), fold.topics.end());
  return dealt;
}

/// The mean of the first measure over the topics of all other folds.
double training_mean(const TopicValues& values, const Fold& fold) {
  double sum = 0;
  for (const auto& [topic, measured] : values) {
    if (!std::binary_search(fold.topics.begin(), fold.topics.end(), topic)) sum += measured.front();
  }
  return sum / static_cast<double>(values.size() - fold.topics.size());
}

/// Of equally good settings the first.
void choose(Fold& fold, const Evaluation& settings) {
  fold.training_mean = -1;
  for (std::size_t i = 0; i < settings.runs.size(); ++i) {
    const double mean = training_mean(settings.runs[i].topics, fold);
    if (mean <= fold.training_mean) continue;
    fold.training_mean = mean;
    fold.setting = i;
  }
}

/// The topics of the collection that are among these, in its order.
std::vector<Topic> topics_among(const Collection& collection, const std::vector<std::string>& ids) {
  std::vector<Topic> topics;
  std::copy_if(collection.topics.begin(), collection.topics.end(), std::back_inserter(topics),
               [&ids](const Topic& topic) { return std::binary_search(ids.begin(), ids.end(), topic.id); });
  return topics;
}

void cross_validate(Experiment& experiment, const Collection& collection, const std::vector<Setting>& settings,
                    const Answering& answering, const ExperimentOptions& options) {
  experiment.folds = deal(collection.qrels, options.folds, options.resampling.seed);
  TopicValues values = values_of(collection, {}, options.measures.size() + curve_points().size());
  for (Fold& fold : experiment.folds) {
    choose(fold, experiment.settings);
    const std::vector<Topic> topics = topics_among(collection, fold.topics);
    const std::vector<Answer> answers = answering.answer(topics, settings[fold.setting], true);
    for (std::size_t i = 0; i < topics.size(); ++i) values[topics[i].id] = answers[i].values;
    experiment.chosen_run += lines_of(answers);
  }
  experiment.chosen.runs.push_back(make_run("cross-validated", std::move(values), options.measures.size()));
  compare_runs(experiment.chosen);
}

}  // namespace

Experiment run_experiment(const Collection& collection, const std::vector<Setting>& settings,
                          const ExperimentOptions& options, const std::string& folder,
                          const ProblemHandler& on_problem) {
  const Indexes indexes(settings, folder);
  indexes.make(collection, options.threads, on_problem);
  Experiment experiment;
  experiment.index = Searcher(indexes.path(settings.front().analyzer)).info();
  experiment.settings.measures = experiment.chosen.measures = options.measures;
  experiment.settings.resampling = experiment.chosen.resampling = options.resampling;

  const Answering answering(collection, indexes, options);
  for (const Setting& setting : settings) {
    const bool is_default = &setting == &settings.front();
    const std::vector<Answer> answers = answering.answer(collection.topics, setting, is_default);
    if (is_default) experiment.defaults_run = lines_of(answers);
    TopicValues values = values_of(collection, answers, options.measures.size() + curve_points().size());
    experiment.settings.runs.push_back(make_run(setting.name, std::move(values), options.measures.size()));
  }
  compare_runs(experiment.settings);
  experiment.chosen.runs = {experiment.settings.runs.front()};
  if (settings.size() > 1 && options.folds > 1 && collection.qrels.size() > 1) {
    cross_validate(experiment, collection, settings, answering, options);
  }
  return experiment;
}

}  // namespace limier::tools
