#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "analysis/characters.h"

namespace limier {

/// Whether a byte may be of a run of letters and digits: those of ASCII, and the bytes of U+00C0 to U+017F. Whether
/// such bytes are letters indeed (the two of `×` are none) is asked when the word is learnt.
constexpr std::array<bool, 256> is_run_byte = [] {
  std::array<bool, 256> is{};
  for (std::size_t c = 0; c < 0x80; ++c) {
    is[c] = ascii_kinds[c] == CharacterKind::Letter || ascii_kinds[c] == CharacterKind::Digit;
  }
  for (std::size_t c = 0x80; c < 0xC0; ++c) is[c] = true;
  is[0xC3] = is[0xC4] = is[0xC5] = true;
  return is;
}();

/// Whether a byte is the first of a letter from U+00C0 to U+017F.
constexpr bool has_second_byte(char byte) { return byte >= '\xC3' && byte <= '\xC5'; }

/// What each byte of a block is, as bits, those of the first byte lowest.
/// Thread rule: a plain value.
struct ByteBits {
  static constexpr std::size_t block = 64;  ///< Bytes.

  std::uint64_t first = 0;  ///< A letter or digit of ASCII, or the first byte of a letter from U+00C0 to U+017F.
  std::uint64_t two = 0;    ///< The latter: a second byte follows.
  std::uint64_t gap =
      0;  ///< Parts words and does nothing else to them, unless they are numbers: white space, `,`, `!`.
  std::uint64_t point = 0;  ///< A full stop.

  bool operator==(const ByteBits&) const = default;
};

/// Reads the 64 bytes of a block: by 16 at a time where the machine can (SSE2, which every x86-64 has).
ByteBits read_bits(const char* bytes);

/// The same byte by byte, for other machines.
ByteBits read_bits_singly(const char* bytes);

}  // namespace limier
