#include "sealed/posting_list.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>

#include "sealed/bits.h"

// A list is: for each block of 128 documents a Skip, then the place of the tail, if there are blocks; the blocks; their
// positions; the tail, which holds the documents that fill no block, with their positions.
//
// A block is: the widths of gaps between documents, of counts and of forms, the low bits of positions (a byte each);
// gaps and counts packed; the forms of all occurrences, `width` bits each.
namespace limier::sealed {

struct ListCursor::Skip {
  std::uint32_t last = 0;                  // document of the block
  std::uint32_t block = 0, positions = 0;  // where they begin in the list
  BlockBound bound;
};

namespace {

constexpr std::size_t skip_size = 20;
constexpr std::size_t block_head_size = 4;

/// In a block with so many occurrences the positions of every 16th document can be found without reading those before.
constexpr std::uint32_t many_occurrences = 1024;
constexpr std::size_t stride = 16;
constexpr std::size_t strides_size = (block_size / stride - 1) * sizeof(std::uint32_t);

/// How many low bits Rice's code leaves as they are, of a document's first position and of the gaps behind it. The best
/// numbers for geometrically distributed values (A. Kiely, Selecting the Golomb parameter in Rice coding, 2004).
struct LowBits {
  unsigned first = 0, gap = 0;

  std::uint8_t packed() const { return static_cast<std::uint8_t>(first | gap << 4); }
  static LowBits unpacked(unsigned bits) { return {bits & 0xFU, bits >> 4}; }
};

unsigned low_bits(std::uint64_t sum, std::uint64_t values) {
  if (values == 0) return 0;
  const std::uint64_t ratio = sum * 7 / 10 / values;  // ln 2 of the mean
  return ratio == 0 ? 0 : std::min(15U, static_cast<unsigned>(std::bit_width(ratio)) - 1);
}

LowBits choose_low_bits(std::span<const Occurrence> occurrences, std::span<const std::uint32_t> counts) {
  std::uint64_t firsts = 0, gaps = 0;
  for (std::size_t document = 0, at = 0; document < counts.size(); at += counts[document++]) {
    if (counts[document] == 0) continue;
    firsts += occurrences[at].position - 1;
    gaps += occurrences[at + counts[document] - 1].position - occurrences[at].position - (counts[document] - 1);
  }
  return {low_bits(firsts, counts.size()), low_bits(gaps, occurrences.size() - counts.size())};
}

void put_positions(BitWriter& bits, LowBits low, std::span<const Occurrence> occurrences) {
  put_rice(bits, occurrences.front().position - 1, low.first);
  for (std::size_t i = 1; i < occurrences.size(); ++i)
    put_rice(bits, occurrences[i].position - occurrences[i - 1].position - 1, low.gap);
}

std::uint32_t take_positions(BitReader& bits, LowBits low, std::uint32_t count, std::uint32_t* positions) {
  std::uint32_t position = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    position += take_rice(bits, i == 0 ? low.first : low.gap) + 1;
    if (positions != nullptr) *positions++ = position;
  }
  return position;
}

template <typename Numbers>
unsigned widest(const Numbers& numbers) {
  std::uint32_t all = 0;
  for (const std::uint32_t number : numbers) all |= number;
  return width_of(all);
}

unsigned widest_form(std::span<const Occurrence> occurrences) {
  std::uint32_t all = 0;
  for (const Occurrence& occurrence : occurrences) all |= occurrence.form;
  return width_of(all);
}

std::uint16_t saturated(std::uint32_t number) {
  return static_cast<std::uint16_t>(std::min<std::uint32_t>(number, std::numeric_limits<std::uint16_t>::max()));
}

/// The documents that have up to half of the most occurrences, and the others.
BlockBound bound_of(std::span<const std::uint32_t> counts, std::span<const std::uint32_t> lengths) {
  const std::uint32_t most = *std::max_element(counts.begin(), counts.end());
  const std::uint32_t half = std::max(1U, most / 2);
  std::uint32_t least_length[2] = {std::numeric_limits<std::uint32_t>::max(),
                                   std::numeric_limits<std::uint32_t>::max()};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::uint32_t& least = least_length[counts[i] <= half ? 0 : 1];
    least = std::min(least, lengths[i]);
  }
  BlockBound bound;
  bound.pairs[0] = {saturated(half), saturated(least_length[0])};
  bound.pairs[1] = {saturated(most), saturated(least_length[1])};
  return bound;
}

void append_number(std::string& bytes, std::uint64_t number) {
  const auto narrow = static_cast<std::uint32_t>(number);
  bytes.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
}

std::uint32_t number_at(const char* bytes) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

}  // namespace

