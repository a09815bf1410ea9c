#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sealed/bits.h"

namespace limier::sealed {

/// Where a term stands in a document, and in which of its forms.
struct Occurrence {
  std::uint32_t position = 0;  ///< From 1; ascending in a document.
  std::uint32_t form = 0;      ///< The number of its form among the stem's.
};

/// How the positions of a term in a document are written: by how many there are and about how far they reach. Thread
/// rule: one thread at a time.
class PositionCode {
 public:
  /// `reach` is where the last one may be; one beyond takes more bits.
  PositionCode(std::uint32_t count, std::uint32_t reach);

  void put(BitWriter& bits, std::span<const Occurrence> occurrences) const;

  /// Moves over them, and hands them over unless `positions` is null.
  void take(BitReader& bits, std::uint32_t* positions) const;

 private:
  std::uint32_t count_, reach_;
  unsigned low_ = 0;  // bits that Rice's code leaves as they are
};

/// Some of so many places, chosen by chance, lie in distances whose mean is theirs.
inline PositionCode::PositionCode(std::uint32_t count, std::uint32_t reach)
    : count_(count), reach_(reach), low_(count == 1 ? 0 : rice_low_bits(reach - std::min(reach, count), count + 1)) {}

inline void PositionCode::take(BitReader& bits, std::uint32_t* positions) const {
  if (count_ == 1) {
    std::uint32_t position = take_below(bits, reach_ + 1) + 1;
    if (position > reach_) position = bits.take(32);
    if (positions != nullptr) *positions = position;
    return;
  }
  std::uint32_t position = 0;
  for (std::uint32_t i = 0; i < count_; ++i) {
    position += take_rice(bits, low_) + 1;
    if (positions != nullptr) *positions++ = position;
  }
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
