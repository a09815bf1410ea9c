#include "sealed/posting_list.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

#include "sealed/bits.h"
#include "shard/schema.h"

// A list is: for each block of 128 documents a Skip, then the place of the tail, if there are blocks; the blocks; their
// positions; the tail, which holds the documents that fill no block, with their positions.
//
// A block is: gaps between documents and counts, both packed; how far positions reach; forms.
namespace limier::sealed {
namespace {

/// In a block with so many occurrences the positions of every 16th document can be found without reading those before.
constexpr std::uint32_t many_occurrences = 1024;
constexpr std::size_t stride = 16;
constexpr std::size_t strides = block_size / stride - 1;

// What the tail begins with.
constexpr unsigned gap_low_width = 5, count_low_width = 3, byte_width = 8;

/// The documents that have up to half of the most occurrences, and the others.
BlockBound bound_of(std::span<const std::uint32_t> counts, std::span<const CodedLength> lengths) {
  const std::uint32_t most = *std::max_element(counts.begin(), counts.end());
  const std::uint32_t half = std::max(1U, most / 2);
  std::uint8_t least[2] = {255, 255};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::uint8_t& of_these = least[counts[i] <= half ? 0 : 1];
    of_these = std::min(of_these, lengths[i].least);
  }
  return {{{{byte_above(half), least[0]}, {byte_above(most), least[1]}}}};
}

PostingBound posting_bound(const BlockBound& block, DocumentNumber last) {
  PostingBound bound{.last = last};
  for (std::size_t i = 0; i < bound.pairs.size(); ++i) {
    const BlockBound::Pair& pair = block.pairs[i];
    if (pair.count < 255) bound.pairs[i].count = number_of_byte(pair.count);
    bound.pairs[i].length = number_of_byte(pair.length);
  }
  return bound;
}

/// The fewest bytes for a number.
unsigned bytes_of(std::uint64_t number) { return (static_cast<unsigned>(std::bit_width(number)) + 7) / 8; }

/// A skip is its last document and the bound, 4 bytes each, and two places in the list.
constexpr std::size_t skip_size(unsigned offset_size) {
  return sizeof(std::uint32_t) + sizeof(BlockBound) + 2 * offset_size;
}

void append_number(std::string& bytes, std::uint64_t number, unsigned size) {
  bytes.append(reinterpret_cast<const char*>(&number), size);
}

/// REQUIRES `reader_margin` readable bytes.
std::uint32_t number_at(const char* bytes, unsigned size) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return static_cast<std::uint32_t>(number & ((std::uint64_t{1} << 8 * size) - 1));
}

/// Reads which documents behind `last` a list's tail has, and how often the term is in each unless `counts` is null.
void take_tail(BitReader& bits, DocumentNumber last, std::span<DocumentNumber> documents, std::uint32_t* counts) {
  const unsigned gap_low = bits.take(gap_low_width), count_low = bits.take(count_low_width);
  take_rice(bits, documents, gap_low);
  for (DocumentNumber& document : documents) last = document += last + 1;
  if (counts == nullptr) return;
  take_rice(bits, std::span(counts, documents.size()), count_low);
  for (std::size_t i = 0; i < documents.size(); ++i) ++counts[i];
}

}  // namespace

void PostingListWriter::add(DocumentNumber document, std::span<const Occurrence> occurrences, CodedLength length) {
  std::ranges::copy(occurrences, room(occurrences.size()));
  add(document, occurrences.size(), length);
}

/// Of what waits.
std::uint32_t PostingListWriter::greatest_form() const {
  std::uint32_t greatest = 0;
  for (const Occurrence& occurrence : occurrences()) greatest = std::max(greatest, occurrence.form);
  return greatest;
}

/// Adds what waits to what is told of the list.
void PostingListWriter::count_postings(std::uint32_t greatest_form) {
  shape_.has_forms = shape_.has_forms || greatest_form > 0;
  shape_.documents += static_cast<std::uint32_t>(waiting_);
  shape_.occurrences += taken_;
}

