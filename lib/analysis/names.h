#pragma once

#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Joins the signs of names that are searched as written, and of units: `C++`, `C#`, `AT&T`, `R&D`, `m²` -> `m2`.
/// Returns whether anything was joined.
bool join_name_signs(std::string_view text, Word& word);

/// Reads `.NET`, whose point comes before the word, where it stands at `point`.
bool read_dot_net(std::string_view text, Character point, Word& word);

}  // namespace limier
