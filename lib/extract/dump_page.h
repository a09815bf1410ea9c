#pragma once

#include <string_view>
#include <vector>

#include "extract/block.h"

namespace limier::extract {

/// The lines of a page dump as measured blocks: bullets and indentation are taken off and noted.
std::vector<Block> dump_blocks(std::string_view dump);

/// The paragraphs of a text whose lines were broken at a fixed width; empty where the lines are no such thing.
std::vector<Block> unwrapped_blocks(std::string_view text);

}  // namespace limier::extract
