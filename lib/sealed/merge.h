#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sealed/segment.h"

namespace limier::sealed {

struct MergeSource {
  const Segment* segment = nullptr;
  const std::vector<bool>* deleted = nullptr;  ///< By document, from 1.
};

/// Writes a segment with the documents of all sources, in their order, deleted ones left out: as one would be that was
/// made of them, but for where blocks of stored texts begin. The memory that it takes
/// does not depend on the number of documents beyond some 100 bytes for each. Throws as SegmentWriter does.
void merge_segments(const std::vector<MergeSource>& sources, const std::string& path);

}  // namespace limier::sealed
