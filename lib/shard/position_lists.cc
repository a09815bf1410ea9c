#include "shard/position_lists.h"

#include <cstring>

namespace limier {
namespace {

constexpr std::size_t eight = PositionLists::padding;

/// Numbers side by side, compared at once by any processor of the kind.
using Four [[gnu::vector_size(16)]] = std::int32_t;

Four four_at(const std::uint32_t* numbers) {
  Four four;
  std::memcpy(&four, numbers, sizeof four);
  return four;
}

/// Visits eight by eight of the positions of `one`, with -1 for those of them that `other` has, too, and 0 for the
/// rest; some eights again and again, but each position that both have once with -1. Eight and eight are compared all
/// with all: so there is a branch for those alone which have more, for which position is less nobody could foretell.
template <typename Visit>
void for_each_eight(const RaisedPositions& one, const RaisedPositions& other, Visit visit) {
  constexpr auto beyond = static_cast<std::int32_t>(PositionLists::beyond);
  const auto raised = static_cast<std::int32_t>(one.raised - other.raised);
  const std::uint32_t *mine = one.positions.data(), *others = other.positions.data();
  const std::uint32_t *const end = mine + one.positions.size(), *const others_end = others + other.positions.size();
  while (mine < end && others < others_end) {
    const Four low = four_at(mine), high = four_at(mine + 4), low_raised = low + raised, high_raised = high + raised;
    Four low_found{}, high_found{};
    for (std::size_t i = 0; i < eight; ++i) {
      low_found |= low_raised == static_cast<std::int32_t>(others[i]);
      high_found |= high_raised == static_cast<std::int32_t>(others[i]);
    }
    visit(mine, low_found & (low != beyond), high_found & (high != beyond));
    const std::int32_t last = static_cast<std::int32_t>(mine[eight - 1]) + raised;
    const auto last_of_others = static_cast<std::int32_t>(others[eight - 1]);
    mine += last <= last_of_others ? eight : 0;
    others += last_of_others <= last ? eight : 0;
  }
}

}  // namespace

std::size_t count_common(const RaisedPositions& one, const RaisedPositions& other) {
  Four found{};
  for_each_eight(one, other, [&](const std::uint32_t*, const Four& low, const Four& high) { found += low + high; });
  return static_cast<std::size_t>(-(found[0] + found[1] + found[2] + found[3]));
}

std::span<const std::uint32_t> write_common(const RaisedPositions& one, const RaisedPositions& other,
                                            std::uint32_t* common) {
  std::size_t written = 0;
  for_each_eight(one, other, [&](const std::uint32_t* mine, const Four& low, const Four& high) {
    for (std::size_t i = 0; i < eight; ++i) {
      common[written] = mine[i] + one.raised;
      written += static_cast<std::size_t>((i < 4 ? low[i] : high[i - 4]) != 0);
    }
  });
  std::fill_n(common + written, eight, PositionLists::beyond);
  return {common, written};
}

}  // namespace limier
