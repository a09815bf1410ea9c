#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// Numbers as runs of bits, the lowest bit of the first byte first.
namespace limier::sealed {

/// How many bits a number needs.
constexpr unsigned width_of(std::uint32_t value) { return static_cast<unsigned>(std::bit_width(value)); }

/// How many bytes past the last bit a BitWriter may touch.
inline constexpr std::size_t writer_margin = 8;

/// Writes bits into memory. Thread rule: one thread at a time.
class BitWriter {
 public:
  /// REQUIRES room for all that is put, and `writer_margin` bytes more.
  explicit BitWriter(char* at) : begin_(at), at_(at) {}

  /// The lowest `width` bits of `value`, 0 to 56; the others are 0. All that is held is written each time: whether a
  /// byte is full, nobody could foretell.
  void put(std::uint64_t value, unsigned width) {
    held_ |= value << held_bits_;
    held_bits_ += width;
    std::memcpy(at_, &held_, sizeof held_);
    at_ += held_bits_ / 8;
    held_ >>= held_bits_ & ~7U;
    held_bits_ %= 8;
  }

  /// How many bits were put.
  std::uint64_t written() const { return 8 * static_cast<std::uint64_t>(at_ - begin_) + held_bits_; }

  /// Behind the last byte, which is filled up with zeros.
  char* end() const { return at_ + (held_bits_ + 7) / 8; }

 private:
  char *begin_, *at_;
  std::uint64_t held_ = 0;  // less than a byte between calls
  unsigned held_bits_ = 0;
};

/// Appends to a string of bytes what `put` gives a BitWriter, at most so many bits.
template <typename Put>
void append_bits(std::string& bytes, std::size_t most, Put put) {
  const std::size_t begin = bytes.size();
  bytes.resize(begin + most / 8 + 1 + writer_margin);
  BitWriter bits(bytes.data() + begin);
  put(bits);
  bytes.resize(static_cast<std::size_t>(bits.end() - bytes.data()));
}

/// How many bytes past the last bit a BitReader may touch, and how many bits it sees at least.
inline constexpr std::size_t reader_margin = 8;
inline constexpr unsigned known_ahead = 57;

/// Reads what a BitWriter wrote. REQUIRES `reader_margin` readable bytes behind it.
/// Thread rule: one thread at a time.
class BitReader {
 public:
  explicit BitReader(const char* bytes, std::uint64_t bit = 0) : bytes_(bytes), bit_(bit) {}

  std::uint32_t take(unsigned width) {
    const std::uint64_t value = ahead() & ((std::uint64_t{1} << width) - 1);
    bit_ += width;
    return static_cast<std::uint32_t>(value);
  }

  /// The next `known_ahead` bits or more, without moving.
  std::uint64_t ahead() const { return word() >> (bit_ & 7); }

  /// The next 64 bits from the byte on in which it stands.
  std::uint64_t word() const {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes_ + (bit_ >> 3), sizeof word);
    return word;
  }

  void skip(std::uint64_t bits) { bit_ += bits; }

  std::uint64_t at() const { return bit_; }  ///< Bits from the first byte to where it stands.

 private:
  const char* bytes_;
  std::uint64_t bit_;
};

/// R. F. Rice's code (Some practical universal noiseless coding techniques, 1979) of several numbers: for each
/// `number >> low` ones and a zero, and then of each the `low` lowest bits, so that nothing has to be read before it is
/// known where the next one begins. A number that would have 24 ones or more has 24, and all its 32 bits behind.
inline constexpr unsigned most_ones = 24;

/// The most bits that one takes.
inline constexpr std::size_t longest_rice = most_ones + 1 + 32;

/// `number_at` gives each of them by its place.
template <typename NumberAt>
void put_rice(BitWriter& bits, std::size_t numbers, unsigned low, NumberAt number_at) {
  for (std::size_t i = 0; i < numbers; ++i) {
    const std::uint32_t ones = std::min(number_at(i) >> low, most_ones);
    bits.put((1U << ones) - 1, ones + 1);
  }
  for (std::size_t i = 0; i < numbers; ++i) {
    const std::uint32_t number = number_at(i);
    if (number >> low < most_ones) {
      bits.put(number & ((1U << low) - 1), low);
    } else {
      bits.put(number, 32);
    }
  }
}

