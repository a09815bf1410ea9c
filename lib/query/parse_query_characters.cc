#include "query/parse_query_characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <string_view>

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

OperatorWord operator_at(std::string_view text, std::size_t at) {
  for (const Spelling& spelling : operator_spellings) {
    const bool spelt = text.substr(at).starts_with(spelling.word);
    if (spelt && word_ends_at(text, at + spelling.word.size())) return {spelling.kind, spelling.word.size()};
  }
  return {};
}

std::size_t name_before_colon(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (const std::size_t letters = letters_at(text, at + length)) {
    length += letters;
    if (at + length == text.size()) return 0;
    if (text[at + length] == ':') return length;
    if (text[at + length] != '-') return 0;
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

WordMark word_mark_at(std::string_view text, std::size_t at) {
  if (word_ends_at(text, at)) return WordMark::None;
  if (text[at] == '=' && !word_ends_at(text, at + 1)) return WordMark::Form;
  bool star = false;
  std::size_t next = at;
  for (;;) {
    const bool ends = word_ends_at(text, next);
    const std::size_t letters = ends && next < text.size() ? parenthesised_letters_at(text, next) : 0;
    if (ends && letters == 0) break;
    star = letters == 0 && text[next] == '*' && next > at;
    const bool escape = letters == 0 && text[next] == '\\' && next + 1 < text.size();
    next += letters > 0 ? letters : escape ? 2 : 1;
  }
  return star ? WordMark::Prefix : WordMark::None;
}

std::size_t parenthesised_letters_at(std::string_view text, std::size_t at) {
  if (text[at] != '(') return 0;
  const std::size_t letters = letters_at(text, at + 1);
  const std::size_t close = at + 1 + letters;
  return letters > 0 && close < text.size() && text[close] == ')' ? letters + 2 : 0;
}

}  // namespace limier::query_syntax
