#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/bits.h"
#include "sealed/form_set.h"
#include "sealed/occurrences.h"
#include "shard/indexed_document.h"
#include "shard/postings.h"

namespace limier::sealed {

/// Some documents and their terms, on the way into a segment: for each stem that they have a run of its postings, by
/// the numbers that the forms have in a set. Thread rule: a plain value.
struct InvertedBatch {
  std::vector<IndexedDocument> documents;
  std::string runs;
  std::shared_ptr<const FormSet> forms;  ///< The inverter's, which adds to it: to be read when that is gone.
  std::size_t form_bytes = 0;            ///< Of memory, what the forms took when the batch was handed over.
};

/// Turns documents into batches. Forms keep their numbers from batch to batch, so that a word is told from others once
/// where it is met. Thread rule: one thread at a time; several inverters can work side by side.
class Inverter final : public TermSink {
 public:
  Inverter() = default;
  Inverter(const Inverter&) = delete;
  Inverter& operator=(const Inverter&) = delete;
  ~Inverter() override { forms_->close(); }

  void add_occurrence(const schema::Field& field, const Token& word, std::uint32_t position) override;
  void add_term(std::string_view term) override;

  /// Ends the document whose terms were given.
  void add(IndexedDocument document);

  /// Hands over the documents that were added, and begins the next batch.
  InvertedBatch take();

 private:
  struct Posting {
    std::uint32_t ordinal = 0;   // of the form
    std::uint32_t document = 0;  // of the batch, from 1
    std::uint32_t position = 0;  // 0 for a term without occurrences
  };
  struct PostingOfStem {
    std::uint32_t stem = 0;
    Posting posting;
  };

  void add(FormSet::Form form, std::uint32_t position) {
    postings_.push_back({form.stem, {form.ordinal, document_, position}});
  }
  void sort_postings();
  static char* put_run(char* at, std::span<const Posting> postings);

  std::shared_ptr<FormSet> forms_ = std::make_shared<FormSet>();
  InvertedBatch batch_;
  std::uint32_t document_ = 1;           // of the batch, whose terms are given
  std::vector<PostingOfStem> postings_;  // as they came
  std::vector<Posting> sorted_;          // by stem
  std::vector<std::uint32_t> stems_;     // of the batch
  std::vector<std::uint32_t> counts_;    // of the postings of each stem of all; once sorted, where they end
};

/// Reads the runs of a batch, one after another. Thread rule: one thread at a time.
class RunCursor {
 public:
  explicit RunCursor(std::string_view runs) : runs_(runs) {}

  /// Moves to the next run; false where there is none.
  bool next();

  std::uint32_t stem() const { return stem_; }

  /// What `for_each_document` reads, behind its size as a varint; valid as long as the batch's runs.
  std::string_view sized_run() const { return sized_run_; }

 private:
  std::string_view runs_, sized_run_;  // what is left of all, and the one
  std::uint32_t stem_ = 0;
};

// A run is: in bits, how many an ordinal needs; then for each document the gap from the one before; and for each
// posting of it the gap between positions, above the bits of its ordinal, above one that says whether it is the last.
// All are prefix varints.

/// Calls `visit` with each posting's document, those of the batch being counted from 1, and its form's ordinal.
/// REQUIRES the run of a term that stands somewhere, and `reader_margin` readable bytes behind it.
template <typename Visit>
void for_each_ordinal(std::string_view run, Visit visit) {
  const char* at = run.data();
  const char* const end = at + run.size();
  const std::uint64_t mask = (std::uint64_t{1} << take_prefix_varint(at)) - 1;
  for (DocumentNumber document = 0; at < end;) {
    document += static_cast<DocumentNumber>(take_prefix_varint(at));
    for (bool last = false; !last;) {
      const std::uint64_t posting = take_prefix_varint(at);
      last = (posting & 1) != 0;
      visit(document, static_cast<std::uint32_t>(posting >> 1 & mask));
    }
  }
}

/// Calls `visit` with the number of each document, those of the batch being counted from 1, and with its occurrences:
/// none for a term that stands nowhere. `form_of` tells the form of an ordinal. Occurrences are put into `room`, those
/// of the next document where `visit` says; there has to be room for as many as the run has bytes.
/// REQUIRES `reader_margin` readable bytes behind the run.
template <typename FormOf, typename Visit>
void for_each_document(std::string_view run, FormOf form_of, Occurrence* room, Visit visit) {
  const char* at = run.data();
  const char* const end = at + run.size();
  const auto width = static_cast<unsigned>(take_prefix_varint(at));
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  for (DocumentNumber document = 0; at < end;) {
    document += static_cast<DocumentNumber>(take_prefix_varint(at));
    Occurrence* next = room;
    std::uint32_t position = 0;
    for (bool last = false; !last;) {
      const std::uint64_t posting = take_prefix_varint(at);
      last = (posting & 1) != 0;
      position += static_cast<std::uint32_t>(posting >> (1 + width));
      *next = {position, form_of(static_cast<std::uint32_t>(posting >> 1 & mask))};
      next += position > 0 ? 1 : 0;
    }
    room = visit(document, std::span<const Occurrence>(room, next));
  }
}

}  // namespace limier::sealed
