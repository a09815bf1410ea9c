#include "search/open_index.h"

#include <algorithm>
#include <utility>

#include "index/manifest.h"
#include "limier/error.h"
#include "live/xapian_errors.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

std::unique_ptr<live::LiveShard> open_head(const std::string& path) {
  require_index(path);
  return std::make_unique<live::LiveShard>(path);
}

}  // namespace

OpenIndex::OpenIndex(std::string path)
    : path_(std::move(path)), head_(open_head(path_)), shards_(std::make_unique<ShardSet>()) {
  const live::Reading reading = head_->refresh();
  settings_ = parse_settings(path_, head_->metadata(schema::format_key), head_->metadata(schema::analyzer_key));
  const live::Reading newest = refresh();
}

live::Reading OpenIndex::refresh() {
  if (!has_head_ && head_->is_newest()) return {};
  has_head_ = true;  // until all of the newest commit is open: where that fails, it is to fail again
  for (std::string missing;;) {
    live::Reading reading = head_->refresh();
    const std::string manifest = head_->metadata(schema::segments_key);
    try {
      if (manifest != manifest_) open_segments(manifest);
      list_shards();
      return reading;
    } catch (const Error& error) {
      // A writer's next commit has put a segment out of use; else it is lost.
      if (error.code() != ErrorCode::NotFound) throw;
      if (manifest == missing) throw Error(ErrorCode::Corrupt, error.message());
      missing = manifest;
    }
  }
}

/// Segments that are open stay open, unless more of their documents are deleted.
void OpenIndex::open_segments(const std::string& manifest) {
  std::vector<Part> opened;
  for (const SegmentEntry& entry : parse_manifest(manifest).segments) {
    const auto same = std::find_if(segments_.begin(), segments_.end(), [&](const Part& part) {
      return part.shard && part.file == entry.file && part.deleted == entry.deleted;
    });
    if (same != segments_.end()) {
      opened.push_back(std::move(*same));
      continue;
    }
    const std::string deleted = head_->metadata(std::string(schema::deleted_key_prefix) + entry.file);
    opened.push_back(
        {entry.file, entry.deleted,
         std::make_unique<sealed::SealedShard>(path_ + '/' + entry.file, parse_deleted(deleted, entry.documents))});
  }
  segments_ = std::move(opened);
  manifest_ = manifest;
}

void OpenIndex::list_shards() {
  *shards_ = {};
  for (const Part& part : segments_) shards_->add(*part.shard);
  has_head_ = !head_->is_empty();
  if (has_head_) shards_->add(*head_);
}

std::uint64_t OpenIndex::sources() const {
  const live::Reading reading = hold_head();
  return head_->count_metadata(schema::stamp_key_prefix);
}

std::string OpenIndex::dates() const {
  const live::Reading reading = hold_head();
  std::string all = head_->dates();
  for (const Part& part : segments_) {
    const std::string dates = part.shard->dates();
    if (dates.empty()) continue;
    if (all.empty()) all = dates;
    all = std::min(all.substr(0, 8), dates.substr(0, 8)) + std::max(all.substr(8), dates.substr(8));
  }
  return all;
}

}  // namespace limier
