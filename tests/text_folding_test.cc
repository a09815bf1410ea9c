#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>

#include <memory>
#include <string>
#include <string_view>

#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

std::string case_folding(char32_t code_point) {
  FoldingBuffer buffer;
  return std::string(fold_case(code_point, buffer));
}

TEST_CASE("folding: case and typography, accents kept") {
  CHECK(case_folding(U'É') == "é");
  CHECK(case_folding(U'Œ') == "oe");
  CHECK(case_folding(U'æ') == "ae");
  CHECK(case_folding(U'ß') == "ss");
  CHECK(case_folding(U'ﬁ') == "fi");
  CHECK(case_folding(U'Ａ') == "a");
  CHECK(case_folding(U'ᵉ') == "e");
  CHECK(case_folding(U'Ж') == "ж");
  CHECK(case_folding(0xAD).empty());    // soft hyphen
  CHECK(case_folding(0x200B).empty());  // zero-width space
  CHECK(case_folding(0xFEFF).empty());
}

TEST_CASE("folding: texts") {
  const std::string_view cases[][2] = {
      {"Sœur AGNÈS", "soeur agnes"},
      {"E\u0301tat", "etat"},
      {"ÿ ñ ç Ç", "y n c c"},
      {"Straße", "strasse"},
      {"Łódź, Ærø", "lodz, aero"},
      {"oﬃce", "office"},
      {"au\u00ADto\u200Bmobile", "automobile"},
      {"Αθήνα", "αθηνα"},
      {"Йод", "йод"},
      {"हिन्दी", "हिन्दी"},
  };
  for (const auto& [text, expected] : cases) CHECK(fold(text) == expected);
}

TEST_CASE("folding: Latin letters fold as ICU's transliterator Latin-ASCII has it") {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> authority(
      icu::Transliterator::createInstance("Latin-ASCII; Lower", UTRANS_FORWARD, status));
  REQUIRE(U_SUCCESS(status));
  std::size_t compared = 0;
  for (char32_t c = 0xC0; c < 0x180; ++c) {
    if (!u_isalpha(static_cast<UChar32>(c)) || c == 0x149) continue;  // ŉ: the authority writes an apostrophe
    icu::UnicodeString expected(static_cast<UChar32>(c));
    authority->transliterate(expected);
    std::string expected_bytes, text;
    expected.toUTF8String(expected_bytes);
    append_utf8(text, c);
    CAPTURE(text);
    // ŀ keeps the middle dot of Catalan, which Latin-ASCII drops.
    CHECK(fold(text) == (c == 0x13F || c == 0x140 ? "l·" : expected_bytes));
    ++compared;
  }
  CHECK(compared > 180);
}

TEST_CASE("folding: every code point gives valid UTF-8 without white space, the same from NFC and NFD") {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  REQUIRE(U_SUCCESS(status));
  std::size_t wrong = 0;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    FoldingBuffer buffer;
    const std::string folded(fold_case(c, buffer));
    if (!is_valid_utf8(folded) || folded.find(' ') != folded.npos) ++wrong;
    if (c >= 0x1F00) continue;  // past Latin, Greek and Cyrillic NFC and NFD are ICU's matter alone
    icu::UnicodeString decomposed = nfd->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
    std::string composed_text, decomposed_text;
    append_utf8(composed_text, c);
    decomposed.toUTF8String(decomposed_text);
    if (fold(composed_text) != fold(decomposed_text)) ++wrong;
  }
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace limier
