#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/arrays.h"
#include "sealed/dictionary.h"
#include "sealed/document_order.h"
#include "sealed/document_store.h"
#include "sealed/posting_list.h"
#include "sealed/segment_file.h"
#include "shard/indexed_document.h"
#include "shard/postings.h"

namespace limier::sealed {

/// What a segment keeps of a document beside what a search reads of many.
struct Columns {
  std::uint64_t sketch = 0;
  std::uint64_t fingerprint = 0;
  std::uint32_t file = 0;  ///< Of its source file's key, the place in Section::Files from 1; 0 for none.
  std::uint32_t reserved = 0;
};

/// Over all documents of a segment.
struct Totals {
  std::uint64_t text_length = 0, title_length = 0;
  Days days;  ///< The first and the last of any document.
};

/// A very form of a stem.
struct FormOfStem {
  std::string term;
  std::uint32_t number = 0;  ///< Among the forms of the stem.
  std::uint32_t documents = 0;
};

/// What the dictionary of forms says of one.
struct FormEntry {
  std::uint32_t stem = 0;                   ///< Place in the dictionary of terms.
  std::uint32_t number = 0, documents = 0;  ///< As in FormOfStem.
  std::uint32_t forms = 0;                  ///< How many the stem has; known of form 0 alone.

  explicit FormEntry(const TermEntry& entry)
      : stem(static_cast<std::uint32_t>(entry.sum)), documents(static_cast<std::uint32_t>(entry.second)) {
    const auto half = static_cast<std::uint32_t>(entry.first >> 1);
    (entry.first % 2 == 0 ? number : forms) = half;
  }

  /// TermEntry::first.
  static std::uint64_t packed(std::uint32_t number, std::uint32_t forms) {
    return number > 0 ? std::uint64_t{number} << 1 : std::uint64_t{forms} << 1 | 1;
  }
};

/// A term whose list of postings is encoded.
struct EncodedTerm {
  std::string term;
  ListShape shape;
  std::uint32_t forms = 0;  ///< How many it has.
};

/// Terms that follow one another, their forms and their lists.
struct EncodedTerms {
  std::vector<EncodedTerm> terms;
  std::vector<FormOfStem> forms;
  std::string lists;
};

class Segment;

/// Writes a segment from documents and then terms, each in ascending order. The same calls give the same bytes.
/// Thread rule: one thread at a time.
class SegmentWriter {
 public:
  explicit SegmentWriter(std::string path);

  /// The next document; its number is one more than that of the one before.
  void add(const IndexedDocument& document);

  /// Documents of other segments. `memory` as of DocumentStoreWriter.
  void add(const std::vector<const Segment*>& segments, const DocumentOrder& order, std::uint64_t memory);

  std::uint32_t documents() const { return static_cast<std::uint32_t>(columns_.size()); }

  /// Of a document.
  CodedLength length(DocumentNumber document) const { return coded_lengths_[document - 1]; }

  /// Terms above those before. Another thread may ask for lengths of documents meanwhile.
  void add(EncodedTerms encoded);

  /// Writes all the rest, and has it on the disk. With several threads, what is to be sorted is sorted side by side.
  void finish(unsigned threads = 1);

 private:
  /// What is known of a form beside its term.
  struct Form {
    std::uint32_t stem = 0, number = 0, documents = 0;  // as in FormEntry
  };

  void describe(const IndexedDocument& document);
  void add_term(const EncodedTerm& term, std::span<const FormOfStem> forms, std::string_view list);
  DictionaryWriter dictionary_of_forms() const;
  std::vector<DocumentNumber> order_of_ids() const;
  void write_columns();
  void write_totals();
  void write_ids(const std::vector<DocumentNumber>& order);
  void write_values();

  SegmentFileWriter file_;
  DocumentStoreWriter store_;
  DictionaryWriter terms_;
  bool in_postings_ = false;
  // What grows with the documents is in deques, which take no more memory while they do; but for what is read of many.
  std::deque<Columns> columns_;
  std::deque<DocumentLengths> lengths_;
  std::vector<CodedLength> coded_lengths_;  // what every posting asks for, in few bytes
  std::deque<Days> days_;
  StringsWriter ids_;
  StringsWriter form_terms_;  // stem by stem, as `forms_`
  std::deque<Form> forms_;
  std::vector<std::uint32_t> forms_of_stems_;                 // how many, by the places of stems
  std::map<std::string, std::uint32_t, std::less<>> files_;   // keys, in the order of their coming from 0
  std::map<std::string, std::uint32_t, std::less<>> values_;  // names and values, likewise
  std::deque<std::uint32_t> values_of_documents_;
  std::deque<std::uint64_t> values_ends_;
};

}  // namespace limier::sealed
