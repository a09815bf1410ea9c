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

namespace limier {

/// Inverts documents in batches, several side by side, and hands these on in the order of the documents; which document
/// comes into which batch depends on the documents alone. Throws what `invert` throws, later.
/// Thread rule: one thread at a time.
class BatchInverter {
 public:
  using Receiver = std::function<void(sealed::InvertedBatch)>;

  /// With one thread, the caller's own. `analyzer` outlives it.
  BatchInverter(const Analyzer& analyzer, unsigned threads, Receiver receiver)
      : analyzer_(analyzer), tasks_(threads, std::move(receiver)) {}

  /// `indexed` is what `describe` made of it.
  void add(const Document& document, IndexedDocument indexed);

  /// Hands on all that is left; then the batches' forms can be read.
  void finish();

 private:
  struct Waiting {
    Document document;
    IndexedDocument indexed;
  };

  void start_batch();
  std::unique_ptr<sealed::Inverter> take_inverter();
  sealed::InvertedBatch invert_batch(std::vector<Waiting> documents);

  const Analyzer& analyzer_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<sealed::Inverter>> idle_;  // guarded by it
  std::vector<Waiting> waiting_;
  std::uint64_t waiting_bytes_ = 0;
  sealed::OrderedTasks<sealed::InvertedBatch> tasks_;
};

}  // namespace limier
