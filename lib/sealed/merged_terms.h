#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sealed/segment.h"

namespace limier::sealed {

/// Where a term stands in one of several segments.
struct SourceTerm {
  std::uint32_t segment = 0;  ///< Its place among them, from 0.
  const Dictionary::Cursor* term = nullptr;
};

/// Calls `visit` for each term that any of some segments has a list of, in order, with all that have it. What it reads
/// of the lists does not stay in memory.
void for_each_term(const std::vector<const Segment*>& segments,
                   const std::function<void(const std::vector<SourceTerm>&)>& visit);

}  // namespace limier::sealed
