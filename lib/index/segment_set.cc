#include "index/segment_set.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

#include "limier/error.h"
#include "sealed/merge.h"
#include "sealed/reordering.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

namespace fs = std::filesystem;

/// How many segments of about one size are joined. More of them make a search slower, fewer make a document travel
/// through more merges.
constexpr std::size_t merge_factor = 8;

/// What part of the memory the postings may take that are held in it, and as much again while they are put aside.
constexpr std::uint64_t memory_of_postings = 6;

/// How many bytes are kept of a document until its segment is finished, beside its id, which is kept twice; and what
/// part of the memory these may take.
constexpr std::uint64_t kept_of_document = 160;
constexpr std::uint64_t memory_of_kept = 4;

std::string deleted_key(const std::string& file) { return std::string(schema::deleted_key_prefix) + file; }

std::vector<DocumentNumber> numbers_of(const std::vector<bool>& deleted) {
  std::vector<DocumentNumber> numbers;
  for (std::size_t document = 1; document < deleted.size(); ++document)
    if (deleted[document]) numbers.push_back(static_cast<DocumentNumber>(document));
  return numbers;
}

[[noreturn]] void refuse_system(const std::string& path) {
  throw Error(ErrorCode::Io, message("{}: {}", path, system_message(errno)));
}

/// New names in a directory are on the disk only when the directory is.
void sync_directory(const std::string& path) {
  const int directory = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) refuse_system(path);
  const bool synced = fsync(directory) == 0;
  close(directory);
  if (!synced) refuse_system(path);
}

}  // namespace

SegmentSet::SegmentSet(std::string directory, const live::LiveWriter& head, const AnalyzerOptions& analyzer,
                       std::uint64_t memory, unsigned threads, const std::vector<SegmentEntry>& without)
    : directory_(std::move(directory)),
      options_(analyzer),
      memory_(memory),
      threads_(threads),
      saved_manifest_(head.metadata(schema::segments_key)) {
  const Manifest manifest = parse_manifest(saved_manifest_);
  next_number_ = manifest.next_number;
  for (const SegmentEntry& entry : manifest.segments) {
    if (std::find(without.begin(), without.end(), entry) != without.end()) {
      obsolete_.push_back(entry.file);
    } else {
      parts_.push_back(open_part(entry.file, parse_deleted(head.metadata(deleted_key(entry.file)), entry.documents)));
    }
  }
  remove_leftovers();
}

SegmentSet::~SegmentSet() = default;

void SegmentSet::remove_leftovers() const {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory_, error)) {
    const std::string name = entry.path().filename().string();
    const bool named = std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.file == name; }) ||
                       std::find(obsolete_.begin(), obsolete_.end(), name) != obsolete_.end();
    if (is_segment_file(name) && !named) unlink(entry.path().c_str());
  }
}

SegmentSet::Part SegmentSet::open_part(const std::string& file, const std::vector<DocumentNumber>& deleted) const {
  Part part{file, std::make_unique<sealed::Segment>(path(file)), {}, static_cast<std::uint32_t>(deleted.size())};
  part.deleted = part.segment->bits_of(deleted);
  return part;
}

/// The documents decide where a segment ends. Were its memory measured, that would depend on what is inverted by then.
void SegmentSet::add(const Document& document, IndexedDocument indexed) {
  if (!draft_) {
    draft_ = Draft{};
    draft_->file = new_file();
    draft_->builder = std::make_unique<sealed::SegmentBuilder>(draft_path(draft_->file), threads_);
    draft_->inverter = std::make_unique<BatchInverter>(
        options_, analyzers_, threads_,
        [builder = draft_->builder.get()](sealed::InvertedBatch batch) { builder->add(std::move(batch)); });
  }
  draft_->documents.add(indexed);
  draft_->kept_bytes += kept_of_document + 2 * indexed.id.size();
  draft_->inverter->add(document, std::move(indexed));
  if (draft_->kept_bytes >= memory_ / memory_of_kept) return finish_draft();
  if (draft_->builder->waiting_bytes() >= memory_ / memory_of_postings) spill();
}

void SegmentSet::spill() {
  draft_->inverter->finish();
  draft_->builder->spill();
}

/// Documents that were deleted, or replaced, while the segment was made stay in it as deleted ones.
void SegmentSet::finish_draft() {
  if (!draft_) return;
  const Draft draft = *std::exchange(draft_, std::nullopt);
  draft.inverter->finish();
  draft.builder->finish();
  publish(draft.file);
  parts_.push_back(open_part(draft.file, draft.documents.deleted()));
  parts_.back().changed = parts_.back().deleted_count > 0;
}

