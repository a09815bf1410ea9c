#pragma once

#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Joins what belongs to a number or a version: groups of three digits (`590 000`, `590.000`, `590'000` -> `590000`),
/// decimals (`4,2` -> `4.2`), and dotted numbers as they are (`v2.0`, `192.168.0.1`, `23.11.2022`). REQUIRES that the
/// word ends in a digit. Returns whether anything was joined.
bool join_number(std::string_view text, Word& word);

}  // namespace limier
