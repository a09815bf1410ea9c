#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/arrays.h"
#include "sealed/dictionary.h"
#include "sealed/document_store.h"
#include "sealed/posting_list.h"
#include "sealed/segment_file.h"
#include "sealed/segment_writer.h"

namespace limier::sealed {

/// A segment file, open for reading: all that stands in it, document by document and term by term. What is deleted is
/// not known here. Every member throws Error{Corrupt} where the file is not what was written.
/// Thread rule: one thread at a time; several where all of them read dictionaries and lists alone.
class Segment {
 public:
  /// Throws as SegmentFile does.
  explicit Segment(const std::string& path);

  std::uint32_t documents() const { return static_cast<std::uint32_t>(columns_.size()); }

  Totals totals() const { return totals_[0]; }

  Columns columns(DocumentNumber document) const { return columns_[document - 1]; }
  DocumentLengths lengths(DocumentNumber document) const { return lengths_.all()[document - 1]; }
  Days days(DocumentNumber document) const { return all_days()[document - 1]; }
  std::span<const Days> all_days() const { return days_.all(); }  ///< From the first document's on.
  std::uint64_t fingerprint(DocumentNumber document) const { return columns(document).fingerprint; }
  std::string_view id(DocumentNumber document) const { return ids_[document - 1]; }
  std::string values(DocumentNumber document) const;  ///< As in schema::ValuesSlot.
  /// As in Postings.
  void read_pairs(std::span<const DocumentNumber> documents, std::span<const std::uint32_t>* pairs) const;
  std::string_view pair(std::uint32_t number) const { return value_names_[number]; }  ///< Likewise.
  std::string_view stored(DocumentNumber document) const;                             ///< Valid until the next call.
  std::string_view file_key(DocumentNumber document) const;  ///< Of its source file; empty for none.

  /// The document of this id; where one replaced another while the segment was made, the last.
  std::optional<DocumentNumber> find(std::string_view id) const;

  /// These documents, in ascending order. Throws Error{Corrupt} where it has not so many: then it is another's file.
  const std::vector<DocumentNumber>& checked(const std::vector<DocumentNumber>& documents) const;

  /// Likewise, as bits by their numbers.
  std::vector<bool> bits_of(const std::vector<DocumentNumber>& documents) const;

  /// A document as it was given to the writer, its terms aside; and its text aside.
  IndexedDocument document(DocumentNumber number) const;
  IndexedDocument description(DocumentNumber number) const;

  const Dictionary& terms() const { return terms_; }

  /// The very forms. A form that belongs to several stems stands there once for each.
  const Dictionary& forms() const { return forms_; }

  /// The list of a term, by its entry in `terms`.
  ListCursor list(const TermEntry& entry) const { return list(shape_of(entry)); }
  ListCursor list(const ListShape& shape) const { return ListCursor(*file_, shape); }
  static ListShape shape_of(const TermEntry& entry);

  DocumentStore& store() const { return store_; }

  SegmentFile& file() const { return *file_; }

 private:
  std::unique_ptr<SegmentFile> file_;
  Dictionary terms_, forms_;
  Array<Columns> columns_;
  Array<DocumentLengths> lengths_;
  Array<Days> days_;
  Array<Totals> totals_;
  Array<DocumentNumber> id_order_;
  Strings ids_, value_names_, files_;
  Array<std::uint64_t> value_ends_;
  Array<std::uint32_t> values_;
  mutable DocumentStore store_;
};

}  // namespace limier::sealed
