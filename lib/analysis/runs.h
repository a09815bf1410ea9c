#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analysis/known_words.h"

namespace limier {

/// Bytes that stand side by side and may be letters and digits, and the key under which they may be known.
/// Thread rule: a plain value.
struct Run {
  std::uint32_t begin = 0, end = 0;
  WordKey key;
};

/// Finds the runs of a text some dozen words ahead of who reads them, so that the rows of known words are on their way
/// from memory when they are asked for: waiting for each in its turn took half of the time of an analysis.
/// Thread rule: one thread at a time.
class RunReader {
 public:
  explicit RunReader(std::string_view text) : text_(text) {}

  /// The run that begins at byte `begin`; null where none does. REQUIRES that `begin` does not go back. Valid until the
  /// next call.
  const Run* at(std::uint32_t begin, const KnownWords& words) {
    for (;;) {
      while (next_ < count_ && runs_[next_].begin < begin) ++next_;
      if (next_ < count_) return runs_[next_].begin == begin ? &runs_[next_] : nullptr;
      if (scanned_ >= text_.size()) return nullptr;
      read_ahead(words);
    }
  }

 private:
  static constexpr std::size_t block = 64;  // bytes, a bit each
  static constexpr std::size_t blocks = 4;

  void read_ahead(const KnownWords& words);
  void close(std::size_t end, const KnownWords& words);

  std::string_view text_;
  std::size_t scanned_ = 0;
  bool open_ = false;    // the last run goes on behind what is scanned
  bool second_ = false;  // so does its last letter
  std::uint32_t begin_ = 0;
  std::size_t next_ = 0, count_ = 0;
  Run runs_[block * blocks / 2 + 1];
};

}  // namespace limier
