#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "sealed/bits.h"
#include "shard/postings.h"
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

/// What a list is told of the number of words of a document, both as `number_of_byte` has them.
struct CodedLength {
  std::uint8_t reach = 0;  ///< As `reach_of` it.
  std::uint8_t least = 0;  ///< Not above it.

  CodedLength() = default;
  explicit CodedLength(std::uint32_t words) : reach(reach_of(words)), least(byte_below(words)) {}
};

/// How the positions of a term in a document are written: by how many there are and about how far they reach. Thread
/// rule: one thread at a time.
class PositionCode {
 public:
  /// `reach`, 1 or more, is where the last one may be, as `number_of_byte` has it; one beyond takes more bits.
  PositionCode(std::uint32_t count, std::uint8_t reach) : count_(count), reach_(reach) {}

  [[gnu::always_inline]] inline void put(BitWriter& bits, std::span<const Occurrence> occurrences) const;

  /// How many bits they take at least, which is known before any is seen.
  std::uint64_t least_size() const { return size_code().least; }

  /// How many more, by the bits ahead; no less than `most_ones` where these do not tell, as of many positions. `zeros`
  /// are these bits the other way round, 32 or more, and 0 for those not seen. `last_zero` is `place_of_zero`, or does
  /// the same.
  template <typename LastZero>
  [[gnu::always_inline]] inline std::uint32_t more(std::uint64_t zeros, LastZero last_zero) const;

  /// How many in all, whatever the positions. By values, so that the members of no code have to be in memory.
  static std::uint64_t size(std::uint32_t count, std::uint8_t reach, BitReader bits);

  /// Hands them over: a single one, or several, with room for `margin` more.
  [[gnu::always_inline]] inline void take_one(BitReader bits, std::uint32_t* position) const;
  template <typename LastZero>
  [[gnu::always_inline]] inline void take_several(BitReader bits, std::uint32_t* positions, LastZero last_zero) const;

  static constexpr std::size_t margin = 3;

 private:
  static constexpr std::uint32_t few = 33;

  /// What is more than the least is 1 or 0 for a single one, and of several, the ones of their first parts, which the
  /// place of the last zero tells. Both are added up, one of them as 0, without a branch on what nobody could foretell.
  struct SizeCode {
    std::uint64_t longer = (std::uint64_t{1} << 63) - 1;  ///< A single one takes 1 more where its first bits, the other
    std::uint16_t least = 0;                              ///< way round, are no more than this; several always do.
    std::uint8_t zero = 255;  ///< Where the last zero would be if there were no ones, and 1. Of a single one, 64.
    std::uint8_t width = 63;  ///< Of the first bits of a single one.
  };

  /// What it costs less to look up than to compute.
  struct Tables {
    std::array<std::array<SizeCode, 256>, few + 1> sizes{};     ///< For each count up to `few` and each reach.
    std::array<RangeCode, 256> single;                          ///< For each reach.
    std::array<std::array<std::uint8_t, 256>, few> low_bits{};  ///< For counts below `few` and each reach.
  };
  static const Tables tables;
  static constexpr Tables make_tables();

  const SizeCode& size_code() const { return tables.sizes[std::min(count_, few)][reach_]; }

  /// Some of so many places, chosen by chance, lie in distances whose mean is theirs.
  static constexpr unsigned low_bits_of(std::uint32_t count, std::uint8_t reach) {
    const std::uint32_t places = number_of_byte(reach);
    return rice_low_bits(places - std::min(places, count), std::uint64_t{count} + 1);
  }

  static BitReader take_any(std::uint32_t count, std::uint8_t reach, BitReader bits, std::uint32_t* positions);

  std::uint32_t count_;
  std::uint8_t reach_;
};

inline void PositionCode::put(BitWriter& bits, std::span<const Occurrence> occurrences) const {
  if (count_ == 1) {
    const std::uint32_t reach = number_of_byte(reach_), number = std::min(occurrences.front().position - 1, reach);
    tables.single[reach_].put(bits, number);
    if (number == reach) bits.put(occurrences.front().position, 32);
    return;
  }
  put_rice(bits, count_, count_ < few ? tables.low_bits[count_][reach_] : low_bits_of(count_, reach_),
           [&](std::size_t i) { return occurrences[i].position - (i == 0 ? 0 : occurrences[i - 1].position) - 1; });
}

template <typename LastZero>
std::uint32_t PositionCode::more(std::uint64_t zeros, LastZero last_zero) const {
  const SizeCode& code = size_code();
  const std::uint64_t first = zeros & ((std::uint64_t{1} << code.width) - 1);
  if (first == 0) [[unlikely]]
    return most_ones;  // A single one may be beyond the reach.
  return last_zero(count_, zeros) + (first <= code.longer ? 1U : 0U) - code.zero;
}

void PositionCode::take_one(BitReader bits, std::uint32_t* position) const {
  const std::uint64_t ahead = bits.ahead();
  const RangeCode& code = tables.single[reach_];
  *position = code.first_of(ahead).number + 1;
  if (static_cast<unsigned>(std::countr_one(ahead)) > code.least_width()) take_any(1, reach_, bits, position);
}

