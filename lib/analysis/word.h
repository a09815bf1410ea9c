#pragma once

#include <cstdint>
#include <string_view>

#include "analysis/characters.h"
#include "analysis/term.h"

namespace limier {

/// A word on its way to a token. It begins as a run of letters and digits; rules join further runs to it.
/// Thread rule: a plain value.
struct Word {
  Term exact;                        ///< Case folded, NFC; accents kept, apostrophes as U+0027.
  std::uint32_t begin = 0, end = 0;  ///< Bytes of the text.
  std::uint32_t letters = 0;         ///< How many of the characters.
  std::uint32_t digits = 0;
  bool ascii = true;         ///< The exact form is.
  bool apostrophes = false;  ///< The exact form has some.
  bool latin = true;         ///< No letter is of another script.
  bool ends_in_digit = false;
  bool as_written = false;  ///< Not French morphology: a number, an address, a name such as C++. It has no stem.
  bool joined = false;      ///< As Token::joined.
  bool dropped = false;     ///< No token: `l’`, the t of `a-t-il`.
  std::string_view rule;    ///< As Explanation::rule.

  bool is_number() const { return letters == 0; }
  bool is_letter() const { return letters == 1 && digits == 0; }
  bool is_letters() const { return digits == 0; }
  bool is_french() const { return latin && digits == 0 && !as_written; }
};

/// Reads the run of letters, digits and their marks that begins at byte `at`, without a sentence that a page glued to
/// it (`glued.h`). REQUIRES that such a character stands there.
void read_run(std::string_view text, std::uint32_t at, Word& word);

/// Joins `next`, with `link` between the two in the exact form.
void join(Word& word, std::string_view link, const Word& next);

/// Whether the text shows the word as at the beginning of a sentence: `Le`, not `LE`, `le` or `L2`.
bool is_title_case(std::string_view text, const Word& word);

/// Whether a capital shows that `word`, glued to `before` by a sign, begins a sentence: `avril.Le`, `avril.LE`,
/// `RATP.Le`, but not `RATP.FR` or `exemple.fr`.
bool begins_sentence(std::string_view text, const Word& before, const Word& word);

}  // namespace limier
