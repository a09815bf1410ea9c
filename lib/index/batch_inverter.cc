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
  if (running_.size() >= threads_) receive_first();
  auto invert_all = [this, documents = std::exchange(waiting_, {})]() mutable {
    sealed::InvertedBatch batch;
    for (Waiting& each : documents) {
      invert(each.document, analyzer_, each.indexed, batch);
      batch.add(std::move(each.indexed));
    }
    return batch;
  };
  waiting_bytes_ = 0;
  running_.push_back(std::async(threads_ > 1 ? std::launch::async : std::launch::deferred, std::move(invert_all)));
}

void BatchInverter::receive_first() {
  std::future<sealed::InvertedBatch> first = std::move(running_.front());
  running_.pop_front();
  receiver_(first.get());
}

void BatchInverter::finish() {
  if (!waiting_.empty()) start_batch();
  while (!running_.empty()) receive_first();
}

}  // namespace limier
