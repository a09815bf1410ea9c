#pragma once

#include <cstddef>
#include <string_view>

namespace limier {

/// Stems a French word by Jacques Savoy's light algorithm (UniNE; "Light Stemming Approaches for the French,
/// Portuguese, German and Hungarian Languages", SAC 2006), as Lucene publishes it. Works in place, since no step makes
/// a word longer: `word` holds `size` bytes of lower-case UTF-8 in NFC. Returns the size of the stem.
std::size_t light_stem(char* word, std::size_t size);

}  // namespace limier
