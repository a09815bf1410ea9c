#pragma once

#include <cstdint>
#include <vector>

#include "shard/postings.h"

namespace limier::sealed {

/// A document of one of several segments.
struct SourceDocument {
  std::uint32_t segment = 0;  ///< Its place among them, from 0.
  DocumentNumber document = 0;

  auto operator<=>(const SourceDocument&) const = default;
};

/// Which documents a new segment is to have, from number 1 on.
using DocumentOrder = std::vector<SourceDocument>;

}  // namespace limier::sealed