void PostingListWriter::add(DocumentNumber document, std::span<const Occurrence> occurrences, std::uint32_t length) {
  documents_.push_back(document - last_ - 1);
  counts_.push_back(static_cast<std::uint32_t>(occurrences.size()));
  lengths_.push_back(length);
  occurrences_.insert(occurrences_.end(), occurrences.begin(), occurrences.end());
  for (const Occurrence& occurrence : occurrences) shape_.has_forms = shape_.has_forms || occurrence.form > 0;
  last_ = document;
  ++shape_.documents;
  shape_.occurrences += occurrences.size();
  if (documents_.size() == block_size) write_block();
}

void PostingListWriter::write_block() {
  const bool counted = shape_.occurrences > 0;
  append_number(skips_, last_);
  append_number(skips_, blocks_.size());
  append_number(skips_, positions_.size());
  const BlockBound bound = bound_of(counts_, lengths_);
  skips_.append(reinterpret_cast<const char*>(&bound), sizeof bound);

  const LowBits low = counted ? choose_low_bits(occurrences_, counts_) : LowBits{};
  const unsigned form_width = widest_form(occurrences_);
  if (counted)
    for (std::uint32_t& count : counts_) --count;
  const unsigned width = widest(documents_), count_width = widest(counts_);
  for (const unsigned head : {width, count_width, form_width, static_cast<unsigned>(low.packed())})
    blocks_.push_back(static_cast<char>(head));
  pack(documents_.data(), width, blocks_);
  pack(counts_.data(), count_width, blocks_);
  if (counted)
    for (std::uint32_t& count : counts_) ++count;
  write_forms(blocks_, form_width);
  if (counted) write_positions(positions_);
  documents_.clear();
  counts_.clear();
  lengths_.clear();
  occurrences_.clear();
}

void PostingListWriter::write_forms(std::string& bytes, unsigned width) const {
  if (width == 0) return;
  BitWriter bits(bytes);
  for (const Occurrence& occurrence : occurrences_) bits.put(occurrence.form, width);
  bits.finish();
}

void PostingListWriter::write_positions(std::string& bytes) const {
  const LowBits low = choose_low_bits(occurrences_, counts_);
  const bool in_strides = counts_.size() == block_size && occurrences_.size() >= many_occurrences;
  const std::size_t strides = bytes.size();
  if (in_strides) bytes.append(strides_size, '\0');
  BitWriter bits(bytes);
  for (std::size_t document = 0, at = 0; document < counts_.size(); at += counts_[document++]) {
    if (in_strides && document > 0 && document % stride == 0) {
      const auto written = static_cast<std::uint32_t>(bits.written());
      std::memcpy(bytes.data() + strides + (document / stride - 1) * sizeof written, &written, sizeof written);
    }
    put_positions(bits, low, std::span(occurrences_).subspan(at, counts_[document]));
  }
  bits.finish();
}

void PostingListWriter::write_tail(std::string& bytes) {
  const bool counted = shape_.occurrences > 0;
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    if (!counted) {
      put_varint(bytes, documents_[i]);
      continue;
    }
    const bool once = counts_[i] == 1;
    put_varint(bytes, static_cast<std::uint64_t>(documents_[i]) << 1 | (once ? 1 : 0));
    if (!once) put_varint(bytes, counts_[i]);
  }
  if (!counted || documents_.empty()) return;
  bytes.push_back(static_cast<char>(choose_low_bits(occurrences_, counts_).packed()));
  if (shape_.has_forms) {
    const unsigned width = widest_form(occurrences_);
    bytes.push_back(static_cast<char>(width));
    write_forms(bytes, width);
  }
  write_positions(bytes);
}

ListShape PostingListWriter::finish(std::string& bytes) {
  const std::size_t begin = bytes.size();
  if (!skips_.empty()) {
    const std::size_t blocks = skips_.size() + sizeof(std::uint32_t), positions = blocks + blocks_.size();
    for (std::size_t at = 0; at < skips_.size(); at += skip_size) {
      std::string moved;
      append_number(moved, blocks + number_at(skips_.data() + at + 4));
      append_number(moved, positions + number_at(skips_.data() + at + 8));
      skips_.replace(at + 4, moved.size(), moved);
    }
    append_number(skips_, positions + positions_.size());
    bytes.append(skips_).append(blocks_).append(positions_);
  }
  write_tail(bytes);
  ListShape shape = shape_;
  shape.size = bytes.size() - begin;
  *this = {};
  return shape;
}

ListCursor::ListCursor(SegmentFile& file, const ListShape& shape)
    : file_(file), shape_(shape), blocks_(shape.documents / block_size) {
  if (blocks_ > 0) skips_ = file_.read(Section::Postings, shape_.offset, blocks_ * skip_size + sizeof(std::uint32_t));
  enter_block(0);
}

