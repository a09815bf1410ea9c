#include "sealed/packing.h"

#include <array>
#include <cstring>

#include "sealed/bits.h"

namespace limier::sealed {
namespace {

constexpr std::size_t rows = block_size / lanes;

using Row = std::array<std::uint32_t, lanes>;

constexpr unsigned patches = 64;     // a flag beside the width
constexpr unsigned place_width = 7;  // of a number in the block

constexpr std::uint32_t low_mask(unsigned width) { return width == 32 ? ~0U : (1U << width) - 1; }

constexpr std::size_t patches_size(unsigned wider, unsigned rest) { return (wider * (place_width + rest) + 7) / 8; }

struct Patching {
  unsigned width = 0, wider = 0, rest = 0;  // bits of all, how many have more, and how many more these may have
};

/// That of the fewest bytes.
Patching choose_patching(const std::uint32_t* numbers) {
  std::array<unsigned, 33> of_width{};
  for (std::size_t i = 0; i < block_size; ++i) ++of_width[width_of(numbers[i])];
  unsigned width = 32;
  while (width > 0 && of_width[width] == 0) --width;
  const unsigned widest = width;
  Patching best{widest, 0, 0};
  std::size_t best_size = packed_size(widest);
  for (unsigned wider = of_width[width]; width-- > 0; wider += of_width[width]) {
    const std::size_t size = packed_size(width) + 2 + patches_size(wider, widest - width);
    if (size >= best_size) continue;
    best_size = size;
    best = {width, wider, widest - width};
  }
  return best;
}

}  // namespace

void pack(const std::uint32_t* numbers, unsigned width, std::string& bytes) {
  std::array<Row, 33> words{};
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t word = row * width / 32, shift = row * width % 32;
    const std::uint32_t* const in_row = numbers + row * lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane) words[word][lane] |= in_row[lane] << shift;
    if (shift + width <= 32) continue;
    for (std::size_t lane = 0; lane < lanes; ++lane) words[word + 1][lane] |= in_row[lane] >> (32 - shift);
  }
  const std::size_t begin = bytes.size();
  bytes.resize(begin + packed_size(width));
  std::memcpy(bytes.data() + begin, words.data(), packed_size(width));
}

void unpack(const char* bytes, unsigned width, std::uint32_t* numbers) { kernels().unpack(bytes, width, numbers); }

// A patched block is: a byte, the width, plus `patches` where numbers are wider; the packed numbers; where some are,
// how many less one, the bits of the rest of each, and for each of them its place and that rest.
void pack_patched(const std::uint32_t* numbers, std::string& bytes) {
  const Patching chosen = choose_patching(numbers);
  const std::uint32_t mask = low_mask(chosen.width);
  std::array<std::uint32_t, block_size> low;
  for (std::size_t i = 0; i < block_size; ++i) low[i] = numbers[i] & mask;
  bytes.push_back(static_cast<char>(chosen.width | (chosen.wider > 0 ? patches : 0)));
  pack(low.data(), chosen.width, bytes);
  if (chosen.wider == 0) return;
  bytes.push_back(static_cast<char>(chosen.wider - 1));
  bytes.push_back(static_cast<char>(chosen.rest));
  append_bits(bytes, chosen.wider * (place_width + chosen.rest), [&](BitWriter& bits) {
    for (std::uint32_t i = 0; i < block_size; ++i)
      if ((numbers[i] & ~mask) != 0)
        bits.put(i | std::uint64_t{numbers[i] >> chosen.width} << place_width, place_width + chosen.rest);
  });
}

const char* unpack_patched(const char* bytes, std::uint32_t* numbers) {
  const auto head = static_cast<unsigned char>(*bytes++);
  const unsigned width = head & ~patches;
  unpack(bytes, width, numbers);
  bytes += packed_size(width);
  if ((head & patches) == 0) return bytes;
  const unsigned wider = static_cast<unsigned char>(bytes[0]) + 1U, rest = static_cast<unsigned char>(bytes[1]);
  BitReader bits(bytes + 2);
  for (unsigned i = 0; i < wider; ++i) {
    const std::uint32_t place = bits.take(place_width);
    numbers[place] |= bits.take(rest) << width;
  }
  return bytes + 2 + patches_size(wider, rest);
}

}  // namespace limier::sealed
