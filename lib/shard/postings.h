#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shard/indexed_document.h"
#include "shard/position_lists.h"
#include "shard/score_bounds.h"
#include "shard/similarity.h"

namespace limier {

/// A document's place in its shard, ascending from 1.
using DocumentNumber = std::uint32_t;

/// The number of no document, after all others.
inline constexpr DocumentNumber no_document = std::numeric_limits<DocumentNumber>::max();

/// Of the bits that stand, those for whose places `holds` is true, which is asked in ascending order. Without a branch,
/// which nobody could foretell.
template <typename Holds>
std::uint64_t retain_bits(std::uint64_t bits, Holds holds) {
  std::uint64_t retained = 0;
  for (std::uint64_t left = bits; left != 0; left &= left - 1)
    retained |= (left & -left) * std::uint64_t{holds(static_cast<std::uint32_t>(std::countr_zero(left)))};
  return retained;
}

/// Sets the bits of documents in words of 64, the first of which is that of `first`.
inline void set_bits(std::span<std::uint64_t> words, DocumentNumber first, std::span<const DocumentNumber> documents) {
  for (const DocumentNumber document : documents)
    words[(document - first) / 64] |= std::uint64_t{1} << (document - first) % 64;
}

/// What bounds the score of a term in some documents: each of them has, for one of the pairs, at most so many
/// occurrences and at least so many words. Nothing is said but by the numbers: at first, none.
struct PostingBound {
  struct Pair {
    std::uint32_t count = no_document, length = 0;
  };

  std::array<Pair, 2> pairs{};
  DocumentNumber last = no_document - 1;  ///< Up to this document, and from the one that was asked for.
};

/// Walks a posting list in ascending order of documents.
class PostingCursor {
 public:
  virtual ~PostingCursor() = default;

  virtual DocumentNumber document() const = 0;  ///< no_document at the end.

  /// Moves to the first document from `target` on, and gives it; stays where it is when already there or beyond.
  virtual DocumentNumber advance(DocumentNumber target) = 0;

  /// The same for `take`: maybe not as far, where it takes a search to tell documents from others. Gives a document
  /// that none to come is before.
  virtual DocumentNumber approach(DocumentNumber target) { return advance(target); }

  virtual std::uint32_t count() const = 0;  ///< Occurrences in this document.

  /// Writes those of this document, as many as `count` says, ascending; and may write over `most_over` numbers behind.
  virtual void read_positions(std::uint32_t* positions) const = 0;
  static constexpr std::size_t most_over = PositionLists::padding;

  /// The same at the end of others.
  void append_positions(std::vector<std::uint32_t>& positions) const {
    const std::size_t before = positions.size(), behind = before + count();
    positions.resize(behind + most_over);
    read_positions(positions.data() + before);
    positions.resize(behind);
  }

  /// How many postings `take` gives at most.
  static constexpr std::size_t most_taken = 128;

  /// Moves over some of the documents before `end`, all of them with the last call, and gives these with their counts,
  /// unless `counts` is null; how many there are, 0 where none is left. May write over all `most_taken` places.
  virtual std::size_t take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) {
    std::size_t taken = 0;
    for (; taken < most_taken && document() < end; advance(document() + 1)) {
      if (counts != nullptr) counts[taken] = count();
      documents[taken++] = document();
    }
    return taken;
  }

  /// Sets the bits of the documents before those that `words` have bits for end, the first of which is that of `first`;
  /// moves behind them. REQUIRES not to have stood before `first` last, which is a multiple of 64.
  virtual void mark(DocumentNumber first, std::span<std::uint64_t> words) {
    const DocumentNumber end = first + static_cast<DocumentNumber>(64 * words.size());
    std::array<DocumentNumber, most_taken> taken;
    while (const std::size_t count = take(end, taken.data(), nullptr))
      set_bits(words, first, std::span(taken).first(count));
  }

  /// For each of ascending documents, none before those that it was moved over, how many occurrences are there; moves
  /// to the last of them.
  virtual void look_up(std::span<const DocumentNumber> documents, std::uint32_t* counts) {
    for (const DocumentNumber each : documents) {
      advance(each);
      *counts++ = document() == each ? count() : 0;
    }
  }

  /// The positions in those of ascending documents, none before those that it was moved over, in which it has as many
  /// occurrences as are the least that matter there, 1 or more; moves to the last of them.
  virtual void look_up_positions(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                                 PositionLists& lists) {
    lists.clear(documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const std::uint32_t count = advance(documents[i]) == documents[i] ? this->count() : 0;
      if (count < least[i]) continue;
      lists.put(i, count);
      std::uint32_t* const positions = lists.room(lists.size() - 1);
      read_positions(positions);
      std::fill_n(positions + count, PositionLists::padding, PositionLists::beyond);
    }
  }

  /// Holds for some documents, the first of which is `first`. REQUIRES one not below that of the call before.
  virtual PostingBound bound(DocumentNumber /*first*/) { return {}; }

  /// All its documents, wherever it stands, as bits, 64 a word from document 0 on; none where they are not at hand.
  virtual std::span<const std::uint64_t> bits() const { return {}; }

