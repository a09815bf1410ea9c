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
    std::uint32_t size = 0;     ///< In bytes.
    std::uint32_t records = 0;  ///< How many there are.
  };

  std::vector<Term> terms;
  std::vector<std::uint32_t> record_sizes;  ///< In bytes, of those of all terms.
  std::string bytes;                        ///< Of each term, and behind them those of its records.
};

/// Makes their lists of postings. `writer` has the documents; several threads can work with it. Thread rule: any.
EncodedTerms encode(SpilledTerms spilled, const SegmentWriter& writer);

}  // namespace limier::sealed
