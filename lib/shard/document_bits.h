#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "shard/postings.h"

namespace limier {

/// Which of some documents that follow one another; a bit each.
class DocumentBits {
 public:
  static constexpr DocumentNumber size = 2048;  ///< How many they are.

  explicit DocumentBits(DocumentNumber first = 0) : first_(first) {}

  DocumentNumber first() const { return first_; }
  DocumentNumber end() const { return first_ + size; }  ///< Behind the last.

  // REQUIRES a document from `first` to before `end`.
  void set(DocumentNumber document) { words_[word_of(document)] |= bit_of(document); }
  bool has(DocumentNumber document) const { return (words_[word_of(document)] & bit_of(document)) != 0; }

  /// Those that a cursor has there, and moves it behind them. REQUIRES it not to stand before `first`.
  void set(PostingCursor& cursor) { cursor.mark(first_, words_); }

  /// All of some documents.
  void set(std::span<const DocumentNumber> documents) { set_bits(words_, first_, documents); }

  /// Counted in each byte of all words at once: to count the bits of a word takes an instruction that not every
  /// processor has.
  std::size_t count() const {
    constexpr std::size_t most = 16;  // words, so that a byte holds the sum
    std::size_t count = 0;
    for (std::size_t from = 0; from < words_.size(); from += most) {
      std::uint64_t bytes = 0;
      for (std::uint64_t word : std::span(words_).subspan(from).template first<most>()) {
        word -= word >> 1 & 0x5555'5555'5555'5555;
        word = (word & 0x3333'3333'3333'3333) + (word >> 2 & 0x3333'3333'3333'3333);
        bytes += (word + (word >> 4)) & 0x0F0F'0F0F'0F0F'0F0F;
      }
      const std::uint64_t pairs = (bytes & 0x00FF'00FF'00FF'00FF) + (bytes >> 8 & 0x00FF'00FF'00FF'00FF);
      count += static_cast<std::size_t>(pairs * 0x0001'0001'0001'0001 >> 48);
    }
    return count;
  }

  /// Leaves those for which `holds` is true, which is asked of each in ascending order.
  template <typename Holds>
  void retain(Holds holds) {
    retain_of_64([&](DocumentNumber first, std::uint64_t some) {
      return retain_bits(some, [&](std::uint32_t place) { return holds(first + place); });
    });
  }

  /// Likewise, asked of 64 documents at a time: `keep` takes the first and the bits of those that are here, and gives
  /// those that are left.
  template <typename Keep>
  void retain_of_64(Keep keep) {
    for (std::size_t word = 0; word < words_.size(); ++word)
      if (words_[word] != 0) words_[word] = keep(first_ + static_cast<DocumentNumber>(64 * word), words_[word]);
  }

  /// Visits them in ascending order.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (std::size_t word = 0; word < words_.size(); ++word)
      for (std::uint64_t left = words_[word]; left != 0; left &= left - 1) visit(document_at(word, left));
  }

 private:
  std::size_t word_of(DocumentNumber document) const { return (document - first_) / 64; }
  std::uint64_t bit_of(DocumentNumber document) const { return std::uint64_t{1} << (document - first_) % 64; }

  /// The first of those that are left in a word.
  DocumentNumber document_at(std::size_t word, std::uint64_t left) const {
    return first_ + static_cast<DocumentNumber>(64 * word + static_cast<std::size_t>(std::countr_zero(left)));
  }

  DocumentNumber first_;
  std::array<std::uint64_t, size / 64> words_{};
};

}  // namespace limier
