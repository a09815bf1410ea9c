#include "analysis/elision.h"

#include <algorithm>
#include <iterator>

#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::string_view elided_words[] = {"c", "d", "j",  "l",     "m",      "n",      "s",      "t",      "y",
                                             "z", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu"};

bool is_elided_word(std::string_view exact) {
  return std::find(std::begin(elided_words), std::end(elided_words), exact) != std::end(elided_words);
}

bool is_one_of(char letter, std::string_view letters) { return letters.find(letter) != letters.npos; }

/// h may be mute, and y sounds as a vowel: `l’homme`, `l’Yonne`.
bool begins_with_consonant(std::string_view exact) { return is_one_of(exact.front(), "bcdfgjklmnpqrstvwxz"); }

bool is_elided_itself(std::string_view text, const Word& word) {
  return is_elided_word(word.exact.view()) && character_at(text, word.end).kind == CharacterKind::Apostrophe;
}

/// Names in which the apostrophe elides nothing.
bool is_name(std::string_view text, const Word& word, const Word& rest) {
  if (rest.letters < 2 || is_elided_itself(text, rest)) return false;
  const auto prefix = word.exact.view();
  if (prefix == "m" && rest.exact.view().starts_with("ham")) return true;  // M'Hamed
  if (!begins_with_consonant(rest.exact.view())) return false;
  // ne and me lose their vowel before another alone: N'Djamena, M'Bala.
  if (prefix == "n" || prefix == "m") return true;
  // In speech de, te and se lose it everywhere (`d'la`), so the name has to look like one: D'Souza, T'Challa.
  return is_one_of(prefix.front(), "dts") && is_upper_case(character_at(text, word.begin).code) &&
         is_title_case(text, rest);
}

/// Words of the dictionary that were two words once.
bool is_lexical(const Word& word, const Word& rest) {
  const auto prefix = word.exact.view();
  const auto exact = rest.exact.view();
  if (prefix == "quelqu") return exact == "un" || exact == "une" || exact == "uns" || exact == "unes";
  if (prefix == "presqu") return exact.starts_with("île") || exact.starts_with("ile");
  return false;
}

bool is_opening(char32_t code) {
  return is_white_space(code) || code == '"' || code == '(' || code == '[' || code == 0xAB || code == 0x201C;
}

bool begins_word(Character character) { return character.starts_word() || character.kind == CharacterKind::Unspaced; }

/// `l’« homme »`, `d' abord`, `l''homme`: the word comes after an opening sign or two.
bool is_word_near(std::string_view text, Character next) {
  for (int signs = 0; signs < 3 && !begins_word(next); ++signs) {
    if (!is_opening(next.code) && next.kind != CharacterKind::Apostrophe) return false;
    next = character_at(text, next.end);
  }
  return begins_word(next);
}

/// The apostrophe before the word opens a quotation: it is not that of an elision before, as in `d'l' autre`.
bool is_quoted(std::string_view text, const Word& word) {
  if (word.begin == 0) return false;
  const auto quote = utf8_boundary(text, word.begin - 1);
  if (character_at(text, quote).kind != CharacterKind::Apostrophe) return false;
  return quote == 0 || !character_at(text, utf8_boundary(text, quote - 1)).starts_word();
}

}  // namespace

Elision elision_of(std::string_view exact) {
  if (!is_elided_word(exact) || exact == "quelqu" || exact == "presqu") return Elision::Never;
  return exact.size() == 1 && is_one_of(exact[0], "nmdts") ? Elision::BeforeVowel : Elision::BeforeAll;
}

bool is_elision(std::string_view text, const Word& word) {
  const auto apostrophe = character_at(text, word.end);
  if (apostrophe.kind != CharacterKind::Apostrophe || !is_elided_word(word.exact.view())) return false;
  const auto next = character_at(text, apostrophe.end);
  if (next.kind == CharacterKind::Unspaced) return true;
  if (!next.starts_word()) return is_word_near(text, next) && !is_quoted(text, word);
  Word rest;
  read_run(text, next.begin, rest);
  return !is_name(text, word, rest) && !is_lexical(word, rest);
}

bool join_apostrophes(std::string_view text, Word& word) {
  bool any = false;
  while (word.is_letters()) {
    const auto apostrophe = character_at(text, word.end);
    if (apostrophe.kind != CharacterKind::Apostrophe) break;
    const auto next = character_at(text, apostrophe.end);
    if (next.kind != CharacterKind::Letter) break;
    Word rest;
    read_run(text, next.begin, rest);
    join(word, "'", rest);
    word.apostrophes = true;
    any = true;
  }
  return any;
}

}  // namespace limier
