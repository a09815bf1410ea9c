#include "limier/index_writer.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include "index/file_stamp.h"
#include "index/index_directory.h"
#include "index/invert.h"
#include "index/segment_set.h"
#include "index/writer_lock.h"
#include "limier/error.h"
#include "live/live_writer.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

/// Makes the directory where there is none.
void prepare_directory(const std::string& path) {
  if (directory_state(path) == DirectoryState::Foreign)
    throw Error(ErrorCode::Incompatible,
                message("{}: there is something else than an index; name a new directory", path));
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw Error(ErrorCode::Io, message("{}: {}", path, system_message(error.value())));
}

/// The lock on a directory that is there for it.
std::unique_ptr<WriterLock> lock(const std::string& path, std::chrono::milliseconds timeout) {
  prepare_directory(path);
  return std::make_unique<WriterLock>(path, timeout);
}

}  // namespace

class IndexWriter::Impl {
 public:
  Impl(const std::string& path, const WriterOptions& options)
      : lock_(lock(path, options.lock_timeout)),
        head_(path, directory_state(path) == DirectoryState::Index ? live::LiveWriter::Start::Open
                                                                   : live::LiveWriter::Start::Anew),
        analyzer_(settle_analyzer(path, options.analyzer)),
        segments_(path, head_, analyzer_.options(), options.memory, options.threads),
        seal_from_(options.seal_from) {}

  AddResult add(const Document& document) {
    IndexedDocument indexed = describe(document, source_ ? source_->key : std::string());
    AddResult result;
    const std::optional<live::LiveWriter::Stamp> old = find_stamp_of(document.id);
    if (old) {
      result.outcome = AddResult::Outcome::Replaced;
      if (old->fingerprint == indexed.fingerprint) result.outcome = AddResult::Outcome::Unchanged;
      result.displaced_source = displaced(*old, document.id);
    }
    if (source_ && source_->known) source_->ids.insert(document.id);
    if (result.outcome == AddResult::Outcome::Unchanged) return result;
    if (old) remove(document.id);
    uncommitted_bytes_ += document.title.size() + document.body.size();
    if (uncommitted_bytes_ < seal_from_) {
      pending_.insert_or_assign(document.id, Pending{document, std::move(indexed)});
    } else {
      seal_pending();
      segments_.add(document, std::move(indexed));
    }
    return result;
  }

  bool remove(std::string_view id) {
    const auto found = pending_.find(id);
    if (found == pending_.end()) return head_.remove(id) || segments_.remove(id);
    pending_.erase(found);
    return true;
  }

  void commit() {
    Sketcher sketcher;
    for (auto& [id, pending] : pending_) {
      live::LiveTerms terms;
      invert(pending.document, analyzer_, sketcher, pending.indexed, terms);
      head_.replace(pending.indexed, terms);
    }
    pending_.clear();
    save();
    if (head_is_large()) seal_head();
    // What is merged was committed before: however a merge ends, nothing is lost by it.
    if (segments_.merge_some()) save();
  }

  void optimize(const OptimizeOptions& options) {
    commit();
    seal_head();
    if (segments_.merge_all(options.reorder)) save();
  }

  std::uint64_t uncommitted_bytes() const { return uncommitted_bytes_; }

  bool is_current(const SourceFile& source) const {
    const std::optional<FileStamp> stamp = find_stamp(file_key(source.path));
    return stamp && stamp->current && stamp->size == source.size && stamp->modified == source.modified;
  }

  void begin_source(const SourceFile& source) {
    const std::string key = file_key(source.path);
    FileStamp stamp{source.path, source.size, source.modified, false, {}};
    std::optional<FileStamp> before = find_stamp(key);
    if (before) stamp.displaced = std::move(before->displaced);
    // A source half-read when a commit falls is known by its path, so that it can be pruned, and is read again.
    store_stamp(key, stamp);
    source_ = OpenSource{key, std::move(stamp), before.has_value(), {}};
  }

  std::uint64_t end_source(bool complete) {
    OpenSource ended = std::move(*std::exchange(source_, std::nullopt));
    std::uint64_t removed = 0;
    if (complete) {
      if (ended.known)
        for (const std::string& id : ids_of_file(ended.key))
          if (!ended.gave(id)) removed += remove(id);
      ended.stamp.current = true;
    }
    store_stamp(ended.key, ended.stamp);
    if (removed > 0) expect_again(ended.stamp.displaced);
    return removed;
  }

