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

std::unique_ptr<BatchInverter::Worker> BatchInverter::take_worker() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<Worker>(take_analyzer());
  std::unique_ptr<Worker> worker = std::move(idle_.back());
  idle_.pop_back();
  return worker;
}

Analyzer BatchInverter::take_analyzer() {
  if (analyzers_.empty()) return Analyzer(options_);
  Analyzer analyzer = std::move(analyzers_.back());
  analyzers_.pop_back();
  return analyzer;
}

BatchInverter::Inverted BatchInverter::invert_batch(std::vector<Waiting> documents) {
  std::unique_ptr<Worker> worker = take_worker();
  for (Waiting& each : documents) {
    invert(each.document, worker->analyzer, worker->sketcher, each.indexed, worker->inverter);
    worker->inverter.add(std::move(each.indexed));
  }
  sealed::InvertedBatch batch = worker->inverter.take();
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(worker));
  return {std::move(batch), std::move(documents)};
}

void BatchInverter::finish() {
  if (!waiting_.empty()) start_batch();
  tasks_.finish();
  for (const std::unique_ptr<Worker>& worker : idle_) analyzers_.push_back(std::move(worker->analyzer));
  idle_.clear();
}

}  // namespace limier
