#include "sealed/dictionary.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sealed/arrays.h"
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

void skip_varint(const char*& at) {
  while (static_cast<unsigned char>(*at++) >= 0x80) {
  }
}

/// What follows a term, behind that of the term before.
void read_entry(const char*& at, TermEntry& entry) {
  entry.before = entry.sum;
  entry.sum += unfolded(take_varint(at));
  entry.first = take_varint(at);
  entry.second = take_varint(at);
}

/// Moves over it, but for what sums up.
void skip_entry(const char*& at, std::uint64_t& sum) {
  sum += unfolded(take_varint(at));
  skip_varint(at);
  skip_varint(at);
}

std::size_t shared_size(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

}  // namespace

std::uint64_t key_of(std::string_view term) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < sizeof key; ++i)
    key = key << 8 | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0U);
  return key;
}

std::uint32_t DictionaryWriter::add(std::string_view term, std::uint64_t sum, std::uint64_t first,
                                    std::uint64_t second) {
  std::size_t shared = 0;
  if (count_ % terms_per_block == 0) {
    keys_.push_back(key_of(term));
    starts_.push_back(bytes_.size());
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
  file.begin(index);
  file.append(bytes_of(keys_));
  file.append(bytes_of(starts_));
  file.append(bytes_of(std::vector<std::uint64_t>{bytes_.size(), count_}));
}

Dictionary::Dictionary(SegmentFile& file, Section terms, Section index)
    : file_(file), terms_(terms), index_(file.read(index)) {
  const std::size_t numbers = index_.size() / sizeof(std::uint64_t);
  blocks_ = static_cast<std::uint32_t>(numbers / 2 - 1);
  count_ = static_cast<std::uint32_t>(this->index(numbers - 1));
}

std::uint64_t Dictionary::index(std::size_t at) const {
  std::uint64_t number = 0;
  std::memcpy(&number, index_.data() + at * sizeof number, sizeof number);
  return number;
}

Bytes Dictionary::block(std::uint32_t block) const {
  const std::uint64_t start = index(blocks_ + block);
  return file_.read(terms_, start, index(blocks_ + block + 1) - start);
}

std::string_view Dictionary::first_term(std::uint32_t block) const {
  const char* at = this->block(block).data();
  take_varint(at);
  const std::uint64_t size = take_sizes(at).second;
  return {at, size};
}

/// `key` is that of `term`.
bool Dictionary::begins_above(std::uint32_t block, std::uint64_t key, std::string_view term) const {
  const std::uint64_t first = index(block);
  return first != key ? first > key : first_term(block) > term;
}

/// The last block whose first term is not above; the first one where all are. `key` is that of `term`.
std::uint32_t Dictionary::block_of(std::uint64_t key, std::string_view term) const {
  // How many have a key that is not above, without a branch on it, which nobody could foretell.
  std::uint32_t low = 0;
  for (std::uint32_t left = blocks_, half = 0; left > 0; left -= half) {
    half = left - left / 2;
    low += half * std::uint32_t{index(low + half - 1) <= key};
  }
  if (low > 0 && begins_above(low - 1, key, term)) {  // One of those with the same key it is, or the one before them.
    std::uint32_t high = low - 1;
    for (low = 0; low < high;) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (begins_above(middle, key, term)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
  }
  return low == 0 ? 0 : low - 1;
}

TermEntry Dictionary::entry(std::uint32_t place) const {
  const char* at = block(place / terms_per_block).data();
  TermEntry entry;
  entry.sum = take_varint(at);
  for (std::uint32_t left = place % terms_per_block; left > 0; --left) {
    at += take_sizes(at).second;
    skip_entry(at, entry.sum);
  }
  at += take_sizes(at).second;
  read_entry(at, entry);
  return entry;
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
  read_entry(at_, entry_);
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

/// Whether `term`, whose key this is, is neither before where it stands nor behind the block.
bool Dictionary::Cursor::is_ahead_in_block(std::uint64_t key, std::string_view term) const {
  if (at_ == nullptr || at_end() || term_ > term) return false;
  const std::uint32_t next = place_ / terms_per_block + 1;
  return next == dictionary_->blocks_ || dictionary_->begins_above(next, key, term);
}

/// In the block, only terms that share as much with the one before as that with what is sought have to be looked at.
void Dictionary::Cursor::seek(std::string_view term) {
  const std::uint64_t key = key_of(term);
  if (!is_ahead_in_block(key, term)) {
    place_ = 0;
    if (at_end()) return;
    enter_block(dictionary_->block_of(key, term));
  }
  if (term_ >= term) return;
  const std::uint32_t end = std::min(place_ / terms_per_block * terms_per_block + terms_per_block, dictionary_->size());
  const char* at = at_;
  std::uint64_t sum = entry_.sum;
  std::size_t same = shared_size(term_, term);
  while (++place_ < end) {
    const auto [shared, size] = take_sizes(at);
    const std::string_view rest(at, size), sought = term.substr(same);
    at += size;
    if (shared < same || (shared == same && rest >= sought)) {
      term_.assign(term.substr(0, shared)).append(rest);
      entry_.sum = sum;
      read_entry(at, entry_);
      at_ = at;
      return;
    }
    skip_entry(at, sum);
    if (shared == same) same += shared_size(rest, sought);
  }
  if (!at_end()) enter_block(place_ / terms_per_block);
}

}  // namespace limier::sealed
