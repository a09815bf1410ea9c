#include "shard/similarity.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <span>

#include "limier/error.h"
#include "text/message.h"

namespace limier {
namespace {

constexpr std::uint32_t weight_of_one = 16;

std::uint32_t computed_weight(std::size_t count) {
  return static_cast<std::uint32_t>(std::lround(weight_of_one * std::sqrt(static_cast<double>(count))));
}

// Further occurrences count less and less. In whole numbers, so that sums do not depend on their order.
std::uint32_t weight_of(std::uint32_t count) {
  static const std::array<std::uint32_t, 64> of_few = [] {
    std::array<std::uint32_t, 64> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = computed_weight(i);
    return weights;
  }();
  return count < of_few.size() ? of_few[count] : computed_weight(count);
}

/// 64 sums side by side: the bits of equal worth of all of them are one number, a plane, so that an addition to any of
/// them is a few operations on 64 at once.
class Sums {
 public:
  /// Adds `weight` to the sums whose bits are set.
  void add(std::uint64_t bits, std::uint32_t weight) {
    total_ += weight;
    for (; weight != 0; weight &= weight - 1) put(static_cast<std::size_t>(std::countr_zero(weight)), bits);
  }

  /// Adds a weight that is a power of two, 2^plane, to the sums whose bits are set, for each of several.
  void add_each(std::span<const std::uint64_t> all, std::size_t plane) {
    total_ += all.size() << plane;
    for (; all.size() >= eight; all = all.subspan(eight)) add_eight(plane, all.data());
    for (const std::uint64_t bits : all) put(plane, bits);
  }

  /// Which of them are more than half of all weights.
  std::uint64_t majority() {
    for (std::size_t plane = 0; plane < waiting_.size(); ++plane)
      for (std::size_t i = 0; i < waiting_[plane].size; ++i) add_to_plane(plane, waiting_[plane].bits[i]);
    std::uint64_t above = 0, equal = ~std::uint64_t{0};
    for (auto plane = static_cast<std::size_t>(std::bit_width(total_)); plane-- > 0;) {
      const std::uint64_t half = (total_ / 2 >> plane & 1) != 0 ? ~std::uint64_t{0} : 0;
      above |= equal & planes_[plane] & ~half;
      equal &= ~(planes_[plane] ^ half);
    }
    return above;
  }

 private:
  static constexpr std::size_t eight = 8;

  /// What is to be added to a plane, eight at a time.
  struct Waiting {
    std::array<std::uint64_t, eight> bits;
    std::size_t size = 0;
  };

  void put(std::size_t plane, std::uint64_t bits) {
    Waiting& waiting = waiting_[plane];
    waiting.bits[waiting.size++] = bits;
    if (waiting.size < eight) return;
    add_eight(plane, waiting.bits.data());
    waiting.size = 0;
  }

  /// What two of them carry over goes on as one (S. Harley's and D. Seal's adders; H. Warren, Hacker's Delight, 2012).
  void add_eight(std::size_t plane, const std::uint64_t* bits) {
    std::array<std::uint64_t, 2> fours{};
    for (std::size_t i = 0; i < fours.size(); ++i) {
      const std::uint64_t* const four = bits + 4 * i;
      const std::uint64_t twos = add_two(plane, four[0], four[1]);
      fours[i] = add_two(plane + 1, twos, add_two(plane, four[2], four[3]));
    }
    add_to_plane(plane + 3, add_two(plane + 2, fours[0], fours[1]));
  }

  void add_to_plane(std::size_t plane, std::uint64_t bits) {
    for (; bits != 0; ++plane) bits &= ~(planes_[plane] ^= bits);
  }

  /// Returns what is to be added to the next plane.
  std::uint64_t add_two(std::size_t plane, std::uint64_t a, std::uint64_t b) {
    const std::uint64_t sum = planes_[plane] ^ a, carry = (planes_[plane] & a) | (sum & b);
    planes_[plane] = sum ^ b;
    return carry;
  }

  std::array<std::uint64_t, 64> planes_{};
  std::array<Waiting, 32> waiting_;  // by plane
  std::uint64_t total_ = 0;
};

}  // namespace

void Sketcher::add(std::string_view stem) {
  const std::uint64_t word = XXH3_64bits(stem.data(), stem.size());
  hashes_.push_back(word);
  if (last_ != 0) {
    const std::uint64_t pair[] = {last_, word};
    hashes_.push_back(XXH3_64bits(pair, sizeof pair));
  }
  last_ = word;
}

/// Counts each hash once, and returns the counts. There are two slots and more for each; they are numbers, so that they
/// fit the first cache. An empty slot is the place of what is sought, so that whether a hash is new, which nobody could
/// foretell, takes no branch.
std::span<Sketcher::Counted> Sketcher::count_hashes() {
  const std::size_t slots = std::bit_ceil(2 * hashes_.size() + 1);
  slots_.assign(slots, 0);
  if (counted_.size() <= hashes_.size()) counted_.resize(2 * hashes_.size() + 1);
  std::uint32_t size = 0;
  for (const std::uint64_t hash : hashes_) {
    counted_[0].hash = hash;
    std::size_t at = hash & (slots - 1);
    while (counted_[slots_[at]].hash != hash) at = (at + 1) & (slots - 1);
    const std::uint32_t found = slots_[at], added = found == 0 ? 1 : 0, place = found + ((0 - added) & (size + 1));
    size += added;
    slots_[at] = place;
    counted_[place] = {hash, ((added - 1) & counted_[place].count) + 1};
  }
  return std::span(counted_).subspan(1, size);
}

/// Most hashes are met once. Which, nobody could foretell: so they are parted from the others without a branch.
Sketch Sketcher::finish() {
  const std::span<Counted> counted = count_hashes();
  std::size_t once = 0, several = 0;
  for (const Counted each : counted) {
    hashes_[once] = each.hash;
    counted[several] = each;
    once += each.count == 1 ? 1 : 0;
    several += each.count > 1 ? 1 : 0;
  }
  Sums sums;
  sums.add_each(std::span(hashes_).first(once), std::countr_zero(weight_of_one));
  for (const Counted& each : counted.first(several)) sums.add(each.hash, weight_of(each.count));
  hashes_.clear();
  last_ = 0;
  return sums.majority();
}

std::string print_sketch(Sketch sketch) { return sketch == 0 ? std::string() : fmt::format("{:016x}", sketch); }

Sketch parse_sketch(const std::string& value) {
  Sketch sketch = 0;
  const char* end = value.data() + value.size();
  const auto [rest, error] = std::from_chars(value.data(), end, sketch, 16);
  if (!value.empty() && (value.size() != 16 || rest != end || error != std::errc()))
    throw Error(ErrorCode::Corrupt, message("a document's similarity sketch is damaged"));
  return sketch;
}

}  // namespace limier
