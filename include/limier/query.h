#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "limier/export.h"

namespace limier {

/// How a part of a query takes part in the whole.
enum class Occur {
  Should,   ///< Raises the score; in a group without a Must, one of the Shoulds has to match.
  Must,     ///< Has to match.
  MustNot,  ///< Must not match.
};

/// A query as a plain tree. `parse_query` makes one from what a person types; a program may build one directly.
/// Thread rule: a plain value.
struct Query {
  enum class Kind {
    Words,   ///< `text` holds words that are alternatives, ranked together. Words without any token match nothing.
    Phrase,  ///< `text` holds words that follow one another.
    Form,    ///< `text` holds a word that is looked for in this very form: no ending, no accent may differ.
    Prefix,  ///< `text` holds the beginning of words, their accents as typed, or any where it is typed without.
    Dates,   ///< Documents whose date lies wholly in [`from`, `to`].
    Group,   ///< `children`, each with its `occur`. An empty group matches nothing; one of MustNots alone, all the
             ///< others.
  };

  Kind kind = Kind::Group;
  Occur occur = Occur::Should;  ///< This node's part in its parent; Should at the root.
  std::string field;            ///< Beside `text`: empty for title and body, else a name in `query_fields()`.
  std::string text;             ///< Of Words, Phrase, Form and Prefix, as typed.
  std::string from, to;         ///< Of Dates: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, both ends included; empty is open.
  std::vector<Query> children;  ///< Of Group.

  bool operator==(const Query&) const = default;
};

/// Parses the query language of docs/query-syntax.md. Throws Error{QuerySyntax} with the byte offset of the offence.
LIMIER_EXPORT Query parse_query(std::string_view text);

/// The query in its canonical spelling: `parse_query(to_string(q)) == q` for every q that parse_query gives.
LIMIER_EXPORT std::string to_string(const Query& query);

/// A field that a query can name.
struct QueryField {
  std::string_view name;         ///< In English, the key of Document that it searches: `title`, `author`, ….
  std::string_view french_name;  ///< `titre`, `auteur`, ….
};

/// All of them, in the order in which help shows them.
LIMIER_EXPORT const std::vector<QueryField>& query_fields();

}  // namespace limier
