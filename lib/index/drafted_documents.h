#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "live/live_writer.h"
#include "sealed/arrays.h"
#include "shard/hash_slots.h"
#include "shard/indexed_document.h"
#include "shard/postings.h"

namespace limier {

/// What a writer has to know of the documents of a segment that is being made. Thread rule: one thread at a time.
class DraftedDocuments {
 public:
  /// The next document, in place of any other of its id.
  void add(const IndexedDocument& document);

  std::optional<live::LiveWriter::Stamp> stamp(std::string_view id) const;

  /// False where there is none.
  bool remove(std::string_view id);

  /// Of the documents that a source file gave.
  std::vector<std::string> ids_of_file(const std::string& file) const;

  /// Those that were removed, or replaced, ascending.
  std::vector<DocumentNumber> deleted() const;

 private:
  struct Drafted {
    std::uint64_t fingerprint = 0;
    std::uint32_t source = 0;  // in `sources_`
    bool deleted = false;
  };

  std::uint32_t find(std::string_view id) const;

  sealed::StringsWriter ids_;  // by document, as `documents_`
  std::vector<Drafted> documents_;
  std::vector<std::string> sources_;  // keys of files, as they changed
  HashSlots slots_;                   // places of the last documents of their ids
};

}  // namespace limier
