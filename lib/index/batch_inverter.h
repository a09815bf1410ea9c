#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "sealed/segment_builder.h"

namespace limier {

/// Inverts documents in batches, several side by side, and hands these on in the order of the documents; which document
/// comes into which batch depends on the documents alone. Throws what `invert` throws, later.
/// Thread rule: one thread at a time.
class BatchInverter {
 public:
  using Receiver = std::function<void(sealed::InvertedBatch)>;

  /// With one thread, the caller's own. `analyzer` outlives it.
  BatchInverter(const Analyzer& analyzer, unsigned threads, Receiver receiver)
      : analyzer_(analyzer), threads_(threads), receiver_(std::move(receiver)) {}

  /// `indexed` is what `describe` made of it.
  void add(const Document& document, IndexedDocument indexed);

  /// Hands on all that is left.
  void finish();

 private:
  struct Waiting {
    Document document;
    IndexedDocument indexed;
  };

  void start_batch();
  void receive_first();

  const Analyzer& analyzer_;
  unsigned threads_;
  Receiver receiver_;
  std::vector<Waiting> waiting_;
  std::uint64_t waiting_bytes_ = 0;
  std::deque<std::future<sealed::InvertedBatch>> running_;
};

}  // namespace limier
