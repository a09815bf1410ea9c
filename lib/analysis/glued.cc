#include "analysis/glued.h"

#include <algorithm>
#include <iterator>

#include "analysis/characters.h"
#include "analysis/elision.h"

namespace limier {
namespace {

// Without their first letter's capital. Not those that end names: car (`RoseCar`), oui (`inOui`), plus
// (`TV5MondePlus`).
constexpr std::string_view openers[] = {
    "afin", "ainsi", "alors", "au",    "aux",   "avant", "avec",    "ce",     "cela",  "cependant",
    "ces",  "cet",   "cette", "chez",  "comme", "dans",  "de",      "depuis", "des",   "du",
    "elle", "elles", "en",    "et",    "il",    "ils",   "je",      "la",     "le",    "les",
    "leur", "mais",  "nous",  "on",    "par",   "parmi", "pendant", "pour",   "quand", "que",
    "qui",  "sa",    "sans",  "selon", "si",    "son",   "sur",     "un",     "une",   "vous"};
static_assert(std::is_sorted(std::begin(openers), std::end(openers)));
constexpr std::uint32_t longest_opener = 9;
constexpr std::uint32_t shortest_end = 2;  // bytes of the sentence before

bool is_lower_letter(char byte) { return byte >= 'a' && byte <= 'z'; }
bool is_upper_letter(char byte) { return byte >= 'A' && byte <= 'Z'; }

/// Where the last capital of the run stands, if so few small letters alone follow as an opener may have; else `end`.
std::uint32_t find_last_capital(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  auto at = end;
  while (at > begin && end - at < longest_opener - 1 && is_lower_letter(text[at - 1])) --at;
  return at > begin && is_upper_letter(text[at - 1]) ? at - 1 : end;
}

/// `Le`, `Qu’`; and `L’` behind a small letter, for `SOUSL’EAU` may be anything.
bool begins_sentence_at(std::string_view text, std::uint32_t capital, std::uint32_t end) {
  char word[longest_opener];
  const auto size = text.substr(0, end).copy(word, sizeof word, capital);
  word[0] = static_cast<char>(word[0] | 0x20);
  const std::string_view exact(word, size);
  if (std::binary_search(std::begin(openers), std::end(openers), exact)) return true;
  if (elision_of(exact) == Elision::Never || !ends_in_small_letter(text, capital)) return false;
  const auto apostrophe = character_at(text, end);
  return apostrophe.kind == CharacterKind::Apostrophe && character_at(text, apostrophe.end).starts_word();
}

}  // namespace

std::uint32_t find_glued_sentence(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const auto capital = find_last_capital(text, begin, end);
  return capital < end && capital - begin >= shortest_end && begins_sentence_at(text, capital, end) ? capital : end;
}

}  // namespace limier
