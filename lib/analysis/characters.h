#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace limier {

/// What a character does to the words around it. From ICU's word break property (UAX #29), refined for French.
enum class CharacterKind : std::uint8_t {
  Separator,   ///< White space, punctuation, symbols, bytes that are not UTF-8.
  Letter,      ///< Of a script that separates words, such as Latin, Cyrillic or Arabic.
  Digit,       ///< Also a subscript one, as in CO₂.
  Mark,        ///< A combining mark: belongs to the letter before.
  Ignorable,   ///< Soft hyphen, zero-width characters, variation selectors: as if it were not there.
  Unspaced,    ///< A letter of a script without spaces, such as Chinese or Thai: ICU finds the words.
  Apostrophe,  ///< ' ’ and all that is typed or recognised for them.
  Hyphen,      ///< - and its variants; _ too, which ties words in names of files and accounts.
  Point,       ///< The middle dots of inclusive writing.
  Sign,        ///< Separates words unless a rule knows better: . , ( @ + # & ² ³
};

/// Whether such a character goes on with a run of letters and digits.
inline bool belongs_to_run(CharacterKind kind) {
  return kind == CharacterKind::Letter || kind == CharacterKind::Digit || kind == CharacterKind::Mark ||
         kind == CharacterKind::Ignorable;
}

/// Thread rule: a plain value.
struct CharacterProperties {
  CharacterKind kind = CharacterKind::Separator;
  bool latin = false;     ///< Of the Latin script.
  bool composes = false;  ///< May change together with what stands before it in NFC.
};

/// The kinds of the ASCII characters, without asking ICU: most texts hold little else.
constexpr std::array<CharacterKind, 128> ascii_kinds = [] {
  std::array<CharacterKind, 128> kinds{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 'a' + 'A'] = CharacterKind::Letter;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = CharacterKind::Digit;
  for (const char32_t c : {U'.', U',', U'(', U'@', U'+', U'#', U'&'}) kinds[c] = CharacterKind::Sign;
  kinds['\''] = kinds['`'] = CharacterKind::Apostrophe;
  kinds['-'] = kinds['_'] = CharacterKind::Hyphen;
  return kinds;
}();

CharacterProperties properties_of(char32_t code_point);

/// A character where it stands in a text.
/// Thread rule: a plain value.
struct Character {
  char32_t code = 0;
  CharacterKind kind = CharacterKind::Separator;
  std::uint32_t begin = 0, end = 0;  ///< In bytes.

  bool starts_word() const { return kind == CharacterKind::Letter || kind == CharacterKind::Digit; }
};

/// `character_at` for a text that goes on with a byte outside ASCII, or ends.
Character other_character_at(std::string_view text, std::size_t at);

/// The first character from byte `at` on that is not ignorable. At the end of the text: a separator of no bytes.
inline Character character_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || static_cast<unsigned char>(text[at]) >= 0x80) return other_character_at(text, at);
  const auto code = static_cast<unsigned char>(text[at]);
  const auto begin = static_cast<std::uint32_t>(at);
  return {code, ascii_kinds[code], begin, begin + 1};
}

bool is_white_space(char32_t code_point);
bool is_upper_case(char32_t code_point);
bool is_lower_case(char32_t code_point);

/// Whether the letter that ends at byte `end`, its marks aside, is a small one. REQUIRES that a run of letters and
/// digits ends there, or goes on.
bool ends_in_small_letter(std::string_view text, std::uint32_t end);

}  // namespace limier
