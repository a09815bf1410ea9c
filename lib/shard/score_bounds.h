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

  bool operator==(const LengthNormalisation&) const = default;
};

/// As `saturated`, in single precision and without a branch; `half` may be 0.
inline float saturation(float frequency, float half) {
  constexpr float not_nothing = 1e-30F;
  return frequency / std::max(frequency + half, not_nothing);
}

/// What a term scores at most in each range of documents, as a share of the most that it can score, in 255ths.
class ScoreBounds {
 public:
  static constexpr std::uint32_t range = 64;
  static constexpr float whole = 255;

  /// How many ranges documents up to `last` have; rounded up, for many are looked at together.
  static std::size_t ranges(std::uint32_t last) { return (last / (32 * range) + 1) * 32; }

  /// Nothing in documents up to `last`.
  explicit ScoreBounds(std::uint32_t last) : shares_(ranges(last)) {}

  /// Documents from `first` to `last` may score so much, from 0 to 1.
  void include(std::uint32_t first, std::uint32_t last, float share) {
    for (std::size_t at = first / range; at <= last / range; ++at)
      shares_[at] = std::max(shares_[at], rounded_up(share));
  }

  /// From document 0 on; above 0 in a range that has any document.
  std::span<const std::uint8_t> shares() const { return shares_; }

 private:
  static std::uint8_t rounded_up(float share) {
    return static_cast<std::uint8_t>(std::min(static_cast<std::int32_t>(share * whole) + 1, 255));
  }

  std::vector<std::uint8_t> shares_;
};

}  // namespace limier
