#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "index/index_directory.h"
#include "index/manifest.h"
#include "index/rebuild_segments.h"
#include "index/writer_lock.h"
#include "limier/error.h"
#include "limier/index_check.h"
#include "live/check_head.h"
#include "live/live_shard.h"
#include "sealed/check_segment.h"
#include "sealed/segment.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

/// A segment that is whole, without its deleted documents.
struct Part {
  std::unique_ptr<sealed::Segment> segment;
  std::vector<DocumentNumber> deleted;

  bool holds(std::string_view id) const {
    const std::optional<DocumentNumber> found = segment->find(id);
    return found && !std::binary_search(deleted.begin(), deleted.end(), *found);
  }

  template <typename Visit>
  void for_each_id(Visit visit) const {
    for (DocumentNumber document = 1; document <= segment->documents(); ++document)
      if (!std::binary_search(deleted.begin(), deleted.end(), document)) visit(segment->id(document));
  }
};

/// What is wrong with a segment that is damaged or missing.
std::vector<Message> damage_of(const std::string& file) {
  try {
    return sealed::check_segment(file);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::Corrupt && error.code() != ErrorCode::NotFound) throw;
    return {error.message()};
  }
}

class Checker {
 public:
  explicit Checker(const std::string& path) : path_(path) {}

  IndexCheck run() {
    check_.problems = live::check_head(path_);
    if (!check_.problems.empty()) {
      check_files();
      return check_;
    }
    const live::LiveShard head(path_);
    parse_settings(path_, head.metadata(schema::format_key), head.metadata(schema::analyzer_key));
    check_.documents = head.statistics({}).documents;
    for (const SegmentEntry& entry : parse_manifest(head.metadata(schema::segments_key)).segments) {
      ++check_.segments;
      told([&] { add_segment(entry, head.metadata(std::string(schema::deleted_key_prefix) + entry.file)); });
    }
    for (std::size_t i = 0; i < parts_.size(); ++i) told([&] { check_ids(head, i); });
    return check_;
  }

  /// The damaged segments, if the index can be written without them.
  std::vector<DamagedEntry> rebuildable() const { return rest_is_whole_ ? damaged_ : std::vector<DamagedEntry>(); }

 private:
  /// What is damaged is told, and the rest goes on.
  template <typename Check>
  void told(Check check) {
    try {
      check();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::Io) throw;
      rest_is_whole_ = false;
      check_.problems.push_back(error.message());
    }
  }

  /// Without a head nothing tells which of the files belong to the index.
  void check_files() {
    std::error_code error;
    for (const std::filesystem::directory_entry& file : std::filesystem::directory_iterator(path_, error)) {
      if (file.path().extension() != ".segment") continue;
      ++check_.segments;
      told([&] { add_problems(sealed::check_segment(file.path().string())); });
    }
  }

  void add_problems(std::vector<Message> problems) {
    std::move(problems.begin(), problems.end(), std::back_inserter(check_.problems));
  }

  void add_segment(const SegmentEntry& entry, const std::string& deleted) {
    const std::string path = path_ + '/' + entry.file;
    std::vector<DocumentNumber> numbers = parse_deleted(deleted, entry.documents);
    std::vector<Message> problems = damage_of(path);
    if (!problems.empty()) {
      damaged_.push_back({entry, std::move(numbers)});
      return add_problems(std::move(problems));
    }
    Part part{std::make_unique<sealed::Segment>(path), std::move(numbers)};
    const std::uint32_t documents = part.segment->documents();
    if (documents != entry.documents || part.deleted.size() != entry.deleted)
      throw Error(ErrorCode::Corrupt, message("{}: has {} documents, {} of them deleted, the head expects {} and {}",
                                              path, documents, part.deleted.size(), entry.documents, entry.deleted));
    check_.documents += entry.documents - entry.deleted;
    parts_.push_back(std::move(part));
  }

  /// A document stands in one place: those of a part are in none behind it, nor in the head.
  void check_ids(const live::LiveShard& head, std::size_t at) {
    parts_[at].for_each_id([&](std::string_view id) {
      const bool again =
          head.document(id) || std::any_of(parts_.begin() + static_cast<std::ptrdiff_t>(at) + 1, parts_.end(),
                                           [&](const Part& part) { return part.holds(id); });
      if (again) check_.problems.push_back(message("{}: the document {} stands twice", path_, id));
    });
  }

  const std::string& path_;
  IndexCheck check_;
  std::vector<Part> parts_;
  std::vector<DamagedEntry> damaged_;
  bool rest_is_whole_ = true;
};

}  // namespace

IndexCheck check_index(const std::string& path, std::chrono::milliseconds lock_timeout) {
  require_index(path);
  // What cannot be written has no writer.
  std::optional<WriterLock> lock;
  if (access(path.c_str(), W_OK) == 0) lock.emplace(path, lock_timeout);
  return Checker(path).run();
}

IndexRepair repair_index(const std::string& path, std::chrono::milliseconds lock_timeout) {
  require_index(path);
  const WriterLock lock(path, lock_timeout);
  Checker checker(path);
  IndexRepair repair;
  repair.before = repair.after = checker.run();
  const std::vector<DamagedEntry> damaged = checker.rebuildable();
  if (damaged.empty()) return repair;
  RebuiltSegments rebuilt = rebuild_segments(path, damaged);
  repair.repaired = std::move(rebuilt.repaired);
  repair.lost = std::move(rebuilt.lost);
  repair.after = Checker(path).run();
  return repair;
}

}  // namespace limier
