#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

#include "text/utf8.h"

namespace limier {

/// The bytes of a term while it is made: in place, so that no word costs an allocation, and bounded, so that no text
/// can make them grow. From the first piece that finds no room on, pieces are left out. Thread rule: one thread at a
/// time.
class Term {
 public:
  /// Of a finished term, in bytes. The room is larger, since a word may shrink when it is composed (NFC).
  static constexpr std::size_t longest = 64;

  // Copies what is used alone; to itself too.
  Term() = default;
  Term(const Term& other) { *this = other; }
  Term& operator=(const Term& other) {  // NOLINT(bugprone-unhandled-self-assignment)
    size_ = other.size_;
    full_ = other.full_;
    std::memmove(bytes_, other.bytes_, other.size_);
    return *this;
  }

  std::string_view view() const { return {bytes_, size_}; }
  char* data() { return bytes_; }
  bool empty() const { return size_ == 0; }

  void clear() {
    size_ = 0;
    full_ = false;
  }

  void append(char byte) {
    if (size_ == capacity) full_ = true;
    if (!full_) bytes_[size_++] = byte;
  }

  void append(std::string_view piece) {
    if (piece.size() > capacity - size_) full_ = true;
    if (full_) return;
    std::memcpy(bytes_ + size_, piece.data(), piece.size());
    size_ += piece.size();
  }

  void assign(std::string_view text) {
    clear();
    append(text);
  }

  /// REQUIRES size <= view().size().
  void resize(std::size_t size) { size_ = size; }

  /// Cuts what exceeds `longest`, between code points.
  void cut_to_longest() {
    if (size_ > longest) size_ = utf8_boundary(view(), longest);
  }

 private:
  static constexpr std::size_t capacity = 3 * longest;

  char bytes_[capacity];
  std::size_t size_ = 0;
  bool full_ = false;
};

}  // namespace limier
