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
  const auto base = scanned_;
  auto begin = begin_, after = after_, end = end_;
  const auto open_next = [&] {
    if (begins == 0) return;
    const auto at = std::countr_zero(begins);
    begin = static_cast<std::uint32_t>(base + static_cast<std::size_t>(at));
    after = (gap_ends >> at & 1) != 0 ? end : Run::nowhere;
    begins &= begins - 1;
  };
  if (!open_) open_next();
  for (; ends != 0; ends &= ends - 1) {
    const auto at = std::countr_zero(ends);
    end = static_cast<std::uint32_t>(
        std::min(base + static_cast<std::size_t>(at), text_.size()));  // a text may end within a letter
    const auto key = key_of(text_, begin, end);
    const auto place = words.place_of(key);
    words.prefetch(place);
    *out++ = {begin, end, after, place, (gaps >> at & 1) != 0, key};
    open_next();
  }
  begin_ = begin, after_ = after, end_ = end;
  open_ = letters >> (ByteBits::block - 1) != 0;
  return out;
}

}  // namespace limier
