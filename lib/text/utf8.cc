#include "text/utf8.h"

#include <simdjson.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace limier {
namespace {

constexpr std::size_t longest_sequence = 4;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

DecodedCodePoint decode_multibyte_utf8(std::string_view text, std::size_t at) {
  const auto window = text.substr(at, longest_sequence);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(window.data());
  const auto size = static_cast<std::int32_t>(window.size());
  std::int32_t length = 0;
  UChar32 value = 0;
  U8_NEXT(bytes, length, size, value);
  return {value < 0 ? invalid_code_point : static_cast<char32_t>(value), static_cast<std::uint32_t>(length)};
}

DecodedCodePoint decode_utf8_before(std::string_view text, std::size_t at) {
  return decode_utf8(text, utf8_boundary(text, at - 1));
}

void append_utf8(std::string& out, char32_t code_point) {
  std::uint8_t bytes[longest_sequence];
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code_point);
  out.append(reinterpret_cast<const char*>(bytes), length);
}

bool is_valid_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::string replace_invalid_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, length] = decode_utf8(text, at);
    if (value == invalid_code_point) {
      append_utf8(out, 0xFFFD);
    } else {
      out.append(text.substr(at, length));
    }
    at += length;
  }
  return out;
}

std::size_t utf8_boundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && is_continuation(text[at])) --at;
  return at;
}

}  // namespace limier
