#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sealed/occurrences.h"
#include "sealed/packing.h"
#include "sealed/segment_file.h"
#include "shard/postings.h"

namespace limier::sealed {

/// What a term's dictionary entry says of its list.
struct ListShape {
  std::uint64_t offset = 0, size = 0;  ///< In the section of postings, in bytes.
  std::uint32_t documents = 0;
  std::uint64_t occurrences = 0;  ///< 0 for a term that documents have or have not.
  bool has_forms = false;         ///< Whether any occurrence is in another form than form 0.
};

/// What bounds the score of a term in a block of documents: each of them has, for one of the pairs, at most so many
/// occurrences and at least so many words, both as `number_of_byte` has them.
struct BlockBound {
  struct Pair {
    std::uint8_t count = 0, length = 0;
  };
  std::array<Pair, 2> pairs;
};

/// Encodes one list after another. Thread rule: one thread at a time.
class PostingListWriter {
 public:
  /// Adds a document after the one before; without occurrences for all documents of a term or for none. `length` is
  /// of the document, for the bounds that let a search pass over blocks and for the code of positions.
  void add(DocumentNumber document, std::span<const Occurrence> occurrences, CodedLength length);

  /// Where the occurrences of the next document may be put, up to so many, so that they need not be copied.
  Occurrence* room(std::size_t most) {
    if (taken_ + most > occurrences_.size()) occurrences_.resize(2 * (taken_ + most));
    return occurrences_.data() + taken_;
  }

  /// The same for a document whose occurrences, so many, were put into the room.
  void add(DocumentNumber document, std::size_t count, CodedLength length) {
    documents_[waiting_] = document - last_ - 1;
    counts_[waiting_] = static_cast<std::uint32_t>(count);
    lengths_[waiting_] = length;
    taken_ += count;
    last_ = document;
    if (++waiting_ == block_size) write_block();
  }

  /// Appends the list to `bytes`, tells its shape, the offset aside, and starts another.
  ListShape finish(std::string& bytes);

 private:
  void count_postings(std::uint32_t greatest_form);
  void write_block();
  void clear_postings();
  std::span<const std::uint32_t> counts() const { return std::span(counts_).first(waiting_); }
  std::span<const CodedLength> lengths() const { return std::span(lengths_).first(waiting_); }
  std::span<const Occurrence> occurrences() const { return std::span(occurrences_).first(taken_); }
  std::uint32_t greatest_form() const;
  void write_tail(std::string& bytes, std::uint32_t greatest_form) const;
  std::uint8_t farthest() const;
  BitWriter put_positions(BitWriter bits, std::uint8_t farthest, std::uint32_t* places) const;

  /// What is told of a block without reading it.
  struct Skip {
    DocumentNumber last = 0;
    std::uint32_t block = 0, positions = 0;  // where they begin among those of the list
    BlockBound bound;
  };

  // Of the postings that are in no block yet.
  std::size_t waiting_ = 0;
  std::array<std::uint32_t, block_size> documents_, counts_;
  std::array<CodedLength, block_size> lengths_;
  std::vector<Occurrence> occurrences_;  // with room for more
  std::size_t taken_ = 0;                // of it

  std::vector<Skip> skips_;
  std::string blocks_, positions_, tail_;
  ListShape shape_;
  DocumentNumber last_ = 0;
};

/// How many occurrences a document has.
struct Posting {
  DocumentNumber document = 0;
  std::uint32_t count = 0;
};

/// Appends all of a list of less than a block, which takes less time than to walk it.
void append_short_list(SegmentFile& file, const ListShape& list, std::vector<Posting>& postings);

/// Walks a list. Thread rule: one thread at a time.
class ListCursor : public PostingCursor {
 public:
  /// Stands on the first document from `from` on. `very` are the forms that `look_up_positions` counts. `file` outlives
  /// it.
  ListCursor(SegmentFile& file, const ListShape& shape, DocumentNumber from = 1, SomeForms very = {});

  DocumentNumber document() const override { return documents_[at_]; }
  DocumentNumber advance(DocumentNumber target) override;
  std::uint32_t count() const override;
  void read_positions(std::uint32_t* positions) const override;
  std::size_t take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) override;
  PostingBound bound(DocumentNumber first) override;
  DocumentNumber most_documents() const override { return shape_.documents; }
  const ListShape& shape() const { return shape_; }
  void mark(DocumentNumber first, std::span<std::uint64_t> words) override;

  /// For each of the occurrences in this document, in their order, the number of its form.
  void append_forms(std::vector<std::uint32_t>& forms) const;

  /// How many occurrences in this document are in one of some forms.
  std::uint32_t count_forms(const SomeForms& forms) const;

  /// As `take`, of the documents that have occurrences in these forms, with their counts; it may give none before the
  /// last call.
  std::size_t take_forms(const SomeForms& forms, DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts);

  /// As of PostingCursor.
  void look_up(std::span<const DocumentNumber> documents, std::uint32_t* counts) override;
  void look_up_positions(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                         PositionLists& lists) override;

 private:
  struct Places {
    std::uint32_t block = 0, positions = 0;  // in the list
  };

  DocumentNumber last_of(std::size_t block) const;
  BlockBound bound_of(std::size_t block) const;
  Places places(std::size_t block) const;
  std::uint32_t tail() const;
  std::size_t find_block(std::size_t from, DocumentNumber target) const;
  /// The first in the block, or behind it, that is not before `target`.
  std::size_t place_of(DocumentNumber target) const { return kernels_.count_below(documents_.data(), target); }

  std::size_t count_before(DocumentNumber end) const;
  void pass(std::size_t postings);
  void enter_block(std::size_t block);
  void enter_tail();
  void read_counts() const;
  void find_positions() const;
  void read_positions(std::span<const std::uint8_t> places, std::uint32_t* positions) const;
  std::uint64_t first_position() const;
  bool is_in_strides() const;

  /// Copies a multiple of `at_once`, not below `count`.
  static void copy(const std::uint32_t* from, std::size_t count, std::uint32_t* to);
  static constexpr std::size_t at_once = 16;

  SegmentFile& file_;
  const Kernels& kernels_;
  ListShape shape_;
  SomeForms very_;
  Bytes skips_;
  std::size_t blocks_ = 0;
  unsigned offset_size_ = 0;   // bytes of a place in the list
  std::size_t skip_size_ = 0;  // and of what is told of a block

  // Where it stands: a block, or with blocks_ the tail; in it a document.
  std::size_t block_ = 0, at_ = 0, in_block_ = 0;
  std::array<DocumentNumber, block_size + at_once> documents_;  // behind the last of the tail, no_document

  // What belongs to the block. The counts are unpacked when one is asked for, and what follows them is found.
  mutable std::array<std::uint32_t, block_size + at_once> counts_;
  mutable bool counts_are_read_ = false;
  const char* packed_counts_ = nullptr;
  mutable FormReader forms_;
  mutable std::uint8_t farthest_ = 0;                // of the positions, as `number_of_byte` has it
  std::uint32_t positions_ = 0, positions_end_ = 0;  // in the list
  std::uint64_t first_position_ = 0;                 // in bits, forms of the tail aside
  mutable std::uint32_t in_all_ = 0;                 // occurrences in the block, once the counts are read
  mutable std::size_t next_read_ = 0;                // the document whose positions follow those read last, and where
  mutable std::uint64_t next_read_bit_ = 0;
  mutable const char* position_bytes_ = nullptr;   // once positions are read
  mutable const std::uint8_t* reaches_ = nullptr;  // likewise; of all documents

  std::size_t bound_block_ = 0;  // where `bound` looked last
};

}  // namespace limier::sealed
