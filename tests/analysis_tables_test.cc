// The tables of the analyzer's fast path, held against ICU and against the rules.
#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/byte_bits.h"
#include "analysis/characters.h"
#include "analysis/known_words.h"
#include "analysis/word.h"
#include "analysis/word_forms.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// Calls `visit` with every code point that UTF-8 can write.
template <typename Visit>
void for_all_code_points(const Visit& visit) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c > 0xDFFF) visit(c);
  }
}

std::string utf8_of(char32_t code_point) {
  std::string bytes;
  append_utf8(bytes, code_point);
  return bytes;
}

/// Signs that French uses, whatever else ICU makes of them: docs/analysis.md has what for.
bool is_listed(char32_t c) {
  constexpr std::u32string_view signs = U".,(@+#&\u00B2\u00B3";
  constexpr std::u32string_view apostrophes = U"'`\u00B4\u02B9\u02BB\u02BC\u2018\u2019\u201B\u2032\uFF07";
  constexpr std::u32string_view hyphens = U"-_\u2010\u2011\uFE63\uFF0D";
  constexpr std::u32string_view points = U"\u00B7\u0387\u2022\u2027\u22C5\u30FB";
  constexpr char32_t ordinal = 0xBA;  // nº 5
  for (const auto list : {signs, apostrophes, hyphens, points}) {
    if (list.find(c) != list.npos) return true;
  }
  return c == ordinal;
}

CharacterKind kind_by_icu(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  const auto type = u_charType(c);
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || type == U_ENCLOSING_MARK) {
    return CharacterKind::Ignorable;
  }
  if (type == U_DECIMAL_DIGIT_NUMBER || (c >= 0x2080 && c <= 0x2089)) return CharacterKind::Digit;
  if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) return CharacterKind::Mark;
  if (!u_isUAlphabetic(c)) return CharacterKind::Separator;
  const auto word_break = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
  if (word_break == U_WB_ALETTER || word_break == U_WB_HEBREW_LETTER) return CharacterKind::Letter;
  return word_break == U_WB_EXTEND ? CharacterKind::Mark : CharacterKind::Unspaced;
}

TEST_CASE("analyzer tables: every code point is what ICU says") {
  std::size_t letters = 0, wrong = 0;
  for_all_code_points([&](char32_t code_point) {
    const auto c = static_cast<UChar32>(code_point);
    const auto properties = properties_of(code_point);
    UErrorCode status = U_ZERO_ERROR;
    if (properties.latin != (uscript_getScript(c, &status) == USCRIPT_LATIN)) ++wrong;
    const bool stands_for_itself =
        u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES && u_getCombiningClass(c) == 0;
    if (properties.composes == stands_for_itself) ++wrong;
    if (!is_listed(code_point) && properties.kind != kind_by_icu(code_point)) ++wrong;
    if (properties.kind == CharacterKind::Letter) ++letters;
  });
  CHECK(wrong == 0);
  CHECK(letters > 25'000);
}

TEST_CASE("analyzer tables: every code point is folded as ICU folds it") {
  UErrorCode status = U_ZERO_ERROR;
  const auto* authority = icu::Normalizer2::getNFKCCasefoldInstance(status);
  REQUIRE(U_SUCCESS(status));
  const std::u32string_view french = U"ŒœÆæǢǣǼǽŉ";  // letters that French readers replace
  std::size_t changed = 0, wrong = 0;
  for_all_code_points([&](char32_t c) {
    if (french.find(c) != french.npos) return;
    std::string expected;
    const auto folded = authority->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
    for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
      if (!u_isUWhiteSpace(folded.char32At(at))) append_utf8(expected, static_cast<char32_t>(folded.char32At(at)));
    }
    FoldingBuffer buffer;
    if (fold_case(c, buffer) != expected) ++wrong;
    if (expected != utf8_of(c)) ++changed;
  });
  CHECK(wrong == 0);
  CHECK(changed > 5'000);
}

TEST_CASE("analyzer tables: every Latin and Greek letter loses the accents that ICU takes off, others keep them") {
  UErrorCode status = U_ZERO_ERROR;
  const auto* decomposing = icu::Normalizer2::getNFDInstance(status);
  REQUIRE(U_SUCCESS(status));
  const auto ascii_of = [](char32_t c) -> std::string {  // of the letters with a stroke or of another shape
    const std::u32string_view letters = U"ðđøþħıĸłŋŧ";
    const std::string_view ascii[] = {"d", "d", "o", "th", "h", "i", "q", "l", "n", "t"};
    const auto at = letters.find(c);
    return at == letters.npos ? utf8_of(c) : std::string(ascii[at]);
  };
  std::size_t changed = 0, wrong = 0;
  for_all_code_points([&](char32_t c) {
    const auto script = uscript_getScript(static_cast<UChar32>(c), &status);
    std::string expected;
    const bool is_mark = u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;  // also of Greek musical notation
    if (!is_mark && (script == USCRIPT_LATIN || script == USCRIPT_GREEK)) {
      const auto parts = decomposing->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
      for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const auto part = parts.char32At(at);
        if (u_charType(part) != U_NON_SPACING_MARK) expected += ascii_of(static_cast<char32_t>(part));
      }
    } else if (c < 0x300 || c > 0x36F) {
      expected = utf8_of(c);
    }
    FoldingBuffer buffer;
    if (fold_accents(c, buffer) != expected) ++wrong;
    if (expected != utf8_of(c)) ++changed;
  });
  CHECK(wrong == 0);
  CHECK(changed > 850);
}