void SegmentSet::publish(const std::string& file) {
  if (std::rename(draft_path(file).c_str(), path(file).c_str()) != 0) refuse_system(path(file));
}

std::optional<std::pair<std::size_t, DocumentNumber>> SegmentSet::find(std::string_view id) const {
  for (std::size_t i = parts_.size(); i-- > 0;) {
    const std::optional<DocumentNumber> document = parts_[i].segment->find(id);
    if (document && !parts_[i].deleted[*document]) return std::pair(i, *document);
  }
  return std::nullopt;
}

std::optional<live::LiveWriter::Stamp> SegmentSet::stamp(std::string_view id) const {
  if (draft_)
    if (std::optional<live::LiveWriter::Stamp> drafted = draft_->documents.stamp(id)) return drafted;
  const auto found = find(id);
  if (!found) return std::nullopt;
  const sealed::Segment& segment = *parts_[found->first].segment;
  return live::LiveWriter::Stamp{segment.fingerprint(found->second), std::string(segment.file_key(found->second))};
}

bool SegmentSet::remove(std::string_view id) {
  if (draft_ && draft_->documents.remove(id)) return true;
  const auto found = find(id);
  if (!found) return false;
  Part& part = parts_[found->first];
  part.deleted[found->second] = true;
  ++part.deleted_count;
  part.changed = true;
  return true;
}

std::vector<std::string> SegmentSet::ids_of_file(const std::string& file) const {
  std::vector<std::string> ids;
  for (const Part& part : parts_)
    for (DocumentNumber document = 1; document <= part.segment->documents(); ++document)
      if (!part.deleted[document] && part.segment->file_key(document) == file)
        ids.emplace_back(part.segment->id(document));
  if (draft_) std::ranges::move(draft_->documents.ids_of_file(file), std::back_inserter(ids));
  return ids;
}

void SegmentSet::drop(std::size_t part) {
  obsolete_.push_back(parts_[part].file);
  parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(part));
}

/// `parts` in ascending order.
void SegmentSet::merge(std::vector<std::size_t> parts, bool reorder) {
  std::vector<const sealed::Segment*> segments;
  std::vector<const std::vector<bool>*> deleted;
  for (const std::size_t part : parts) {
    segments.push_back(parts_[part].segment.get());
    deleted.push_back(&parts_[part].deleted);
  }
  sealed::DocumentOrder order = sealed::living_documents(deleted);
  if (reorder) order = sealed::reorder(segments, order, memory_, threads_);
  const std::string file = new_file();
  if (!order.empty()) {
    sealed::merge_segments(segments, order, draft_path(file), 1 + memory_ / 2, threads_);
    publish(file);
  }
  for (; !parts.empty(); parts.pop_back()) drop(parts.back());
  if (!order.empty()) parts_.push_back(open_part(file, {}));
}

bool SegmentSet::merge_some() {
  std::map<int, std::vector<std::size_t>> by_size;
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i].deleted_count > parts_[i].living()) {
      wanted.push_back(i);
    } else {
      by_size[static_cast<int>(std::bit_width(parts_[i].segment->file().bytes() >> 20) /
                               std::bit_width(merge_factor - 1))]
          .push_back(i);
    }
  }
  for (const auto& [size, parts] : by_size)
    if (parts.size() >= merge_factor) wanted.insert(wanted.end(), parts.begin(), parts.end());
  if (wanted.empty()) return false;
  std::sort(wanted.begin(), wanted.end());
  merge(std::move(wanted), false);
  return true;
}

bool SegmentSet::merge_all(bool reorder) {
  finish_draft();
  const bool is_one = parts_.size() == 1 && parts_.front().deleted_count == 0;
  if (parts_.empty() || (is_one && !reorder)) return false;
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < parts_.size(); ++i) all.push_back(i);
  merge(std::move(all), reorder);
  return true;
}

void SegmentSet::save(live::LiveWriter& head) {
  finish_draft();
  Manifest manifest{next_number_, {}};
  for (Part& part : parts_) {
    manifest.segments.push_back({part.file, part.segment->documents(), part.deleted_count});
    if (part.changed) head.set_metadata(deleted_key(part.file), print_deleted(numbers_of(part.deleted)));
    part.changed = false;
  }
  for (const std::string& file : obsolete_) head.set_metadata(deleted_key(file), "");
  const std::string text = parts_.empty() && saved_manifest_.empty() ? std::string() : print_manifest(manifest);
  if (text == saved_manifest_) return;
  sync_directory(directory_);
  head.set_metadata(schema::segments_key, text);
  saved_manifest_ = text;
}

void SegmentSet::committed() {
  for (const std::string& file : std::exchange(obsolete_, {})) unlink(path(file).c_str());
}

}  // namespace limier
