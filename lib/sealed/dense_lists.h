#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sealed/kept_lists.h"
#include "sealed/posting_list.h"
#include "sealed/segment_file.h"
#include "shard/postings.h"

namespace limier::sealed {

/// Documents of a segment as bits: whether one is there, and which is the next, is seen without reading a list.
class DocumentSet {
 public:
  /// Those from where a cursor stands on; it moves behind them. None is after `last`.
  DocumentSet(PostingCursor& cursor, DocumentNumber last) : words_(last / 64 + 1) { cursor.mark(0, words_); }

  /// REQUIRES none after `last`.
  DocumentSet(std::span<const DocumentNumber> documents, DocumentNumber last) : words_(last / 64 + 1) {
    set_bits(words_, 0, documents);
  }

  bool has(DocumentNumber document) const { return (words_[document / 64] >> document % 64 & 1) != 0; }

  /// The first from `from` on; no_document where there is none.
  DocumentNumber next(DocumentNumber from) const {
    std::size_t word = from / 64;
    if (word >= words_.size()) return no_document;
    std::uint64_t left = words_[word] & ~std::uint64_t{0} << from % 64;
    while (left == 0) {
      if (++word == words_.size()) return no_document;
      left = words_[word];
    }
    return static_cast<DocumentNumber>(64 * word) + static_cast<DocumentNumber>(std::countr_zero(left));
  }

  /// 64 documents each, from document 0 on.
  std::span<const std::uint64_t> words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

/// The documents of the lists that are asked for most often, where a list has many of a segment's documents, within
/// 4 MiB. Thread rule: one thread at a time.
class DenseLists {
 public:
  /// `file` outlives it, and has documents up to `last`.
  DenseLists(SegmentFile& file, DocumentNumber last);

  /// Null where they are not kept: the list is to be read.
  std::shared_ptr<const DocumentSet> find(const ListShape& list);

 private:
  SegmentFile& file_;
  DocumentNumber last_;
  KeptLists<DocumentSet> kept_;
};

}  // namespace limier::sealed
