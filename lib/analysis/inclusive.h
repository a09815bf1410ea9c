#pragma once

#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Takes the endings of inclusive writing to a word, whose exact form stays the first, masculine one: `étudiant·e·s`,
/// `étudiant.e.s`, `étudiant(e)s`, `étudiant-e-s` -> `étudiant`; `tou-te-s` -> `tous`. Returns whether there were any.
bool join_inclusive_endings(std::string_view text, Word& word);

/// Whether a word behind a sign may be such an ending.
bool is_inclusive_ending(std::string_view exact);

}  // namespace limier
