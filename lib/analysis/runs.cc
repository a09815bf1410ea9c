#include "analysis/runs.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace limier {
namespace {

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

// Blocks of the text are read where they are as long as a key can be read there from each of their bytes. The rest is
// read from a copy that is filled up with spaces.
RunReader::RunReader(std::string_view text)
    : text_(text),
      tail_begin_(text.size() < sizeof(WordKey) ? 0
                                                : (text.size() - sizeof(WordKey)) / ByteBits::block * ByteBits::block),
      next_(pages_[0].runs),
      ahead_(&pages_[1]) {
  const auto rest = text.substr(tail_begin_);
  auto* end = std::copy(rest.begin(), rest.end(), tail_);
  if (!rest.empty() && has_second_byte(rest.back())) end[-1] = '\xFF';  // the text ends within a letter
  std::fill(end, std::end(tail_), ' ');
  pages_[0].runs[0].begin = pages_[1].runs[0].begin = Run::nowhere;
}

/// Moves to the page ahead and reads the one behind it; false at the end of the text.
bool RunReader::turn_page(const KnownWords& words) {
  if (scanned_ == 0) read_page(*ahead_, words);
  auto* behind = ahead_ == &pages_[0] ? &pages_[1] : &pages_[0];
  const bool more = ahead_->runs[0].begin != Run::nowhere || scanned_ <= text_.size();
  read_page(*behind, words);
  next_ = ahead_->runs;
  ahead_ = behind;
  return more;
}

void RunReader::read_page(Page& page, const KnownWords& words) {
  auto* out = page.runs;
  for (std::size_t i = 0; i < blocks && scanned_ <= text_.size(); ++i) {
    const auto* bytes = scanned_ < tail_begin_ ? text_.data() + scanned_ : tail_ + (scanned_ - tail_begin_);
    out = read_block(bytes, out, words);
    scanned_ += ByteBits::block;
  }
  out->begin = Run::nowhere;
}

Run* RunReader::read_block(const char* bytes, Run* out, const KnownWords& words) {
  const auto bits = read_bits(bytes);
  const auto letters = bits.first | bits.two << 1 | std::uint64_t{second_};
  second_ = bits.two >> (ByteBits::block - 1) != 0;
  const auto before = letters << 1 | std::uint64_t{open_};
  auto begins = letters & ~before;
  auto ends = before & ~letters;
  // A full stop is a gap before another: `fin. `, `fin...`, not `exemple.fr`, `4.2` or `.NET`.
  const auto gaps = ~letters & (bits.gap | (bits.point & (bits.gap | bits.point) >> 1));
  const auto gap_ends = ends_of_gaps(gaps, ends, gap_);
  const auto base = static_cast<std::uint32_t>(scanned_);
  const auto* first = first_;
  auto begin = begin_, after = after_, end = end_;
  const auto open_next = [&] {
    if (begins == 0) return;
    const auto at = static_cast<std::uint32_t>(std::countr_zero(begins));
    first = bytes + at;
    begin = base + at;
    after = (gap_ends >> at & 1) != 0 ? end : Run::nowhere;
    begins &= begins - 1;
  };
  if (!open_) open_next();
  for (; ends != 0; ends &= ends - 1) {
    const auto at = static_cast<std::uint32_t>(std::countr_zero(ends));
    end = base + at;
    const auto key = key_of(first, end - begin);
    const auto place = words.place_of(key);
    words.prefetch(place);
    *out++ = {begin, end, after, place, (gaps >> at & 1) != 0, key};
    open_next();
  }
  first_ = first, begin_ = begin, after_ = after, end_ = end;
  open_ = letters >> (ByteBits::block - 1) != 0;
  return out;
}

}  // namespace limier
