#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "sealed/inverter.h"
#include "sealed/ordered_tasks.h"
#include "shard/similarity.h"

namespace limier {

/// Inverts documents in batches, several side by side, and hands these on in the order of the documents; which document
/// comes into which batch depends on the documents alone. Throws what `invert` throws, later.
/// Thread rule: one thread at a time.
class BatchInverter {
 public:
  using Receiver = std::function<void(sealed::InvertedBatch)>;

  /// With one thread, the caller's own. `analyzers` are those that nobody uses, with all that they know of words: taken
  /// from there while it works, and then put back.
  BatchInverter(const AnalyzerOptions& options, std::vector<Analyzer>& analyzers, unsigned threads, Receiver receiver)
      : options_(options),
        analyzers_(analyzers),
        tasks_(threads, [receiver = std::move(receiver)](Inverted inverted) { receiver(std::move(inverted.batch)); }) {}

  /// `indexed` is what `describe` made of it.
  void add(const Document& document, IndexedDocument indexed);

  /// Hands on all that is left; then the batches' forms can be read.
  void finish();

 private:
  struct Waiting {
    Document document;
    IndexedDocument indexed;
  };

  /// The documents come back to the caller's thread, which gives the memory of their texts back as it took it: where
  /// others do that, they wait for one another.
  struct Inverted {
    sealed::InvertedBatch batch;
    std::vector<Waiting> documents;
  };

  /// What inverts a batch. The same word has a number from one analyzer, by which the inverter knows it, and another
  /// from the next: so each keeps to its own.
  struct Worker {
    explicit Worker(Analyzer own) : analyzer(std::move(own)) {}

    Analyzer analyzer;
    Sketcher sketcher;
    sealed::Inverter inverter;
  };

  void start_batch();
  std::unique_ptr<Worker> take_worker();
  Analyzer take_analyzer();
  Inverted invert_batch(std::vector<Waiting> documents);

  const AnalyzerOptions options_;
  std::mutex mutex_;  // guards the next two
  std::vector<Analyzer>& analyzers_;
  std::vector<std::unique_ptr<Worker>> idle_;
  std::vector<Waiting> waiting_;
  std::uint64_t waiting_bytes_ = 0;
  sealed::OrderedTasks<Inverted> tasks_;
};

}  // namespace limier