void PostingListWriter::write_block() {
  const std::uint32_t greatest_form = this->greatest_form();
  count_postings(greatest_form);
  skips_.push_back({last_, static_cast<std::uint32_t>(blocks_.size()), static_cast<std::uint32_t>(positions_.size()),
                    bound_of(counts(), lengths())});
  pack_patched(documents_.data(), blocks_);
  if (shape_.occurrences > 0) {
    std::array<std::uint32_t, block_size> more;
    for (std::size_t i = 0; i < block_size; ++i) more[i] = counts_[i] - 1;
    pack_patched(more.data(), blocks_);
    const std::uint8_t farthest = this->farthest();
    blocks_.push_back(static_cast<char>(farthest));
    const std::size_t most = most_bits(taken_, block_size);
    append_bits(blocks_, most,
                [&](BitWriter& bits) { bits = put_forms(bits, occurrences(), counts(), greatest_form); });

    const bool in_strides = taken_ >= many_occurrences;
    std::array<std::uint32_t, strides> places{};
    const std::size_t begin = positions_.size();
    if (in_strides) positions_.append(sizeof places, '\0');
    append_bits(positions_, most, [&](BitWriter& bits) { bits = put_positions(bits, farthest, places.data()); });
    if (in_strides) std::memcpy(positions_.data() + begin, places.data(), sizeof places);
  }
  clear_postings();
}

void PostingListWriter::clear_postings() {
  waiting_ = 0;
  taken_ = 0;
}

/// The last position of all, as a byte.
std::uint8_t PostingListWriter::farthest() const {
  std::uint32_t position = 0;
  for (std::size_t at = 0; const std::uint32_t count : counts())
    position = std::max(position, occurrences_[(at += count) - 1].position);
  return byte_above(position);
}

/// `places` takes where the positions of every 16th document begin but the first.
BitWriter PostingListWriter::put_positions(BitWriter bits, std::uint8_t farthest, std::uint32_t* places) const {
  for (std::size_t document = 0, at = 0; document < waiting_; at += counts_[document++]) {
    if (document > 0 && document % stride == 0) *places++ = static_cast<std::uint32_t>(bits.written());
    PositionCode(counts_[document], std::min(lengths_[document].reach, farthest))
        .put(bits, occurrences().subspan(at, counts_[document]));
  }
  return bits;
}

void PostingListWriter::write_tail(std::string& bytes, std::uint32_t greatest_form) const {
  if (waiting_ == 0) return;
  const bool counted = shape_.occurrences > 0;
  const auto sum_of = [this](const std::array<std::uint32_t, block_size>& numbers) {
    return std::accumulate(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(waiting_), std::uint64_t{0});
  };
  const std::size_t size = waiting_;
  const unsigned gap_low = rice_low_bits(sum_of(documents_), size);
  const unsigned count_low = counted ? std::min(7U, rice_low_bits(sum_of(counts_) - size, size)) : 0;
  append_bits(bytes, 2 * (size * longest_rice + most_bits(taken_, size)), [&](BitWriter& bits) {
    bits.put(gap_low, gap_low_width);
    bits.put(count_low, count_low_width);
    put_rice(bits, size, gap_low, [this](std::size_t i) { return documents_[i]; });
    if (!counted) return;
    put_rice(bits, size, count_low, [this](std::size_t i) { return counts_[i] - 1; });
    const std::uint8_t farthest = this->farthest();
    // Worth its bits where positions do not reach as far as texts of such lengths do.
    std::uint8_t longest = 0;
    for (const CodedLength& length : lengths()) longest = std::max(longest, length.reach);
    const unsigned saved = width_of(number_of_byte(longest)) - width_of(number_of_byte(std::min(longest, farthest)));
    const bool told = size * saved > byte_width;
    bits.put(told ? 1 : 0, 1);
    if (told) bits.put(farthest, byte_width);
    if (shape_.has_forms) bits = put_forms(bits, occurrences(), counts(), greatest_form);
    std::array<std::uint32_t, strides> unused;
    bits = put_positions(bits, told ? farthest : 255, unused.data());
  });
}

ListShape PostingListWriter::finish(std::string& bytes) {
  const std::uint32_t greatest_form = this->greatest_form();
  count_postings(greatest_form);
  tail_.clear();
  write_tail(tail_, greatest_form);
  const auto head_size = [&](unsigned offset_size) {
    return skips_.empty() ? 0 : skips_.size() * skip_size(offset_size) + offset_size;
  };
  const std::size_t rest = blocks_.size() + positions_.size() + tail_.size();
  unsigned offset_size = 1;
  while (bytes_of(head_size(offset_size) + rest) > offset_size) ++offset_size;
  const std::size_t blocks = head_size(offset_size), positions = blocks + blocks_.size();
  for (const Skip& skip : skips_) {
    append_number(bytes, skip.last, sizeof skip.last);
    bytes.append(reinterpret_cast<const char*>(&skip.bound), sizeof skip.bound);
    append_number(bytes, blocks + skip.block, offset_size);
    append_number(bytes, positions + skip.positions, offset_size);
  }
  if (!skips_.empty()) append_number(bytes, positions + positions_.size(), offset_size);
  bytes.append(blocks_).append(positions_).append(tail_);
  clear_postings();
  skips_.clear();
  blocks_.clear();
  positions_.clear();
  last_ = 0;
  ListShape shape = std::exchange(shape_, {});
  shape.size = blocks + rest;
  return shape;
}

