#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace limier {

/// What `decode_utf8` gives for bytes that are not UTF-8.
inline constexpr char32_t invalid_code_point = 0xFFFFFFFF;

/// Thread rule: a plain value.
struct DecodedCodePoint {
  char32_t value = invalid_code_point;
  std::uint32_t length =
      1;  ///< In bytes, from 1; of ill-formed bytes, their maximal subpart (Unicode, 3.9, table 3-8).
};

/// `decode_utf8` for a text that goes on with a byte outside ASCII.
DecodedCodePoint decode_multibyte_utf8(std::string_view text, std::size_t at);

/// Reads the code point at byte `at`. REQUIRES at < text.size().
inline DecodedCodePoint decode_utf8(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, 1};
  if (byte >= 0xC2 && byte < 0xE0 && at + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((second & 0xC0) == 0x80) return {static_cast<char32_t>((byte & 0x1F) << 6 | (second & 0x3F)), 2};
  }
  return decode_multibyte_utf8(text, at);
}

/// Reads the code point that ends at byte `at`. REQUIRES 0 < at <= text.size() and valid UTF-8.
DecodedCodePoint decode_utf8_before(std::string_view text, std::size_t at);

/// Appends a code point. REQUIRES a Unicode scalar value, so no surrogate.
void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

/// The text with every maximal ill-formed subpart replaced by U+FFFD, as browsers do (WHATWG, Encoding Standard).
std::string replace_invalid_utf8(std::string_view text);

/// The largest offset up to `at` that does not cut a code point: for shortening a text. REQUIRES valid UTF-8.
std::size_t utf8_boundary(std::string_view text, std::size_t at);

}  // namespace limier
