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
  tasks_.start(
      [this, documents = std::exchange(waiting_, {})]() mutable { return invert_batch(std::move(documents)); });
}

std::unique_ptr<sealed::Inverter> BatchInverter::take_inverter() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<sealed::Inverter>();
  std::unique_ptr<sealed::Inverter> inverter = std::move(idle_.back());
  idle_.pop_back();
  return inverter;
}

sealed::InvertedBatch BatchInverter::invert_batch(std::vector<Waiting> documents) {
  std::unique_ptr<sealed::Inverter> inverter = take_inverter();
  Sketcher sketcher;
  for (Waiting& each : documents) {
    invert(each.document, analyzer_, sketcher, each.indexed, *inverter);
    inverter->add(std::move(each.indexed));
  }
  sealed::InvertedBatch batch = inverter->take();
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(inverter));
  return batch;
}

void BatchInverter::finish() {
  if (!waiting_.empty()) start_batch();
  tasks_.finish();
  idle_.clear();
}

}  // namespace limier
