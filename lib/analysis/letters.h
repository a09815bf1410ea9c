#pragma once

#include <cstddef>
#include <string_view>

namespace limier {

inline bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// How many code points valid UTF-8 has.
inline std::size_t count_letters(std::string_view word) {
  std::size_t letters = 0;
  for (const char byte : word) letters += is_continuation(byte) ? 0U : 1U;
  return letters;
}

/// Of the code points of a case-folded word: digits and signs are none.
inline bool is_letter(std::string_view code_point) {
  return code_point.size() > 1 || (code_point[0] >= 'a' && code_point[0] <= 'z');
}

/// In bytes, of the code point at byte `at`. REQUIRES at < word.size() and valid UTF-8.
inline std::size_t letter_length(std::string_view word, std::size_t at) {
  std::size_t length = 1;
  while (at + length < word.size() && is_continuation(word[at + length])) ++length;
  return length;
}

}  // namespace limier
