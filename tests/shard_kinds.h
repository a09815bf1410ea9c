#pragma once

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "limier/index_writer.h"

namespace limier::test {

/// What the documents of a test lie in; the suite runs once with each, as LIMIER_SHARDS says.
enum class ShardKind {
  Live,       ///< In the head alone.
  Sealed,     ///< Every commit makes a segment.
  Mixed,      ///< Now the head, now a segment.
  Segments,   ///< Many segments.
  Optimized,  ///< One segment, merged from many.
  Reordered,  ///< The same with its documents in another order.
};

inline ShardKind shard_kind() {
  const char* const named = std::getenv("LIMIER_SHARDS");
  const std::string_view name = named == nullptr ? "live" : named;
  if (name == "live") return ShardKind::Live;
  if (name == "sealed") return ShardKind::Sealed;
  if (name == "mixed") return ShardKind::Mixed;
  if (name == "segments") return ShardKind::Segments;
  if (name == "optimized") return ShardKind::Optimized;
  if (name == "reordered") return ShardKind::Reordered;
  throw std::runtime_error("LIMIER_SHARDS is live, sealed, mixed, segments, optimized or reordered");
}

/// For a writer whose commits are to lie where the kind says; `commit` counts them for a mixed index.
inline WriterOptions writer_options(std::size_t commit = 0) {
  constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
  const ShardKind kind = shard_kind();
  const bool live = kind == ShardKind::Live || (kind == ShardKind::Mixed && commit % 2 == 0);
  return {.seal_from = live ? never : 0};
}

/// Where the kind is that of an index that was optimized, does so.
inline void optimize_if_wanted(IndexWriter& writer) {
  const bool reorder = shard_kind() == ShardKind::Reordered;
  if (reorder || shard_kind() == ShardKind::Optimized) writer.optimize({.reorder = reorder});
}

/// Makes an index of these documents.
inline void write_index(const std::string& path, const std::vector<Document>& documents) {
  const ShardKind kind = shard_kind();
  const bool at_once = kind == ShardKind::Live || kind == ShardKind::Sealed;
  const std::size_t step = at_once ? documents.size() + 1 : documents.size() / 5 + 1;
  for (std::size_t begin = 0, commit = 0; commit == 0 || begin < documents.size(); begin += step, ++commit) {
    IndexWriter writer(path, writer_options(commit));
    for (std::size_t i = begin; i < documents.size() && i < begin + step; ++i) writer.add(documents[i]);
    writer.commit();
  }
  IndexWriter writer(path, writer_options());
  optimize_if_wanted(writer);
}

}  // namespace limier::test
