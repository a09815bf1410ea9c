#include "sealed/occurrences.h"

#include <algorithm>
#include <bit>

namespace limier::sealed {
namespace {

constexpr unsigned head_width = 6;

/// Without a processor's own instruction, which not all have, std::popcount is a call.
std::uint32_t count_ones(std::uint32_t bits) {
  bits -= bits >> 1 & 0x5555'5555;
  bits = (bits & 0x3333'3333) + (bits >> 2 & 0x3333'3333);
  return ((bits + (bits >> 4)) & 0x0F0F'0F0F) * 0x0101'0101 >> 24;
}

/// How many of the occurrences of a marked document are not in form 0; moves behind the bits that say which.
std::uint32_t take_flags(BitReader& bits, std::uint32_t count) {
  if (count == 1) return 1;
  std::uint32_t others = 0;
  for (; count > 32; count -= 32) others += count_ones(bits.take(32));
  return others + count_ones(bits.take(count));
}

}  // namespace

constexpr PositionCode::Tables PositionCode::make_tables() {
  Tables tables;
  for (unsigned byte = 1; byte < 256; ++byte) {
    const auto reach = static_cast<std::uint8_t>(byte);
    tables.single[byte] = RangeCode(number_of_byte(reach) + 1);
    const RangeCode& code = tables.single[byte];
    const unsigned width = code.least_width();
    tables.sizes[1][byte] = {(std::uint64_t{1} << width) - 1 - code.shorter(), static_cast<std::uint16_t>(width), 64,
                             static_cast<std::uint8_t>(width)};
    for (std::uint32_t count = 2; count < few; ++count) {
      const unsigned low = low_bits_of(count, reach);
      tables.low_bits[count][byte] = static_cast<std::uint8_t>(low);
      tables.sizes[count][byte].least = static_cast<std::uint16_t>(count * (low + 1));
      tables.sizes[count][byte].zero = static_cast<std::uint8_t>(count);
    }
  }
  return tables;
}

constinit const PositionCode::Tables PositionCode::tables = make_tables();

/// Few are many, or far from each other.
std::uint64_t PositionCode::size(std::uint32_t count, std::uint8_t reach, BitReader bits) {
  const std::uint64_t begin = bits.at();
  std::uint32_t position = 0;
  if (count == 1) {
    bits = take_any(count, reach, bits, &position);
  } else {
    skip_rice(bits, count, low_bits_of(count, reach));
  }
  return bits.at() - begin;
}

BitReader PositionCode::take_any(std::uint32_t count, std::uint8_t reach, BitReader bits, std::uint32_t* positions) {
  if (count == 1) {
    const auto [number, size] = tables.single[reach].first_of(bits.ahead());
    bits.skip(size);
    *positions = number < number_of_byte(reach) ? number + 1 : bits.take(32);
    return bits;
  }
  take_rice(bits, {positions, count}, low_bits_of(count, reach));
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < count; ++i) last = positions[i] += last + 1;
  return bits;
}

// Forms are: bits of the greatest of those that are not 0, less one, plus 1, or 0 where there is none; then for each
// document whether it has such; then for each that has, a bit for each of its occurrences, if there are several, and
// the numbers of those that are set, less one.
BitWriter put_forms(BitWriter bits, std::span<const Occurrence> occurrences, std::span<const std::uint32_t> counts,
                    std::uint32_t greatest) {
  if (greatest == 0) {
    bits.put(0, head_width);
    return bits;
  }
  const unsigned width = width_of(greatest - 1);
  bits.put(width + 1, head_width);
  std::array<std::span<const Occurrence>, 128> marked;
  std::size_t marks = 0;
  for (const std::uint32_t count : counts) {
    marked[marks] = occurrences.first(count);
    occurrences = occurrences.subspan(count);
    std::uint32_t any = 0;
    for (const Occurrence& each : marked[marks]) any |= each.form;
    const std::uint32_t mark = any > 0 ? 1 : 0;
    bits.put(mark, 1);
    marks += mark;
  }
  for (const std::span<const Occurrence> in_it : std::span(marked).first(marks)) {
    if (in_it.size() > 1)
      for (const Occurrence& each : in_it) bits.put(each.form > 0 ? 1 : 0, 1);
    for (const Occurrence& each : in_it)
      if (each.form > 0) bits.put(each.form - 1, width);
  }
  return bits;
}

FormReader::FormReader(const char* bytes, std::uint64_t bit, std::size_t documents)
    : bytes_(bytes), documents_(documents) {
  BitReader bits(bytes, bit);
  if (const unsigned head = bits.take(head_width); head > 0) {
    any_ = true;
    width_ = head - 1;
    for (std::size_t i = 0; i < documents; i += 32)
      marks_[i / 64] |= std::uint64_t{bits.take(static_cast<unsigned>(std::min<std::size_t>(documents - i, 32)))}
                        << i % 64;
  }
  begin_ = bit_ = bits.at();
}

/// The first from `document` on; where there is none, one beyond all.
std::size_t FormReader::next_marked(std::size_t document) const {
  for (std::size_t word = document / 64; word < marks_.size(); document = ++word * 64)
    if (const std::uint64_t left = marks_[word] >> document % 64; left != 0)
      return document + static_cast<std::size_t>(std::countr_zero(left));
  return document;
}

/// Where a document's forms are, if it is marked.
BitReader FormReader::at(std::size_t document, const std::uint32_t* counts) {
  if (document < next_) {
    next_ = 0;
    bit_ = begin_;
  }
  for (std::size_t marked = next_marked(next_); marked < document; marked = next_marked(marked + 1)) {
    BitReader bits(bytes_, bit_);
    const std::uint64_t others = take_flags(bits, counts[marked]);
    bit_ = bits.at() + others * width_;
  }
  next_ = document;
  return BitReader(bytes_, bit_);
}

void FormReader::append(std::size_t document, const std::uint32_t* counts, std::vector<std::uint32_t>& forms) {
  const std::size_t before = forms.size();
  forms.resize(before + counts[document]);
  if (!is_marked(document)) return;
  BitReader marks = at(document, counts), numbers = marks;
  take_flags(numbers, counts[document]);
  for (std::size_t i = before; i < forms.size(); ++i)
    if (counts[document] == 1 || marks.take(1) != 0) forms[i] = numbers.take(width_) + 1;
}

std::uint32_t FormReader::count_marked(std::size_t document, const std::uint32_t* counts, const SomeForms& forms) {
  BitReader bits = at(document, counts);
  const std::uint32_t others = take_flags(bits, counts[document]);
  std::uint32_t found = forms.has(0) ? counts[document] - others : 0;
  for (std::uint32_t i = 0; i < others; ++i) found += forms.has(bits.take(width_) + 1) ? 1U : 0U;
  return found;
}

}  // namespace limier::sealed
