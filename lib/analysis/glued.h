#pragma once

#include <cstdint>
#include <string_view>

namespace limier {

/// Where a sentence begins inside the run of letters and digits from byte `begin` to `end`, because a page dropped all
/// that stood between the two: the `L` of `habitantsLes` and of `mariL’ancienne`. `end` where none does, as in
/// `YouTube`: a capital inside a word shows a sentence only if the rest of the run is a word that often begins one.
std::uint32_t find_glued_sentence(std::string_view text, std::uint32_t begin, std::uint32_t end);

}  // namespace limier
