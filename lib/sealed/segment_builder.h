#pragma once

#include <cstdint>
#include <future>
#include <string>

#include "sealed/batch_joiner.h"
#include "sealed/inverter.h"
#include "sealed/segment_writer.h"
#include "sealed/spill.h"

namespace limier::sealed {

/// Makes a segment of documents that come in batches. The runs of these, which wait for the end, are put aside from
/// time to time. The same documents give the same bytes whatever the batches, the inverters and the threads, and
/// whenever that is. Throws Error{Io}, where several threads work, perhaps later. Thread rule: one thread at a time.
class SegmentBuilder {
 public:
  /// Works on so many threads where there is work for them.
  explicit SegmentBuilder(const std::string& path, unsigned threads = 1)
      : writer_(path), spill_(path + ".spill"), threads_(threads) {}

  void add(InvertedBatch batch);

  std::uint32_t documents() const { return writer_.documents(); }

  /// Of memory, what the runs take that wait, and their forms.
  std::size_t waiting_bytes() const { return batches_.bytes(); }

  /// Puts aside what memory holds of the batches; with several threads, while others are added. REQUIRES that their
  /// inverters are gone.
  void spill();

  /// Writes the segment. REQUIRES that the batches' inverters are gone.
  void finish();

 private:
  void wait_for_spill();

  SegmentWriter writer_;
  BatchJoiner batches_;
  Spill spill_;
  unsigned threads_;
  std::future<void> spilling_;
};

}  // namespace limier::sealed
