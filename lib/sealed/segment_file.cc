#include "sealed/segment_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "limier/error.h"
#include "sealed/bits.h"
#include "text/message.h"

namespace limier::sealed {
namespace {

static_assert(std::endian::native == std::endian::little, "a segment file is read in place");

constexpr std::string_view file_magic = "Limier\r\n";

/// What a file begins with.
struct Head {
  std::array<char, 8> magic{};
  std::int32_t version = segment_version;
  std::uint32_t sections = section_count;
};

/// What a file ends with, behind the checksums of its pages.
struct Tail {
  std::array<std::array<std::uint64_t, 2>, section_count> extents{};  // offset and size of each section
  std::uint64_t checked_bytes = 0;                                    // where the checksums begin
  std::uint64_t checksum = 0;                                         // of all behind that, up to here
  std::array<char, 8> magic{};
};

std::array<char, 8> magic() {
  std::array<char, 8> bytes{};
  std::copy(file_magic.begin(), file_magic.end(), bytes.begin());
  return bytes;
}

template <typename Plain>
std::string_view bytes_of(const Plain& plain) {
  return {reinterpret_cast<const char*>(&plain), sizeof plain};
}

std::size_t pages_in(std::uint64_t bytes) { return (bytes + page_size - 1) / page_size; }

/// Of the pages' checksums and of the tail before its own checksum.
std::uint64_t checksum_of_tail(std::string_view checksums, const Tail& tail) {
  std::string all(checksums);
  all.append(bytes_of(tail).substr(0, offsetof(Tail, checksum)));
  return XXH3_64bits(all.data(), all.size());
}

}  // namespace

void write_whole(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t done = write(file, bytes.data(), bytes.size());
    if (done < 0 && errno != EINTR) throw Error(ErrorCode::Io, message("{}: {}", path, system_message(errno)));
    if (done > 0) bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

SegmentFile::SegmentFile(std::string path) : path_(std::move(path)), file_(path_) { read_directory(); }

void SegmentFile::refuse() const { throw Error(ErrorCode::Corrupt, message("{}: the file is damaged", path_)); }

void SegmentFile::read_directory() {
  const std::string_view bytes = file_.bytes();
  Head head;
  Tail tail;
  if (bytes.size() < sizeof head + sizeof tail) refuse();
  const std::uint64_t checksums_end = bytes.size() - sizeof tail;
  std::memcpy(&head, bytes.data(), sizeof head);
  std::memcpy(&tail, bytes.data() + checksums_end, sizeof tail);
  if (head.magic != magic() || tail.magic != magic()) refuse();
  checked_bytes_ = tail.checked_bytes;
  const bool agrees =
      checked_bytes_ >= sizeof head && checked_bytes_ <= checksums_end &&
      checksums_end - checked_bytes_ == pages_in(checked_bytes_) * sizeof(std::uint64_t) &&
      checksum_of_tail(bytes.substr(checked_bytes_, checksums_end - checked_bytes_), tail) == tail.checksum;
  // Where a version stands that was not written there, the file is not another version's, but damaged.
  if (head.version != segment_version && !(agrees && !is_whole(0)))
    throw Error(ErrorCode::Incompatible,
                other_version(path_, message("the segment has version"), head.version, segment_version));
  if (!agrees || head.version != segment_version) refuse();
  for (std::size_t i = 0; i < section_count; ++i) extents_[i] = {tail.extents[i][0], tail.extents[i][1]};
  checked_ = std::vector<std::atomic<char>>(pages_in(checked_bytes_));
}

bool SegmentFile::is_whole(std::size_t page) const {
  const std::uint64_t begin = page * page_size;
  std::uint64_t expected = 0;
  std::memcpy(&expected, file_.bytes().data() + checked_bytes_ + page * sizeof expected, sizeof expected);
  return XXH3_64bits(file_.bytes().data() + begin, std::min<std::uint64_t>(page_size, checked_bytes_ - begin)) ==
         expected;
}

/// Those of the pages that were not looked at yet.
void SegmentFile::check(std::uint64_t begin, std::uint64_t size) {
  for (std::size_t page = begin / page_size; page <= (begin + size - 1) / page_size; ++page) {
    if (checked_[page].load(std::memory_order_relaxed) != 0) continue;
    if (!is_whole(page)) refuse();
    checked_[page].store(1, std::memory_order_relaxed);
  }
}

std::vector<Section> SegmentFile::damaged_sections() {
  std::vector<Section> damaged;
  for (std::size_t i = 0; i < section_count; ++i) {
    const Extent& extent = extents_[i];
    if (extent.size == 0) continue;
    const std::size_t first = extent.offset / page_size, last = (extent.offset + extent.size - 1) / page_size;
    for (std::size_t page = first; page <= last; ++page) {
      pass(page_size);
      if (is_whole(page)) continue;
      damaged.push_back(static_cast<Section>(i + 1));
      break;
    }
  }
  return damaged;
}

SegmentFileWriter::SegmentFileWriter(std::string path) : path_(std::move(path)) {
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) throw Error(ErrorCode::Io, message("{}: {}", path_, system_message(errno)));
  append(bytes_of(Head{magic()}));
}

SegmentFileWriter::~SegmentFileWriter() {
  close(file_);
  if (!finished_) unlink(path_.c_str());
}

void SegmentFileWriter::append(std::string_view bytes) {
  constexpr std::size_t most = 64 * page_size;
  written_ += bytes.size();
  while (buffer_.size() + bytes.size() >= most) {
    const std::size_t part = most - buffer_.size();
    buffer_.append(bytes.substr(0, part));
    bytes.remove_prefix(part);
    flush();
  }
  buffer_.append(bytes);
}

void SegmentFileWriter::begin(Section section) {
  end_section();
  const std::string mark = section_mark(section);
  append(std::string((section_alignment - (written_ + mark.size()) % section_alignment) % section_alignment, '\0'));
  append(mark);
  begun_ = written_;
  section_ = section;
  in_section_ = true;
}

void SegmentFileWriter::end_section() {
  if (in_section_) extents_[static_cast<std::size_t>(section_) - 1] = {begun_, size()};
  in_section_ = false;
}

/// Takes the checksums of whole pages; the last page of a file may be shorter.
void SegmentFileWriter::flush() {
  for (std::size_t begin = 0; begin < buffer_.size(); begin += page_size)
    checksums_.push_back(XXH3_64bits(buffer_.data() + begin, std::min(page_size, buffer_.size() - begin)));
  write_whole(file_, buffer_, path_);
#ifdef SYNC_FILE_RANGE_WRITE
  // On its way to the disk while more is made, so that `finish` need not wait for all of it.
  sync_file_range(file_, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
  buffer_.clear();
}

void SegmentFileWriter::finish() {
  end_section();
  append(std::string(reader_margin, '\0'));
  flush();
  Tail tail{extents_, written_, 0, magic()};
  const std::string_view checksums(reinterpret_cast<const char*>(checksums_.data()),
                                   checksums_.size() * sizeof(std::uint64_t));
  tail.checksum = checksum_of_tail(checksums, tail);
  write_whole(file_, checksums, path_);
  write_whole(file_, bytes_of(tail), path_);
  if (fsync(file_) != 0) throw Error(ErrorCode::Io, message("{}: {}", path_, system_message(errno)));
  finished_ = true;
}

}  // namespace limier::sealed