  std::vector<std::string> sources() const {
    std::vector<std::string> paths;
    for (const std::string& value : head_.metadata_values(schema::stamp_key_prefix))
      paths.push_back(parse_stamp(value).path);
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  std::uint64_t remove_source(const std::string& path) {
    const std::string key = file_key(path);
    const std::optional<FileStamp> stamp = find_stamp(key);
    if (!stamp) return 0;
    std::uint64_t removed = 0;
    for (const std::string& id : ids_of_file(key)) removed += remove(id);
    head_.set_metadata(stamp_key(key), "");
    expect_again(stamp->displaced);
    return removed;
  }

 private:
  struct OpenSource {
    std::string key;
    FileStamp stamp;
    bool known = false;                   // whether the index may have documents of it from before
    std::unordered_set<std::string> ids;  // that it gave by now, if so

    bool gave(const std::string& id) const { return !known || ids.contains(id); }
  };

  /// A document that waits for a commit, or for so many others that they make a segment.
  struct Pending {
    Document document;
    IndexedDocument indexed;
  };

  void save() {
    segments_.save(head_);
    head_.commit();
    segments_.committed();
    uncommitted_bytes_ = 0;
  }

  void seal_pending() {
    for (auto& [id, pending] : pending_) segments_.add(pending.document, std::move(pending.indexed));
    pending_.clear();
  }

  /// What is live takes several times the space, and is searched several times as slowly; but a segment for each few
  /// commits would have to be merged all the time.
  bool head_is_large() const {
    constexpr std::uint64_t bytes_of_a_word = 6, bytes_of_a_document = 600, times = 3;
    const std::uint64_t bytes = bytes_of_a_word * head_.word_count() + bytes_of_a_document * head_.document_count();
    return bytes / times > seal_from_;
  }

  /// Makes a segment of what the head holds.
  void seal_head() {
    std::vector<std::string> ids;
    head_.for_each_document([&](const std::string& stored, const std::string& file) {
      const Document document = document_from_json(stored);
      ids.push_back(document.id);
      segments_.add(document, describe(document, file));
    });
    for (const std::string& id : ids) head_.remove(id);
    save();
  }

  std::optional<live::LiveWriter::Stamp> find_stamp_of(const std::string& id) const {
    if (const auto found = pending_.find(id); found != pending_.end())
      return live::LiveWriter::Stamp{found->second.indexed.fingerprint, found->second.indexed.file};
    std::optional<live::LiveWriter::Stamp> stamp;
    if (head_.document_count() > 0) stamp = head_.stamp(id);
    return stamp ? stamp : segments_.stamp(id);
  }

  std::vector<std::string> ids_of_file(const std::string& key) const {
    std::vector<std::string> ids = head_.ids_of_file(key);
    std::ranges::move(segments_.ids_of_file(key), std::back_inserter(ids));
    for (const auto& [id, pending] : pending_)
      if (pending.indexed.file == key) ids.push_back(id);
    return ids;
  }

  AnalyzerOptions settle_analyzer(const std::string& path, const AnalyzerOptions& wanted) {
    const std::string format = head_.metadata(schema::format_key);
    // A creation that was interrupted before its first commit left a head without a word.
    if (!format.empty() || head_.document_count() > 0)
      return parse_settings(path, format, head_.metadata(schema::analyzer_key)).analyzer;
    head_.set_metadata(schema::format_key, print_format());
    head_.set_metadata(schema::analyzer_key, print_analyzer(wanted));
    head_.commit();
    return wanted;
  }

  std::optional<FileStamp> find_stamp(const std::string& key) const {
    const std::string text = head_.metadata(stamp_key(key));
    return text.empty() ? std::nullopt : std::optional(parse_stamp(text));
  }

  void store_stamp(const std::string& key, const FileStamp& stamp) { head_.set_metadata(stamp_key(key), print(stamp)); }

  /// The path of the source whose document of this id gives way, or empty; noted, so that the document comes back
  /// should the one that replaces it be removed with its file.
  std::string displaced(const live::LiveWriter::Stamp& old, const std::string& id) {
    if (!source_) return {};
    if (old.file == source_->key) return source_->gave(id) ? source_->stamp.path : std::string();
    const std::optional<FileStamp> other = find_stamp(old.file);
    if (!other) return {};
    source_->stamp.displaced.insert(other->path);
    return other->path;
  }

  /// Has these files read again the next time, although they have not changed.
  void expect_again(const std::set<std::string>& paths) {
    for (const std::string& path : paths) {
      const std::string key = file_key(path);
      std::optional<FileStamp> stamp = find_stamp(key);
      if (!stamp) continue;
      stamp->current = false;
      store_stamp(key, *stamp);
    }
  }

  std::unique_ptr<WriterLock> lock_;
  live::LiveWriter head_;
  Analyzer analyzer_;
  SegmentSet segments_;
  std::uint64_t seal_from_;
  std::map<std::string, Pending, std::less<>> pending_;  // by id
  std::optional<OpenSource> source_;
  std::uint64_t uncommitted_bytes_ = 0;
};

IndexWriter::IndexWriter(const std::string& path, const WriterOptions& options)
    : impl_(std::make_unique<Impl>(path, options)) {}
IndexWriter::~IndexWriter() = default;
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;

AddResult IndexWriter::add(const Document& document) { return impl_->add(document); }
bool IndexWriter::remove(std::string_view id) { return impl_->remove(id); }
void IndexWriter::commit() { impl_->commit(); }
void IndexWriter::optimize(const OptimizeOptions& options) { impl_->optimize(options); }
std::uint64_t IndexWriter::uncommitted_bytes() const { return impl_->uncommitted_bytes(); }
bool IndexWriter::is_current(const SourceFile& source) const { return impl_->is_current(source); }
void IndexWriter::begin_source(const SourceFile& source) { impl_->begin_source(source); }
std::uint64_t IndexWriter::end_source(bool complete) { return impl_->end_source(complete); }
std::vector<std::string> IndexWriter::sources() const { return impl_->sources(); }
std::uint64_t IndexWriter::remove_source(const std::string& path) { return impl_->remove_source(path); }

}  // namespace limier
