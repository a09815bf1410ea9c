#include <algorithm>
#include <string>
#include <string_view>

#include "limier/query.h"
#include "query/parse_query_characters.h"
#include "query/parse_query_fields.h"

namespace limier {
namespace {

using namespace query_syntax;

/// Words spelt so that the parser gives back their very text.
struct SpeltWords {
  std::string text;
  bool one_word = true;
};

/// Bytes of the white space at `at` where the parser keeps it as it is between two words.
std::size_t plain_gap_at(std::string_view text, std::size_t at) {
  const std::size_t length = spaces_at(text, at);
  const std::string_view spaces = text.substr(at, length);
  return at + length < text.size() && reduced_spaces(spaces) == spaces ? length : 0;
}

/// Whether `titre:x` would be taken for a field; `https://rfi.fr`, `14:30` and `Mali: accord` are safe as they are.
bool colon_makes_field(std::string_view text, std::size_t word, std::size_t colon) {
  if (name_before_colon(text, word) != colon - word) return false;
  const std::size_t next = colon + 1;
  return next < text.size() && text[next] != '/' && plain_gap_at(text, next) == 0;
}

/// `word` is where the word begins in which `at` stands.
bool needs_escape(std::string_view text, std::size_t word, std::size_t at) {
  const char character = text[at];
  const bool opens_word = at == word && (is_sign(character) || operator_at(text, at).kind != Operator::None);
  return opens_word || character == '\\' || word_ends_at(text, at) ||
         (character == ':' && colon_makes_field(text, word, at));
}

/// Whether `=` or `*` would give the word that begins at `word` a meaning of its own.
bool makes_mark(std::string_view text, std::size_t word, std::size_t at) {
  const std::size_t next = at + 1;
  const bool last = next == text.size() || plain_gap_at(text, next) > 0;
  return at == word ? text[at] == '=' && !last : text[at] == '*' && last;
}

SpeltWords spell_words(std::string_view text) {
  SpeltWords spelt;
  std::size_t word = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t gap = at > word ? plain_gap_at(text, at) : 0;
    if (gap == 0 && (needs_escape(text, word, at) || makes_mark(text, word, at))) spelt.text += '\\';
    const std::size_t length = std::max<std::size_t>({gap, space_at(text, at), 1});
    spelt.text += text.substr(at, length);
    at += length;
    if (gap == 0) continue;
    spelt.one_word = false;
    word = at;
  }
  return spelt;
}

/// The one word of a Form or a Prefix: whatever could end it, or mean something before it, stands behind a backslash.
std::string spell_word(std::string_view text) {
  std::string spelt;
  for (std::size_t at = 0; at < text.size();) {
    if (needs_escape(text, 0, at) || text[at] == ':') spelt += '\\';
    const std::size_t length = std::max<std::size_t>(space_at(text, at), 1);
    spelt += text.substr(at, length);
    at += length;
  }
  return spelt;
}

std::string spell_phrase(std::string_view text) {
  std::string spelt = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = space_at(text, at);
    const std::size_t length = std::max<std::size_t>(space, 1);
    const bool trimmed = space > 0 && (at == 0 || at + length == text.size());
    if (trimmed || text[at] == '"' || text[at] == '\\') spelt += '\\';
    spelt += text.substr(at, length);
    at += length;
  }
  return spelt += '"';
}

/// A beginning that looks like a form, `=a*`, or that a field's colon would take for a path, `/a*`, is kept from it.
std::string spell_prefix(std::string_view text) {
  const bool marked = text.starts_with('=') || text.starts_with('/');
  return text.empty() ? "\"\"" : (marked ? "\\" : "") + spell_word(text) + '*';
}

std::string field_prefix(const Query& query) {
  return query.field.empty() ? "" : std::string(french_name(query.field)) + ':';
}

std::string in_parentheses(const std::string& text) { return '(' + text + ')'; }

/// `open`: several words need no parentheses here, for no sign stands before them.
std::string spell_words_atom(const Query& query, bool open) {
  if (query.text.empty()) return field_prefix(query) + "\"\"";
  const SpeltWords spelt = spell_words(query.text);
  if (query.field.empty()) return open || spelt.one_word ? spelt.text : in_parentheses(spelt.text);
  if (!spelt.one_word) return field_prefix(query) + in_parentheses(spelt.text);
  const std::string_view escape = spelt.text.starts_with('/') ? "\\" : "";
  return field_prefix(query).append(escape).append(spelt.text);
}

std::string spell_dates(const Query& query) {
  const bool range = query.from != query.to || query.from.empty();
  return "date:" + query.from + (range ? ".." + query.to : "");
}

std::string spell_group(const Query& group);

std::string spell_atom(const Query& query, bool open) {
  switch (query.kind) {
    case Query::Kind::Words:
      return spell_words_atom(query, open);
    case Query::Kind::Phrase:
      return field_prefix(query) + spell_phrase(query.text);
    case Query::Kind::Form:
      return field_prefix(query) + (query.text.empty() ? "\"\"" : '=' + spell_word(query.text));
    case Query::Kind::Prefix:
      return field_prefix(query) + spell_prefix(query.text);
    case Query::Kind::Dates:
      return spell_dates(query);
    case Query::Kind::Group:
      return in_parentheses(spell_group(query));
  }
  return {};
}

bool all_are(const Query& group, Occur occur) {
  return std::all_of(group.children.begin(), group.children.end(),
                     [occur](const Query& child) { return child.occur == occur; });
}

/// `a OU b`, `a ET b SAUF c`: whether operators alone can say the group.
bool has_operator_form(const Query& group) {
  if (group.children.size() < 2) return false;
  if (all_are(group, Occur::Should)) return true;
  return group.children.front().occur == Occur::Must &&
         std::none_of(group.children.begin(), group.children.end(),
                      [](const Query& child) { return child.occur == Occur::Should; });
}

std::string_view operator_of(Occur occur) {
  switch (occur) {
    case Occur::Should:
      return " OU ";
    case Occur::Must:
      return " ET ";
    case Occur::MustNot:
      return " SAUF ";
  }
  return {};
}

std::string_view sign_of(Occur occur) {
  switch (occur) {
    case Occur::Should:
      return "";
    case Occur::Must:
      return "+";
    case Occur::MustNot:
      return "-";
  }
  return {};
}

std::string spell_with_operators(const Query& group) {
  std::string spelt;
  for (const Query& child : group.children) {
    if (!spelt.empty()) spelt += operator_of(child.occur);
    spelt += spell_atom(child, true);
  }
  return spelt;
}

std::string spell_with_signs(const Query& group) {
  std::string spelt;
  bool after_words = false;
  for (const Query& child : group.children) {
    if (!spelt.empty()) spelt += ' ';
    const bool bare = child.kind == Query::Kind::Words && child.field.empty() && child.occur == Occur::Should;
    // Words right after words would become one text with them.
    const bool run_on = bare && after_words;
    const std::string atom = spell_atom(child, bare);
    spelt += sign_of(child.occur);
    spelt += run_on ? in_parentheses(atom) : atom;
    after_words = bare && !run_on;
  }
  return spelt;
}

std::string spell_group(const Query& group) {
  return has_operator_form(group) ? spell_with_operators(group) : spell_with_signs(group);
}

}  // namespace

std::string to_string(const Query& query) {
  return query.kind == Query::Kind::Group ? spell_group(query) : spell_atom(query, true);
}

}  // namespace limier
