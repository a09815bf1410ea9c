#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sealed/dense_lists.h"
#include "sealed/list_bounds.h"
#include "sealed/posting_list.h"
#include "sealed/segment.h"
#include "shard/postings.h"
#include "shard/term_table.h"

namespace limier::sealed {

/// What executing a plan reads from a segment. Its deleted documents stand in lists as they did, but count nowhere.
/// Thread rule: one thread at a time.
class SegmentPostings final : public Postings {
 public:
  /// `segment`, which outlives it, has the deleted documents, in ascending order.
  SegmentPostings(const Segment& segment, std::vector<DocumentNumber> deleted);

  std::unique_ptr<PostingCursor> cursor(std::string_view term, DocumentNumber from) const override;
  std::vector<std::unique_ptr<PostingCursor>> cursors(std::span<const std::string_view> terms,
                                                      DocumentNumber from) const override;
  void count(std::span<const std::string_view> terms, std::span<const DocumentNumber> documents,
             std::uint32_t* counts) const override;
  std::optional<std::vector<std::unique_ptr<PostingCursor>>> word_cursors(std::span<const std::string> stems,
                                                                          std::span<const std::string> forms,
                                                                          DocumentNumber from) const override;
  std::unique_ptr<PostingCursor> all_documents() const override;
  std::uint64_t living(DocumentNumber first, std::uint64_t documents) const override;
  std::uint64_t document_count() const override;
  DocumentNumber last_document() const override { return segment_.documents(); }
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
  void read_pairs(std::span<const DocumentNumber> documents, std::span<const std::uint32_t>* pairs) const override {
    segment_.read_pairs(documents, pairs);
  }
  std::string pair(std::uint32_t number) const override { return std::string(segment_.pair(number)); }

 private:
  /// A form, as in FormEntry.
  struct FormOf {
    std::uint32_t stem = 0, number = 0, of = 0;
  };

  /// Where a term stands: in a list of its own, or as a form in those of its stems.
  struct Located {
    std::optional<ListShape> list;
    std::uint32_t place = 0;                 // of that, in the dictionary
    std::uint32_t documents = 0;             // that have it, deleted ones too; of a form of several stems, of one
    std::size_t first_form = 0, forms = 0;   // which ones of `forms_`, how many
    std::optional<std::uint64_t> frequency;  // once it is known
  };

  /// The lists of some terms.
  struct Opened {
    std::vector<ListShape> lists;
    std::vector<std::pair<ListShape, SomeForms>> forms;  // of stems
    std::shared_ptr<const std::vector<Posting>> few;     // of short lists together, with one behind; null for none
  };

  /// Where terms stand, and their numbers.
  struct Places {
    std::vector<std::size_t> numbers;
    std::vector<ListShape> lists;
    std::vector<FormOf> forms;
  };

  /// The dictionaries' cursors, where the last term was found.
  struct Finder {
    Dictionary::Cursor stems, forms;
  };

  Finder make_finder() const { return {Dictionary::Cursor(segment_.terms()), Dictionary::Cursor(segment_.forms())}; }
  std::size_t locate(std::string_view term) const;
  std::size_t locate(std::string_view term, Finder& finder) const;
  void forget() const;
  Places places_of(std::span<const std::string_view> terms) const;
  Located find(std::string_view term, Dictionary::Cursor& cursor) const;
  std::span<const FormOf> forms_of(const Located& located) const;
  std::uint64_t frequency_of(std::size_t term) const;
  std::uint64_t count_deleted(const FormOf& form) const;
  const std::vector<DocumentNumber>& deleted_in(const ListShape& list) const;
  Opened open(std::span<const ListShape> lists, std::span<const FormOf> some_forms) const;
  std::vector<std::unique_ptr<PostingCursor>> cursors(Places places, DocumentNumber from) const;
  std::vector<std::unique_ptr<PostingCursor>> cursors(const Opened& opened, DocumentNumber from) const;
  std::unique_ptr<PostingCursor> read(const ListShape& list, DocumentNumber from, SomeForms very = {}) const;

  const Segment& segment_;
  std::vector<DocumentNumber> deleted_;
  std::optional<DocumentSet> deleted_set_;  // none where none is deleted
  mutable DenseLists dense_;
  mutable ListBounds bounds_;
  // What was asked for last: a query asks again and again.
  mutable TermTable terms_;
  mutable std::vector<Located> located_;  // by their numbers
  mutable std::vector<FormOf> forms_;
  mutable std::pair<std::optional<std::uint64_t>, std::vector<DocumentNumber>> deleted_in_;  // the list asked for last
  // Likewise, by the numbers of their terms, what a query opened: it does so to find the best and to score them.
  mutable std::map<std::vector<std::size_t>, Opened> opened_;
};

}  // namespace limier::sealed
