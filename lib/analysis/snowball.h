#pragma once

#include <cstddef>
#include <string_view>

namespace limier {

/// Stems a French word by Martin Porter's algorithm as of Snowball 3,
/// https://snowballstem.org/algorithms/french/stemmer.html. Works in place, since no step makes a word longer: `word`
/// holds `size` bytes of lower-case UTF-8 in NFC. Returns the size of the stem. The stem keeps its accents (`pêch` for
/// `pêches`).
std::size_t snowball_stem(char* word, std::size_t size);

}  // namespace limier
