#pragma once

#include <cstdint>
#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Before which words one that stands before an apostrophe is sure to be an elision.
enum class Elision : std::uint8_t { Never, BeforeVowel, BeforeAll };

/// `l`, `qu`: before all. `d`, `n`: before vowels, for `N'Djamena` and `D'Souza` are names. `quelqu`, which is a part
/// of `quelqu'un`: never sure.
Elision elision_of(std::string_view exact);

/// Whether the word and the apostrophe after it are an elision, which is no word of its own: `l’` in `l’Algérie`, `qu’`
/// in `qu’« il »`, but not `N’` in `N’Djamena`, `quelqu’` in `quelqu’un` or the quoted letter in `'l' est muet`.
bool is_elision(std::string_view text, const Word& word);

/// Joins what follows an apostrophe inside a word: `aujourd’hui`, `prud’homme`, `O’Brien`, `rock’n’roll`. REQUIRES that
/// the word is no elision. Returns whether anything was joined.
bool join_apostrophes(std::string_view text, Word& word);

}  // namespace limier
