#pragma once

#include <string>
#include <vector>

#include "sealed/document_order.h"
#include "sealed/segment.h"

namespace limier::sealed {

/// The documents of some segments one after the other but those that are deleted, which is told of each segment by
/// document, from 1.
DocumentOrder living_documents(const std::vector<const std::vector<bool>*>& deleted);

/// Writes a segment with documents of some segments, each at most once, in an order: as one would be that was made of
/// them, but for where blocks of stored texts begin. The memory that it takes does not depend on the number of
/// documents beyond some 100 bytes for each; what changes places, where the order is not that of the segments, is held
/// in about `memory` bytes, at least 1, in as many turns as that takes. The same for any number of threads. Throws as
/// SegmentWriter does.
void merge_segments(const std::vector<const Segment*>& segments, const DocumentOrder& order, const std::string& path,
                    std::uint64_t memory, unsigned threads = 1);

}  // namespace limier::sealed
