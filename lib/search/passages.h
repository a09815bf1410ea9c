#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "limier/searcher.h"

namespace limier {

/// What white space parts in a text: a word, or several that are tied, with what belongs to them on paper
/// (`l’«\u00a0accord\u00a0»,`).
struct Piece {
  std::uint32_t begin = 0, end = 0;  ///< In bytes of the text.
  bool starts_sentence = false;
};

/// A run of pieces, [first, last).
struct Passage {
  std::size_t first = 0, last = 0;
};

/// Where something that is wanted stands.
struct Place {
  Passage passage;
  std::size_t wanted = 0;  ///< Which.
};

struct PassageLimits {
  std::size_t passages = 1;  ///< At most so many.
  std::size_t room = 0;      ///< At most so many bytes in all.
  std::size_t joint = 0;     ///< Of these, what goes between two.
};

/// Chooses passages, one after the other the one that adds most of `wanted` by weight, then that holds most places,
/// then that comes first; each has an equal share of the room, and is widened to whole sentences where these fit. In
/// the order of the text; its beginning if there are no places; none if nothing fits.
std::vector<Passage> choose_passages(const std::vector<Piece>& pieces, std::vector<Place> places,
                                     const std::vector<Wanted>& wanted, const PassageLimits& limits);

}  // namespace limier
