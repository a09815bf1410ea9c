#include "extract/words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "extract/name_table.h"
#include "text/ascii.h"

namespace limier::extract {
namespace {

using namespace std::string_view_literals;

// U+00C0 to U+00FF without their accents; 0 for what is no letter, capitals become small.
constexpr std::string_view latin1_letters =
    "aaaaaa\1ceeeeiiii"
    "\3nooooo\0ouuuuy\3\2"
    "aaaaaa\1ceeeeiiii"
    "\3nooooo\0ouuuuy\3y"sv;

// A sign that takes `length` bytes of a text, and what becomes of it.
struct Folded {
  std::size_t length;
  std::string_view as;
};

// Of the character at the front of `text`, which is not ASCII.
Folded fold_character(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0}; };
  const std::uint8_t lead = at(0);
  if (lead == 0xC3 && at(1) >= 0x80) {
    const std::string_view letter = latin1_letters.substr(at(1) & 0x3FU, 1);
    if (letter[0] == 1) return {2, "ae"};
    if (letter[0] == 2) return {2, "ss"};
    return {2, letter[0] >= 'a' ? letter : text.substr(0, 2)};
  }
  if (lead == 0xC5 && (at(1) == 0x92 || at(1) == 0x93)) return {2, "oe"};
  if (lead == 0xCA && at(1) == 0xBC) return {2, "'"};
  if (lead == 0xCC && at(1) >= 0x80) return {2, ""};        // combining accents, U+0300 to U+033F
  if (lead == 0xC2) return {2, at(1) == 0xA9 ? "©" : " "};  // U+00A0, «, », ·, °
  if (lead == 0xE2 && at(1) == 0x80) {                      // general punctuation
    const bool apostrophe = at(2) == 0x98 || at(2) == 0x99;
    return {3, apostrophe ? "'" : (at(2) == 0xA6 ? "..." : " ")};
  }
  if (lead == 0xE2 && at(1) >= 0x81) return {3, " "};  // signs, bullets, boxes
  const std::size_t length = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2);
  return {length, text.substr(0, length)};
}

constexpr NameTable stop_words(std::array<std::string_view, 160>{
    "",
    // French
    "a", "ai", "ainsi", "alors", "apres", "au", "aussi", "autre", "autres", "aux", "avait", "avaient", "avant", "avec",
    "avoir", "bien", "c", "car", "ce", "ceci", "cela", "celle", "celui", "ces", "cet", "cette", "ceux", "chez", "comme",
    "contre", "d", "dans", "de", "depuis", "des", "deux", "dont", "donc", "du", "elle", "elles", "en", "encore",
    "entre", "est", "et", "etaient", "etait", "ete", "etre", "eux", "faire", "fait", "il", "ils", "j", "je", "jusqu",
    "l", "la", "le", "les", "leur", "leurs", "lors", "lorsqu", "lui", "m", "mais", "meme", "moins", "mon", "n", "ne",
    "ni", "non", "nos", "notre", "nous", "on", "ont", "ou", "par", "parce", "pas", "pendant", "peu", "peut", "plus",
    "pour", "pourquoi", "puis", "qu", "quand", "que", "quelques", "qui", "quoi", "s", "sa", "sans", "se", "selon",
    "sera", "ses", "seront", "si", "son", "sont", "sous", "sur", "t", "tous", "tout", "toute", "toutes", "tres",
    "trois", "un", "une", "vers", "vos", "votre", "vous", "y",
    // English
    "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have", "he", "her", "his", "in", "is",
    "it", "its", "of", "or", "she", "that", "the", "their", "they", "this", "to", "was", "were", "which", "who", "will",
    "with"});

// The first and last bytes of U+00A0 and U+202F.
bool may_begin_no_break_space(char c) { return c == '\xC2' || c == '\xE2'; }
bool may_end_no_break_space(char c) { return c == '\xA0' || c == '\xAF'; }

// `russe\u00a0 de`: beside a plain space they are no typography.
std::string_view without_outer_no_break_spaces(std::string_view text) {
  for (const std::string_view space : {"\u00a0", "\u202f"}) {
    while (text.starts_with(space)) text.remove_prefix(space.size());
    while (text.ends_with(space)) text.remove_suffix(space.size());
  }
  return text;
}

}  // namespace

std::string collapse_spaces(std::string_view text) {
  std::string out(text.size(), ' ');
  char* to = out.data();
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    if (is_ascii_space(*at)) {
      ++at;
      continue;
    }
    char* const before = to;
    if (before != out.data()) *to++ = ' ';
    char* const word = to;
    while (at != end && !is_ascii_space(*at)) *to++ = *at++;
    if (!may_begin_no_break_space(*word) && !may_end_no_break_space(to[-1])) continue;
    const std::string_view piece = without_outer_no_break_spaces({word, to});
    to = piece.empty() ? before : std::copy(piece.begin(), piece.end(), word);
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  return out;
}

bool is_blank(std::string_view text) {
  constexpr std::array<std::string_view, 5> invisible = {"\u00a0", "\u202f", "\u200b", "\ufeff", "\u00ad"};
  while (!text.empty()) {
    if (is_ascii_space(text.front())) {
      text.remove_prefix(1);
      continue;
    }
    const auto* found = std::find_if(invisible.begin(), invisible.end(),
                                     [&](std::string_view character) { return text.starts_with(character); });
    if (found == invisible.end()) return false;
    text.remove_prefix(found->size());
  }
  return true;
}

std::string folded(std::string_view text) {
  std::string out(text.size(), ' ');  // nothing becomes longer
  char* const begin = out.data();
  char* to = begin;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c > ' ') {
      *to++ = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      ++at;
      continue;
    }
    const Folded character =
        c < 0 ? fold_character(text.substr(at)) : Folded{1, is_ascii_space(c) ? " " : text.substr(at, 1)};
    at += character.length;
    const bool another_space = character.as == " " && (to == begin || to[-1] == ' ');
    if (!another_space) to = std::copy(character.as.begin(), character.as.end(), to);
  }
  if (to != begin && to[-1] == ' ') --to;
  out.resize(static_cast<std::size_t>(to - begin));
  return out;
}

std::vector<std::string_view> words_of(std::string_view folded_text) {
  std::vector<std::string_view> words;
  for_each_word(folded_text, [&](std::string_view word) { words.push_back(word); });
  return words;
}

bool is_stop_word(std::string_view folded_word) { return stop_words.find(folded_word) != 0; }

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    std::string part = collapse_spaces(text.substr(0, end));
    if (!is_blank(part)) parts.push_back(std::move(part));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace limier::extract
