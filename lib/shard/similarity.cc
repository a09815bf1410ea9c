#include "shard/similarity.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <charconv>
#include <cmath>

#include "limier/error.h"
#include "text/message.h"

namespace limier {
namespace {

// Further occurrences count less and less. In whole numbers, so that sums do not depend on their order.
std::int32_t weight_of(std::uint32_t count) {
  constexpr double steps = 16;
  return static_cast<std::int32_t>(std::lround(steps * std::sqrt(static_cast<double>(count))));
}

}  // namespace

void Sketcher::add(std::string_view stem) {
  const std::uint64_t word = XXH3_64bits(stem.data(), stem.size());
  ++counts_[word];
  if (last_ != 0) {
    const std::uint64_t pair[] = {last_, word};
    ++counts_[XXH3_64bits(pair, sizeof pair)];
  }
  last_ = word;
}

Sketch Sketcher::finish() const {
  std::array<std::int64_t, 64> sums{};
  for (const auto& [hash, count] : counts_) {
    const std::int32_t weight = weight_of(count);
    for (std::size_t bit = 0; bit < sums.size(); ++bit) sums[bit] += (hash >> bit & 1) != 0 ? weight : -weight;
  }
  Sketch sketch = 0;
  for (std::size_t bit = 0; bit < sums.size(); ++bit) sketch |= Sketch{sums[bit] > 0} << bit;
  return sketch;
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
