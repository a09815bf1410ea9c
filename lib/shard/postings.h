#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shard/indexed_document.h"
#include "shard/similarity.h"

namespace limier {

/// A document's place in its shard, ascending from 1.
using DocumentNumber = std::uint32_t;

/// The number of no document, after all others.
inline constexpr DocumentNumber no_document = std::numeric_limits<DocumentNumber>::max();

/// Walks a posting list in ascending order of documents. Stands on the first one from the start.
class PostingCursor {
 public:
  virtual ~PostingCursor() = default;

  virtual DocumentNumber document() const = 0;  ///< no_document at the end.

  /// Moves to the first document from `target` on; stays where it is when already there or beyond.
  virtual void advance(DocumentNumber target) = 0;

  virtual std::uint32_t count() const = 0;  ///< Occurrences in this document.

  virtual void append_positions(std::vector<std::uint32_t>& positions) const = 0;  ///< Of this document, ascending.
};

/// What executing a plan reads from a local shard.
class Postings {
 public:
  virtual ~Postings() = default;

  /// Null for a term that no document has.
  virtual std::unique_ptr<PostingCursor> cursor(const std::string& term) const = 0;

  virtual std::unique_ptr<PostingCursor> all_documents() const = 0;

  virtual std::uint64_t document_count() const = 0;

  virtual std::uint64_t document_frequency(const std::string& term) const = 0;

  virtual std::optional<DocumentNumber> find(std::string_view id) const = 0;

  virtual DocumentLengths lengths(DocumentNumber document) const = 0;

  virtual std::string dates(DocumentNumber document) const = 0;  ///< As in schema::DatesSlot; empty for none.

  virtual std::string id(DocumentNumber document) const = 0;

  virtual Sketch sketch(DocumentNumber document) const = 0;

  virtual std::string values(DocumentNumber document) const = 0;  ///< As in schema::ValuesSlot.
};

}  // namespace limier
