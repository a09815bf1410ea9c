#include "analysis/segmenter.h"

#include "analysis/acronyms.h"
#include "analysis/addresses.h"
#include "analysis/compounds.h"
#include "analysis/elision.h"
#include "analysis/inclusive.h"
#include "analysis/names.h"
#include "analysis/numbers.h"

namespace limier {

bool Segmenter::next(Word& word) {
  while (find(word)) {
    if (skip(word)) continue;
    complete(word);
    link(word);
    return true;
  }
  return false;
}

/// Moves to the next run of letters and digits.
bool Segmenter::find(Word& word) {
  if (unspaced_.next(word)) return true;
  while (at_ < text_.size()) {
    const auto character = character_at(text_, at_);
    if (character.starts_word()) {
      read_run(text_, character.begin, word);
      at_ = word.end;
      return true;
    }
    if (character.kind == CharacterKind::Unspaced) {
      at_ = unspaced_.start(text_, character.begin);
      if (unspaced_.next(word)) return true;
      continue;
    }
    const bool after_word = character.begin == last_end_;
    if (character.code == '.' && !after_word && read_dot_net(text_, character, word)) {
      at_ = word.end;
      return true;
    }
    after_hyphen_ = after_word && character.kind == CharacterKind::Hyphen;
    at_ = character.end;
  }
  return false;
}

/// Whether the word at hand is none of its own. What it belongs to stays tied to the word before: `chef-d’œuvre`.
bool Segmenter::skip(Word& word) {
  if (options_.elision && is_elision(text_, word)) {
    at_ = character_at(text_, word.end).end;
    return true;
  }
  if (after_hyphen_ && is_euphonic_t(text_, word)) {
    last_end_ = word.end;
    return true;
  }
  return introduces_address(text_, word);
}

/// Joins to the word what belongs to it.
void Segmenter::complete(Word& word) {
  const auto next = character_at(text_, word.end);
  const bool is_number = options_.numbers && word.ends_in_digit && join_number(text_, word);
  if (!is_number && next.kind != CharacterKind::Separator && !word.as_written) {
    join_apostrophes(text_, word);
    join_inclusive_endings(text_, word) || join_address(text_, word) || join_acronym(text_, word) ||
        join_name_signs(text_, word);
  }
  word.exact.cut_to_longest();
  at_ = word.end;
}

/// Tells a compound from words that a hyphen ties for grammar alone.
void Segmenter::link(Word& word) {
  const bool is_rendez_vous = after_rendez_ && word.exact.view() == "vous";
  word.joined = options_.compounds && after_hyphen_ && (is_rendez_vous || !is_clitic(text_, word));
  after_hyphen_ = false;
  after_rendez_ = word.exact.view() == "rendez";
  last_end_ = word.end;
}

}  // namespace limier
