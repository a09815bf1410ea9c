#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sealed/segment.h"
#include "shard/postings.h"

namespace limier::sealed {

/// What executing a plan reads from a segment, its deleted documents left out. Thread rule: one thread at a time.
class SegmentPostings final : public Postings {
 public:
  /// `deleted` by document, from 1; empty where none is. Both outlive it.
  SegmentPostings(const Segment& segment, const std::vector<bool>& deleted) : segment_(segment), deleted_(deleted) {}

  std::unique_ptr<PostingCursor> cursor(std::string_view term, DocumentNumber from) const override;
  std::vector<std::unique_ptr<PostingCursor>> cursors(std::span<const std::string_view> terms,
                                                      DocumentNumber from) const override;
  std::unique_ptr<PostingCursor> all_documents() const override;
  std::uint64_t document_count() const override;
  std::uint64_t document_frequency(std::string_view term) const override;

  /// Of many terms, which are found on one way through the dictionaries.
  std::vector<std::uint64_t> document_frequencies(std::span<const std::string_view> terms) const;

  std::optional<DocumentNumber> find(std::string_view id) const override;
  DocumentLengths lengths(DocumentNumber document) const override;
  Days days(DocumentNumber document) const override;
  void read_lengths(std::span<const DocumentNumber> documents, DocumentLengths* lengths) const override;
  std::uint64_t within(const Days& range, DocumentNumber first, std::uint64_t documents) const override;
  std::string id(DocumentNumber document) const override;
  Sketch sketch(DocumentNumber document) const override;
  std::string values(DocumentNumber document) const override;
  std::span<const std::uint32_t> pairs(DocumentNumber document) const override { return segment_.pairs(document); }
  std::string pair(std::uint32_t number) const override { return std::string(segment_.pair(number)); }

 private:
  /// Where a term stands: in a list of its own, or as a form in those of its stems.
  struct Located {
    struct Form {
      std::uint32_t stem = 0, number = 0, of = 0;  // as in FormEntry
      std::optional<ListShape> list;               // of the stem, once it is read
    };

    std::optional<ListShape> list;
    std::vector<Form> forms;
    std::optional<std::uint64_t> frequency;  // once it is known
  };

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Located& locate(std::string_view term) const;
  void locate_all(std::span<const std::string_view> terms) const;
  Located find(std::string_view term, Dictionary::Cursor& cursor) const;
  const ListShape& list_of(Located::Form& form) const;
  std::unique_ptr<PostingCursor> without_deleted(std::unique_ptr<PostingCursor> cursor) const;

  const Segment& segment_;
  const std::vector<bool>& deleted_;
  // What was asked for last: a query asks again and again.
  mutable std::unordered_map<std::string, Located, Hash, std::equal_to<>> located_;
};

}  // namespace limier::sealed
