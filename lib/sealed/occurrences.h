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

  /// Moves behind them.
  void skip(BitReader& bits) const;

  /// The same, and hands them over.
  void take(BitReader& bits, std::uint32_t* positions) const;

 private:
  static constexpr std::uint32_t few = 16;

  /// What it costs less to look up than to compute.
  struct Tables {
    std::array<RangeCode, 256> single;                          ///< For each reach, of a single position.
    std::array<std::array<std::uint8_t, 256>, few> low_bits{};  ///< For counts below `few` and each reach.
  };
  static const Tables tables;
  static constexpr Tables make_tables();

  /// Some of so many places, chosen by chance, lie in distances whose mean is theirs.
  static constexpr unsigned low_bits_of(std::uint32_t count, std::uint8_t reach) {
    const std::uint32_t places = number_of_byte(reach);
    return rice_low_bits(places - std::min(places, count), std::uint64_t{count} + 1);
  }

  unsigned low_bits() const { return count_ < few ? tables.low_bits[count_][reach_] : low_bits_of(count_, reach_); }

  std::uint32_t take_single(BitReader& bits) const {
    const auto [number, size] = tables.single[reach_].first_of(bits.ahead());
    bits.skip(size);
    return number < number_of_byte(reach_) ? number + 1 : bits.take(32);
  }

  std::uint32_t count_;
  std::uint8_t reach_;
};

/// Whether there are one or several, nobody could foretell: so both sizes are told, and one is chosen without a branch.
inline void PositionCode::skip(BitReader& bits) const {
  const std::uint64_t ahead = bits.ahead();
  const std::size_t ones = size_of_ones(count_, ahead);
  if (ones == 0) {  // Few have so many.
    if (count_ > 1) return skip_rice(bits, count_, low_bits());
    take_single(bits);
    return;
  }
  const auto [number, size] = tables.single[reach_].first_of(ahead);
  const std::uint64_t single = size + (number < number_of_byte(reach_) ? 0 : 32);
  const std::uint64_t several = ones + std::uint64_t{count_} * low_bits();
  bits.skip(single ^ ((single ^ several) & (0 - std::uint64_t{count_ > 1})));
}

inline void PositionCode::take(BitReader& bits, std::uint32_t* positions) const {
  if (count_ == 1) {
    *positions = take_single(bits);
    return;
  }
  take_rice(bits, {positions, count_}, low_bits());
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < count_; ++i) last = positions[i] += last + 1;
}

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
