#include "analysis/acronyms.h"

namespace limier {
namespace {

/// What comes after the point: `.-C` as well as `.C`.
Character after_point(std::string_view text, Character point) {
  const auto next = character_at(text, point.end);
  return next.kind == CharacterKind::Hyphen ? character_at(text, next.end) : next;
}

}  // namespace

bool join_acronym(std::string_view text, Word& word) {
  if (!word.is_letter()) return false;
  Word letter;
  bool any = false;
  for (auto point = character_at(text, word.end); point.code == '.'; point = character_at(text, word.end)) {
    const auto next = after_point(text, point);
    if (next.kind == CharacterKind::Letter) read_run(text, next.begin, letter);
    if (next.kind != CharacterKind::Letter || !letter.is_letter()) {
      if (any) word.end = point.end;  // the last point of S.N.C.F.
      break;
    }
    join(word, "", letter);
    any = true;
  }
  return any;
}

}  // namespace limier