TEST_CASE("analyzer tables: the bits of every code point's bytes agree with what the character is") {
  std::size_t letters = 0, gaps = 0, wrong = 0;
  for_all_code_points([&](char32_t c) {
    const auto kind = properties_of(c).kind;
    auto block = utf8_of(c);
    const auto size = block.size();
    block.resize(ByteBits::block, '-');
    const auto bits = read_bits(block.data());
    const bool may_begin_run =
        c < 0x80 ? kind == CharacterKind::Letter || kind == CharacterKind::Digit : c >= 0xC0 && c <= 0x17F;
    if (bits.first != std::uint64_t{may_begin_run}) ++wrong;
    if (bits.two != std::uint64_t{may_begin_run && size == 2}) ++wrong;
    if (bits.gap > 1 || (bits.gap == 1 && kind != CharacterKind::Separator && c != ',')) ++wrong;
    if (bits.point != std::uint64_t{c == '.'}) ++wrong;
    letters += bits.first;
    gaps += bits.gap;
  });
  CHECK(wrong == 0);
  CHECK(letters == 62 + 192);
  CHECK(gaps == 42);
}

TEST_CASE("analyzer tables: bytes read by sixteen are as those read one by one") {
  std::size_t wrong = 0;
  for (std::size_t at = 0; at < ByteBits::block; ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string block(ByteBits::block, ' ');
      block[at] = static_cast<char>(byte);
      if (read_bits(block.data()) != read_bits_singly(block.data())) ++wrong;
    }
  }
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string block(ByteBits::block, '\0');
    for (char& byte : block) byte = static_cast<char>(random() % 256);
    if (read_bits(block.data()) != read_bits_singly(block.data())) ++wrong;
  }
  CHECK(wrong == 0);
}

const KnownWord* find(KnownWords& words, std::string_view written) {
  const auto key = key_of(written);
  return words.find(key, words.place_of(key));
}

TEST_CASE("analyzer tables: known words are remembered as they were learnt, and no more than there are places") {
  const AnalyzerOptions options;
  KnownWords words(options);
  std::mt19937 random(1);
  const std::string_view letters[] = {"a", "e", "i", "o", "s", "t", "r", "n", "é", "ç"};
  std::set<std::string> learnt;
  std::size_t wide = 0, wrong = 0;
  while (learnt.size() < KnownWords::places * 5 / 4) {
    std::string written = random() % 4 == 0 ? "E" : "a";
    for (auto rest = 3 + random() % 8; rest > 0; --rest) written += letters[random() % std::size(letters)];
    if (written.size() > WordKey::longest || !learnt.insert(written).second) continue;
    const auto* known = words.learn(written);
    if (!known || !find(words, written)) {
      ++wrong;
      continue;
    }
    wide += known->wide;
  }
  CHECK(wide > learnt.size() / 20);

  std::size_t places = 0;
  Word word;
  WordForms forms;
  for (const auto& written : learnt) {
    const auto* known = find(words, written);
    if (!known) continue;
    places += known->places();
    read_run(written, 0, word);
    compute_forms(word, options, forms);
    if (known->view(known->exact) != word.exact.view() || known->view(known->folded) != forms.folded.view() ||
        known->view(known->stem) != forms.stem.view()) {
      ++wrong;
    }
  }
  CHECK(wrong == 0);
  CHECK(places > KnownWords::places / 2);
  CHECK(places <= KnownWords::places);
}

}  // namespace
}  // namespace limier
