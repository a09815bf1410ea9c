#include "analysis/runs.h"

#include <array>
#include <bit>

namespace limier {
namespace {

constexpr std::uint8_t begins_letter = 1, has_second_byte = 2;

/// What a byte may be: a letter or digit of ASCII, or the first byte of a letter from U+00C0 to U+017F.
constexpr std::array<std::uint8_t, 256> byte_kinds = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (std::size_t c = 0; c < 0x80; ++c) kinds[c] = is_run_byte[c] ? begins_letter : 0;
  kinds[0xC3] = kinds[0xC4] = kinds[0xC5] = begins_letter | has_second_byte;
  return kinds;
}();

/// A bit for each byte of a block, from the lowest on.
struct BlockBits {
  std::uint64_t first = 0, two = 0;  // begins a letter; has a second byte
};

BlockBits read_bits(const char* bytes, std::size_t size) {
  BlockBits bits;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t kind = byte_kinds[static_cast<unsigned char>(bytes[i])];
    bits.first |= (kind & begins_letter) << i;
    bits.two |= (kind >> 1) << i;
  }
  return bits;
}

}  // namespace

void RunReader::read_ahead(const KnownWords& words) {
  next_ = count_ = 0;
  for (std::size_t i = 0; i < blocks && scanned_ < text_.size(); ++i) {
    const auto rest = text_.substr(scanned_, block);
    const auto read = read_bits(rest.data(), rest.size());
    const auto bits = read.first | read.two << 1 | std::uint64_t{second_};
    second_ = read.two >> (block - 1) != 0;
    // Where a run begins or ends, its bit differs from the one before.
    auto changes = bits ^ (bits << 1 | std::uint64_t{open_});
    if (rest.size() < block) changes &= (std::uint64_t{1} << rest.size()) - 1;
    for (; changes != 0; changes &= changes - 1) {
      const auto at = scanned_ + static_cast<std::size_t>(std::countr_zero(changes));
      if (open_) {
        close(at, words);
      } else {
        begin_ = static_cast<std::uint32_t>(at);
      }
      open_ = !open_;
    }
    scanned_ += rest.size();
  }
  if (open_ && scanned_ == text_.size()) {
    close(scanned_, words);
    open_ = false;
  }
}

void RunReader::close(std::size_t end, const KnownWords& words) {
  auto& run = runs_[count_++];
  run = {.begin = begin_, .end = static_cast<std::uint32_t>(end), .key = key_of(text_, begin_, end)};
  words.prefetch(run.key);
}

}  // namespace limier
