#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "analysis/characters.h"
#include "analysis/elision.h"
#include "limier/analyzer.h"

namespace limier {

/// Whether a byte may be of a run of letters and digits: those of ASCII, and the bytes of U+00C0 to U+017F. Whether
/// such bytes are letters indeed (the two of `×` are none) is asked when the word is learnt.
constexpr std::array<bool, 256> is_run_byte = [] {
  std::array<bool, 256> is{};
  for (std::size_t c = 0; c < 0x80; ++c) {
    is[c] = ascii_kinds[c] == CharacterKind::Letter || ascii_kinds[c] == CharacterKind::Digit;
  }
  for (std::size_t c = 0x80; c < 0xC0; ++c) is[c] = true;
  is[0xC3] = is[0xC4] = is[0xC5] = true;
  return is;
}();

/// The bytes a word is written with, filled up with zeros.
/// Thread rule: a plain value.
struct WordKey {
  static constexpr std::size_t longest = 16;  ///< Of the few words that are longer, the key is all zeros.

  std::uint64_t first = 0, second = 0;

  bool empty() const { return first == 0; }
  bool operator==(const WordKey& other) const { return ((first ^ other.first) | (second ^ other.second)) == 0; }
};

/// For each size of a word, the bits of its bytes in a key.
constexpr std::array<WordKey, WordKey::longest + 1> key_masks = [] {
  std::array<WordKey, WordKey::longest + 1> all{};
  for (std::size_t size = 0; size < all.size(); ++size) {
    std::array<unsigned char, WordKey::longest> bytes{};
    for (std::size_t i = 0; i < size; ++i) bytes[i] = 0xFF;
    all[size] = std::bit_cast<WordKey>(bytes);
  }
  return all;
}();

/// The key of the bytes from `begin` to `end`.
inline WordKey key_of(std::string_view text, std::size_t begin, std::size_t end) {
  WordKey key;
  const auto size = end - begin;
  if (size > WordKey::longest) return key;
  if (text.size() - begin < sizeof key) {  // no bytes behind the text are read
    std::memcpy(&key, text.data() + begin, size);
    return key;
  }
  std::memcpy(&key, text.data() + begin, sizeof key);
  key.first &= key_masks[size].first;
  key.second &= key_masks[size].second;
  return key;
}

/// All that an analyzer knows of a word that it has read before. One row of memory's caches, so that a word costs one
/// look at memory.
/// Thread rule: a plain value.
struct alignas(64) KnownWord {
  /// A form, as bytes of the row. Forms share what they have in common: `maison` needs no bytes but its key.
  struct Form {
    std::uint8_t begin = 0, size = 0;
  };

  WordKey key;  ///< Empty: the row is free. Stands first, so that forms may lie in it.
  Form exact, folded, stem;
  bool stop_word : 1 = false;
  bool ends_in_digit : 1 = false;
  bool introduces_address : 1 = false;  ///< As `may_introduce_address`.
  bool clitic : 1 = false;              ///< As `is_clitic_word`.
  Elision elision = Elision::Never;
  char bytes[40] = {};

  std::string_view view(Form form) const { return {reinterpret_cast<const char*>(this) + form.begin, form.size}; }
};

/// The words that an analyzer has read last, by the bytes they are written with. French repeats itself: of a hundred
/// words of a newspaper, 98 have been read shortly before. Bounded: a new word takes the place of an old one.
/// Thread rule: one thread at a time.
class KnownWords {
 public:
  explicit KnownWords(const AnalyzerOptions& options);

  /// The word of a key; null where it has not been read lately. Valid until the next call of `find` or `learn`.
  const KnownWord* find(const WordKey& key) {
    auto* row = first_row(key);
    if (row->key == key) [[likely]]
      return key.empty() ? nullptr : row;
    if (row[1].key != key || key.empty()) return nullptr;
    // Frequent words come to lie first, where they are found at once, and the others give way: `tennis` to `dans`.
    std::swap(row[0], row[1]);
    return row;
  }

  /// Has memory send what `find` will read.
  void prefetch(const WordKey& key) const {
    const auto* row = first_row(key);
    __builtin_prefetch(row);
    __builtin_prefetch(row + 1);
  }

  /// Makes the word that is written in these bytes known. Null where it cannot be: other scripts than Latin, long
  /// words.
  const KnownWord* learn(std::string_view written);

 private:
  static constexpr int set_bits = 15;  // 4 MiB: rows for 65,536 words
  static constexpr std::size_t set_size = 2;
  static constexpr std::size_t rows = set_size << set_bits;

  KnownWord* first_row(const WordKey& key) const {
    auto hash = key.first * 0x9E3779B97F4A7C15 + key.second * 0xC2B2AE3D27D4EB4F;
    hash = (hash ^ hash >> 29) * 0xBF58476D1CE4E5B9;  // whose upper bits depend on all of the key's
    return rows_ + (hash >> (64 - set_bits)) * set_size;
  }

  AnalyzerOptions options_;
  std::unique_ptr<void, decltype(&std::free)> memory_;
  KnownWord* rows_;
};

}  // namespace limier
