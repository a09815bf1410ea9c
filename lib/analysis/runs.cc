#include "analysis/runs.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace limier {
namespace {

/// A bit for each byte that may be of a run, from the lowest on.
template <std::size_t size>
std::uint64_t run_bits(const char* bytes) {
  std::uint64_t bits = 0;
#pragma GCC unroll 64
  for (std::size_t i = 0; i < size; ++i) {
    bits |= std::uint64_t{is_run_byte[static_cast<unsigned char>(bytes[i])]} << i;
  }
  return bits;
}

}  // namespace

void RunReader::read_ahead(const KnownWords& words) {
  next_ = count_ = 0;
  for (std::size_t i = 0; i < blocks && scanned_ < text_.size(); ++i) {
    const auto rest = text_.substr(scanned_, block);
    std::uint64_t bits;
    if (rest.size() == block) {
      bits = run_bits<block>(rest.data());
    } else {
      char padded[block] = {};
      std::memcpy(padded, rest.data(), rest.size());
      bits = run_bits<block>(padded);
    }
    // Where a run begins or ends, its bit differs from the one before.
    auto changes = bits ^ (bits << 1 | std::uint64_t{open_});
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