/// Moves behind the first parts of so many numbers, and calls `visit` with the ones of each.
template <typename Visit>
void take_ones(BitReader& bits, std::size_t numbers, Visit visit) {
  constexpr unsigned known = known_ahead;
  std::uint64_t ahead = bits.ahead();
  unsigned used = 0;
  for (std::size_t i = 0; i < numbers; ++i) {
    if (used + most_ones + 1 > known) {
      bits.skip(std::exchange(used, 0));
      ahead = bits.ahead();
    }
    const auto ones = static_cast<unsigned>(std::countr_one(ahead));
    ahead >>= ones + 1;
    used += ones + 1;
    visit(ones);
  }
  bits.skip(used);
}

inline void take_rice(BitReader& bits, std::span<std::uint32_t> numbers, unsigned low) {
  std::uint32_t* next = numbers.data();
  take_ones(bits, numbers.size(), [&](unsigned ones) { *next++ = ones; });
  for (std::uint32_t& number : numbers) number = number < most_ones ? number << low | bits.take(low) : bits.take(32);
}

/// The place of the zero that ends the first parts of so many numbers, by the bits ahead, of which zeros are set; 64
/// where it is not among these, and for a single one. Up to eight are looked up, for nobody could foretell the branches
/// of a loop.
inline unsigned place_of_zero(std::uint32_t numbers, std::uint64_t zeros) {
  using Sizes = std::array<std::array<std::uint8_t, 256>, 10>;
  static constexpr Sizes sizes = [] {
    Sizes found{};
    for (unsigned byte = 0; byte < 256; ++byte)
      for (unsigned bit = 0, found_zeros = 0; bit < 8; ++bit)
        if ((byte >> bit & 1) == 1) found[++found_zeros][byte] = static_cast<std::uint8_t>(bit + 1);
    found[1].fill(65);
    return found;
  }();
  if (const unsigned size = sizes[std::min<std::size_t>(numbers, sizes.size() - 1)][zeros % 256]) return size - 1;
  for (; numbers > 1 && zeros != 0; --numbers) zeros &= zeros - 1;
  return static_cast<unsigned>(std::countr_zero(zeros));
}

/// Moves behind so many numbers.
inline void skip_rice(BitReader& bits, std::size_t numbers, unsigned low) {
  std::uint64_t behind = 0;
  take_ones(bits, numbers, [&](unsigned ones) { behind += ones < most_ones ? low : 32; });
  bits.skip(behind);
}

/// The number of low bits that suits numbers with this sum: log2 of 0.96 of their mean (A. Kiely, Selecting the Golomb
/// parameter in Rice coding, 2004: 2 ln of the golden ratio), told without a division.
constexpr unsigned rice_low_bits(std::uint64_t sum, std::uint64_t numbers) {
  const std::uint64_t most = sum * 96 / 100;
  if (numbers == 0 || most < numbers) return 0;
  const auto low = static_cast<unsigned>(std::bit_width(most) - std::bit_width(numbers));
  return low - (numbers << low > most ? 1 : 0);
}

/// Codes numbers below `range`, 2 to 2^31, in bits of one length or of one less, as few as there can be.
class RangeCode {
 public:
  constexpr RangeCode() = default;
  explicit constexpr RangeCode(std::uint32_t range)
      : shorter_((1U << width_of(range - 1)) - range), least_width_(width_of(range - 1) - 1) {}

  /// Without a branch on the size, which nobody could foretell.
  void put(BitWriter& bits, std::uint32_t number) const {
    const unsigned longer = number >= shorter_ ? 1 : 0;
    const std::uint32_t shifted = number + shorter_, in_longer = shifted >> 1 | (shifted & 1) << least_width_;
    bits.put(number ^ ((0 - longer) & (number ^ in_longer)), least_width_ + longer);
  }

  constexpr std::uint32_t shorter() const { return shorter_; }     ///< So many numbers have the lesser width,
  constexpr unsigned least_width() const { return least_width_; }  ///< which this is.