/// Four at a time: each position is the sum of all numbers up to it, and what their ones stand for is told by the place
/// of the last zero.
template <typename LastZero>
void PositionCode::take_several(BitReader bits, std::uint32_t* positions, LastZero last_zero) const {
  constexpr unsigned most_low = 14;  // of four all are seen at once
  std::uint64_t zeros = ~bits.ahead(), sum = 0;
  const unsigned zero = last_zero(count_, zeros);
  const unsigned low = tables.low_bits[std::min(count_, few - 1)][reach_];
  if (count_ >= few || low > most_low || zero + 1 - count_ >= most_ones || zero >= known_ahead) {
    take_any(count_, reach_, bits, positions);
    return;
  }
  const std::uint64_t mask = (std::uint64_t{1} << low) - 1;
  bits.skip(zero + 1);
  for (std::uint32_t i = 0; i < count_; i += 4) {
    std::uint64_t four = bits.ahead();
    bits.skip(4 * low);
#pragma GCC unroll 4
    for (std::uint32_t j = i; j < i + 4; ++j) {
      sum += (four & mask) + 1;
      four >>= low;
      const auto before = static_cast<std::uint64_t>(std::countr_zero(zeros)) - j;
      zeros &= zeros - 1;
      positions[j] = static_cast<std::uint32_t>((before << low) + sum);
    }
  }
}

/// How the positions of a block's documents are read.
struct CodedPositions {
  static constexpr std::size_t most = PostingCursor::most_taken;  ///< So many documents are in a block.

  const char* bytes = nullptr;
  const std::uint32_t* counts = nullptr;     ///< Of each document.
  const std::uint32_t* documents = nullptr;  ///< The number of each.
  const std::uint8_t* reaches = nullptr;     ///< Of all documents from 1 on.
  std::uint8_t farthest = 0;                 ///< No position reaches further, as `number_of_byte` has it.

  std::uint8_t reach(std::size_t i) const { return std::min(reaches[documents[i] - 1], farthest); }
  PositionCode code(std::size_t i) const { return {counts[i], reach(i)}; }

  /// Those of some ascending documents, as PositionLists has them, where those of `from` begin at `bit`; gives the bit
  /// behind the last. First all are found, then the single ones are read, then the several: nothing is to be foretold.
  template <typename LastZero>
  [[gnu::always_inline]] inline std::uint64_t read(std::size_t from, std::uint64_t bit,
                                                   std::span<const std::uint8_t> some, std::uint32_t* positions,
                                                   LastZero last_zero) const {
    static_assert(PositionCode::margin <= PositionLists::padding);
    std::array<std::uint64_t, most> begins;
    const std::uint64_t end = find(from, bit, some.back(), begins.data(), last_zero);
    std::array<std::uint32_t*, most> to;  // for each document
    std::array<std::uint8_t, most> single, several;
    std::size_t severals = 0;
    for (std::size_t i = 0; i < some.size(); ++i) {
      const std::uint8_t document = some[i];
      to[document] = positions;
      single[i - severals] = several[severals] = document;
      severals += static_cast<std::size_t>(counts[document] > 1);
      positions += counts[document];
      std::fill_n(positions, PositionLists::padding, PositionLists::beyond);
      positions += PositionLists::padding;
    }
    for (const std::uint8_t document : std::span(single).first(some.size() - severals))
      code(document).take_one(BitReader(bytes, begins[document]), to[document]);
    for (const std::uint8_t document : std::span(several).first(severals)) {
      code(document).take_several(BitReader(bytes, begins[document]), to[document], last_zero);
      std::fill_n(to[document] + counts[document], PositionCode::margin, PositionLists::beyond);
    }
    return end;
  }

 private:
  /// Tells the bits at which those of each document from `from` to `last` begin, and gives the one behind. The least
  /// that they take says where to look for what is ahead of the next ones, so that memory is not waited for.
  template <typename LastZero>
  [[gnu::always_inline]] inline std::uint64_t find(std::size_t from, std::uint64_t bit, std::size_t last,
                                                   std::uint64_t* begins, LastZero last_zero) const {
    const CodedPositions here = *this;  // no members, which would be read again and again
    std::uint64_t zeros = ~BitReader(here.bytes, bit).word(), shift = bit % 8;
    for (; from <= last; ++from) {
      begins[from] = bit;
      const PositionCode code = here.code(from);
      std::uint64_t least = code.least_size(), more = code.more(zeros >> shift, last_zero);
      if (more >= most_ones) [[unlikely]] {
        least = PositionCode::size(here.counts[from], here.reach(from), BitReader(here.bytes, bit));
        more = 0;
      }
      bit += least;
      zeros = ~BitReader(here.bytes, bit).word();
      shift = bit % 8 + more;
      bit += more;
    }
    return bit;
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

/// Writes the forms of a term in some documents, at most 128, which have so many occurrences each; `greatest` is that
/// of their numbers. Returns the writer, which is handed over by value to be kept in registers.
BitWriter put_forms(BitWriter bits, std::span<const Occurrence> occurrences, std::span<const std::uint32_t> counts,
                    std::uint32_t greatest);

/// The most bits that the forms, or the positions, of so many occurrences take in so many documents.
constexpr std::size_t most_bits(std::size_t occurrences, std::size_t documents) {
  return 64 + documents + 64 * occurrences;
}

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
