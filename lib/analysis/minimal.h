#pragma once

#include <cstddef>
#include <string_view>

namespace limier {

/// Stems a French word by Jacques Savoy's minimal algorithm (UniNE; "A Stemming Procedure and Stopword List for General
/// French Corpora", JASIS 50(10), 1999), as Lucene publishes it: little more than plurals and feminines. Works in
/// place: `word` holds `size` bytes of lower-case UTF-8 in NFC. Returns the size of the stem.
std::size_t minimal_stem(char* word, std::size_t size);

}  // namespace limier
