#include <fmt/format.h>

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

/// A word of a text, `word` to `end`, spelt so that it is no operator, field or other sign; `signs` are escaped too.
std::string spell_word(std::string_view text, std::size_t word, std::size_t end, std::string_view signs) {
  std::string spelt;
  for (std::size_t at = word; at < end;) {
    if (needs_escape(text, word, at) || signs.find(text[at]) != std::string_view::npos) spelt += '\\';
    const std::size_t length = std::max<std::size_t>(space_at(text, at), 1);
    spelt += text.substr(at, length);
    at += length;
  }
  return spelt;
}

SpeltWords spell_words(std::string_view text) {
  constexpr std::string_view marks = "=*?~^";
  SpeltWords spelt;
  for (std::size_t word = 0; word < text.size();) {
    std::size_t end = word + std::max<std::size_t>(space_at(text, word), 1);
    while (end < text.size() && plain_gap_at(text, end) == 0) end += std::max<std::size_t>(space_at(text, end), 1);
    std::string plain = spell_word(text, word, end, "");
    const bool marked = marked_word_at(plain, 0).is_marked() || text == "*";
    spelt.text += marked ? spell_word(text, word, end, marks) : std::move(plain);
    const std::size_t gap = plain_gap_at(text, end);
    spelt.text += text.substr(end, gap);
    if (gap > 0) spelt.one_word = false;
    word = end + gap;
  }
  return spelt;
}

/// The one word of a Form or a Fuzzy: whatever could end it, or mean something in it, stands behind a backslash.
std::string spell_marked(std::string_view text) {
  const bool leads = text.starts_with('=') || text.starts_with('/');
  return (leads ? "\\" : "") + spell_word(text, 0, text.size(), "^:");
}

/// Backslashes before `*`, `?` and themselves are in the text already.
std::string spell_pattern(std::string_view text) {
  std::string spelt = text.starts_with('=') || text.starts_with('/') ? "\\" : "";
  for (std::size_t at = 0; at < text.size();) {
    const bool escape = text[at] == '\\' && at + 1 < text.size();
    const std::size_t length = escape ? 2 : std::max<std::size_t>(space_at(text, at), 1);
    const bool sign = text[at] == '^' || text[at] == '~' || text[at] == ':';
    if (!escape && (needs_escape(text, 0, at) || sign)) spelt += '\\';
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

std::string field_prefix(const Query& query) {
  return query.field.empty() ? "" : std::string(french_name(query.field)) + ':';
}

std::string in_parentheses(const std::string& text) { return '(' + text + ')'; }

/// Whether `^2` right behind the word is its weight: `10^2` is a number, and `=^2` a form.
bool takes_weight(const std::string& word) {
  const std::string weighted = word + "^2";
  const MarkedWord marked = marked_word_at(weighted, 0);
  return marked.mark == WordMark::None && marked.weight == "2";
}

/// `open`: several words need no parentheses here, for no sign stands before them.
std::string spell_words_atom(const Query& query, bool open) {
  if (query.text.empty()) return field_prefix(query) + "\"\"";
  SpeltWords spelt = spell_words(query.text);
  spelt.one_word = spelt.one_word && (query.weight == 1 || takes_weight(spelt.text));
  if (query.field.empty()) return open || spelt.one_word ? spelt.text : in_parentheses(spelt.text);
  if (!spelt.one_word) return field_prefix(query) + in_parentheses(spelt.text);
  const std::string_view escape = spelt.text.starts_with('/') ? "\\" : "";
  return field_prefix(query).append(escape).append(spelt.text);
}

std::string spell_range(const Query& query, std::string_view name) {
  const bool range = query.from != query.to || query.from.empty();
  if (query.above) return fmt::format("{}:>{}", name, query.from);
  if (query.below) return fmt::format("{}:<{}", name, query.to);
  return fmt::format("{}:{}{}{}", name, query.from, range ? ".." : "", range ? query.to : "");
}

std::string spell_edits(const Query& query) { return query.distance == 1 ? "~" : fmt::format("~{}", query.distance); }

std::string spell_near(const Query& near);
std::string spell_group(const Query& group);

/// A word's sign, if there is a word.
std::string spell_marked_atom(const Query& query) {
  if (query.text.empty()) return "\"\"";
  if (query.kind == Query::Kind::Form) return '=' + spell_marked(query.text);
  return query.kind == Query::Kind::Pattern ? spell_pattern(query.text) : spell_marked(query.text) + spell_edits(query);
}

std::string spell_unweighted(const Query& query, bool open) {
  switch (query.kind) {
    case Query::Kind::Words:
      return spell_words_atom(query, open);
    case Query::Kind::Phrase:
      return field_prefix(query) + spell_phrase(query.text) +
             (query.distance > 0 ? fmt::format("~{}", query.distance) : "");
    case Query::Kind::Form:
    case Query::Kind::Pattern:
    case Query::Kind::Fuzzy:
      return field_prefix(query) + spell_marked_atom(query);
    case Query::Kind::Near:
      return open ? spell_near(query) : in_parentheses(spell_near(query));
    case Query::Kind::Dates:
      return spell_range(query, "date");
    case Query::Kind::Numbers:
      return spell_range(query, query.field);
    case Query::Kind::Exists:
      return fmt::format("{}:{}", french_name(exists_field), french_name(query.field));
    case Query::Kind::Id:
      return fmt::format("{}:{}", id_field, spell_phrase(query.text));
    case Query::Kind::Everything:
      return "*";
    case Query::Kind::Group:
      return in_parentheses(spell_group(query));
  }
  return {};
}

/// What only filters has no weight.
bool has_score(Query::Kind kind) {
  return kind != Query::Kind::Dates && kind != Query::Kind::Numbers && kind != Query::Kind::Exists &&
         kind != Query::Kind::Id && kind != Query::Kind::Everything;
}

std::string spell_atom(const Query& query, bool open) {
  if (query.weight == 1 || !has_score(query.kind)) return spell_unweighted(query, open);
  return spell_unweighted(query, false) + fmt::format("^{}", query.weight);
}

std::string spell_near(const Query& near) {
  std::string spelt;
  for (const Query& child : near.children) {
    if (!spelt.empty()) spelt += fmt::format(" NEAR/{} ", near.distance);
    spelt += spell_atom(child, false);
  }
  return spelt;
}

bool all_are(const Query& group, Occur occur) {
  return std::all_of(group.children.begin(), group.children.end(),
                     [occur](const Query& child) { return child.occur == occur; });
}

/// `a OU b`, `a ET b SAUF c`: whether operators alone can say the group.
bool has_operator_form(const Query& group) {
  if (group.children.size() < 2) return false;
  if (all_are(group, Occur::Should)) return group.match == 0;
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
    const bool words = child.kind == Query::Kind::Words && child.field.empty() && child.weight == 1;
    const bool bare = child.occur == Occur::Should && (words || child.kind == Query::Kind::Everything);
    // Words and stars right after such would become one text with them.
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
  const bool plain_group = query.kind == Query::Kind::Group && query.weight == 1;
  return plain_group ? spell_group(query) : spell_atom(query, true);
}

}  // namespace limier
