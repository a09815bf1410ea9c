#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "limier/export.h"
#include "limier/message.h"

namespace limier {

/// What `check_index` read. Thread rule: a plain value.
struct IndexCheck {
  std::uint64_t documents = 0;    ///< In the parts that are whole.
  std::uint64_t segments = 0;     ///< Sealed segments, damaged ones too.
  std::vector<Message> problems;  ///< What is damaged, each with its file; none for an index that is whole.
};

/// Reads all of an index and compares it with its checksums, and its parts with each other: that every segment is
/// there, that terms and the places where they stand ascend and belong to documents, that each document is found by its
/// id and stands once. Nothing is changed. No writer may be open meanwhile: waits for one at most `lock_timeout`, then
/// throws Error{Locked}. Throws {NotFound} where there is no index, {Incompatible} for one of another version, {Io}
/// where the disk refuses. Thread rule: any.
LIMIER_EXPORT IndexCheck check_index(const std::string& path, std::chrono::milliseconds lock_timeout = {});

/// What `repair_index` did. Thread rule: a plain value.
struct IndexRepair {
  IndexCheck before;              ///< As `check_index` finds it.
  std::vector<Message> repaired;  ///< What became of each damaged segment; none where nothing was repaired.
  std::vector<Message> lost;      ///< Documents whose text is damaged, by their ids where these can be read.
  IndexCheck after;               ///< As `check_index` finds the index now.
};

/// Checks an index, and makes new segments of the documents whose stored text is whole in damaged ones: whatever else
/// of a segment is damaged, nothing is lost. They take the place of the damaged ones in one commit; a process or a
/// machine that stops leaves the index as it was, or repaired. A damaged file `000001.segment` is kept as
/// `000001.damaged`, which no part of Limier reads or removes; the disk has to have room for both. Where documents are
/// lost, the source files count as changed, so that they are indexed again the next time.
///
/// A damaged head is not repaired, nor is anything while it is, or while a segment is of another index or version.
/// Throws as `check_index` does; Error{Io} also where the index cannot be written. Thread rule: any.
LIMIER_EXPORT IndexRepair repair_index(const std::string& path, std::chrono::milliseconds lock_timeout = {});

}  // namespace limier
