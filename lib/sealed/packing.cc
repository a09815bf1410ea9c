#include "sealed/packing.h"

#include <array>
#include <cstring>
#include <utility>

namespace limier::sealed {
namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t rows = block_size / lanes;

using Row = std::array<std::uint32_t, lanes>;

/// `width` is known to the compiler, so that it unrolls the loop into shifts of vectors by constants.
template <unsigned width>
void unpack_width(const char* bytes, std::uint32_t* numbers) {
  if constexpr (width == 0) {
    std::memset(numbers, 0, block_size * sizeof *numbers);
  } else {
    constexpr std::uint32_t mask = width == 32 ? ~0U : (1U << (width % 32)) - 1;
    std::array<Row, width> words;
    std::memcpy(words.data(), bytes, sizeof words);
#pragma GCC unroll 32
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t word = row * width / 32, shift = row * width % 32;
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        std::uint32_t value = words[word][lane] >> shift;
        if (shift + width > 32) value |= words[word + 1][lane] << (32 - shift) % 32;
        numbers[row * lanes + lane] = value & mask;
      }
    }
  }
}

using Unpack = void (*)(const char*, std::uint32_t*);

template <std::size_t... widths>
constexpr std::array<Unpack, sizeof...(widths)> unpackers(std::index_sequence<widths...>) {
  return {unpack_width<widths>...};
}

constexpr auto unpack_by_width = unpackers(std::make_index_sequence<33>());

}  // namespace

void pack(const std::uint32_t* numbers, unsigned width, std::string& bytes) {
  std::array<Row, 33> words{};
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t word = row * width / 32, shift = row * width % 32;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const auto value = static_cast<std::uint64_t>(numbers[row * lanes + lane]) << shift;
      words[word][lane] |= static_cast<std::uint32_t>(value);
      words[word + 1][lane] |= static_cast<std::uint32_t>(value >> 32);
    }
  }
  const std::size_t begin = bytes.size();
  bytes.resize(begin + packed_size(width));
  std::memcpy(bytes.data() + begin, words.data(), packed_size(width));
}

void unpack(const char* bytes, unsigned width, std::uint32_t* numbers) { unpack_by_width[width](bytes, numbers); }

void unpack_sums(const char* bytes, unsigned width, std::uint32_t base, std::uint32_t* numbers) {
  unpack(bytes, width, numbers);
  for (std::size_t i = 0; i < block_size; ++i) numbers[i] = base += numbers[i];
}

}  // namespace limier::sealed
