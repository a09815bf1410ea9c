#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shard/indexed_document.h"

namespace limier {

/// With how many occurrences a term has half of the most that it can score: so many in a document without words, and so
/// many more for each word, and each of the title's.
struct LengthNormalisation {
  float of_document = 0, of_word = 0, of_title_word = 0;

  float half(const DocumentLengths& lengths) const {
    return of_document + of_word * static_cast<float>(static_cast<std::int32_t>(lengths.text)) +
           of_title_word * static_cast<float>(static_cast<std::int32_t>(lengths.title));
  }
};

/// What is below it counts as nothing; it has room for further factors in single precision.
inline constexpr float not_nothing = 1e-30F;

/// As `saturated`, in single precision and without a branch; `half` may be 0.
inline float saturation(float frequency, float half) { return frequency / std::max(frequency + half, not_nothing); }

/// The ranges of a shard's documents that are bounded, from document 0 on: each of 64, or of a power of two more where
/// there would be too many; each 2,048 documents are whole ones.
class DocumentRanges {
 public:
  static constexpr unsigned least_bits = 6, most_bits = 11;

  /// Of documents up to `last`.
  explicit DocumentRanges(std::uint32_t last) {
    constexpr std::uint32_t many = 8192;
    while (bits_ < most_bits && last >> bits_ >= many) ++bits_;
    count_ = std::size_t{(last >> most_bits) + 1} << (most_bits - bits_);
  }

  std::size_t count() const { return count_; }
  std::uint32_t size() const { return std::uint32_t{1} << bits_; }  ///< In documents.
  std::size_t of(std::uint32_t document) const { return document >> bits_; }

 private:
  unsigned bits_ = least_bits;
  std::size_t count_ = 0;
};

/// What a term scores at most in each range of documents, as a share of the most that it can score, in 255ths.
class ScoreBounds {
 public:
  static constexpr float whole = 255;

  /// Nothing by now.
  explicit ScoreBounds(const DocumentRanges& ranges) : ranges_(ranges), shares_(ranges.count()) {}

  /// Documents from `first` to `last` may score so much, from 0 to 1.
  void include(std::uint32_t first, std::uint32_t last, float share) {
    for (std::size_t at = ranges_.of(first); at <= ranges_.of(last); ++at)
      shares_[at] = std::max(shares_[at], rounded_up(share));
  }

  /// Above 0 in a range that has any document.
  std::span<const std::uint8_t> shares() const { return shares_; }

 private:
  /// A little more, for the share has been rounded, which near the whole makes a difference to what share / (1 - share)
  /// is.
  static std::uint8_t rounded_up(float share) {
    constexpr float little = 1.0F / 1024;
    return static_cast<std::uint8_t>(std::min(static_cast<std::int32_t>(share * whole + little) + 1, 255));
  }

  DocumentRanges ranges_;
  std::vector<std::uint8_t> shares_;
};

}  // namespace limier
