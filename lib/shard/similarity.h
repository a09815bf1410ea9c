#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limier {

/// A text's sketch: texts that share most of their words have sketches that differ in few of 64 bits. 0 stands for no
/// text. Its bits are the signs of sums over the text's words and pairs of words (M. Charikar, Similarity estimation
/// techniques from rounding algorithms, STOC 2002).
using Sketch = std::uint64_t;

/// Sums up one text after another. Thread rule: one thread at a time.
class Sketcher {
 public:
  /// The next word that carries meaning, as its stem.
  void add(std::string_view stem);

  /// Ends the text, and begins another.
  Sketch finish();

 private:
  struct Counted {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;
  };

  std::span<Counted> count_hashes();

  std::vector<std::uint64_t> hashes_;  // of words and of pairs
  std::uint64_t last_ = 0;
  std::vector<Counted> counted_;      // room for each of them once, from 1
  std::vector<std::uint32_t> slots_;  // places in it by hash; 0 for none
};

/// Whether the texts are near-duplicates; docs/ranking.md has the measurements behind the bound.
inline bool are_similar(Sketch a, Sketch b) {
  constexpr int most_different_bits = 9;
  return a != 0 && b != 0 && std::popcount(a ^ b) <= most_different_bits;
}

/// The form of schema::SketchSlot; of no text, none. Parsing throws Error{Corrupt} for any other.
std::string print_sketch(Sketch sketch);
Sketch parse_sketch(const std::string& value);

}  // namespace limier
