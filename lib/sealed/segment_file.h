#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/mapped_file.h"

namespace limier::sealed {

/// Of the segment file, checked when one is opened. Grows by one when an older library could misread what is written,
/// or this one what an older has written.
inline constexpr int segment_version = 4;

/// The parts of a segment file, in the order in which they are written. The numbers are on disk: never renumber.
enum class Section : std::uint32_t {
  Store = 1,   ///< The documents' JSON, in compressed blocks.
  StoreIndex,  ///< Where these begin.
  Postings,    ///< Where each term stands.
  Terms,       ///< Dictionary of the terms that have a list of postings.
  TermIndex,   ///< How and where its blocks begin.
  Forms,       ///< Dictionary of the very forms, each with its stem.
  FormIndex,   ///< How and where its blocks begin.
  Columns,     ///< Numbers of each document.
  IdOrder,     ///< Documents in the order of their ids.
  Ids,         ///< Their ids.
  ValueNames,  ///< Each different pair of a name and a value, ascending.
  ValueEnds,   ///< Where those of each document end.
  Values,      ///< Which pairs each document has.
  Files,       ///< Keys of the source files, ascending.
  Totals,      ///< Sums over all documents.
  Lengths,     ///< Numbers of words of each document.
  Days,        ///< First and last day of each.
  Reaches,     ///< About how far the positions in each may reach.
};

inline constexpr std::size_t section_count = 18;

/// How many bytes a checksum is of.
inline constexpr std::size_t page_size = 16 << 10;

/// A section begins at a multiple of so many bytes; the first one just there.
inline constexpr std::size_t section_alignment = 64;

/// What stands before each section, by which a person finds it in a dump of the file, and repair in a damaged one.
inline std::string section_mark(Section section) { return std::string("Section") + static_cast<char>(section); }

/// A run of bytes that were checked against their checksum.
using Bytes = std::string_view;

/// Writes all of some bytes to a descriptor. Throws Error{Io}, which names `path`.
void write_whole(int file, std::string_view bytes, const std::string& path);

/// A segment file that is read in place. Every access names the bytes that it needs; the pages that hold them are
/// checked on the way, each once, and Error{Corrupt} is thrown where one is not what was written. So whoever reads
/// through here need not doubt what it reads.
/// Thread rule: any.
class SegmentFile {
 public:
  /// Throws Error: NotFound, Io, Corrupt, Incompatible.
  explicit SegmentFile(std::string path);

  /// `size` bytes from `offset` of a section on; `reader_margin` bytes behind them can be touched, if not believed.
  /// Throws Error{Corrupt} also where the section has not so many.
  Bytes read(Section section, std::uint64_t offset, std::uint64_t size) {
    const Extent& in = extent(section);
    if (offset > in.size || size > in.size - offset) refuse();
    if (size == 0) return {};
    const std::uint64_t begin = in.offset + offset;
    const std::size_t page = begin / page_size;
    if (begin % page_size + size > page_size || checked_[page].load(std::memory_order_relaxed) == 0) check(begin, size);
    return {file_.bytes().data() + begin, size};
  }

  /// All of a section.
  Bytes read(Section section) { return read(section, 0, size(section)); }

  /// Takes what was read out of the memory of this process, where it would stay; it is mapped again when it is read.
  void release() const { file_.release(); }

  /// Says that so many bytes more were read on a way from front to back, which are released some MiB at a time.
  void pass(std::uint64_t bytes) {
    constexpr std::uint64_t step = 8 << 20;
    const std::uint64_t before = passed_.fetch_add(bytes, std::memory_order_relaxed);
    if (before / step != (before + bytes) / step) release();
  }

  std::uint64_t size(Section section) const { return extent(section).size; }

  const std::string& path() const { return path_; }
  std::uint64_t bytes() const { return file_.bytes().size(); }

  /// Checks every page; returns the sections that are damaged, none for a file that is whole.
  std::vector<Section> damaged_sections();

 private:
  struct Extent {
    std::uint64_t offset = 0, size = 0;
  };

  const Extent& extent(Section section) const { return extents_[static_cast<std::size_t>(section) - 1]; }
  void read_directory();
  bool is_whole(std::size_t page) const;
  void check(std::uint64_t begin, std::uint64_t size);
  [[noreturn]] void refuse() const;

  std::string path_;
  MappedFile file_;
  std::uint64_t checked_bytes_ = 0;  // what lies before the checksums
  std::array<Extent, section_count> extents_;
  std::atomic<std::uint64_t> passed_ = 0;
  std::vector<std::atomic<char>> checked_;  // by page; what is mapped does not change, whoever finds it whole
};

/// Writes a segment file from front to back. Throws Error{Io} where the disk refuses; what was written by then is
/// removed by the destructor, as is a file that was not finished.
/// Thread rule: one thread at a time.
class SegmentFileWriter {
 public:
  explicit SegmentFileWriter(std::string path);
  ~SegmentFileWriter();
  SegmentFileWriter(const SegmentFileWriter&) = delete;
  SegmentFileWriter& operator=(const SegmentFileWriter&) = delete;

  /// Ends the section before. Each is begun at most once; those that are not are empty.
  void begin(Section section);

  void append(std::string_view bytes);

  /// How many bytes the section has.
  std::uint64_t size() const { return written_ - begun_; }

  /// Writes the checksums and has everything on the disk.
  void finish();

 private:
  void end_section();
  void flush();

  std::string path_;
  int file_ = -1;
  std::string buffer_;         // what is not written yet
  std::uint64_t written_ = 0;  // with what is in the buffer
  std::uint64_t begun_ = 0;    // where the section begins
  Section section_ = Section::Store;
  bool in_section_ = false, finished_ = false;
  std::array<std::array<std::uint64_t, 2>, section_count> extents_{};
  std::vector<std::uint64_t> checksums_;
};

}  // namespace limier::sealed
