#pragma once

#include <string_view>

namespace limier {

/// Whether an exact form is a French word of grammar, typed with its accents or without any (`meme`).
bool is_stop_word(std::string_view exact);

}  // namespace limier
