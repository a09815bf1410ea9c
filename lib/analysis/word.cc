#include "analysis/word.h"

#include "analysis/elision.h"
#include "analysis/glued.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

bool is_lower_letter(unsigned char byte) { return byte >= 'a' && byte <= 'z'; }
bool is_upper_letter(unsigned char byte) { return byte >= 'A' && byte <= 'Z'; }
bool is_digit(unsigned char byte) { return byte >= '0' && byte <= '9'; }

/// The ASCII characters of a run from `at` on; returns where they end.
std::size_t read_ascii(std::string_view text, std::size_t at, Word& word) {
  const auto begin = at;
  std::uint32_t digits = 0;
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (is_lower_letter(byte)) {
      word.exact.append(static_cast<char>(byte));
    } else if (is_upper_letter(byte)) {
      word.exact.append(static_cast<char>(byte + ('a' - 'A')));
    } else if (is_digit(byte)) {
      word.exact.append(static_cast<char>(byte));
      ++digits;
    } else {
      break;
    }
  }
  if (at == begin) return at;
  word.letters += static_cast<std::uint32_t>(at - begin) - digits;
  word.digits += digits;
  word.end = static_cast<std::uint32_t>(at);
  word.ends_in_digit = is_digit(static_cast<unsigned char>(text[at - 1]));
  return at;
}

/// As many as ASCII would have taken: two for the ligature ﬁ.
std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) ++count;
  return count;
}

/// One character outside ASCII that belongs to the run.
void read_character(char32_t code_point, CharacterProperties properties, std::uint32_t end, Word& word) {
  if (properties.kind == CharacterKind::Ignorable) return;
  FoldingBuffer buffer;
  const auto folded = fold_case(code_point, buffer);
  word.exact.append(folded);
  word.end = end;
  word.ascii = false;
  if (properties.kind == CharacterKind::Mark) return;
  word.ends_in_digit = properties.kind == CharacterKind::Digit;
  if (word.ends_in_digit) {
    ++word.digits;
  } else {
    word.letters += count_code_points(folded);
    word.latin = word.latin && properties.latin;
  }
}

/// All letters and digits from byte `at` on.
void read_whole_run(std::string_view text, std::uint32_t at, Word& word) {
  word.exact.clear();
  word.begin = word.end = at;
  word.letters = word.digits = 0;
  word.ascii = word.latin = true;
  word.apostrophes = word.as_written = word.joined = word.dropped = false;
  word.rule = {};
  bool composes = false;
  std::size_t next = at;
  while ((next = read_ascii(text, next, word)) < text.size() && static_cast<unsigned char>(text[next]) >= 0x80) {
    const auto [code_point, length] = decode_utf8(text, next);
    const auto properties = properties_of(code_point);
    if (!belongs_to_run(properties.kind)) break;
    next += length;
    read_character(code_point, properties, static_cast<std::uint32_t>(next), word);
    composes = composes || properties.composes;
  }
  if (composes) word.exact.assign(to_nfc(word.exact.view()));
}

}  // namespace

void read_run(std::string_view text, std::uint32_t at, Word& word) {
  read_whole_run(text, at, word);
  const auto sentence = find_glued_sentence(text, at, word.end);
  const bool is_glued = sentence < word.end && elision_of(word.exact.view()) == Elision::Never;  // not lorsQu'il
  if (is_glued) read_whole_run(text.substr(0, sentence), at, word);
}

void join(Word& word, std::string_view link, const Word& next) {
  word.exact.append(link);
  word.exact.append(next.exact.view());
  word.end = next.end;
  word.letters += next.letters;
  word.digits += next.digits;
  word.ascii = word.ascii && next.ascii;
  word.latin = word.latin && next.latin;
  word.ends_in_digit = next.ends_in_digit;
}

bool is_title_case(std::string_view text, const Word& word) {
  const auto first = character_at(text, word.begin);
  if (!is_upper_case(first.code)) return false;
  auto second = character_at(text, first.end);
  while (second.kind == CharacterKind::Mark) second = character_at(text, second.end);
  return second.begin < word.end && is_lower_case(second.code);
}

bool begins_sentence(std::string_view text, const Word& before, const Word& word) {
  if (!is_upper_case(character_at(text, word.begin).code)) return false;
  return is_title_case(text, word) || ends_in_small_letter(text, before.end);
}

}  // namespace limier
