#pragma once

#include <cstdint>
#include <vector>

#include "sealed/document_order.h"
#include "sealed/segment.h"

namespace limier::sealed {

/// The same documents in an order in which those that share terms are near each other: the gaps in lists become
/// smaller, blocks of lists more alike, and so do blocks of texts. By recursive graph bisection (L. Dhulipala et al.,
/// Compressing graphs and indexes with recursive graph bisection, KDD 2016).
///
/// The terms that a document has take 4 bytes each, `memory` at most in all: where that is not enough, the rarest are
/// left out. Beside it, some 50 bytes are taken for each document, and 24 for each term on each thread. The result is
/// the same for any number of threads. Throws Error{Corrupt} as Segment does.
DocumentOrder reorder(const std::vector<const Segment*>& segments, const DocumentOrder& order, std::uint64_t memory,
                      unsigned threads = 1);

}  // namespace limier::sealed
