#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "index/index_directory.h"
#include "live/live_shard.h"
#include "live/reading.h"
#include "sealed/sealed_shard.h"
#include "search/shard_set.h"

namespace limier {

/// An index that is searched: its head and its sealed segments, as of one commit. Members throw live::SnapshotExpired
/// where a writer's commits have overtaken it: refresh and ask again. Thread rule: one thread at a time.
class OpenIndex {
 public:
  /// Throws as Searcher does.
  explicit OpenIndex(std::string path);

  /// Moves on to the newest commit, which writers leave alone while what is returned lives. Where the head is empty and
  /// there is no newer commit, none has to: little of it is read, and that holds it.
  [[nodiscard]] live::Reading refresh();

  const std::string& path() const { return path_; }
  const IndexSettings& settings() const { return settings_; }

  /// The number of the commit that is open: no other of this index has it.
  std::uint64_t commit() const { return head_->commit(); }

  std::size_t segments() const { return segments_.size(); }

  /// How many files its documents came from.
  std::uint64_t sources() const;

  /// All of it as one shard. Valid as long as the index, and of each commit.
  const Shard& shard() const { return *shards_; }

  /// First and last day of any document, `YYYYMMDD` twice; empty where no document has a date.
  std::string dates() const;

 private:
  struct Part {
    std::string file;
    std::uint32_t deleted = 0;
    std::unique_ptr<sealed::SealedShard> shard;
  };

  void open_segments(const std::string& manifest);

  /// The head among them unless it is empty, as it is once all is sealed.
  void list_shards();

  /// While it lives, writers leave alone what is read of the head, be it empty or not.
  live::Reading hold_head() const { return has_head_ ? live::Reading() : head_->hold(); }

  std::string path_;
  std::unique_ptr<live::LiveShard> head_;
  IndexSettings settings_;
  std::string manifest_;
  std::vector<Part> segments_;
  std::unique_ptr<ShardSet> shards_;
  bool has_head_ = true;  // among them
};

}  // namespace limier
