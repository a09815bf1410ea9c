#include "analysis/acronyms.h"

namespace limier {
namespace {

/// What comes after the point: `.-C` as well as `.C`.
Character after_point(std::string_view text, Character point) {
  const auto next = character_at(text, point.end);
  return next.kind == CharacterKind::Hyphen ? character_at(text, next.end) : next;
}

/// Whether `letter` goes on with the acronym: not the elision in `20 h.L’ancien` or the sentence in `20 h.A Paris`.
bool is_further_letter(std::string_view text, const Word& word, const Word& letter) {
  if (!letter.is_letter() || character_at(text, letter.end).kind == CharacterKind::Apostrophe) return false;
  return !word.is_letter() || !begins_sentence(text, word, letter);
}

}  // namespace

bool join_acronym(std::string_view text, Word& word) {
  if (!word.is_letter()) return false;
  Word letter;
  bool any = false;
  for (auto point = character_at(text, word.end); point.code == '.'; point = character_at(text, word.end)) {
    const auto next = after_point(text, point);
    if (next.kind == CharacterKind::Letter) read_run(text, next.begin, letter);
    if (next.kind != CharacterKind::Letter || !is_further_letter(text, word, letter)) {
      if (any) word.end = point.end;  // the last point of S.N.C.F.
      break;
    }
    join(word, "", letter);
    any = true;
  }
  return any;
}

}  // namespace limier
