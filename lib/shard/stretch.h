#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "shard/document_bits.h"
#include "shard/postings.h"
#include "shard/score_bounds.h"

namespace limier {

/// The documents that are scored together, part by part: of those that follow one another some ranges. And room to work
/// in.
struct Stretch {
  static constexpr DocumentNumber size = DocumentBits::size;
  static_assert(size == 1U << DocumentRanges::most_bits);
  static constexpr std::size_t most_ranges = size >> DocumentRanges::least_bits;
  using Numbers = std::array<float, size>;  ///< By the places of documents.

  explicit Stretch(const DocumentRanges& all) : all_ranges(all) {}

  DocumentRanges all_ranges;  ///< Of the shard.

  DocumentBits matching;  ///< Any of the parts that were read.
  Numbers scores{};       ///< By these and those that were looked up; 0 between stretches.

  std::array<std::uint8_t, most_ranges> ranges;  ///< Their places, ascending.
  std::size_t range_count = 0;                   ///< So many are the first of these.
  std::array<std::uint8_t, most_ranges> order;   ///< By place, where a range stands among them.
  /// Those that touch, together: the first document, and the end.
  std::vector<std::pair<DocumentNumber, DocumentNumber>> runs;

  std::array<DocumentNumber, size> candidates;  ///< That may have enough.

  // What was read of a list, whose last postings may be written over what follows.
  static constexpr std::size_t read_at_once = 256;
  std::array<DocumentNumber, read_at_once + PostingCursor::most_taken> documents;
  std::array<std::uint32_t, size> counts;      // of these, or of others that were looked up
  std::array<DocumentLengths, size> lengths;   // of documents of the list, or others
  std::array<float, size> frequencies, added;  // likewise

  // The sum of several terms' occurrences; 0 between words. Those that reach what is needed, in no order, and one more.
  Numbers sums{};
  std::array<DocumentNumber, size + 1> reached;

  DocumentNumber first() const { return matching.first(); }

  float& score(DocumentNumber document) { return scores[document - first()]; }
  std::size_t order_of(DocumentNumber document) const { return order[all_ranges.of(document - first())]; }

  /// A bit for each range that is to be looked at. REQUIRES a multiple of the size, and all numbers 0.
  void begin(DocumentNumber first, std::uint32_t some_ranges) {
    static_assert(most_ranges == 32);
    matching = DocumentBits(first);
    range_count = 0;
    for (std::uint32_t left = some_ranges; left != 0; left &= left - 1) {
      const auto place = static_cast<std::uint8_t>(std::countr_zero(left));
      order[place] = static_cast<std::uint8_t>(range_count);
      ranges[range_count++] = place;
    }
    runs.clear();
    for (std::uint64_t left = some_ranges; left != 0;) {
      const int begin = std::countr_zero(left), end = begin + std::countr_one(left >> begin);
      runs.emplace_back(first + static_cast<DocumentNumber>(begin) * all_ranges.size(),
                        first + static_cast<DocumentNumber>(end) * all_ranges.size());
      left = left >> end << end;
    }
  }

  /// Sets those of all ranges to 0.
  void clear(Numbers& numbers) const {
    for (const auto& [begin, end] : runs) std::fill_n(numbers.begin() + (begin - first()), end - begin, 0.0F);
  }
};

}  // namespace limier
