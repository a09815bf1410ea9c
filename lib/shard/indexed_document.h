#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace limier {

/// Tokens of a document. The title's are counted in `text` too.
struct DocumentLengths {
  std::uint32_t text = 0;
  std::uint32_t title = 0;
};

/// The form of schema::LengthsSlot. Parsing throws Error{Corrupt} for any other.
std::string print_lengths(const DocumentLengths& lengths);
DocumentLengths parse_lengths(const std::string& value);

/// Where a term stands in a document.
struct Occurrences {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> positions;  ///< Ascending; empty for terms without positions.
};

/// A document as a shard stores it: everything is computed, nothing is left to analyse.
struct IndexedDocument {
  std::string id;
  std::string stored;       ///< The Document as JSON.
  std::string dates;        ///< As in schema::DatesSlot.
  std::string fingerprint;  ///< As in schema::FingerprintSlot.
  std::string file;         ///< Key of its source file, or empty.
  std::string sketch;       ///< As in schema::SketchSlot.
  std::string values;       ///< As in schema::ValuesSlot.
  DocumentLengths lengths;
  std::unordered_map<std::string, Occurrences> terms;
};

}  // namespace limier
