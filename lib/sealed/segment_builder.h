#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/form_set.h"
#include "sealed/form_table.h"
#include "sealed/segment_writer.h"
#include "shard/indexed_document.h"

namespace limier::sealed {

/// Makes a segment of documents that come one by one. Their occurrences are kept as a stream of numbers, four bytes
/// each, and sorted at the end. Thread rule: one thread at a time.
class SegmentBuilder final : public TermSink {
 public:
  explicit SegmentBuilder(std::string path) : writer_(std::move(path)) {}

  void add_occurrence(std::string_view stem_term, std::string_view exact_term, std::uint32_t position) override;
  void add_term(std::string_view term) override;

  /// Ends the document whose terms were given.
  void add(const IndexedDocument& document);

  std::uint32_t documents() const { return writer_.documents(); }

  /// How much memory occurrences take, in bytes, sorting aside.
  std::uint64_t memory() const { return forms_.memory() + stream_.capacity() * sizeof stream_.front(); }

  /// Writes the segment.
  void finish();

 private:
  struct Posting {
    DocumentNumber document = 0;
    std::uint32_t position = 0;  // 0 for a term without occurrences
    std::uint32_t form = 0;
  };
  struct Stem {
    std::string_view term;
    std::uint64_t postings = 0;
    std::vector<std::uint32_t> forms;
  };

  void put(std::uint32_t form, std::uint32_t position);
  std::vector<Stem> stems_in_order() const;
  template <typename Visit>
  void for_each_posting(Visit visit) const;
  void write_lists(const std::vector<Stem>& stems, std::size_t first, std::size_t last);
  void write_list(const Stem& stem, std::span<const Posting> postings);

  SegmentWriter writer_;
  FormSet forms_;
  std::vector<std::uint64_t> counts_;  // of each form's postings
  std::vector<std::uint32_t> stream_;  // forms, and marks among them
  std::uint32_t next_position_ = 1;
  FormTable table_;
  std::vector<std::uint32_t> handles_;  // in `table_`, by form
};

}  // namespace limier::sealed
