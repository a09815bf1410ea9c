#pragma once

#include <string>
#include <vector>

#include "index/manifest.h"
#include "limier/message.h"
#include "shard/postings.h"

namespace limier {

/// A segment of which something is damaged or missing.
struct DamagedEntry {
  SegmentEntry entry;
  std::vector<DocumentNumber> deleted;
};

/// What became of them.
struct RebuiltSegments {
  std::vector<Message> repaired;  ///< A line for each.
  std::vector<Message> lost;      ///< Documents that none of the new ones has.
};

/// Indexes anew what damaged segments still have of their documents' texts, and commits the new segments in place of
/// the damaged ones, which are kept under another name. All happens in one commit, or nothing. Where anything is lost,
/// the index's sources count as changed, so that they are read again. REQUIRES the writer's lock, and that the head and
/// all other segments are whole. Throws Error{Io}.
RebuiltSegments rebuild_segments(const std::string& path, const std::vector<DamagedEntry>& damaged);

}  // namespace limier
