#include "analysis/word.h"

#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

bool is_lower_letter(unsigned char byte) { return byte >= 'a' && byte <= 'z'; }
bool is_upper_letter(unsigned char byte) { return byte >= 'A' && byte <= 'Z'; }
bool is_digit(unsigned char byte) { return byte >= '0' && byte <= '9'; }

/// The ASCII characters of a run from `at` on; returns where they end.
std::size_t read_ascii(std::string_view text, std::size_t at, Word& word) {
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (is_lower_letter(byte)) {
      word.exact.append(static_cast<char>(byte));
      ++word.letters;
    } else if (is_upper_letter(byte)) {
      word.exact.append(static_cast<char>(byte + ('a' - 'A')));
      ++word.letters;
    } else if (is_digit(byte)) {
      word.exact.append(static_cast<char>(byte));
      ++word.digits;
    } else {
      break;
    }
    word.end = static_cast<std::uint32_t>(at + 1);
  }
  return at;
}

/// As many as ASCII would have taken: two for the ligature ﬁ.
std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) ++count;
  return count;
}

/// One character outside ASCII; false where the run ends before it.
bool read_character(DecodedCodePoint character, std::size_t at, Word& word, bool& composes) {
  const auto properties = properties_of(character.value);
  if (properties.kind == CharacterKind::Ignorable) return true;
  FoldingBuffer buffer;
  const auto folded = fold_case(character.value, buffer);
  switch (properties.kind) {
    case CharacterKind::Letter:
      word.letters += count_code_points(folded);
      word.latin = word.latin && properties.latin;
      break;
    case CharacterKind::Digit:
      ++word.digits;
      break;
    case CharacterKind::Mark:
      break;
    default:
      return false;
  }
  word.exact.append(folded);
  word.end = static_cast<std::uint32_t>(at + character.length);
  composes = composes || properties.composes;
  return true;
}

}  // namespace

void read_run(std::string_view text, std::uint32_t at, Word& word) {
  word.exact.clear();
  word.begin = word.end = at;
  word.letters = word.digits = 0;
  word.latin = true;
  word.as_written = word.joined = false;
  bool composes = false;
  std::size_t next = at;
  while ((next = read_ascii(text, next, word)) < text.size()) {
    const auto character = decode_utf8(text, next);
    if (character.value < 0x80 || !read_character(character, next, word, composes)) break;
    next += character.length;
  }
  if (composes) word.exact.assign(to_nfc(word.exact.view()));
  word.ends_in_digit = properties_of(decode_utf8_before(text, word.end).value).kind == CharacterKind::Digit;
}

void join(Word& word, std::string_view link, const Word& next) {
  word.exact.append(link);
  word.exact.append(next.exact.view());
  word.end = next.end;
  word.letters += next.letters;
  word.digits += next.digits;
  word.latin = word.latin && next.latin;
  word.ends_in_digit = next.ends_in_digit;
}

bool is_title_case(std::string_view text, const Word& word) {
  const auto first = character_at(text, word.begin);
  const auto second = character_at(text, first.end);
  return is_upper_case(first.code) && second.begin < word.end && !is_upper_case(second.code);
}

}  // namespace limier
