#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sealed/segment.h"
#include "shard/postings.h"

namespace limier::sealed {

/// What executing a plan reads from a segment, its deleted documents left out. Thread rule: one thread at a time.
class SegmentPostings final : public Postings {
 public:
  /// `deleted` by document, from 1; empty where none is. Both outlive it.
  SegmentPostings(const Segment& segment, const std::vector<bool>& deleted) : segment_(segment), deleted_(deleted) {}

  std::unique_ptr<PostingCursor> cursor(const std::string& term) const override;
  std::unique_ptr<PostingCursor> all_documents() const override;
  std::uint64_t document_count() const override;
  std::uint64_t document_frequency(const std::string& term) const override;
  std::optional<DocumentNumber> find(std::string_view id) const override;
  DocumentLengths lengths(DocumentNumber document) const override;
  Days days(DocumentNumber document) const override;
  std::string id(DocumentNumber document) const override;
  Sketch sketch(DocumentNumber document) const override;
  std::string values(DocumentNumber document) const override;

 private:
  std::unique_ptr<PostingCursor> without_deleted(std::unique_ptr<PostingCursor> cursor) const;

  const Segment& segment_;
  const std::vector<bool>& deleted_;
};

}  // namespace limier::sealed
