#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/segment_file.h"

namespace limier::sealed {

template <typename Number>
std::string_view bytes_of(const std::vector<Number>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

template <typename Plain>
void append(SegmentFileWriter& file, const std::deque<Plain>& values) {
  for (const Plain& value : values) file.append({reinterpret_cast<const char*>(&value), sizeof value});
}

/// Plain values of one size that are read in place. Thread rule: one thread at a time.
template <typename Plain>
class Array {
 public:
  /// All of a section but `margin` bytes at its front.
  Array(SegmentFile& file, Section section, std::uint64_t margin = 0)
      : file_(&file), section_(section), margin_(margin), size_((file.size(section) - margin) / sizeof(Plain)) {}

  std::size_t size() const { return size_; }

  Plain operator[](std::size_t at) const {
    Plain value;
    std::memcpy(&value, file_->read(section_, margin_ + at * sizeof value, sizeof value).data(), sizeof value);
    return value;
  }

  /// All of them, which are checked together the first time: for what is read of many documents.
  std::span<const Plain> all() const {
    if (all_ == nullptr && size_ > 0)
      all_ = reinterpret_cast<const Plain*>(file_->read(section_, margin_, size_ * sizeof(Plain)).data());
    return {all_, size_};
  }

 private:
  SegmentFile* file_;
  Section section_;
  std::uint64_t margin_;
  std::size_t size_;
  mutable const Plain* all_ = nullptr;  // once they are asked for
};

/// Strings one behind the other. On disk: how many, where each ends, the strings.
class StringsWriter {
 public:
  void add(std::string_view string) {
    strings_.append(string);
    ends_.push_back(strings_.size());
  }

  std::size_t size() const { return ends_.size(); }

  /// Valid until the next is added.
  std::string_view operator[](std::size_t at) const {
    const std::uint64_t begin = at == 0 ? 0 : ends_[at - 1];
    return std::string_view(strings_).substr(begin, ends_[at] - begin);
  }

  void write(SegmentFileWriter& file) const {
    file.append(bytes_of(std::vector<std::uint64_t>{ends_.size()}));
    file.append(bytes_of(ends_));
    file.append(strings_);
  }

 private:
  std::string strings_;
  std::vector<std::uint64_t> ends_;
};

/// Reads them in place. Thread rule: one thread at a time.
class Strings {
 public:
  Strings(SegmentFile& file, Section section)
      : file_(&file),
        section_(section),
        count_(Array<std::uint64_t>(file, section)[0]),
        ends_(file, section, sizeof(std::uint64_t)) {}

  std::size_t size() const { return count_; }

  std::string_view operator[](std::size_t at) const {
    const std::uint64_t begin = at == 0 ? 0 : ends_[at - 1], strings = (1 + count_) * sizeof(std::uint64_t);
    return file_->read(section_, strings + begin, ends_[at] - begin);
  }

 private:
  SegmentFile* file_;
  Section section_;
  std::size_t count_;
  Array<std::uint64_t> ends_;
};

}  // namespace limier::sealed
