#include "analysis/compounds.h"

#include <algorithm>
#include <iterator>

namespace limier {
namespace {

constexpr std::string_view clitics[] = {"je", "tu", "il", "elle", "on", "nous", "vous", "ils",  "elles", "ce",  "ci",
                                        "là", "y",  "en", "le",   "la", "les",  "lui",  "leur", "moi",   "toi", "t"};
constexpr int longest_chain = 3;  // va-t-en, donne-les-moi

/// Moves to the word that a hyphen ties to `word`; false where there is none.
bool next_part(std::string_view text, Word& word) {
  const auto hyphen = character_at(text, word.end);
  if (hyphen.kind != CharacterKind::Hyphen) return false;
  const auto next = character_at(text, hyphen.end);
  if (!next.starts_word()) return false;
  read_run(text, next.begin, word);
  return true;
}

}  // namespace

bool is_clitic_word(std::string_view exact) {
  return std::find(std::begin(clitics), std::end(clitics), exact) != std::end(clitics);
}

bool is_clitic(std::string_view text, const Word& word) {
  if (!is_clitic_word(word.exact.view())) return false;
  Word part = word;
  for (int parts = 1; parts <= longest_chain; ++parts) {
    if (!next_part(text, part)) return true;
    if (!is_clitic_word(part.exact.view())) return false;
  }
  return false;
}

bool is_euphonic_t(std::string_view text, const Word& word) {
  if (word.exact.view() != "t") return false;
  Word part = word;
  return next_part(text, part) && is_clitic_word(part.exact.view());
}

}  // namespace limier
