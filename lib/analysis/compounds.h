#pragma once

#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Whether the word may be one of those that `is_clitic` tells.
bool is_clitic_word(std::string_view exact);

/// Whether the word that follows a hyphen is, with all that hyphens tie to it, pronouns after a verb or `ci` and `là`:
/// `peut-on`, `donne-les-moi`, `celui-ci`. Such words make no compound, as `Aix-en-Provence` is one.
bool is_clitic(std::string_view text, const Word& word);

/// Whether the word is the t that only sounds: `a-t-il`, also with a space for the first hyphen, `assure t-il`.
bool is_euphonic_t(std::string_view text, const Word& word);

}  // namespace limier
