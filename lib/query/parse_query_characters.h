#pragma once

#include <cstddef>
#include <string_view>

/// What single characters and words mean in a query, shared by the parser and the printer so that they cannot disagree.
/// Everything works on bytes: what is not UTF-8 is part of a word like any letter.
namespace limier::query_syntax {

enum class Operator { None, And, Or, Not, Near };

struct OperatorWord {
  Operator kind = Operator::None;
  std::size_t length = 0;  ///< In bytes.
  unsigned distance = 0;   ///< Of `NEAR/5`.
};

struct Quotes {
  std::string_view open, close;
};

/// Bytes of the white space character at `at`, 0 for none: ASCII's, U+00A0 and U+202F.
std::size_t space_at(std::string_view text, std::size_t at);

/// Bytes of the run of white space at `at`.
std::size_t spaces_at(std::string_view text, std::size_t at);

/// What stands for this white space between two words: no-break spaces as they are, for they may group the digits of
/// `590 000`, anything else as one space.
std::string_view reduced_spaces(std::string_view spaces);

/// The quotes that the character at `at` opens, or nullptr.
const Quotes* quotes_at(std::string_view text, std::size_t at);

/// Whether a word ends before `at`: the text, white space, an opening quote or a parenthesis.
bool word_ends_at(std::string_view text, std::size_t at);

bool is_sign(char character);

/// The operator that the word starting at `at` is.
OperatorWord operator_at(std::string_view text, std::size_t at);

/// Bytes of the name in `name:` where the word starting at `at` could begin with a field: letters, and hyphens or
/// underscores between letters (`mot-clé`). 0 for none; what follows the colon is not looked at.
std::size_t name_before_colon(std::string_view text, std::size_t at);

/// The same where it does begin with a field: `Source: AFP`, `https://rfi.fr` and `(titre:)` are words.
std::size_t field_name_at(std::string_view text, std::size_t at);

/// What signs of its own make of a word: `=marché` is that very form, `etabliss*` whatever begins so, `présidant~` what
/// it is a misspelling of.
enum class WordMark { None, Form, Pattern, Fuzzy };

/// A word with the signs at its ends taken off. Its bytes still hold their backslashes.
struct MarkedWord {
  WordMark mark = WordMark::None;
  std::size_t begin = 0, end = 0;  ///< The word itself.
  std::size_t whole_end = 0;       ///< Behind its signs.
  std::string_view edits;          ///< Of Fuzzy: `2` of `mot~2`; empty without a number.
  std::string_view weight;         ///< `3` of `mot^3`; empty where there is none.

  bool is_marked() const { return mark != WordMark::None || !weight.empty(); }
};

/// The word starting at `at`; signs that stand alone, such as `=` or `*`, are words.
MarkedWord marked_word_at(std::string_view text, std::size_t at);

/// Whether the byte at `at` of a Pattern's word is a sign for other letters: any `*`, and a `?` between letters.
bool is_wildcard(std::string_view word, std::size_t at);

/// Bytes of the number in decimal digits at `at`, with a point where one is allowed; 0 for none.
std::size_t number_at(std::string_view text, std::size_t at, bool point);

/// Bytes of `(e)` in `étudiant(e)s`: letters alone in parentheses. 0 for anything else.
std::size_t parenthesised_letters_at(std::string_view text, std::size_t at);

}  // namespace limier::query_syntax
