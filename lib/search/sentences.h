#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace limier {

/// Where a sentence ends between two words of a text, the first of which ends at byte `from` and the second begins at
/// `to`: behind the stop and what closes with it, `signé. »`, or at the end of a paragraph. None where it goes on, as
/// behind `M.` and in `« Quoi ? » dit-il`. REQUIRES valid UTF-8.
std::optional<std::uint32_t> find_sentence_end(std::string_view text, std::uint32_t from, std::uint32_t to);

}  // namespace limier
