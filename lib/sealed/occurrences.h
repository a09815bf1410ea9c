#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sealed/bits.h"
#include "shard/schema.h"

namespace limier::sealed {

/// Where a term stands in a document, and in which of its forms.
struct Occurrence {
  std::uint32_t position = 0;  ///< From 1; ascending in a document.
  std::uint32_t form = 0;      ///< The number of its form among the stem's.
};

/// About where the last position in a document of so many words may be, as `number_of_byte` has it; title and body
/// stand apart.
inline std::uint8_t reach_of(std::uint32_t words) { return byte_above(words + schema::value_gap); }

/// How the positions of a term in a document are written: by how many there are and about how far they reach. Thread
/// rule: one thread at a time.
class PositionCode {
 public:
  /// `reach`, 1 or more, is where the last one may be, as `number_of_byte` has it; one beyond takes more bits.
  PositionCode(std::uint32_t count, std::uint8_t reach) : count_(count), reach_(reach) {}

  void put(BitWriter& bits, std::span<const Occurrence> occurrences) const;

  /// Moves behind them. `size` is `size_of_ones`, or does the same.
  template <typename SizeOfOnes>
  [[gnu::always_inline]] inline void skip(BitReader& bits, SizeOfOnes size) const;

  /// The same, and hands them over, with room for `margin` more.
  template <typename SizeOfOnes>
  [[gnu::always_inline]] inline void take(BitReader& bits, std::uint32_t* positions, SizeOfOnes size) const;

  static constexpr std::size_t margin = 3;

 private:
  static constexpr std::uint32_t few = 33;

  /// Of a single position, for a reach.
  struct Single {
    RangeCode code;
    std::uint32_t beyond = 1;  ///< The number behind which a position stands that is further.
  };

  /// What it costs less to look up than to compute.
  struct Tables {
    std::array<Single, 256> single;                             ///< For each reach; for 0, of no bits.
    std::array<std::array<std::uint8_t, 256>, few> low_bits{};  ///< For counts below `few`, 0 for 1, and each reach.
  };
  static const Tables tables;
  static constexpr Tables make_tables();

  /// Some of so many places, chosen by chance, lie in distances whose mean is theirs.
  static constexpr unsigned low_bits_of(std::uint32_t count, std::uint8_t reach) {
    const std::uint32_t places = number_of_byte(reach);
    return rice_low_bits(places - std::min(places, count), std::uint64_t{count} + 1);
  }

  /// Whether the first parts, of so many bits, are all seen and stand for whole numbers.
  bool are_plain(unsigned ones) const { return (count_ < few) & (ones - count_ < most_ones); }

  /// All bits where there are several, and none otherwise: what one does not have is masked out without a branch, for
  /// nobody could foretell it.
  std::uint32_t several() const { return 0 - std::uint32_t{count_ > 1}; }
  const Single& single() const { return tables.single[reach_ & ~several()]; }

  // By values, so that the members of no code have to be in memory.
  static BitReader skip_any(std::uint32_t count, std::uint8_t reach, BitReader bits);
  static BitReader take_any(std::uint32_t count, std::uint8_t reach, BitReader bits, std::uint32_t* positions);

  std::uint32_t count_;
  std::uint8_t reach_;
};

/// Whether there are one or several, nobody could foretell: so both sizes are told, and added up, one of them as 0.
template <typename SizeOfOnes>
void PositionCode::skip(BitReader& bits, SizeOfOnes size_of) const {
  const std::uint64_t ahead = bits.ahead();
  const std::uint32_t ones = size_of(count_, ahead);
  const RangeCode& single = this->single().code;
  if ((single.are_ones(ahead) & (count_ == 1)) | (!are_plain(ones))) {
    bits = skip_any(count_, reach_, bits);
    return;
  }
  bits.skip((ones & several()) + count_ * tables.low_bits[count_][reach_] + single.size_of_first(ahead));
}

/// Of several, four at a time: each position is the sum of all numbers up to it, and what their ones stand for is told
/// by the place of the last zero.
template <typename SizeOfOnes>
void PositionCode::take(BitReader& bits, std::uint32_t* positions, SizeOfOnes size_of) const {
  constexpr unsigned most_low = 14;  // of four all are seen at once
  const std::uint64_t ahead = bits.ahead();
  const std::uint32_t ones = size_of(count_, ahead);
  const auto [number, size] = single().code.first_of(ahead);
  const unsigned low = tables.low_bits[std::min(count_, few - 1)][reach_];
  if (number == single().beyond || low > most_low || !are_plain(ones)) {
    bits = take_any(count_, reach_, bits, positions);
    return;
  }
  const std::uint64_t mask = (std::uint64_t{1} << low) - 1;
  std::uint64_t zeros = ~ahead, sum = 0;
  BitReader lows = bits;
  lows.skip(ones & several());
  for (std::uint32_t i = 0; i < count_; i += 4) {
    std::uint64_t four = lows.ahead();
    lows.skip(4 * low);
#pragma GCC unroll 4
    for (std::uint32_t j = i; j < i + 4; ++j) {
      sum += (four & mask) + 1;
      four >>= low;
      const auto before = static_cast<std::uint64_t>(std::countr_zero(zeros)) - j;
      zeros &= zeros - 1;
      positions[j] = static_cast<std::uint32_t>((before << low) + sum);
    }
  }
  positions[0] = (positions[0] & several()) + ((number + 1) & ~several());
  bits.skip((ones & several()) + count_ * low + size);
}

/// How the positions of a block's documents are read.
struct CodedPositions {
  const char* bytes = nullptr;
  const std::uint32_t* counts = nullptr;     ///< Of each document.
  const std::uint32_t* documents = nullptr;  ///< The number of each.
  const std::uint8_t* reaches = nullptr;     ///< Of all documents from 1 on.
  std::uint8_t farthest = 0;                 ///< No position reaches further, as `number_of_byte` has it.

