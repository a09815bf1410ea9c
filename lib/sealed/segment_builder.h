#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/form_set.h"
#include "sealed/segment_writer.h"
#include "shard/indexed_document.h"

namespace limier::sealed {

/// Some documents and their terms, on the way into a segment: occurrences are a stream of varints, most of one byte,
/// for forms have numbers in the order of their coming, and what comes often comes early. Thread rule: one thread at a
/// time; several batches can be filled side by side.
class InvertedBatch final : public TermSink {
 public:
  void add_occurrence(const schema::Field& field, const IndexedWord& word, std::uint32_t position) override;
  void add_term(std::string_view term) override;

  /// Ends the document whose terms were given.
  void add(IndexedDocument document);

 private:
  friend class SegmentBuilder;

  void put(std::uint32_t form, std::uint32_t position);

  std::vector<IndexedDocument> documents_;
  FormSet forms_;
  std::vector<std::uint64_t> counts_;  // of each form's postings
  std::string stream_;                 // forms, and marks among them
  std::uint32_t next_position_ = 1;
};

/// Makes a segment of documents that come in batches, and sorts their occurrences at the end. The same documents give
/// the same bytes whatever the batches. Thread rule: one thread at a time.
class SegmentBuilder {
 public:
  explicit SegmentBuilder(std::string path) : writer_(std::move(path)) {}

  void add(InvertedBatch batch);

  std::uint32_t documents() const { return writer_.documents(); }

  /// Writes the segment; sorts and encodes on so many threads.
  void finish(unsigned threads = 1);

 private:
  /// The occurrences of a batch.
  struct Run {
    std::string stream;
    std::vector<std::uint32_t> forms;  // by the batch's numbers, those of all
  };
  struct Posting {
    DocumentNumber document = 0;
    std::uint32_t position = 0;  // 0 for a term without occurrences
    std::uint32_t form = 0;
  };
  struct Stem {
    std::string_view term;
    std::uint64_t postings = 0;
    std::span<const std::uint32_t> forms;
  };
  /// Terms that follow one another, and their lists.
  struct EncodedTerms {
    std::vector<EncodedTerm> terms;
    std::string lists;
  };

  struct Encoder;

  std::vector<std::uint32_t> forms_by_stem() const;
  std::vector<Stem> stems_of(std::span<const std::uint32_t> forms) const;
  template <typename Visit>
  void for_each_posting(Visit visit) const;
  EncodedTerms encode(std::span<const Stem> stems) const;
  EncodedTerm encode_list(const Stem& stem, std::span<const Posting> postings, Encoder& encoder,
                          std::string& bytes) const;

  SegmentWriter writer_;
  FormSet forms_;
  std::vector<std::uint64_t> counts_;  // of each form's postings
  std::vector<Run> runs_;
};

}  // namespace limier::sealed
