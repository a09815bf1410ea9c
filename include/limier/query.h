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
    Words,       ///< `text` holds words that are alternatives, ranked together.
    Phrase,      ///< `text` holds words that follow one another; with a `distance`, stand near each other in any order.
    Form,        ///< `text` holds a word that is looked for in this very form: no ending, no accent may differ.
    Pattern,     ///< `text` holds a word in which `*` stands for any letters and `?` for one, unless a backslash stands
                 ///< before; accents as typed, or any where it is typed without.
    Fuzzy,       ///< `text` holds a word that may be misspelt in `distance` places; accents do not count.
    Near,        ///< `children` (words, forms, patterns, phrases, alternatives of these) stand near each other.
    Dates,       ///< Documents whose date lies wholly in [`from`, `to`].
    Numbers,     ///< Documents whose named value `field` (Document::values) is a number in [`from`, `to`].
    Exists,      ///< Documents that have any value in `field`, a name in `query_fields()` or of Document::values.
    Id,          ///< The document whose id is `text`.
    Everything,  ///< All documents.
    Group,  ///< `children`, each with its `occur`. One of MustNots alone matches all other documents. Children without
            ///< any token, such as a lone dash, and empty groups are left out; where nothing is left, nothing matches.
  };

  Kind kind = Kind::Group;
  Occur occur = Occur::Should;  ///< This node's part in its parent; Should at the root.
  std::string field;            ///< Beside `text`: empty for title and body, else a name in `query_fields()`.
  std::string text;             ///< As typed.
  double weight = 1;            ///< What its score is multiplied with, above 0, at most 1000.
  double match = 0;             ///< Of Words and Group: the share of the alternatives that has to match, from 0 (any
                                ///< one) to 1 (all).
  unsigned distance = 0;  ///< Of Phrase (0: in order) and Near: how many positions the last word may stand behind the
                          ///< first, up to 1000. Of Fuzzy: how many letters may be wrong, missing, too many or swapped,
                          ///< 1 or 2.
  std::string from, to;   ///< Of Dates: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; of Numbers: decimal numbers. Both ends
                          ///< included; empty is open.
  bool above = false;     ///< Of Numbers: `from` itself is left out.
  bool below = false;     ///< Of Numbers: `to` itself is left out.
  std::vector<Query> children;  ///< Of Near and Group.

  bool operator==(const Query&) const = default;
};

/// Thread rule: a plain value.
struct QueryOptions {
  double match = 0;             ///< The share of words side by side that has to match, from 0 (any) to 1 (all).
  bool forgive_quotes = false;  ///< Whether a quote that is not closed is left out, as a search box may want it.
  std::string today;            ///< `YYYY-MM-DD`, for `date:"depuis 30 jours"`; empty for the day of the local clock.
};

/// Parses the query language of docs/query-syntax.md. Throws Error{QuerySyntax} with the byte offset of the offence,
/// InvalidArgument for options out of range.
LIMIER_EXPORT Query parse_query(std::string_view text, const QueryOptions& options = {});

/// The query in its canonical spelling: `parse_query(to_string(q)) == q` for every q that parse_query gives, under the
/// same options.
LIMIER_EXPORT std::string to_string(const Query& query);

/// A field that a query can name.
struct QueryField {
  std::string_view name;         ///< In English, the key of Document that it searches: `title`, `author`, ….
  std::string_view french_name;  ///< `titre`, `auteur`, ….
};

/// All of them, in the order in which help shows them.
LIMIER_EXPORT const std::vector<QueryField>& query_fields();

}  // namespace limier
