#include "analysis/names.h"

#include "text/message.h"

namespace limier {
namespace {

constexpr std::uint32_t longest_initials = 3;

void append_sign(Word& word, std::string_view sign, std::uint32_t end) {
  word.exact.append(sign);
  word.end = end;
  word.as_written = true;
}

/// `C++`, `C#`, `F#`; not the tag in `a#b`.
bool join_language_signs(std::string_view text, Character sign, Word& word) {
  if (!word.is_letter()) return false;
  const auto second = character_at(text, sign.end);
  if (sign.code == '+' && second.code == '+') return append_sign(word, "++", second.end), true;
  if (sign.code == '#' && !second.starts_word()) return append_sign(word, "#", sign.end), true;
  return false;
}

/// `AT&T`, `R&D`, `H&M`; not the entity in `R&amp;D`.
bool join_ampersand(std::string_view text, Character sign, Word& word) {
  const auto next = character_at(text, sign.end);
  if (!word.is_letters() || word.letters > longest_initials || next.kind != CharacterKind::Letter) return false;
  Word rest;
  read_run(text, next.begin, rest);
  if (!rest.is_letters() || rest.letters > longest_initials) return false;
  if (character_at(text, rest.end).code == ';') return false;
  join(word, "&", rest);
  word.as_written = true;
  return true;
}

/// `m²`, `km²`, `cm³`; the raised number of `lois²` calls a footnote.
bool join_power(Character sign, Word& word) {
  const auto unit = word.exact.view();
  if (word.letters > 3 || word.digits > 0 || !unit.ends_with('m')) return false;
  append_sign(word, sign.code == 0xB2 ? "2" : "3", sign.end);
  return true;
}

}  // namespace

bool join_name_signs(std::string_view text, Word& word) {
  const auto sign = character_at(text, word.end);
  switch (sign.code) {
    case '+':
    case '#':
      return join_language_signs(text, sign, word);
    case '&':
      return join_ampersand(text, sign, word);
    case 0xB2:
    case 0xB3:
      return join_power(sign, word);
    default:
      return false;
  }
}

bool read_dot_net(std::string_view text, Character point, Word& word) {
  const auto next = character_at(text, point.end);
  if (next.begin != point.end || next.kind != CharacterKind::Letter) return false;
  Word name;
  read_run(text, next.begin, name);
  if (name.exact.view() != "net") return false;
  word = name;
  word.exact.assign(".net");
  word.begin = point.begin;
  word.as_written = true;
  word.rule = translatable("name");
  return true;
}

}  // namespace limier