  PositionCode code(std::size_t i) const {
    return PositionCode(counts[i], std::min(reaches[documents[i] - 1], farthest));
  }

  /// Those of document `at`, where those of `from` begin at `bit`; gives the bit behind them. As PositionCode::take.
  template <typename SizeOfOnes>
  [[gnu::always_inline]] inline std::uint64_t read(std::size_t from, std::uint64_t bit, std::size_t at,
                                                   std::uint32_t* positions, SizeOfOnes size) const {
    BitReader bits(bytes, bit);
    for (; from < at; ++from) code(from).skip(bits, size);
    code(at).take(bits, positions, size);
    return bits.at();
  }
};

/// Some of a stem's forms, by their numbers.
class SomeForms {
 public:
  SomeForms() = default;
  explicit SomeForms(std::uint32_t form) { add(form); }

  void add(std::uint32_t form) {
    if (form >= has_.size()) has_.resize(form + 1);
    size_ += has_[form] ? 0U : 1U;
    has_[form] = true;
  }

  bool has(std::uint32_t form) const { return form < has_.size() && has_[form]; }
  std::uint32_t size() const { return size_; }

 private:
  std::vector<bool> has_;
  std::uint32_t size_ = 0;
};

/// Writes the forms of a term in some documents, which have so many occurrences each.
void put_forms(BitWriter& bits, std::span<const Occurrence> occurrences, std::span<const std::uint32_t> counts);

/// Reads them back, of one document after another or of any; going back costs most. REQUIRES at most 128 documents.
/// Thread rule: one thread at a time.
class FormReader {
 public:
  FormReader() = default;

  /// From a bit on.
  FormReader(const char* bytes, std::uint64_t bit, std::size_t documents);

  /// False only where all are in form 0.
  bool has_others() const { return any_; }

  /// Appends those of a document, `counts` being of all of them.
  void append(std::size_t document, const std::uint32_t* counts, std::vector<std::uint32_t>& forms);

  /// How many of a document's occurrences are in one of some forms.
  std::uint32_t count(std::size_t document, const std::uint32_t* counts, const SomeForms& forms) {
    if (!is_marked(document)) return forms.has(0) ? counts[document] : 0;
    return count_marked(document, counts, forms);
  }

  /// The bit behind all.
  std::uint64_t end(const std::uint32_t* counts) { return at(documents_, counts).at(); }

 private:
  bool is_marked(std::size_t document) const { return (marks_[document / 64] >> document % 64 & 1) != 0; }
  std::size_t next_marked(std::size_t document) const;
  std::uint32_t count_marked(std::size_t document, const std::uint32_t* counts, const SomeForms& forms);
  BitReader at(std::size_t document, const std::uint32_t* counts);

  const char* bytes_ = nullptr;
  std::size_t documents_ = 0;
  bool any_ = false;                      // but form 0
  unsigned width_ = 0;                    // of the numbers of these
  std::array<std::uint64_t, 2> marks_{};  // of the documents that have any
  std::uint64_t begin_ = 0;
  std::size_t next_ = 0;  // the document that was looked for last, and where it begins
  std::uint64_t bit_ = 0;
};

}  // namespace limier::sealed
