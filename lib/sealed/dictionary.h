#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/segment_file.h"

namespace limier::sealed {

/// What a dictionary says of a term.
struct TermEntry {
  std::uint64_t sum = 0;     ///< Sum of the steps up to this term's: an offset or a number that goes up and down.
  std::uint64_t before = 0;  ///< The same without its own step.
  std::uint64_t first = 0, second = 0;
};

/// The first eight bytes as a number: of two terms with different ones, these tell the order.
std::uint64_t key_of(std::string_view term);

/// Terms in ascending byte order, each with an entry, in blocks whose terms share their beginnings.
/// Thread rule: one thread at a time.
class DictionaryWriter {
 public:
  /// `sum` as in TermEntry. Returns the term's place, from 0. REQUIRES a term above the one before.
  std::uint32_t add(std::string_view term, std::uint64_t sum, std::uint64_t first, std::uint64_t second);

  void write(SegmentFileWriter& file, Section terms, Section index) const;

 private:
  std::string bytes_, last_;
  std::vector<std::uint64_t> keys_, starts_;  // of each block: how its first term begins, and where it does
  std::uint64_t sum_ = 0;
  std::uint32_t count_ = 0;
};

/// Reads it in place. Thread rule: any.
class Dictionary {
 public:
  Dictionary(SegmentFile& file, Section terms, Section index);

  std::uint32_t size() const { return count_; }

  /// Of the term at a place, which is not read.
  TermEntry entry(std::uint32_t place) const;

  /// Walks the terms in order. Valid as long as the dictionary. Thread rule: one thread at a time.
  class Cursor {
   public:
    explicit Cursor(const Dictionary& dictionary) : dictionary_(&dictionary) {}

    bool at_end() const { return place_ >= dictionary_->size(); }
    const std::string& term() const { return term_; }
    const TermEntry& entry() const { return entry_; }
    std::uint32_t place() const { return place_; }  ///< From 0, as DictionaryWriter::add gave it.

    /// Moves to the first term that is not below `term`, forwards or back; a short way forwards is walked.
    void seek(std::string_view term);

    /// The same, but stays where it is when already there or beyond.
    void advance(std::string_view term) {
      if (at_ == nullptr || (!at_end() && term_ < term)) seek(term);
    }

    /// Moves to a term by its place; behind all for one that there is not.
    void move_to(std::uint32_t place);

    void next();

   private:
    bool is_ahead_in_block(std::uint64_t key, std::string_view term) const;
    void enter_block(std::uint32_t block);
    void read_term();

    const Dictionary* dictionary_;
    Bytes block_;
    const char* at_ = nullptr;
    std::string term_;
    TermEntry entry_;
    std::uint32_t place_ = 0;
  };

 private:
  std::uint64_t index(std::size_t at) const;
  Bytes block(std::uint32_t block) const;
  std::string_view first_term(std::uint32_t block) const;
  bool begins_above(std::uint32_t block, std::uint64_t key, std::string_view term) const;
  std::uint32_t block_of(std::uint64_t key, std::string_view term) const;

  SegmentFile& file_;
  Section terms_;
  Bytes index_;
  std::uint32_t blocks_ = 0, count_ = 0;
};

}  // namespace limier::sealed
