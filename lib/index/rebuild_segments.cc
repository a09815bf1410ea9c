#include "index/rebuild_segments.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>

#include "index/file_stamp.h"
#include "index/index_directory.h"
#include "index/invert.h"
#include "index/segment_set.h"
#include "limier/error.h"
#include "limier/index_writer.h"
#include "live/live_writer.h"
#include "sealed/damaged_segment.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

namespace fs = std::filesystem;

std::vector<SegmentEntry> entries_of(const std::vector<DamagedEntry>& damaged) {
  std::vector<SegmentEntry> entries;
  for (const DamagedEntry& each : damaged) entries.push_back(each.entry);
  return entries;
}

/// Gives a file a second name. It keeps the first, which the index needs until the commit.
void keep(const std::string& file, const std::string& name) {
  if (link(file.c_str(), name.c_str()) == 0) return;
  const int error = errno;
  std::error_code ignored;
  // A repair that was stopped has done so before.
  if (error == EEXIST && fs::equivalent(file, name, ignored)) return;
  throw Error(ErrorCode::Io, message("{}: {}", name, system_message(error)));
}

class Rebuilder {
 public:
  Rebuilder(const std::string& path, const std::vector<DamagedEntry>& damaged)
      : path_(path),
        damaged_(damaged),
        head_(path, live::LiveWriter::Start::Open),
        segments_(
            path, head_,
            parse_settings(path, head_.metadata(schema::format_key), head_.metadata(schema::analyzer_key)).analyzer,
            WriterOptions().memory, WriterOptions().threads, entries_of(damaged)) {}

  RebuiltSegments run() {
    for (const DamagedEntry& each : damaged_) rebuild(each);
    if (incomplete_) expect_sources_again();
    segments_.save(head_);
    head_.commit();
    segments_.committed();
    return std::move(rebuilt_);
  }

 private:
  /// What is known of the documents of a segment while they are sought.
  struct Search {
    explicit Search(const DamagedEntry& damaged)
        : any_deleted(!damaged.deleted.empty()),
          missing(damaged.entry.documents + 1, true),
          still_missing(damaged.entry.documents - static_cast<std::uint32_t>(damaged.deleted.size())) {
      missing[0] = false;
      for (const DocumentNumber document : damaged.deleted) missing[document] = false;
    }

    bool any_deleted;
    std::vector<bool> missing;    // by number
    std::uint32_t still_missing;  // so many of them in truth, for some are found without their number
    std::uint32_t without_origin = 0;
  };

  void rebuild(const DamagedEntry& damaged) {
    const std::string file = path_ + '/' + damaged.entry.file;
    Search search(damaged);
    if (!fs::exists(file)) {
      rebuilt_.repaired.push_back(message("{}: the index goes on without this file", file));
      return tell_lost(file, search.still_missing);
    }
    const std::uint32_t wanted = search.still_missing;
    const sealed::DamagedSegment segment(file);
    segment.for_each_text([&](DocumentNumber number, std::string_view text) {
      if (!take(number, search)) return;
      if (!add(document_from_json(text), segment.origin(number))) ++search.without_origin;
    });
    const std::string kept = path_ + '/' + damaged_file(damaged.entry.file);
    keep(file, kept);
    rebuilt_.repaired.push_back(message("{}: documents recovered: {} of {}; the damaged file is now {}", file,
                                        wanted - search.still_missing, wanted, kept));
    if (search.without_origin > 0 && !head_.metadata_values(schema::stamp_key_prefix).empty()) {
      incomplete_ = true;
      rebuilt_.repaired.push_back(message("{}: documents that no longer tell which source file they came from: {}",
                                          file, search.without_origin));
    }
    tell_lost(file, search.still_missing - tell_lost_by_id(file, segment, search));
  }

  /// Whether a document is to be in the new segment. One without a number may be deleted, if any is.
  static bool take(DocumentNumber number, Search& search) {
    if (number == 0 ? search.any_deleted : number >= search.missing.size() || !search.missing[number]) return false;
    if (search.still_missing == 0) return false;
    if (number > 0) search.missing[number] = false;
    --search.still_missing;
    return true;
  }

  /// With its source file, if that can be believed; whether it can.
  bool add(const Document& document, const sealed::DamagedSegment::Origin& origin) {
    IndexedDocument indexed = describe(document, origin.file);
    const bool agrees = indexed.fingerprint == origin.fingerprint;
    segments_.add(document, agrees ? std::move(indexed) : describe(document, ""));
    return agrees;
  }

  /// Returns how many.
  std::uint32_t tell_lost_by_id(const std::string& file, const sealed::DamagedSegment& segment, const Search& search) {
    const auto missing = std::count(search.missing.begin(), search.missing.end(), true);
    if (missing != search.still_missing) return 0;  // It is not known which.
    std::uint32_t told = 0;
    for (DocumentNumber number = 1; number < search.missing.size(); ++number) {
      if (!search.missing[number]) continue;
      const std::string_view id = segment.id(number);
      if (!is_valid_id(id)) continue;
      rebuilt_.lost.push_back(message("{}: the document {} is lost", file, id));
      ++told;
    }
    incomplete_ = incomplete_ || told > 0;
    return told;
  }

  void tell_lost(const std::string& file, std::uint32_t documents) {
    if (documents == 0) return;
    incomplete_ = true;
    rebuilt_.lost.push_back(message("{}: documents lost whose ids cannot be read: {}", file, documents));
  }

  /// What is lost here may be there still.
  void expect_sources_again() {
    for (const std::string& text : head_.metadata_values(schema::stamp_key_prefix)) {
      FileStamp stamp = parse_stamp(text);
      stamp.current = false;
      head_.set_metadata(stamp_key(file_key(stamp.path)), print(stamp));
    }
  }

  const std::string& path_;
  const std::vector<DamagedEntry>& damaged_;
  live::LiveWriter head_;
  SegmentSet segments_;
  RebuiltSegments rebuilt_;
  bool incomplete_ = false;  // something is lost
};

}  // namespace

RebuiltSegments rebuild_segments(const std::string& path, const std::vector<DamagedEntry>& damaged) {
  return Rebuilder(path, damaged).run();
}

}  // namespace limier
