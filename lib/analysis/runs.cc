#include "analysis/runs.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace limier {
namespace {

ByteBits read_padded(std::string_view bytes) {
  char block[ByteBits::block];
  std::fill(std::copy(bytes.begin(), bytes.end(), block), std::end(block), ' ');
  return read_bits(block);
}

/// For gaps and the bits they begin with: the bits one past those that reach as far. A one is carried through the gap.
/// `open` tells whether a gap reaches into this block, then whether one reaches into the next.
std::uint64_t ends_of_gaps(std::uint64_t gaps, std::uint64_t begins, bool& open) {
  unsigned long long past = 0, sum = 0;
  const bool first = __builtin_add_overflow(gaps, begins, &past);
  const bool second = __builtin_add_overflow(past, static_cast<unsigned long long>(open), &sum);
  open = first || second;
  return sum;
}

}  // namespace

void RunReader::read_ahead(const KnownWords& words) {
  auto* out = runs_;
  for (std::size_t i = 0; i < blocks && scanned_ <= text_.size(); ++i) {
    const auto block = text_.substr(scanned_, ByteBits::block);
    out = read_block(block.size() < ByteBits::block ? read_padded(block) : read_bits(block.data()), out, words);
    scanned_ += ByteBits::block;
  }
  out->begin = Run::nowhere;
  next_ = runs_;
}

Run* RunReader::read_block(const ByteBits& bits, Run* out, const KnownWords& words) {
  const auto letters = bits.first | bits.two << 1 | std::uint64_t{second_};
  second_ = bits.two >> (ByteBits::block - 1) != 0;
  const auto before = letters << 1 | std::uint64_t{open_};
  auto begins = letters & ~before;
  auto ends = before & ~letters;
  // A full stop is a gap before another: `fin. `, `fin...`, not `exemple.fr`, `4.2` or `.NET`.
  const auto gaps = ~letters & (bits.gap | (bits.point & (bits.gap | bits.point) >> 1));
  const auto gap_ends = ends_of_gaps(gaps, ends, gap_);
  for (;;) {
    if (!open_) {
      if (begins == 0) return out;
      const auto at = std::countr_zero(begins);
      begins &= begins - 1;
      begin_ = static_cast<std::uint32_t>(scanned_ + static_cast<std::size_t>(at));
      after_ = (gap_ends >> at & 1) != 0 ? end_ : Run::nowhere;
      open_ = true;
    }
    if (ends == 0) return out;
    const auto at = std::countr_zero(ends);
    ends &= ends - 1;
    close(scanned_ + static_cast<std::size_t>(at), (gaps >> at & 1) != 0, *out++, words);
    open_ = false;
  }
}

void RunReader::close(std::size_t end, bool before_gap, Run& run, const KnownWords& words) {
  end_ = static_cast<std::uint32_t>(std::min(end, text_.size()));  // a text may end within a letter
  run = {.begin = begin_, .end = end_, .after = after_, .before_gap = before_gap, .key = key_of(text_, begin_, end_)};
  words.prefetch(run.key);
}

}  // namespace limier
