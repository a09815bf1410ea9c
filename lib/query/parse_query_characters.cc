#include "query/parse_query_characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/ascii.h"

namespace limier::query_syntax {
namespace {

constexpr std::string_view ascii_spaces = " \t\n\v\f\r";
constexpr std::array<std::string_view, 2> no_break_spaces = {"\u00A0", "\u202F"};
constexpr std::array<Quotes, 3> all_quotes = {{{"\"", "\""}, {"«", "»"}, {"“", "”"}}};

struct Spelling {
  std::string_view word;
  Operator kind;
};

constexpr std::array<Spelling, 7> operator_spellings = {{{"ET", Operator::And},
                                                         {"AND", Operator::And},
                                                         {"OU", Operator::Or},
                                                         {"OR", Operator::Or},
                                                         {"SAUF", Operator::Not},
                                                         {"NON", Operator::Not},
                                                         {"NOT", Operator::Not}}};

constexpr std::array<std::string_view, 3> near_spellings = {"NEAR/", "PRES/", "PRÈS/"};

/// Bytes of the letter or combining mark at `at`, 0 for anything else.
std::size_t letter_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const std::string_view rest = text.substr(at, U8_MAX_LENGTH);
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(rest.data());
  const auto size = static_cast<std::int32_t>(rest.size());
  std::int32_t next = 0;
  UChar32 character = 0;
  U8_NEXT(bytes, next, size, character);
  if (character < 0) return 0;
  const bool mark = (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0;
  return mark || u_isalpha(character) ? static_cast<std::size_t>(next) : 0;
}

std::size_t letters_at(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (const std::size_t letter = letter_at(text, at + length)) length += letter;
  return length;
}

}  // namespace

std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (ascii_spaces.find(text[at]) != std::string_view::npos) return 1;
  for (const std::string_view space : no_break_spaces) {
    if (text.substr(at).starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t spaces_at(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (const std::size_t space = space_at(text, at + length)) length += space;
  return length;
}

std::string_view reduced_spaces(std::string_view spaces) {
  const bool ordinary = spaces.find_first_of(ascii_spaces) != std::string_view::npos;
  return ordinary ? " " : spaces;
}

const Quotes* quotes_at(std::string_view text, std::size_t at) {
  for (const Quotes& quotes : all_quotes) {
    if (text.substr(at).starts_with(quotes.open)) return &quotes;
  }
  return nullptr;
}

bool word_ends_at(std::string_view text, std::size_t at) {
  return at == text.size() || space_at(text, at) > 0 || quotes_at(text, at) != nullptr || text[at] == '(' ||
         text[at] == ')';
}

bool is_sign(char character) { return character == '+' || character == '-'; }

std::size_t number_at(std::string_view text, std::size_t at, bool point) {
  std::size_t end = at;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  if (end == at || !point || end + 1 >= text.size() || text[end] != '.' || !is_ascii_digit(text[end + 1]))
    return end - at;
  do {
    ++end;
  } while (end < text.size() && is_ascii_digit(text[end]));
  return end - at;
}

OperatorWord operator_at(std::string_view text, std::size_t at) {
  for (const std::string_view near : near_spellings) {
    if (!text.substr(at).starts_with(near)) continue;
    const std::size_t digits = number_at(text, at + near.size(), false);
    const std::size_t length = near.size() + digits;
    if (digits == 0 || digits > 9 || !word_ends_at(text, at + length)) return {};
    return {Operator::Near, length,
            static_cast<unsigned>(std::stoul(std::string(text.substr(at + near.size(), digits))))};
  }
  for (const Spelling& spelling : operator_spellings) {
    const bool spelt = text.substr(at).starts_with(spelling.word);
    if (spelt && word_ends_at(text, at + spelling.word.size())) return {spelling.kind, spelling.word.size(), 0};
  }
  return {};
}

std::size_t name_before_colon(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (const std::size_t letters = letters_at(text, at + length)) {
    length += letters;
    if (at + length == text.size()) return 0;
    if (text[at + length] == ':') return length;
    if (text[at + length] != '-' && text[at + length] != '_') return 0;
    ++length;
  }
  return 0;
}

std::size_t field_name_at(std::string_view text, std::size_t at) {
  const std::size_t length = name_before_colon(text, at);
  const std::size_t value = at + length + 1;
  const bool has_value =
      length > 0 && value < text.size() && text[value] != '/' && text[value] != ')' && space_at(text, value) == 0;
  return has_value ? length : 0;
}

namespace {

/// A byte of a word, or all of `(e)`; a backslash and what it stands before are one piece.
struct Piece {
  std::size_t begin = 0, length = 0;
  bool plain = false;  // neither escaped nor in parentheses
};

std::vector<Piece> pieces_of_word(std::string_view text, std::size_t at) {
  std::vector<Piece> pieces;
  while (true) {
    const bool ends = word_ends_at(text, at);
    const std::size_t letters = ends && at < text.size() ? parenthesised_letters_at(text, at) : 0;
    if (ends && letters == 0) return pieces;
    const bool escape = letters == 0 && text[at] == '\\' && at + 1 < text.size();
    const std::size_t length = letters > 0 ? letters : escape ? 2 : 1;
    pieces.push_back({at, length, letters == 0 && !escape});
    at += length;
  }
}

/// A sign such as `~` or `^` before nothing but a number at the end of the word; npos if there is none.
std::size_t find_suffix(std::string_view text, const std::vector<Piece>& pieces, char sign) {
  for (std::size_t i = pieces.size(); i-- > 1;) {
    const char c = text[pieces[i].begin];
    if (!pieces[i].plain) break;
    if (c == sign) return i;
    if (!is_ascii_digit(c) && c != '.') break;
  }
  return std::string_view::npos;
}

}  // namespace

bool is_wildcard(std::string_view word, std::size_t at) {
  if (word[at] == '*') return true;
  const std::size_t first = word.find_first_not_of('?');
  const std::size_t last = word.find_last_not_of('?');
  if (word[at] != '?' || first == std::string_view::npos || at < first || at > last) return false;
  // Not the question mark of an address, nor that of a question.
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t letter = letter_at(word, i);
    const bool part_of_word = letter > 0 || is_ascii_digit(word[i]) || word[i] == '-' || word[i] == '\'' ||
                              word[i] == '*' || word[i] == '?' || word[i] == '\\' || word.substr(i).starts_with("’");
    if (!part_of_word) return false;
    i += word.substr(i).starts_with("’") ? 3 : std::max<std::size_t>(letter, 1);
  }
  return true;
}

MarkedWord marked_word_at(std::string_view text, std::size_t at) {
  std::vector<Piece> pieces = pieces_of_word(text, at);
  MarkedWord word;
  word.begin = word.end = word.whole_end = at;
  if (pieces.empty()) return word;
  const auto end_of = [](const std::vector<Piece>& of) { return of.back().begin + of.back().length; };
  word.end = word.whole_end = end_of(pieces);
  const bool form = text[at] == '=' && pieces.size() > 1;
  const std::size_t first = form ? 1 : 0;

  const std::size_t caret = find_suffix(text, pieces, '^');
  const std::size_t number = caret == std::string_view::npos ? 0 : pieces[caret].begin + 1;
  if (caret != std::string_view::npos && caret > first && number < word.end &&
      number_at(text, number, true) == word.end - number && number_at(text, at, true) != pieces[caret].begin - at) {
    word.weight = text.substr(number, word.end - number);
    pieces.resize(caret);
    word.end = end_of(pieces);
  }
  if (form) {
    word.mark = WordMark::Form;
    ++word.begin;
    return word;
  }
  const std::size_t tilde = find_suffix(text, pieces, '~');
  if (tilde != std::string_view::npos &&
      number_at(text, pieces[tilde].begin + 1, false) == word.end - pieces[tilde].begin - 1) {
    word.mark = WordMark::Fuzzy;
    word.edits = text.substr(pieces[tilde].begin + 1, word.end - pieces[tilde].begin - 1);
    word.end = pieces[tilde].begin;
    return word;
  }
  const std::string_view letters = text.substr(word.begin, word.end - word.begin);
  const auto wild = [&](const Piece& piece) { return piece.plain && is_wildcard(letters, piece.begin - word.begin); };
  const bool pattern =
      std::any_of(pieces.begin(), pieces.end(), wild) && !std::all_of(pieces.begin(), pieces.end(), wild);
  if (pattern) word.mark = WordMark::Pattern;
  return word;
}

std::size_t parenthesised_letters_at(std::string_view text, std::size_t at) {
  if (text[at] != '(') return 0;
  const std::size_t letters = letters_at(text, at + 1);
  const std::size_t close = at + 1 + letters;
  return letters > 0 && close < text.size() && text[close] == ')' ? letters + 2 : 0;
}

}  // namespace limier::query_syntax
