#include "shard/position_lists.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace limier::test {
namespace {

class Padded {
 public:
  Padded(std::vector<std::uint32_t> positions, std::uint32_t raised) : size_(positions.size()), raised_(raised) {
    for (const std::uint32_t position : positions) values_.insert(position + raised);
    numbers_ = std::move(positions);
    numbers_.insert(numbers_.end(), PositionLists::padding, PositionLists::beyond);
    numbers_.shrink_to_fit();  // so that a sanitizer sees whoever reads behind it
  }

  RaisedPositions list() const { return {std::span(numbers_).first(size_), raised_}; }
  const std::set<std::uint32_t>& values() const { return values_; }

 private:
  std::size_t size_;
  std::uint32_t raised_;
  std::vector<std::uint32_t> numbers_;
  std::set<std::uint32_t> values_;
};

/// How many there are.
std::size_t check(const Padded& one, const Padded& other) {
  std::vector<std::uint32_t> expected;
  std::ranges::set_intersection(one.values(), other.values(), std::back_inserter(expected));
  REQUIRE(count_common(one.list(), other.list()) == expected.size());
  std::vector<std::uint32_t> room(one.list().positions.size() + PositionLists::padding);
  const std::span<const std::uint32_t> common = write_common(one.list(), other.list(), room.data());
  REQUIRE(std::ranges::equal(common, expected));
  for (std::size_t i = 0; i < PositionLists::padding; ++i) REQUIRE(room[common.size() + i] == PositionLists::beyond);
  return expected.size();
}

}  // namespace

TEST_SUITE("position lists") {
  TEST_CASE("what two lists have in common: all of up to six positions each") {
    std::size_t found = 0;
    for (unsigned mine = 1; mine < 64; ++mine) {
      for (unsigned others = 1; others < 64; ++others) {
        for (const std::uint32_t raised : {0U, 1U, 3U}) {
          for (const std::uint32_t raised_others : {0U, 2U, 3U}) {
            const auto positions_of = [](unsigned bits) {
              std::vector<std::uint32_t> positions;
              for (std::uint32_t position = 1; bits != 0; ++position, bits /= 2)
                if (bits % 2 == 1) positions.push_back(position);
              return positions;
            };
            found += check({positions_of(mine), raised}, {positions_of(others), raised_others});
          }
        }
      }
    }
    CHECK(found > 10'000);
  }

  TEST_CASE("what two lists have in common: some of any length") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t end) {
      return std::uniform_int_distribution<std::uint32_t>(0, end - 1)(random);
    };
    std::size_t found = 0;
    for (unsigned round = 0; round < 20'000; ++round) {
      const std::uint32_t places = 1 + below(1 + below(1000));
      const auto some = [&] {
        std::set<std::uint32_t> positions;
        for (std::uint32_t left = 1 + below(1 + below(100)); left > 0; --left) positions.insert(1 + below(places));
        return Padded({positions.begin(), positions.end()}, below(4));
      };
      const Padded one = some(), other = some();
      found += check(one, other);
    }
    CHECK(found > 20'000);
  }
}

}  // namespace limier::test
