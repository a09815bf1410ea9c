#pragma once

#include <cstddef>

#include "limier/analyzer.h"

namespace limier {

/// Stems a French word in place: `word` holds `size` bytes of lower-case UTF-8 in NFC. Returns the size of the stem,
/// which is never longer and may keep its accents.
std::size_t stem(Stemmer stemmer, char* word, std::size_t size);

}  // namespace limier
