#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "live/live_shard.h"
#include "shard/indexed_document.h"

namespace limier::live {

/// The terms of a document, as Xapian takes them. Thread rule: one thread at a time.
class LiveTerms final : public TermSink {
 public:
  struct Occurrences {
    std::uint32_t count = 0;
    std::vector<std::uint32_t> positions;  ///< Ascending; empty for very forms.
  };

  void add_occurrence(const schema::Field& field, const Token& word, std::uint32_t position) override;
  void add_term(std::string_view term) override;

  const std::unordered_map<std::string, Occurrences>& terms() const { return terms_; }

 private:
  std::unordered_map<std::string, Occurrences> terms_;
};

/// Changes the head of an index in one transaction at a time. Throws Error as IndexWriter does.
class LiveWriter {
 public:
  /// What is stored beside a document that one of the same id may replace.
  struct Stamp {
    std::uint64_t fingerprint = 0;  ///< As in IndexedDocument.
    std::string file;
  };

  enum class Start {
    Open,  ///< The database that is there.
    Anew,  ///< An empty one, in place of what an interrupted creation left.
  };

  LiveWriter(std::string path, Start start);

  /// Discards what was not committed.
  ~LiveWriter();
  LiveWriter(const LiveWriter&) = delete;
  LiveWriter& operator=(const LiveWriter&) = delete;

  std::optional<Stamp> stamp(std::string_view id) const;

  void replace(const IndexedDocument& document, const LiveTerms& terms);
  bool remove(std::string_view id);

  /// Ids of the documents that a source file gave.
  std::vector<std::string> ids_of_file(const std::string& file) const;

  /// Calls `visit` with the stored text and the source file's key of each document.
  void for_each_document(const std::function<void(const std::string& stored, const std::string& file)>& visit) const;

  std::string metadata(std::string_view key) const;
  void set_metadata(std::string_view key, const std::string& value);

  /// Values of the metadata keys that begin with `prefix`.
  std::vector<std::string> metadata_values(std::string_view prefix) const;

  std::uint64_t document_count() const;

  /// In titles and bodies.
  std::uint64_t word_count() const { return totals_.text_length + totals_.title_length; }

  void commit();

 private:
  Xapian::docid find(std::string_view id) const;  // 0 for none
  void begin();
  void subtract_lengths(Xapian::docid number);

  std::string path_;
  Xapian::WritableDatabase database_;
  Totals totals_;
  bool changing_ = false;
};

}  // namespace limier::live
