#include "analysis/inclusive.h"

#include <algorithm>
#include <iterator>

namespace limier {
namespace {

/// An ending that makes the feminine or the plural, and the last letters of the words that take it; empty: all.
struct Ending {
  std::string_view text;
  std::string_view after;
};
constexpr Ending endings[] = {
    {"e", ""},     {"es", ""},      {"s", ""},      {"x", ""},        {"le", "l"},    {"les", "ls"},
    {"ne", "n"},   {"nes", "ns"},   {"te", "tu"},   {"tes", "tus"},   {"se", "xs"},   {"ses", "xs"},
    {"sse", "e"},  {"sses", "es"},  {"ve", "f"},    {"ves", "fs"},    {"ice", "r"},   {"ices", "rs"},
    {"rice", "r"}, {"rices", "rs"}, {"trice", "r"}, {"trices", "rs"}, {"euse", "r"},  {"euses", "rs"},
    {"eure", "r"}, {"eures", "rs"}, {"ère", "r"},   {"ères", "rs"},   {"ière", "r"},  {"ières", "rs"},
    {"ive", "f"},  {"ives", "fs"},  {"esse", "er"}, {"esses", "ers"}, {"elle", "lu"}, {"elles", "lsx"},
    {"ale", "l"},  {"ales", "lx"},  {"enne", "n"},  {"ennes", "ns"},  {"onne", "n"},  {"onnes", "ns"},
};

bool is_ending(std::string_view text, std::string_view word) {
  for (const auto& ending : endings) {
    if (ending.text == text) return ending.after.empty() || ending.after.find(word.back()) != ending.after.npos;
  }
  return false;
}

bool is_plural(std::string_view ending) { return ending == "s" || ending == "x" || ending == "aux"; }

/// Reads the letters after a sign; false where there are none.
bool read_letters(std::string_view text, Character sign, Word& letters) {
  const auto next = character_at(text, sign.end);
  if (next.kind != CharacterKind::Letter) return false;
  read_run(text, next.begin, letters);
  return letters.is_letters();
}

/// Whether one ending without `·s` behind shows inclusive writing. A point may end a sentence, a hyphen make a
/// compound.
bool is_sure_alone(char32_t sign, std::string_view ending, const Word& word) {
  switch (sign) {
    case '.':
      return ending != "x" && (ending != "s" || word.letters > 3);  // Génération.s
    case '-':
    case '_':
      return ending == "es";  // Mach-E is a car
    default:
      return true;
  }
}

/// `étudiant·e·s`, with any of the signs between.
bool join_pointed(std::string_view text, Character sign, Word& word) {
  Word ending, plural;
  if (!read_letters(text, sign, ending) || begins_sentence(text, word, ending)) return false;
  if (!is_ending(ending.exact.view(), word.exact.view())) return false;
  const auto second = character_at(text, ending.end);
  const bool both = second.code == sign.code && read_letters(text, second, plural) && is_plural(plural.exact.view());
  if (!both && !is_sure_alone(sign.code, ending.exact.view(), word)) return false;
  const auto end = both ? plural.end : ending.end;
  const auto next = character_at(text, end);
  if (next.code == '@' || next.kind == CharacterKind::Apostrophe) return false;  // `ami.e@exemple.fr`, `AFP.S'il`
  word.end = end;
  return true;
}

/// `étudiant(e)s`, `étudiant(e)(s)`, `maire(s)`.
bool join_bracketed(std::string_view text, Character bracket, Word& word) {
  Word ending, plural;
  if (!read_letters(text, bracket, ending) || !is_ending(ending.exact.view(), word.exact.view())) return false;
  const auto closing = character_at(text, ending.end);
  if (closing.code != ')') return false;
  word.end = closing.end;
  if (read_letters(text, closing, plural) && is_plural(plural.exact.view())) {
    word.end = plural.end;
  } else if (const auto second = character_at(text, closing.end); second.code == '(') {
    if (!read_letters(text, second, plural) || !is_plural(plural.exact.view())) return true;
    const auto last = character_at(text, plural.end);
    if (last.code == ')') word.end = last.end;
  }
  return true;
}

}  // namespace

bool is_inclusive_ending(std::string_view exact) {
  return std::any_of(std::begin(endings), std::end(endings), [exact](const Ending& e) { return e.text == exact; });
}

bool join_inclusive_endings(std::string_view text, Word& word) {
  if (!word.is_letters() || !word.latin || word.letters < 2) return false;
  const auto sign = character_at(text, word.end);
  const bool is_pointed = sign.code == '.' || sign.kind == CharacterKind::Hyphen || sign.kind == CharacterKind::Point;
  const bool any = sign.code == '(' ? join_bracketed(text, sign, word) : is_pointed && join_pointed(text, sign, word);
  if (any && word.exact.view() == "tou") word.exact.append('s');
  return any;
}

}  // namespace limier
