#pragma once

#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Joins single letters with points to one word: `S.N.C.F.` -> `sncf`, `U.S.A` -> `usa`, `J.-C.` -> `jc`. Returns
/// whether anything was joined: not in `M.Kolokoltsev`.
bool join_acronym(std::string_view text, Word& word);

}  // namespace limier
