#include "analysis/byte_bits.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace limier {
namespace {

/// Control characters, space, `!` and `"`; `: ; < = > ?`; `,`: what vector instructions tell quickly, and most of what
/// stands between words.
constexpr bool is_gap(unsigned char byte) { return byte <= '"' || (byte >= ':' && byte <= '?') || byte == ','; }

static_assert([] {
  for (unsigned char c = 0; c < 0x80; ++c) {
    if (is_gap(c) && c != ',' && ascii_kinds[c] != CharacterKind::Separator) return false;
  }
  return true;
}());

#ifdef __SSE2__

__m128i in_range(__m128i bytes, char first, char last) {
  const auto from_first = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(from_first, _mm_set1_epi8(static_cast<char>(last - first))), from_first);
}

__m128i equal(__m128i bytes, char byte) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)); }

std::uint64_t bits_of(__m128i mask, std::size_t at) {
  return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(mask))} << at;
}

#endif

}  // namespace

ByteBits read_bits_singly(const char* bytes) {
  ByteBits bits;
  for (std::size_t i = 0; i < ByteBits::block; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    const bool two = has_second_byte(bytes[i]);
    bits.first |= std::uint64_t{two || (byte < 0x80 && is_run_byte[byte])} << i;
    bits.two |= std::uint64_t{two} << i;
    bits.gap |= std::uint64_t{is_gap(byte)} << i;
    bits.point |= std::uint64_t{byte == '.'} << i;
  }
  return bits;
}

#ifdef __SSE2__

ByteBits read_bits(const char* bytes) {
  ByteBits bits;
  for (std::size_t i = 0; i < ByteBits::block; i += sizeof(__m128i)) {
    const auto read = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    const auto lower_case = _mm_or_si128(read, _mm_set1_epi8('a' - 'A'));
    const auto two = in_range(read, '\xC3', '\xC5');
    const auto ascii = _mm_or_si128(in_range(lower_case, 'a', 'z'), in_range(read, '0', '9'));
    const auto signs = _mm_or_si128(in_range(read, ':', '?'), equal(read, ','));
    bits.first |= bits_of(_mm_or_si128(ascii, two), i);
    bits.two |= bits_of(two, i);
    bits.gap |= bits_of(_mm_or_si128(in_range(read, '\0', '"'), signs), i);
    bits.point |= bits_of(equal(read, '.'), i);
  }
  return bits;
}

#else

ByteBits read_bits(const char* bytes) { return read_bits_singly(bytes); }

#endif

}  // namespace limier
