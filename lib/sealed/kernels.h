#pragma once

#include <cstddef>
#include <cstdint>

#include "sealed/occurrences.h"
#include "shard/postings.h"

namespace limier::sealed {

/// How many numbers a block has.
inline constexpr std::size_t block_size = 128;

/// How many lie side by side in a packed block, for a vector instruction to handle at once.
inline constexpr std::size_t lanes = 4;

/// What is done to all numbers of a block, or to other numbers side by side, at a time, by the instructions of one kind
/// of processor; the results are the same by all.
struct Kernels {
  /// Reads numbers of `width` bits, 0 to 32, as `pack` has written them.
  void (*unpack)(const char* bytes, unsigned width, std::uint32_t* numbers);

  /// Turns numbers into the sums of all up to each, with 1 more for each, from `before` on.
  void (*add_up)(std::uint32_t* numbers, std::uint32_t before);

  /// How many of the numbers, which ascend, are below `target`.
  std::size_t (*count_below)(const std::uint32_t* numbers, std::uint32_t target);

  /// The same for each of some targets. REQUIRES that none is above the last number.
  void (*count_below_each)(const std::uint32_t* numbers, std::span<const std::uint32_t> targets, std::uint8_t* counts);

  /// Of 64 documents, whose days stand side by side, those whose bit is in `documents` and whose days are within a
  /// range. REQUIRES days below 2^31.
  std::uint64_t (*within)(const Days* days, std::uint64_t documents, const Days& range);

  /// As CodedPositions::read.
  std::uint64_t (*read_positions)(const CodedPositions& coded, std::size_t from, std::uint64_t bit,
                                  std::span<const std::uint8_t> some, std::uint32_t* positions);
};

/// For every processor.
extern const Kernels portable_kernels;

/// For those with AVX2 and BMI2 (x86-64 of 2013 and later); null where this is none of them.
const Kernels* avx2_kernels();

/// The fastest that this processor has. Thread rule: any.
const Kernels& kernels();

}  // namespace limier::sealed
