#include "analysis/characters.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include <array>

#include "text/utf8.h"

namespace limier {
namespace {

// What typists and OCR put for an apostrophe: typewriter, grave and acute accents, letter apostrophes, quotation marks,
// prime, full width.
constexpr char32_t apostrophes[] = {0xB4, 0x2B9, 0x2BB, 0x2BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07};
constexpr char32_t hyphens[] = {0x2010, 0x2011, 0xFE63, 0xFF0D};
constexpr char32_t points[] = {0xB7, 0x387, 0x2022, 0x2027, 0x22C5, 0x30FB};
constexpr char32_t signs[] = {0xB2, 0xB3};

template <std::size_t N>
bool is_one_of(const char32_t (&list)[N], char32_t c) {
  for (const char32_t item : list) {
    if (item == c) return true;
  }
  return false;
}

bool is_subscript_digit(char32_t c) { return c >= 0x2080 && c <= 0x2089; }

CharacterKind kind_from_icu(UChar32 c) {
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CharacterKind::Ignorable;
  switch (u_charType(c)) {
    case U_ENCLOSING_MARK:
      return CharacterKind::Ignorable;  // the frame of 1⃣
    case U_DECIMAL_DIGIT_NUMBER:
      return CharacterKind::Digit;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharacterKind::Mark;
    default:
      break;
  }
  if (!u_isUAlphabetic(c)) return CharacterKind::Separator;
  switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
    case U_WB_HEBREW_LETTER:
      return CharacterKind::Letter;
    case U_WB_EXTEND:
      return CharacterKind::Mark;
    default:
      return CharacterKind::Unspaced;
  }
}

CharacterKind find_kind(char32_t c) {
  if (c < ascii_kinds.size()) return ascii_kinds[c];
  if (is_one_of(apostrophes, c)) return CharacterKind::Apostrophe;
  if (is_one_of(hyphens, c)) return CharacterKind::Hyphen;
  if (is_one_of(points, c)) return CharacterKind::Point;
  if (is_one_of(signs, c)) return CharacterKind::Sign;
  if (is_subscript_digit(c)) return CharacterKind::Digit;
  if (c == 0xBA) return CharacterKind::Separator;  // nº 5 is typed for n° 5
  return kind_from_icu(static_cast<UChar32>(c));
}

CharacterProperties find_properties(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  UErrorCode status = U_ZERO_ERROR;
  return {.kind = find_kind(code_point),
          .latin = uscript_getScript(c, &status) == USCRIPT_LATIN,
          .composes = u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES || u_getCombiningClass(c) != 0};
}

/// What ICU says of the scripts that French pages hold, and of punctuation, asked once.
class PropertiesTable {
 public:
  static constexpr char32_t limit = 0x2200;

  PropertiesTable() {
    for (char32_t c = 0; c < limit; ++c) entries_[c] = find_properties(c);
  }

  CharacterProperties operator[](char32_t c) const { return entries_[c]; }

 private:
  std::array<CharacterProperties, limit> entries_;
};

}  // namespace

CharacterProperties properties_of(char32_t code_point) {
  static const PropertiesTable table;
  if (code_point < PropertiesTable::limit) return table[code_point];
  if (code_point == invalid_code_point) return {};
  return find_properties(code_point);
}

Character other_character_at(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const auto [code, length] = decode_utf8(text, at);
    const auto kind = properties_of(code).kind;
    if (kind != CharacterKind::Ignorable) {
      return {code, kind, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
    }
    at += length;
  }
  const auto end = static_cast<std::uint32_t>(text.size());
  return {0, CharacterKind::Separator, end, end};
}

bool is_white_space(char32_t code_point) {
  return code_point != invalid_code_point && u_isUWhiteSpace(static_cast<UChar32>(code_point));
}

bool is_upper_case(char32_t code_point) {
  return code_point != invalid_code_point && u_isupper(static_cast<UChar32>(code_point));
}

bool is_lower_case(char32_t code_point) {
  return code_point != invalid_code_point && u_islower(static_cast<UChar32>(code_point));
}

bool ends_in_small_letter(std::string_view text, std::uint32_t end) {
  for (;;) {
    const auto [code, length] = decode_utf8_before(text, end);
    const auto kind = properties_of(code).kind;
    if (kind != CharacterKind::Mark && kind != CharacterKind::Ignorable) return is_lower_case(code);
    end -= length;
  }
}

}  // namespace limier
