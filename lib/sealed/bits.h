#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

// Numbers as runs of bits, the lowest bit of the first byte first.
namespace limier::sealed {

/// How many bits a number needs.
inline unsigned width_of(std::uint32_t value) { return static_cast<unsigned>(std::bit_width(value)); }

/// Appends bits to a string of bytes. Thread rule: one thread at a time.
class BitWriter {
 public:
  explicit BitWriter(std::string& bytes) : bytes_(bytes) {}

  /// The lowest `width` bits of `value`, 0 to 32; the others are 0.
  void put(std::uint32_t value, unsigned width) {
    held_ |= static_cast<std::uint64_t>(value) << held_bits_;
    held_bits_ += width;
    if (held_bits_ < 32) return;
    std::memcpy(waiting_ + waiting_size_, &held_, 4);
    waiting_size_ += 4;
    held_ >>= 32;
    held_bits_ -= 32;
    if (waiting_size_ + sizeof held_ > sizeof waiting_) flush();
  }

  /// How many bits were put.
  std::uint64_t written() const { return 8 * (bytes_.size() - begin_ + waiting_size_) + held_bits_; }

  /// Fills the last byte up with zeros. Only now is all in the string.
  void finish() {
    std::memcpy(waiting_ + waiting_size_, &held_, sizeof held_);
    waiting_size_ += (held_bits_ + 7) / 8;
    held_bits_ = 0;
    held_ = 0;
    flush();
  }

 private:
  void flush() {
    bytes_.append(waiting_, waiting_size_);
    waiting_size_ = 0;
  }

  std::string& bytes_;
  std::size_t begin_ = bytes_.size();
  char waiting_[64];
  std::size_t waiting_size_ = 0;
  std::uint64_t held_ = 0;  // less than 32 bits between calls
  unsigned held_bits_ = 0;
};

/// How many bytes past the last bit a BitReader may touch.
inline constexpr std::size_t reader_margin = 8;

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

  /// The next 57 bits or more, without moving.
  std::uint64_t ahead() const {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes_ + (bit_ >> 3), sizeof word);
    return word >> (bit_ & 7);
  }

  void skip(unsigned bits) { bit_ += bits; }

  std::uint64_t at() const { return bit_; }  ///< Bits from the first byte to where it stands.

 private:
  const char* bytes_;
  std::uint64_t bit_;
};

/// R. F. Rice's code (Some practical universal noiseless coding techniques, 1979): `value >> low` ones, a zero, then
/// the `low` lowest bits. A number whose first part would be longer than 24 comes whole behind 24 ones.
inline constexpr unsigned longest_quotient = 24;

inline void put_rice(BitWriter& bits, std::uint32_t value, unsigned low) {
  const std::uint32_t quotient = value >> low;
  if (quotient >= longest_quotient) {
    bits.put((1U << longest_quotient) - 1, longest_quotient);
    bits.put(value, 32);
    return;
  }
  const std::uint32_t ones = (1U << quotient) - 1, rest = value & ((1U << low) - 1);
  if (quotient + 1 + low <= 32) return bits.put(ones | rest << (quotient + 1), quotient + 1 + low);
  bits.put(ones, quotient + 1);
  bits.put(rest, low);
}

inline std::uint32_t take_rice(BitReader& bits, unsigned low) {
  const std::uint64_t ahead = bits.ahead();
  const auto quotient = static_cast<unsigned>(std::countr_one(ahead));
  if (quotient >= longest_quotient) {
    bits.skip(longest_quotient);
    return bits.take(32);
  }
  bits.skip(quotient + 1 + low);
  return quotient << low | static_cast<std::uint32_t>(ahead >> (quotient + 1) & ((std::uint64_t{1} << low) - 1));
}

/// The number of low bits that suits numbers with this sum: log2 of 0.96 of their mean (A. Kiely, Selecting the Golomb
/// parameter in Rice coding, 2004: 2 ln of the golden ratio), told without a division.
inline unsigned rice_low_bits(std::uint64_t sum, std::uint64_t numbers) {
  const std::uint64_t most = sum * 96 / 100;
  if (numbers == 0 || most < numbers) return 0;
  const auto low = static_cast<unsigned>(std::bit_width(most) - std::bit_width(numbers));
  return low - (numbers << low > most ? 1 : 0);
}

/// A number below `range`, 1 to 2^31, in bits of one length or of one less, as few as there can be.
inline void put_below(BitWriter& bits, std::uint32_t value, std::uint32_t range) {
  const unsigned width = width_of(range - 1);
  const std::uint32_t shorter = (1U << width) - range;  // so many numbers have the lesser length
  if (value < shorter) {
    bits.put(value, width - 1);
  } else if (width > 0) {
    bits.put((value + shorter) >> 1, width - 1);
    bits.put((value + shorter) & 1, 1);
  }
}

inline std::uint32_t take_below(BitReader& bits, std::uint32_t range) {
  const unsigned width = width_of(range - 1);
  if (width == 0) return 0;
  const std::uint32_t shorter = (1U << width) - range, value = bits.take(width - 1);
  return value < shorter ? value : (value << 1 | bits.take(1)) - shorter;
}

/// A byte that stands for a number: for each one below 32, beyond that for 16 in each power of two, up to 507,904.
inline std::uint32_t number_of_byte(std::uint8_t byte) {
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

}  // namespace limier::sealed