  struct Sized {
    std::uint32_t number = 0;
    unsigned size = 0;  ///< In bits.
  };

  /// The number with which the bits ahead begin; without a branch on it, which nobody could foretell.
  Sized first_of(std::uint64_t ahead) const {
    const auto upper = static_cast<std::uint32_t>(ahead & ((std::uint64_t{1} << least_width_) - 1));
    const auto lowest = static_cast<std::uint32_t>(ahead >> least_width_ & 1);
    const unsigned longer = upper >= shorter_ ? 1 : 0;
    return {upper + ((0 - longer) & (upper + lowest - shorter_)), least_width_ + longer};
  }

 private:
  std::uint32_t shorter_ = 1;  // so many numbers have the lesser width
  unsigned least_width_ = 0;
};

/// A byte that stands for a number: for each one below 32, beyond that for 16 in each power of two, up to 507,904.
constexpr std::uint32_t number_of_byte(std::uint8_t byte) {
  return byte < 32 ? byte : (16U + (byte & 15U)) << (byte / 16 - 1);
}

/// The greatest one that is not above `number`.
inline std::uint8_t byte_below(std::uint32_t number) {
  if (number < 32) return static_cast<std::uint8_t>(number);
  if (number >= number_of_byte(255)) return 255;
  const unsigned shift = width_of(number) - 5;
  return static_cast<std::uint8_t>((shift + 1) << 4 | ((number >> shift) & 15U));
}

/// The least one that is not below `number`; where there is none, the greatest.
inline std::uint8_t byte_above(std::uint32_t number) {
  const std::uint8_t byte = byte_below(number);
  return static_cast<std::uint8_t>(byte + (byte < 255 && number_of_byte(byte) < number ? 1 : 0));
}

/// Numbers of 7 bits a byte, the lowest first; the highest bit says that more follow.
inline void put_varint(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
}

/// The most bytes that one takes.
inline constexpr std::size_t longest_varint = 10;

/// The same where there is room for them; returns where the number ends.
inline char* put_varint(char* at, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
  *at++ = static_cast<char>(value);
  return at;
}

/// Moves `at` behind the number.
inline std::uint64_t take_varint(const char*& at) {
  std::uint64_t value = static_cast<unsigned char>(*at++);
  if (value < 0x80) return value;  // Most are.
  value &= 0x7F;
  for (unsigned shift = 7; shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

/// A number in so many bytes as the lowest bits of the first tell, by the place of the one that is set; where none is,
/// eight bytes follow. So neither writing nor reading it takes a branch that nobody could foretell.
inline constexpr std::size_t longest_prefix_varint = 9;

/// REQUIRES room for `longest_prefix_varint` bytes, whatever the number takes; returns where it ends.
inline char* put_prefix_varint(char* at, std::uint64_t value) {
  if (value >> 56 != 0) {
    *at = 0;
    std::memcpy(at + 1, &value, sizeof value);
    return at + longest_prefix_varint;
  }
  const unsigned bytes = (9 * static_cast<unsigned>(std::bit_width(value | 1)) + 64) / 64;  // a seventh, rounded up
  const std::uint64_t coded = (value << 1 | 1) << (bytes - 1);
  std::memcpy(at, &coded, sizeof coded);
  return at + bytes;
}

/// Moves `at` behind the number. REQUIRES `reader_margin` readable bytes behind it.
inline std::uint64_t take_prefix_varint(const char*& at) {
  std::uint64_t coded = 0;
  std::memcpy(&coded, at, sizeof coded);
  if ((coded & 0xFF) == 0) {
    std::memcpy(&coded, at + 1, sizeof coded);
    at += longest_prefix_varint;
    return coded;
  }
  const auto bytes = static_cast<unsigned>(std::countr_zero(coded)) + 1;
  at += bytes;
  return coded << (64 - 8 * bytes) >> (64 - 7 * bytes);
}

/// Bytes behind their number; moves `at` behind them.
inline std::string_view take_sized(const char*& at) {
  const std::size_t size = take_varint(at);
  at += size;
  return {at - size, size};
}

}  // namespace limier::sealed
