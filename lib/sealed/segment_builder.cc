#include "sealed/segment_builder.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <utility>

#include "sealed/list_encoder.h"
#include "sealed/ordered_tasks.h"

namespace limier::sealed {
namespace {

/// How many bytes of runs are encoded at a time: some 400,000 postings.
constexpr std::uint64_t task_bytes = 1 << 20;

/// What threads have freed stays theirs otherwise, though they are gone.
void give_memory_back() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

void SegmentBuilder::add(InvertedBatch batch) {
  const DocumentNumber before = writer_.documents();
  for (const IndexedDocument& document : batch.documents) writer_.add(document);
  batches_.add(before, std::move(batch));
}

void SegmentBuilder::spill() {
  wait_for_spill();
  spilling_ = std::async(threads_ > 1 ? std::launch::async : std::launch::deferred,
                         [this, batches = std::exchange(batches_, {})]() mutable {
                           batches.spill(spill_);
                           batches = {};
                           give_memory_back();
                         });
  if (threads_ == 1) wait_for_spill();
}

void SegmentBuilder::wait_for_spill() {
  if (spilling_.valid()) spilling_.get();
}

void SegmentBuilder::finish() {
  spill();
  wait_for_spill();
  OrderedTasks<EncodedTerms> tasks(threads_, [this](EncodedTerms encoded) { writer_.add(std::move(encoded)); });
  for (Spill::Cursor spilled(spill_); !spilled.at_end();) {
    SpilledTerms some;
    some.bytes.reserve(task_bytes + task_bytes / 4);
    for (; !spilled.at_end() && some.bytes.size() < task_bytes; spilled.next()) {
      some.terms.push_back({static_cast<std::uint32_t>(spilled.term().size()), 0});
      some.bytes += spilled.term();
      spilled.for_each_record([&](std::string_view record) {
        ++some.terms.back().records;
        some.record_sizes.push_back(static_cast<std::uint32_t>(record.size()));
        some.bytes += record;
      });
    }
    tasks.start([this, some = std::move(some)]() mutable { return encode(std::move(some), writer_); });
  }
  tasks.finish();
  writer_.finish(threads_);
}

}  // namespace limier::sealed
