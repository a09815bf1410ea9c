#pragma once

#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Joins the signs of names that are searched as written, and of units: `C++`, `C#`, `AT&T`, `R&D`, `m²` -> `m2`.
/// Returns whether anything was joined.
bool join_name_signs(std::string_view text, Word& word);

/// A quick look at the byte after `point`; false: `read_dot_net` reads nothing.
inline bool may_be_dot_net(std::string_view text, Character point) {
  if (point.end >= text.size()) return false;
  const auto next = static_cast<unsigned char>(text[point.end]);
  return next == 'n' || next == 'N' || next >= 0x80;  // also in full width
}

/// Reads `.NET`, whose point comes before the word, where it stands at `point`.
bool read_dot_net(std::string_view text, Character point, Word& word);

}  // namespace limier
