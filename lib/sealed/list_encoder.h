#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/inverter.h"
#include "sealed/segment_writer.h"

namespace limier::sealed {

/// Terms that follow one another, and what the parts of a Spill know of each, as BatchJoiner has put it.
struct SpilledTerms {
  struct Term {
    std::string term;
    std::vector<std::uint32_t> records;  ///< How many bytes each has.
  };

  std::vector<Term> terms;
  std::string records;  ///< One behind the other.
};

/// Makes their lists of postings. `writer` has the documents; several threads can work with it. Thread rule: any.
EncodedTerms encode(SpilledTerms spilled, const SegmentWriter& writer);

}  // namespace limier::sealed
