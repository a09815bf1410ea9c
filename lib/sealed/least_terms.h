#pragma once

#include <cstdint>
#include <vector>

namespace limier::sealed {

/// Tells which of some cursors, each of which walks terms in order, stand on the least term of all, by their places:
/// none where all are at their ends.
template <typename Cursor>
void find_least(const std::vector<Cursor>& cursors, std::vector<std::uint32_t>& having) {
  having.clear();
  for (std::uint32_t place = 0; place < cursors.size(); ++place) {
    if (cursors[place].at_end()) continue;
    const int order = having.empty() ? 0 : cursors[place].term().compare(cursors[having.front()].term());
    if (order < 0) having.clear();
    if (order <= 0) having.push_back(place);
  }
}

}  // namespace limier::sealed
