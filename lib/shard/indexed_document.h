#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "limier/analyzer.h"
#include "shard/schema.h"

namespace limier {

/// Tokens of a document. The title's are counted in `text` too.
struct DocumentLengths {
  std::uint32_t text = 0;
  std::uint32_t title = 0;
};

/// The form of schema::LengthsSlot. Parsing throws Error{Corrupt} for any other.
std::string print_lengths(const DocumentLengths& lengths);
DocumentLengths parse_lengths(const std::string& value);

/// Takes the terms of a document as they are found. Thread rule: one thread at a time.
class TermSink {
 public:
  virtual ~TermSink() = default;

  /// A word of a field, and where it stands there. Positions of a stem ascend.
  virtual void add_occurrence(const schema::Field& field, const Token& word, std::uint32_t position) = 0;

  /// A term that the document has without standing anywhere.
  virtual void add_term(std::string_view term) = 0;
};

/// A document as a shard stores it, its terms aside: everything is computed, nothing is left to analyse.
struct IndexedDocument {
  std::string id;
  std::string stored;             ///< The Document as JSON.
  std::string dates;              ///< As in schema::DatesSlot.
  std::string file;               ///< Key of its source file, or empty.
  std::string sketch;             ///< As in schema::SketchSlot.
  std::string values;             ///< As in schema::ValuesSlot.
  std::uint64_t fingerprint = 0;  ///< 64-bit xxHash of the stored document and its source file.
  DocumentLengths lengths;
};

}  // namespace limier