void append_short_list(SegmentFile& file, const ListShape& list, std::vector<Posting>& postings) {
  std::array<DocumentNumber, block_size> documents;
  std::array<std::uint32_t, block_size> counts{};
  BitReader bits(file.read(Section::Postings, list.offset, list.size).data());
  take_tail(bits, 0, std::span(documents).first(list.documents), list.occurrences > 0 ? counts.data() : nullptr);
  for (std::size_t i = 0; i < list.documents; ++i) postings.push_back({documents[i], counts[i]});
}

ListCursor::ListCursor(SegmentFile& file, const ListShape& shape, DocumentNumber from, SomeForms very)
    : file_(file),
      kernels_(kernels()),
      shape_(shape),
      very_(std::move(very)),
      blocks_(shape.documents / block_size),
      offset_size_(bytes_of(shape.size)),
      skip_size_(skip_size(offset_size_)) {
  if (blocks_ > 0) skips_ = file_.read(Section::Postings, shape_.offset, blocks_ * skip_size_ + offset_size_);
  enter_block(find_block(0, from));
  at_ = place_of(from);
}

DocumentNumber ListCursor::last_of(std::size_t block) const {
  DocumentNumber last = 0;
  std::memcpy(&last, skips_.data() + block * skip_size_, sizeof last);
  return last;
}

BlockBound ListCursor::bound_of(std::size_t block) const {
  BlockBound bound;
  std::memcpy(&bound, skips_.data() + block * skip_size_ + sizeof(DocumentNumber), sizeof bound);
  return bound;
}

/// Where a block and its positions begin, and those behind the last one.
ListCursor::Places ListCursor::places(std::size_t block) const {
  if (block == blocks_) return {places(0).positions, tail()};
  const char* const at = skips_.data() + block * skip_size_ + sizeof(DocumentNumber) + sizeof(BlockBound);
  return {number_at(at, offset_size_), number_at(at + offset_size_, offset_size_)};
}

void ListCursor::enter_block(std::size_t block) {
  block_ = block;
  at_ = next_read_ = 0;
  first_position_ = 0;
  position_bytes_ = nullptr;
  if (block == blocks_) return enter_tail();
  const Places here = places(block), next = places(block + 1);
  const char* const bytes = file_.read(Section::Postings, shape_.offset + here.block, next.block - here.block).data();
  packed_counts_ = unpack_patched(bytes, documents_.data());
  kernels_.add_up(documents_.data(), block == 0 ? 0 : last_of(block - 1));
  in_block_ = block_size;
  counts_are_read_ = false;
  positions_ = here.positions;
  positions_end_ = next.positions;
}

std::uint32_t ListCursor::tail() const {
  return blocks_ == 0 ? 0 : number_at(skips_.data() + blocks_ * skip_size_, offset_size_);
}

void ListCursor::enter_tail() {
  in_block_ = shape_.documents % block_size;
  std::fill(documents_.begin() + static_cast<std::ptrdiff_t>(in_block_), documents_.end(), no_document);
  counts_are_read_ = true;
  counts_.fill(0);
  if (in_block_ == 0) return;
  positions_ = tail();
  positions_end_ = static_cast<std::uint32_t>(shape_.size);
  const char* const bytes = file_.read(Section::Postings, shape_.offset + positions_, shape_.size - positions_).data();
  BitReader bits(bytes);
  take_tail(bits, blocks_ == 0 ? 0 : last_of(blocks_ - 1), std::span(documents_).first(in_block_),
            shape_.occurrences > 0 ? counts_.data() : nullptr);
  if (shape_.occurrences == 0) return;
  in_all_ = 0;
  for (std::size_t i = 0; i < in_block_; ++i) in_all_ += counts_[i];
  farthest_ = bits.take(1) == 0 ? 255 : static_cast<std::uint8_t>(bits.take(byte_width));
  first_position_ = bits.at();
  forms_ = shape_.has_forms ? FormReader(bytes, bits.at(), in_block_) : FormReader();
}

