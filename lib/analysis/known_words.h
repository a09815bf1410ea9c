#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

#include "analysis/elision.h"
#include "limier/analyzer.h"

namespace limier {

/// The bytes a word is written with, filled up with zeros.
/// Thread rule: a plain value.
struct WordKey {
  static constexpr std::size_t longest = 16;  ///< Of the few words that are longer, the key is all zeros.

  std::uint64_t first = 0, second = 0;

  bool empty() const { return first == 0; }
  bool operator==(const WordKey& other) const { return ((first ^ other.first) | (second ^ other.second)) == 0; }
};

/// Where among the known words a word lies: the number of a set of four places.
using WordPlace = std::uint16_t;

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

/// The key of the first `size` bytes. REQUIRES that as many as a key has can be read.
inline WordKey key_of(const char* bytes, std::size_t size) {
  if (size > WordKey::longest) return {};
  WordKey key;
  std::memcpy(&key, bytes, sizeof key);
  key.first &= key_masks[size].first;
  key.second &= key_masks[size].second;
  return key;
}

/// The same, wherever the word is written.
inline WordKey key_of(std::string_view written) {
  WordKey key;
  if (written.size() <= sizeof key) std::copy(written.begin(), written.end(), reinterpret_cast<char*>(&key));
  return key;
}

/// All that an analyzer knows of a word that it has read before. Two lie in a row of the processor's caches.
/// Thread rule: a plain value.
struct alignas(32) KnownWord {
  /// A form, as bytes of the word. Forms share what they have in common: `maison` needs no bytes but its key.
  struct Form {
    std::uint8_t begin = 0, size = 0;
  };

  WordKey key;               ///< Empty: the place is free. Stands first, so that forms may lie in it.
  std::uint32_t number = 0;  ///< As in Token.
  Form exact, folded, stem;
  bool stop_word : 1 = false;
  bool ends_in_digit : 1 = false;
  bool introduces_address : 1 = false;  ///< As `may_introduce_address`.
  bool clitic : 1 = false;              ///< As `is_clitic_word`.
  bool rendez : 1 = false;              ///< Makes a compound with `vous`.
  bool wide : 1 = false;                ///< Its forms fill the next place too.
  Elision elision : 2 = Elision::Never;
  char bytes[5] = {};

  std::string_view view(Form form) const { return {reinterpret_cast<const char*>(this) + form.begin, form.size}; }

  /// Whether gaps around the word tell that it stands alone.
  bool simple() const { return !(ends_in_digit || introduces_address || rendez); }

  /// How many places it takes.
  std::size_t places() const { return wide ? 2 : 1; }
};

/// The words that an analyzer has read last, by the bytes they are written with. French repeats itself: of a hundred
/// words of a newspaper, 99 have been read before. Bounded: a new word takes the place of old ones.
/// Thread rule: one thread at a time.
class KnownWords {
 public:
  static constexpr std::size_t places = 1 << 18;  ///< 8 MiB: some 200,000 words, which take one or two each.

  explicit KnownWords(const AnalyzerOptions& options);

  /// Where the word of a key may lie, for callers to keep: a hash.
  WordPlace place_of(const WordKey& key) const {
    const auto hash = (key.first ^ std::rotl(key.second, 29)) * 0x9E3779B97F4A7C15;  // by the golden ratio
    return static_cast<WordPlace>(hash >> (64 - set_bits));  // upper bits, which depend on all that are below
  }

  /// Has memory send what `find` will read.
  void prefetch(WordPlace place) const {
    __builtin_prefetch(set_at(place));
    __builtin_prefetch(set_at(place) + set_size / 2);  // the next row
  }

  /// The word of a key; null where it has not been read lately. REQUIRES place == place_of(key). Valid until the next
  /// call of `find` or `learn`.
  const KnownWord* find(const WordKey& key, WordPlace place) {
    const auto* first = set_at(place);
    if (first->key == key) [[likely]]
      return key.empty() ? nullptr : first;
    return find_behind_first(key, place);
  }

  /// Makes the word that is written in these bytes known. Null where it cannot be: other scripts than Latin, long
  /// words. Valid until the next call of `find` or `learn`.
  const KnownWord* learn(std::string_view written);

 private:
  static constexpr std::size_t set_size = 4;  // places
  static constexpr int set_bits = std::countr_zero(places / set_size);
  static_assert(set_bits <= std::numeric_limits<WordPlace>::digits);

  // The words of a set lie without gaps: those that were met most come first, as a new word comes last.
  KnownWord* set_at(WordPlace place) const { return places_ + place * set_size; }
  const KnownWord* find_behind_first(const WordKey& key, WordPlace place);
  KnownWord* make_room(WordPlace place, std::size_t wanted);

  AnalyzerOptions options_;
  std::unique_ptr<void, decltype(&std::free)> memory_;
  KnownWord* places_;
};

}  // namespace limier