ListCursor::Skip ListCursor::skip(std::size_t block) const {
  static_assert(sizeof(Skip) == skip_size);
  Skip skip;
  std::memcpy(&skip, skips_.data() + block * skip_size, sizeof skip);
  return skip;
}

void ListCursor::enter_block(std::size_t block) {
  block_ = block;
  at_ = summed_ = occurrences_ = 0;
  next_read_ = next_read_bit_ = 0;
  if (block == blocks_) return enter_tail();
  const Skip here = skip(block);
  const std::uint32_t end = block + 1 < blocks_ ? skip(block + 1).block : skip(0).positions;
  const char* const bytes = file_.read(Section::Postings, shape_.offset + here.block, end - here.block).data();
  const auto width = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  const DocumentNumber before = block == 0 ? 0 : skip(block - 1).last;
  unpack(bytes + block_head_size, width(0), documents_.data());
  DocumentNumber document = before;
  for (std::size_t i = 0; i < block_size; ++i) documents_[i] = document += documents_[i] + 1;
  in_block_ = block_size;
  count_width_ = width(1);
  form_width_ = width(2);
  low_bits_ = width(3);
  packed_counts_ = bytes + block_head_size + packed_size(width(0));
  counts_are_read_ = false;
  forms_ = packed_counts_ + packed_size(count_width_);
  positions_ = here.positions;
  positions_end_ = block + 1 < blocks_ ? skip(block + 1).positions : tail();
}

std::uint32_t ListCursor::tail() const { return blocks_ == 0 ? 0 : number_at(skips_.data() + blocks_ * skip_size); }

void ListCursor::enter_tail() {
  in_block_ = shape_.documents % block_size;
  documents_[in_block_] = no_document;
  if (in_block_ == 0) return;
  const Bytes bytes = file_.read(Section::Postings, shape_.offset + tail(), shape_.size - tail());
  const char* at = bytes.data();
  DocumentNumber document = blocks_ == 0 ? 0 : skip(blocks_ - 1).last;
  std::uint64_t occurrences = 0;
  for (std::size_t i = 0; i < in_block_; ++i) {
    std::uint64_t gap = take_varint(at);
    counts_[i] = 0;
    if (shape_.occurrences > 0) {
      counts_[i] = (gap & 1) != 0 ? 1 : static_cast<std::uint32_t>(take_varint(at));
      gap >>= 1;
    }
    occurrences += counts_[i];
    documents_[i] = document += static_cast<std::uint32_t>(gap) + 1;
  }
  counts_are_read_ = true;
  if (shape_.occurrences > 0) low_bits_ = static_cast<unsigned char>(*at++);
  form_width_ = shape_.has_forms ? static_cast<unsigned char>(*at++) : 0;
  forms_ = at;
  const auto read = static_cast<std::uint64_t>(at - bytes.data());
  positions_ = tail() + static_cast<std::uint32_t>(read + (occurrences * form_width_ + 7) / 8);
  positions_end_ = static_cast<std::uint32_t>(shape_.size);
}

void ListCursor::advance(DocumentNumber target) {
  if (documents_[at_] >= target) return;
  if (block_ < blocks_ && skip(block_).last < target) enter_block(find_block(block_ + 1, target));
  at_ = static_cast<std::size_t>(std::lower_bound(documents_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                  documents_.begin() + static_cast<std::ptrdiff_t>(in_block_), target) -
                                 documents_.begin());
  if (at_ == in_block_ && block_ < blocks_) enter_block(block_ + 1);
}

/// The first block from `from` on whose last document is not before `target`, by steps that double and then halve.
std::size_t ListCursor::find_block(std::size_t from, DocumentNumber target) const {
  std::size_t low = from, step = 1;
  while (low + step <= blocks_ && skip(low + step - 1).last < target) {
    low += step;
    step *= 2;
  }
  std::size_t high = std::min(low + step - 1, blocks_);
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (skip(middle).last < target) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// How many documents of the block stand from here on before `end`.
std::size_t ListCursor::count_before(DocumentNumber end) const {
  const auto begin = documents_.begin() + static_cast<std::ptrdiff_t>(at_);
  const auto block_end = documents_.begin() + static_cast<std::ptrdiff_t>(in_block_);
  if (in_block_ > at_ && documents_[in_block_ - 1] < end) return in_block_ - at_;
  return static_cast<std::size_t>(std::lower_bound(begin, block_end, end) - begin);
}

void ListCursor::pass(std::size_t postings) {
  at_ += postings;
  if (at_ == in_block_ && block_ < blocks_) enter_block(block_ + 1);
}

std::size_t ListCursor::take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) {
  const std::size_t taken = count_before(end);
  if (taken == 0) return 0;
  std::copy_n(documents_.data() + at_, taken, documents);
  if (counts != nullptr) {
    read_counts();
    std::copy_n(counts_.data() + at_, taken, counts);
  }
  pass(taken);
  return taken;
}

