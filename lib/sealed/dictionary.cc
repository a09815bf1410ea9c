#include "sealed/dictionary.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sealed/bits.h"

namespace limier::sealed {
namespace {

constexpr std::uint32_t terms_per_block = 32;

/// A step up or down as a number that is small for small steps.
std::uint64_t folded(std::int64_t step) {
  return static_cast<std::uint64_t>(step) << 1 ^ static_cast<std::uint64_t>(step >> 63);
}
std::uint64_t unfolded(std::uint64_t number) { return number >> 1 ^ (~(number & 1) + 1); }

// Two sizes are a byte, four bits each, the first one in the lower ones; what one has beyond the greatest follows.
constexpr std::uint64_t size_bits = 4, greatest_size = (1 << size_bits) - 1;

void put_sizes(std::string& bytes, std::uint64_t a, std::uint64_t b) {
  bytes.push_back(static_cast<char>(std::min(a, greatest_size) | std::min(b, greatest_size) << size_bits));
  for (const std::uint64_t size : {a, b})
    if (size >= greatest_size) put_varint(bytes, size - greatest_size);
}

std::pair<std::uint64_t, std::uint64_t> take_sizes(const char*& at) {
  const auto byte = static_cast<unsigned char>(*at++);
  std::uint64_t a = byte & greatest_size, b = byte >> size_bits;
  if (a == greatest_size) a += take_varint(at);
  if (b == greatest_size) b += take_varint(at);
  return {a, b};
}

std::size_t shared_size(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

}  // namespace

std::uint32_t DictionaryWriter::add(std::string_view term, std::uint64_t sum, std::uint64_t first,
                                    std::uint64_t second) {
  std::size_t shared = 0;
  if (count_ % terms_per_block == 0) {
    blocks_.push_back(bytes_.size());
    put_varint(bytes_, sum_);
  } else {
    shared = shared_size(last_, term);
  }
  put_sizes(bytes_, shared, term.size() - shared);
  bytes_.append(term.substr(shared));
  put_varint(bytes_, folded(static_cast<std::int64_t>(sum - sum_)));
  put_varint(bytes_, first);
  put_varint(bytes_, second);
  sum_ = sum;
  last_ = term;
  return count_++;
}

void DictionaryWriter::write(SegmentFileWriter& file, Section terms, Section index) const {
  file.begin(terms);
  file.append(bytes_);
  std::vector<std::uint64_t> starts = blocks_;
  starts.push_back(bytes_.size());
  starts.push_back(count_);
  file.begin(index);
  file.append({reinterpret_cast<const char*>(starts.data()), starts.size() * sizeof starts.front()});
}

Dictionary::Dictionary(SegmentFile& file, Section terms, Section index) : file_(file), terms_(terms) {
  const Bytes all = file_.read(index);
  starts_ = all.substr(0, all.size() - sizeof(std::uint64_t));
  std::uint64_t count = 0;
  std::memcpy(&count, all.data() + starts_.size(), sizeof count);
  count_ = static_cast<std::uint32_t>(count);
}

std::uint64_t Dictionary::start_of(std::uint32_t block) const {
  std::uint64_t start = 0;
  std::memcpy(&start, starts_.data() + block * sizeof start, sizeof start);
  return start;
}

Bytes Dictionary::block(std::uint32_t block) const {
  const std::uint64_t start = start_of(block);
  return file_.read(terms_, start, start_of(block + 1) - start);
}

std::string_view Dictionary::first_term(std::uint32_t block) const {
  const char* at = this->block(block).data();
  take_varint(at);
  const std::uint64_t size = take_sizes(at).second;
  return {at, size};
}

void Dictionary::Cursor::enter_block(std::uint32_t block) {
  block_ = dictionary_->block(block);
  at_ = block_.data();
  place_ = block * terms_per_block;
  term_.clear();
  entry_.sum = take_varint(at_);
  read_term();
}

void Dictionary::Cursor::read_term() {
  const auto [shared, rest] = take_sizes(at_);
  term_.resize(shared);
  term_.append(at_, rest);
  at_ += rest;
  entry_.before = entry_.sum;
  entry_.sum += unfolded(take_varint(at_));
  entry_.first = take_varint(at_);
  entry_.second = take_varint(at_);
}

void Dictionary::Cursor::next() {
  ++place_;
  if (at_end()) return;
  if (place_ % terms_per_block == 0) {
    enter_block(place_ / terms_per_block);
  } else {
    read_term();
  }
}

void Dictionary::Cursor::move_to(std::uint32_t place) {
  place_ = place;
  if (at_end()) return;
  enter_block(place / terms_per_block);
  while (place_ < place) next();
}

void Dictionary::Cursor::seek(std::string_view term) {
  // The last block whose first term is not above.
  std::uint32_t low = 0, high = dictionary_->blocks();
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (dictionary_->first_term(middle) <= term) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  place_ = 0;
  if (at_end()) return;
  enter_block(low == 0 ? 0 : low - 1);
  while (!at_end() && term_ < term) next();
}

}  // namespace limier::sealed
