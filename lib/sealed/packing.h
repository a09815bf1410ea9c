#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sealed/kernels.h"

namespace limier::sealed {

/// How many bytes a block of numbers of `width` bits takes.
constexpr std::size_t packed_size(unsigned width) { return block_size / 8 * width; }

/// Appends a block of numbers, each below 2^width, `width` from 0 to 32. Number i lies in the lane i % 4 of four 32-bit
/// words side by side, so that a vector instruction handles four at once (D. Lemire and L. Boytsov, Decoding billions
/// of integers per second through vectorization, 2015).
void pack(const std::uint32_t* numbers, unsigned width, std::string& bytes);

/// Reads it back.
void unpack(const char* bytes, unsigned width, std::uint32_t* numbers);

/// Appends a block of numbers most of which are small: the lowest bits of each packed, the rest of the few others apart
/// (M. Zukowski et al., Super-scalar RAM-CPU cache compression, 2006).
void pack_patched(const std::uint32_t* numbers, std::string& bytes);

/// Reads it back; returns where it ends. REQUIRES `reader_margin` readable bytes behind it.
const char* unpack_patched(const char* bytes, std::uint32_t* numbers);

}  // namespace limier::sealed