std::size_t ListCursor::take_form(std::uint32_t form, DocumentNumber end, DocumentNumber* documents,
                                  std::uint32_t* counts) {
  for (std::size_t passed = count_before(end); passed > 0; passed = count_before(end)) {
    std::size_t taken = 0;
    BitReader bits(forms_, static_cast<std::uint64_t>(occurrences_before()) * form_width_);
    for (std::size_t i = at_; i < at_ + passed; ++i) {
      std::uint32_t found = form == 0 && form_width_ == 0 ? counts_[i] : 0;
      if (form_width_ > 0)
        for (std::uint32_t n = counts_[i]; n > 0; --n) found += bits.take(form_width_) == form ? 1U : 0U;
      documents[taken] = documents_[i];
      if (counts != nullptr) counts[taken] = found;
      taken += found > 0 ? 1 : 0;
    }
    pass(passed);
    if (taken > 0) return taken;
  }
  return 0;
}

/// The documents of the tail are in no block: they are known one by one, once they are read.
PostingBound ListCursor::bound(DocumentNumber target) {
  PostingBound bound;
  bound_block_ = find_block(std::max(bound_block_, block_), target);
  if (bound_block_ == blocks_) {
    if (block_ < blocks_) return bound;
    const auto found =
        std::lower_bound(documents_.begin(), documents_.begin() + static_cast<std::ptrdiff_t>(in_block_), target);
    bound.last = *found > target ? *found - 1 : target;
    bound.pairs.fill({*found > target ? 0 : counts_[static_cast<std::size_t>(found - documents_.begin())], 0});
    return bound;
  }
  const Skip here = skip(bound_block_);
  bound.last = here.last;
  for (std::size_t i = 0; i < bound.pairs.size(); ++i) {
    const BlockBound::Pair& pair = here.bound.pairs[i];
    if (pair.count < std::numeric_limits<std::uint16_t>::max()) bound.pairs[i].count = pair.count;
    bound.pairs[i].length = pair.length;
  }
  return bound;
}

void ListCursor::read_counts() const {
  if (counts_are_read_) return;
  counts_are_read_ = true;
  unpack(packed_counts_, count_width_, counts_.data());
  if (shape_.occurrences == 0) return;
  in_all_ = 0;
  for (std::uint32_t& count : counts_) in_all_ += ++count;
}

std::uint32_t ListCursor::count() const {
  read_counts();
  return counts_[at_];
}

/// How many occurrences the block has in the documents before this one.
std::uint32_t ListCursor::occurrences_before() const {
  read_counts();
  while (summed_ < at_) occurrences_ += counts_[summed_++];
  return occurrences_;
}

void ListCursor::append_positions(std::vector<std::uint32_t>& positions) const {
  if (shape_.occurrences == 0) return;
  read_counts();
  const char* bytes = file_.read(Section::Postings, shape_.offset + positions_, positions_end_ - positions_).data();
  std::size_t from = next_read_ <= at_ ? next_read_ : 0;
  std::uint64_t bit = next_read_ <= at_ ? next_read_bit_ : 0;
  if (in_block_ == block_size && in_all_ >= many_occurrences) {
    if (const std::size_t nearest = at_ / stride * stride; nearest > from) {
      from = nearest;
      bit = number_at(bytes + (from / stride - 1) * sizeof(std::uint32_t));
    }
    bytes += strides_size;
  }
  BitReader bits(bytes, bit);
  const LowBits low = LowBits::unpacked(low_bits_);
  for (; from < at_; ++from) take_positions(bits, low, counts_[from], nullptr);
  const std::size_t before = positions.size();
  positions.resize(before + counts_[at_]);
  take_positions(bits, low, counts_[at_], positions.data() + before);
  next_read_ = at_ + 1;
  next_read_bit_ = bits.at();
}

void ListCursor::append_forms(std::vector<std::uint32_t>& forms) const {
  if (form_width_ == 0) {
    forms.resize(forms.size() + count());
    return;
  }
  BitReader bits(forms_, static_cast<std::uint64_t>(occurrences_before()) * form_width_);
  for (std::uint32_t i = 0; i < count(); ++i) forms.push_back(bits.take(form_width_));
}

std::uint32_t ListCursor::count_form(std::uint32_t form) const {
  if (form_width_ == 0) return form == 0 ? count() : 0;
  if (width_of(form) > form_width_) return 0;
  BitReader bits(forms_, static_cast<std::uint64_t>(occurrences_before()) * form_width_);
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < count(); ++i) found += bits.take(form_width_) == form ? 1U : 0U;
  return found;
}

}  // namespace limier::sealed
