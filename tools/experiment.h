#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collection.h"
#include "evaluation.h"
#include "grid.h"

// What `limier bench` does with one collection.
namespace limier::tools {

struct ExperimentOptions {
  std::vector<Measure> measures;  ///< Settings are chosen by the first one.
  std::size_t top = 1000;         ///< Documents in a run.
  std::size_t folds = 5;          ///< Of the cross-validation.
  ResamplingOptions resampling;   ///< Its seed also deals the topics out to the folds.
  unsigned threads = 1;
};

/// One fold of a cross-validation.
/// Thread rule: a plain value.
struct Fold {
  std::size_t setting = 0;          ///< The best on all other folds.
  double training_mean = 0;         ///< Of its first measure there.
  std::vector<std::string> topics;  ///< On which it was then measured.
};

/// Thread rule: a plain value.
struct Experiment {
  IndexInfo index;                       ///< Of the defaults.
  Evaluation settings;                   ///< A run for each setting.
  std::vector<Fold> folds;               ///< None where there is one setting.
  Evaluation chosen;                     ///< The defaults, and what was chosen on other topics than those measured.
  std::string defaults_run, chosen_run;  ///< In TREC's form.
};

/// Runs the settings, the first of which are the defaults. Indexes, one for each setting of the analyzer, are made in
/// `folder`, which must be there. Equal input gives equal results whatever the threads.
Experiment run_experiment(const Collection& collection, const std::vector<Setting>& settings,
                          const ExperimentOptions& options, const std::string& folder,
                          const ProblemHandler& on_problem);

}  // namespace limier::tools