DocumentNumber ListCursor::advance(DocumentNumber target) {
  if (documents_[at_] >= target) return documents_[at_];
  if (block_ < blocks_ && last_of(block_) < target) {
    enter_block(find_block(block_ + 1, target));
  } else if (documents_[at_ + 1] >= target) {
    return documents_[++at_];
  }
  at_ = place_of(target);
  return documents_[at_];
}

/// The first block from `from` on whose last document is not before `target`, by steps that double and then halve.
std::size_t ListCursor::find_block(std::size_t from, DocumentNumber target) const {
  std::size_t low = from, step = 1;
  while (low + step <= blocks_ && last_of(low + step - 1) < target) {
    low += step;
    step *= 2;
  }
  std::size_t high = std::min(low + step - 1, blocks_);
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (last_of(middle) < target) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// How many documents of the block stand from here on before `end`.
std::size_t ListCursor::count_before(DocumentNumber end) const {
  if (documents_[at_] >= end) return 0;
  return std::max(at_, std::min(place_of(end), in_block_)) - at_;
}

void ListCursor::pass(std::size_t postings) {
  at_ += postings;
  if (at_ == in_block_ && block_ < blocks_) enter_block(block_ + 1);
}

/// Some of a block's numbers: sixteen at a time, without a call, as most often they are few.
void ListCursor::copy(const std::uint32_t* from, std::size_t count, std::uint32_t* to) {
  for (std::size_t i = 0; i < count; i += at_once) std::copy_n(from + i, at_once, to + i);
}

std::size_t ListCursor::take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) {
  const std::size_t taken = count_before(end);
  if (taken == 0) return 0;
  copy(documents_.data() + at_, taken, documents);
  if (counts != nullptr) {
    read_counts();
    copy(counts_.data() + at_, taken, counts);
  }
  pass(taken);
  return taken;
}

void ListCursor::mark(DocumentNumber first, std::span<std::uint64_t> words) {
  const DocumentNumber end = first + static_cast<DocumentNumber>(64 * words.size());
  for (std::size_t marked = count_before(end); marked > 0; marked = count_before(end)) {
    set_bits(words, first, std::span(documents_).subspan(at_, marked));
    pass(marked);
  }
}

void ListCursor::look_up(std::span<const DocumentNumber> documents, std::uint32_t* counts) {
  for (const DocumentNumber document : documents) {
    advance(document);
    *counts++ = documents_[at_] == document ? count() : 0;
  }
}

/// Block by block. Which documents are there, nobody could foretell: there is no branch on it.
void ListCursor::look_up_positions(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                                   PositionLists& lists) {
  lists.clear(documents.size());
  std::array<std::uint8_t, block_size> places;
  for (std::size_t i = 0; i < documents.size();) {
    advance(documents[i]);
    read_counts();
    const DocumentNumber last = block_ < blocks_ ? last_of(block_) : no_document;
    const std::size_t begin = i, first = lists.size();
    while (i < documents.size() && i - begin < block_size && documents[i] <= last) ++i;
    kernels_.count_below_each(documents_.data(), documents.subspan(begin, i - begin), places.data());
    at_ = places[i - begin - 1];
    std::size_t found = 0;
    for (std::size_t j = begin; j < i; ++j) {
      const std::size_t place = places[j - begin];
      const std::uint32_t is_there = documents_[place] == documents[j], are_enough = counts_[place] >= least[j];
      const std::uint32_t count = counts_[place] & (0 - (is_there & are_enough));
      lists.put(j, count);
      places[found] = static_cast<std::uint8_t>(place);
      found += static_cast<std::size_t>(count > 0);
    }
    for (std::size_t j = 0; very_.size() > 0 && j < found; ++j)
      lists.set_very(first + j, forms_.count(places[j], counts_.data(), very_));
    if (found > 0) read_positions(std::span(places).first(found), lists.room(first));
  }
}

std::size_t ListCursor::take_forms(const SomeForms& forms, DocumentNumber end, DocumentNumber* documents,
                                   std::uint32_t* counts) {
  for (std::size_t passed = count_before(end); passed > 0; passed = count_before(end)) {
    std::size_t taken = 0;
    read_counts();
    const bool any = forms.has(0) || forms_.has_others();
    for (std::size_t i = at_; i < at_ + (any ? passed : 0); ++i) {
      const std::uint32_t found = forms_.count(i, counts_.data(), forms);
      documents[taken] = documents_[i];
      if (counts != nullptr) counts[taken] = found;
      taken += found > 0 ? 1 : 0;
    }
    pass(passed);
    if (taken > 0) return taken;
  }
  return 0;
}

