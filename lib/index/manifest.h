#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shard/postings.h"

namespace limier {

/// A sealed segment of an index.
struct SegmentEntry {
  std::string file;             ///< Its name in the index's directory.
  std::uint32_t documents = 0;  ///< Deleted ones too.
  std::uint32_t deleted = 0;    ///< Which ones is told by itself, under schema::deleted_key_prefix + file.

  bool operator==(const SegmentEntry&) const = default;
};

/// Which segments an index has, as its head tells.
struct Manifest {
  std::uint64_t next_number = 1;  ///< Of a segment to come; none is given twice.
  std::vector<SegmentEntry> segments;
};

/// The form of schema::segments_key; of no segments ever, nothing. Parsing throws Error{Corrupt} for any other.
std::string print_manifest(const Manifest& manifest);
Manifest parse_manifest(const std::string& text);

/// A name that no segment of the index has had.
std::string segment_file(std::uint64_t number);

/// Whether a file in an index's directory is a segment, or was to become one.
bool is_segment_file(const std::string& name);

/// The name under which repair keeps a damaged segment, no longer as a part of the index; and whether a name is one.
std::string damaged_file(const std::string& segment);
bool is_damaged_file(const std::string& name);

/// Numbers of deleted documents, ascending: the distances between them, as varints. Parsing throws Error{Corrupt} for
/// what reaches over `documents`.
std::string print_deleted(const std::vector<DocumentNumber>& deleted);
std::vector<DocumentNumber> parse_deleted(const std::string& text, std::uint32_t documents);

}  // namespace limier
