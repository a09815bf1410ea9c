#include <doctest/doctest.h>
#include <unicode/unistr.h>

#include <string>

#include "text/utf8.h"

namespace limier {
namespace {

TEST_CASE("utf8: every scalar value survives encoding and decoding") {
  std::size_t seen = 0;
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, value);
    const auto decoded = decode_utf8(text, 0);
    const auto before = decode_utf8_before(text, text.size());
    if (decoded.value == value && decoded.length == text.size() && before.value == value) ++seen;
  }
  CHECK(seen == 0x110000 - 0x800);
}

TEST_CASE("utf8: ill-formed bytes are told from well-formed ones") {
  const char* const ill_formed[] = {"\x80", "\xC3", "\xC0\xAF", "\xE2\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"};
  for (const char* text : ill_formed) {
    CAPTURE(text);
    CHECK_FALSE(is_valid_utf8(text));
    CHECK(decode_utf8(text, 0).value == invalid_code_point);
  }
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("L’été à Tōkyō 🙂"));
}

TEST_CASE("utf8: invalid bytes become U+FFFD as in ICU") {
  CHECK(replace_invalid_utf8("déjà") == "déjà");
  CHECK(replace_invalid_utf8("d\xE9j\xE0!") == "d\uFFFDj\uFFFD!");
  CHECK(replace_invalid_utf8("\xE2\x80") == "\uFFFD");
  // All pairs of bytes between two letters: 65,536 texts.
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text = {'a', static_cast<char>(first), static_cast<char>(second), 'b'};
      std::string expected;
      icu::UnicodeString::fromUTF8(text).toUTF8String(expected);
      if (replace_invalid_utf8(text) != expected) FAIL_CHECK("bytes " << first << ' ' << second);
    }
  }
}

TEST_CASE("utf8: a boundary never cuts a code point") {
  const std::string text = "aé’🙂";  // 1 + 2 + 3 + 4 bytes
  const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
  for (std::size_t at = 0; at < std::size(expected); ++at) CHECK(utf8_boundary(text, at) == expected[at]);
}

}  // namespace
}  // namespace limier
