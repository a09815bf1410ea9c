#pragma once

#include <cstddef>
#include <string_view>

/// What single characters and words mean in a query, shared by the parser and the printer so that they cannot disagree.
/// Everything works on bytes: what is not UTF-8 is part of a word like any letter.
namespace limier::query_syntax {

enum class Operator { None, And, Or, Not };

struct OperatorWord {
  Operator kind = Operator::None;
  std::size_t length = 0;  ///< In bytes.
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

/// Bytes of the name in `name:` where the word starting at `at` could begin with a field: letters, and hyphens between
/// letters (`mot-clé`). 0 for none; what follows the colon is not looked at.
std::size_t name_before_colon(std::string_view text, std::size_t at);

/// The same where it does begin with a field: `Source: AFP`, `https://rfi.fr` and `(titre:)` are words.
std::size_t field_name_at(std::string_view text, std::size_t at);

/// What a sign of its own makes of a word: `=marché` is that very form, `etabliss*` whatever begins so.
enum class WordMark { None, Form, Prefix };

/// The mark of the word starting at `at`; a lone `=` or `*` is a word.
WordMark word_mark_at(std::string_view text, std::size_t at);

/// Bytes of `(e)` in `étudiant(e)s`: letters alone in parentheses. 0 for anything else.
std::size_t parenthesised_letters_at(std::string_view text, std::size_t at);

}  // namespace limier::query_syntax