/// Those of a block. The documents of the tail are in none: they are known once they are read.
PostingBound ListCursor::bound(DocumentNumber first) {
  bound_block_ = find_block(std::max(bound_block_, block_), first);
  if (bound_block_ < blocks_) return posting_bound(bound_of(bound_block_), last_of(bound_block_));
  if (block_ < blocks_) return {};
  PostingBound bound;
  const std::size_t at = place_of(first);
  const bool is_there = at < in_block_ && documents_[at] == first;
  bound.pairs.fill({is_there ? counts_[at] : 0, 0});
  bound.last = documents_[is_there ? at + 1 : at] - 1;
  return bound;
}

void ListCursor::read_counts() const {
  if (counts_are_read_) return;
  counts_are_read_ = true;
  if (shape_.occurrences == 0) {
    counts_.fill(0);
    return;
  }
  const char* const behind = unpack_patched(packed_counts_, counts_.data());
  std::uint32_t in_all = 0;  // in no member: what is written to memory each time cannot be summed up many at a time
  for (std::uint32_t& count : std::span(counts_).first<block_size>()) in_all += ++count;
  in_all_ = in_all;
  farthest_ = static_cast<std::uint8_t>(*behind);
  forms_ = FormReader(behind + 1, 0, block_size);
}

std::uint32_t ListCursor::count() const {
  read_counts();
  return counts_[at_];
}

/// In the tail they follow the forms.
std::uint64_t ListCursor::first_position() const {
  return block_ == blocks_ && shape_.has_forms ? forms_.end(counts_.data()) : first_position_;
}

/// Whether the positions of some documents of the block can be found without reading those before.
bool ListCursor::is_in_strides() const { return in_block_ == block_size && in_all_ >= many_occurrences; }

/// Those of the block.
void ListCursor::find_positions() const {
  read_counts();
  position_bytes_ = file_.read(Section::Postings, shape_.offset + positions_, positions_end_ - positions_).data();
  if (is_in_strides()) position_bytes_ += strides * sizeof(std::uint32_t);
  if (reaches_ == nullptr) reaches_ = reinterpret_cast<const std::uint8_t*>(file_.read(Section::Reaches).data());
}

void ListCursor::read_positions(std::uint32_t* positions) const {
  const auto here = static_cast<std::uint8_t>(at_);
  if (shape_.occurrences > 0) read_positions({&here, 1}, positions);
}

/// In strides, those of one stride together.
void ListCursor::read_positions(std::span<const std::uint8_t> places, std::uint32_t* positions) const {
  if (position_bytes_ == nullptr) find_positions();
  const CodedPositions coded{position_bytes_, counts_.data(), documents_.data(), reaches_, farthest_};
  while (!places.empty()) {
    const std::size_t first = places.front();
    const bool onwards = next_read_ > 0 && next_read_ <= first;
    std::size_t from = onwards ? next_read_ : 0;
    std::uint64_t bit = onwards ? next_read_bit_ : first_position();
    std::size_t together = places.size();
    if (is_in_strides()) {
      const std::size_t nearest = first / stride * stride;
      if (nearest > from) {
        from = nearest;
        const std::size_t behind = strides + 1 - from / stride;
        bit = number_at(position_bytes_ - behind * sizeof(std::uint32_t), sizeof(std::uint32_t));
      }
      const auto next = std::ranges::find_if(places, [&](std::uint8_t place) { return place >= nearest + stride; });
      together = static_cast<std::size_t>(next - places.begin());
    }
    next_read_bit_ = kernels_.read_positions(coded, from, bit, places.first(together), positions);
    next_read_ = places[together - 1] + 1U;
    for (const std::uint8_t place : places.first(together)) positions += counts_[place] + PositionLists::padding;
    places = places.subspan(together);
  }
}

void ListCursor::append_forms(std::vector<std::uint32_t>& forms) const {
  read_counts();
  forms_.append(at_, counts_.data(), forms);
}

std::uint32_t ListCursor::count_forms(const SomeForms& forms) const {
  read_counts();
  return forms_.count(at_, counts_.data(), forms);
}

}  // namespace limier::sealed
