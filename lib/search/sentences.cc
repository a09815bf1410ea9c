#include "search/sentences.h"

#include <algorithm>
#include <iterator>

#include "analysis/characters.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// What is written with a point and rarely ends a sentence, accents aside. Single capitals are told without a list; not
/// those that are words as well: art., col., sept.
constexpr std::string_view abbreviations[] = {"al",  "apr", "av",   "bd",   "cdt", "cf",  "chap", "dec", "dr",  "fevr",
                                              "fig", "gen", "janv", "juil", "lt",  "mgr", "mm",   "mme", "nov", "oct",
                                              "p",   "pp",  "pr",   "prof", "sgt", "st",  "ste",  "tel", "vol"};
static_assert(std::is_sorted(std::begin(abbreviations), std::end(abbreviations)));

bool is_letter(char32_t code) { return belongs_to_run(properties_of(code).kind); }

/// Whether the letters right before byte `point` are an abbreviation: `M.`, `J.-C.`, `Dr.`
bool ends_in_abbreviation(std::string_view text, std::uint32_t point) {
  constexpr std::uint32_t longest = 8;  // bytes
  std::uint32_t begin = point;
  while (begin > 0 && point - begin <= longest) {
    const DecodedCodePoint before = decode_utf8_before(text, begin);
    if (!is_letter(before.value)) break;
    begin -= before.length;
  }
  if (begin == point || point - begin > longest) return false;
  const Character first = character_at(text, begin);
  if (first.end >= point && is_upper_case(first.code)) return true;
  return std::binary_search(std::begin(abbreviations), std::end(abbreviations),
                            fold(text.substr(begin, point - begin)));
}

bool is_stop(char32_t code) { return code == '.' || code == '!' || code == '?' || code == U'…'; }

/// Marks that close whatever stands before them; `"` and `'` do so only right behind it.
bool is_closing(char32_t code) { return code == U'»' || code == U'”' || code == ')' || code == ']'; }

/// The stops from byte `at` on, and what closes with them.
std::uint32_t end_of_stop(std::string_view text, std::uint32_t at, std::uint32_t to) {
  std::uint32_t end = at;
  bool adjacent = true;
  while (at < to) {
    const DecodedCodePoint next = decode_utf8(text, at);
    at += next.length;
    if (is_stop(next.value) || is_closing(next.value) || (adjacent && (next.value == '"' || next.value == '\''))) {
      end = at;
      adjacent = true;
    } else if (next.value != '\n' && is_white_space(next.value)) {
      adjacent = false;
    } else {
      break;
    }
  }
  return end;
}

/// Whether the next word, or the elision before it, begins with a small letter.
bool goes_on_small(std::string_view text, std::uint32_t at, std::uint32_t to) {
  Character character = character_at(text, at);
  while (character.begin < to && !character.starts_word()) character = character_at(text, character.end);
  return is_lower_case(character.code);
}

}  // namespace

std::optional<std::uint32_t> find_sentence_end(std::string_view text, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t at = from; at < to;) {
    const DecodedCodePoint next = decode_utf8(text, at);
    if (next.value == '\n') {
      const bool blank_line = text.substr(at, to - at).find_first_of('\n', 1) != std::string_view::npos;
      if (blank_line || !goes_on_small(text, at, to)) return at;
    }
    if (is_stop(next.value)) {
      const std::uint32_t end = end_of_stop(text, at, to);
      const bool is_point = next.value == '.' && (at + 1 == to || text[at + 1] != '.');
      const bool goes_on = goes_on_small(text, end, to) || (is_point && ends_in_abbreviation(text, at));
      if (!goes_on) return end;
      at = std::max(end, at + next.length);
    } else {
      at += next.length;
    }
  }
  return std::nullopt;
}

}  // namespace limier
