#include "index/batch_inverter.h"

#include <utility>

#include "index/invert.h"

namespace limier {
namespace {

/// Its words' forms fit the processor's caches.
constexpr std::uint64_t batch_bytes = 1 << 20;

}  // namespace

void BatchInverter::add(const Document& document, IndexedDocument indexed) {
  waiting_bytes_ += indexed.stored.size();
  waiting_.push_back({document, std::move(indexed)});
  if (waiting_bytes_ >= batch_bytes) start_batch();
}

void BatchInverter::start_batch() {
  waiting_bytes_ = 0;
  tasks_.start([this, documents = std::exchange(waiting_, {})]() mutable {
    sealed::InvertedBatch batch;
    for (Waiting& each : documents) {
      invert(each.document, analyzer_, each.indexed, batch);
      batch.add(std::move(each.indexed));
    }
    return batch;
  });
}

void BatchInverter::finish() {
  if (!waiting_.empty()) start_batch();
  tasks_.finish();
}

}  // namespace limier
