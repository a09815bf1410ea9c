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

}  // namespace limier