  /// How many documents it has at most, wherever it stands.
  virtual DocumentNumber most_documents() const { return no_document; }

  /// Of all its documents, wherever it stands; null where nobody knows.
  virtual std::shared_ptr<const ScoreBounds> score_bounds(const LengthNormalisation&) const { return nullptr; }
};

/// The first and the last day that a date may mean, as YYYYMMDD in decimal; 0 for none.
struct Days {
  std::uint32_t first = 0, last = 0;

  /// Becomes what reaches over both.
  void include(const Days& other) {
    if (other.first == 0) return;
    if (first == 0 || other.first < first) first = other.first;
    last = std::max(last, other.last);
  }

  /// Whether they are known, and all of a range.
  bool are_within(const Days& range) const {
    const bool is_known = first != 0, is_after = range.first <= first, is_before = last <= range.last;
    return is_known & is_after & is_before;
  }
};

/// What executing a plan reads from a local shard.
class Postings {
 public:
  virtual ~Postings() = default;

  /// Stands on the first document from `from` on that has the term, and reads none before. Null where none has it.
  virtual std::unique_ptr<PostingCursor> cursor(std::string_view term, DocumentNumber from) const = 0;

  /// A `cursor` for each of a word's stems, whose `look_up_positions` also tells how many places hold one of some very
  /// forms of the word. None where that takes more lists than those of the stems.
  virtual std::optional<std::vector<std::unique_ptr<PostingCursor>>> word_cursors(std::span<const std::string>,
                                                                                  std::span<const std::string>,
                                                                                  DocumentNumber) const {
    return std::nullopt;
  }

  /// Cursors that together stand on every document from `from` on with any of the terms, and have all their
  /// occurrences, without positions; fewer than there are terms where some can be read together.
  virtual std::vector<std::unique_ptr<PostingCursor>> cursors(std::span<const std::string_view> terms,
                                                              DocumentNumber from) const {
    std::vector<std::unique_ptr<PostingCursor>> cursors;
    for (const std::string_view term : terms)
      if (std::unique_ptr<PostingCursor> found = cursor(term, from)) cursors.push_back(std::move(found));
    return cursors;
  }

  /// How often each of some ascending documents, one or more, has any of the terms.
  virtual void count(std::span<const std::string_view> terms, std::span<const DocumentNumber> documents,
                     std::uint32_t* counts) const {
    add_up(cursors(terms, documents.front()), documents, counts);
  }

  virtual std::unique_ptr<PostingCursor> all_documents() const = 0;

  /// Of the 64 documents from `first` on, for which bits stand, those of `documents` that are not deleted: others may
  /// stand in lists, but count nowhere and are found by nobody.
  virtual std::uint64_t living(DocumentNumber /*first*/, std::uint64_t documents) const { return documents; }

  bool is_living(DocumentNumber document) const {
    return living(document - document % 64, std::uint64_t{1} << document % 64) != 0;
  }

  virtual std::uint64_t document_count() const = 0;

  virtual DocumentNumber last_document() const = 0;  ///< No document is behind it.

  virtual std::uint64_t document_frequency(std::string_view term) const = 0;

  virtual std::optional<DocumentNumber> find(std::string_view id) const = 0;

  virtual DocumentLengths lengths(DocumentNumber document) const = 0;

  virtual Days days(DocumentNumber document) const = 0;

  /// `lengths` of each of some documents.
  virtual void read_lengths(std::span<const DocumentNumber> documents, DocumentLengths* lengths) const {
    for (const DocumentNumber document : documents) *lengths++ = this->lengths(document);
  }

  /// Of the 64 documents from `first` on, for which bits stand, those of `documents` whose days are within a range.
  virtual std::uint64_t within(const Days& range, DocumentNumber first, std::uint64_t documents) const {
    return retain_bits(documents, [&](std::uint32_t place) { return days(first + place).are_within(range); });
  }

  virtual std::string id(DocumentNumber document) const = 0;

  virtual Sketch sketch(DocumentNumber document) const = 0;

  virtual std::string values(DocumentNumber document) const = 0;  ///< As in schema::ValuesSlot.

  /// The pairs of a name and a value that each of some documents has, as numbers, each pair another. Valid until the
  /// next call.
  virtual void read_pairs(std::span<const DocumentNumber> documents, std::span<const std::uint32_t>* pairs) const = 0;

  virtual std::string pair(std::uint32_t number) const = 0;  ///< Likewise of one of them.

 protected:
  /// What cursors count in each of some ascending documents, all together.
  static void add_up(const std::vector<std::unique_ptr<PostingCursor>>& cursors,
                     std::span<const DocumentNumber> documents, std::uint32_t* counts) {
    std::fill_n(counts, documents.size(), 0);
    std::vector<std::uint32_t> more(documents.size());
    for (const auto& cursor : cursors) {
      cursor->look_up(documents, more.data());
      for (std::size_t i = 0; i < documents.size(); ++i) counts[i] += more[i];
    }
  }
};

}  // namespace limier
