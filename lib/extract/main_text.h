#pragma once

#include <cstddef>
#include <vector>

#include "extract/block.h"

namespace limier::extract {

/// The blocks from `begin` to before `end`; empty where they are equal.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// How much a block speaks for being the article (above 0) or something else (below 0). The one table of weights.
double score(const Block& block);

/// The stretch of measured blocks that is the article: the one with the highest sum of scores that no other area
/// (comments, similar stories) cuts, the first of them where sums are equal; with the running text beside it in the
/// same element. Empty where no block speaks for it.
Span find_article(const std::vector<Block>& blocks);

/// The blocks in the span that are the article's text: without captions, share lines, `À lire aussi` and the like.
/// `title` is the article's own (folded), which is not text either.
std::vector<std::size_t> body_blocks(const std::vector<Block>& blocks, Span span, const std::string& folded_title);

}  // namespace limier::extract
