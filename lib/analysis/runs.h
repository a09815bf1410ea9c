#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "analysis/byte_bits.h"
#include "analysis/known_words.h"

namespace limier {

/// Bytes that stand side by side and may be letters and digits, and the key under which they may be known.
/// Thread rule: a plain value.
struct Run {
  static constexpr auto nowhere = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t begin, end;
  std::uint32_t after;  ///< Byte from which on nothing but gaps stands before the run; `nowhere` where there is none.
  WordPlace place;      ///< Where its word may be known.
  bool before_gap;      ///< A gap follows, or the end of the text: unless the run is a number, nothing joins it.
  WordKey key;
};

/// Finds the runs of a text two pages ahead of who reads them, that is some dozen words, so that the places of known
/// words are on their way from memory when they are asked for: waiting for each in its turn took half of the time of an
/// analysis.
/// Thread rule: one thread at a time.
class RunReader {
 public:
  explicit RunReader(std::string_view text);

  /// The first run that begins at byte `at` or behind; null where there is none. REQUIRES that `at` does not go back.
  /// Valid until the next call.
  const Run* from(std::uint32_t at, const KnownWords& words) {
    for (;;) {
      while (next_->begin < at) ++next_;
      if (next_->begin != Run::nowhere) [[likely]]
        return next_;
      if (!turn_page(words)) return nullptr;
    }
  }

 private:
  static constexpr std::size_t blocks = 2;

  /// The runs of some blocks; the last of them begins nowhere.
  struct Page {
    Run runs[ByteBits::block * blocks / 2 + 1];
  };

  bool turn_page(const KnownWords& words);
  void read_page(Page& page, const KnownWords& words);
  Run* read_block(const char* bytes, Run* out, const KnownWords& words);

  std::string_view text_;
  std::size_t tail_begin_;  // of what stands in tail_ too
  std::size_t scanned_ = 0;
  bool open_ = false;            // a run goes on behind what is scanned
  bool second_ = false;          // and its last letter
  bool gap_ = true;              // nothing but a gap stands between the last run and what is behind
  const char* first_ = nullptr;  // bytes of the run that is open
  std::uint32_t begin_ = 0, after_ = 0;
  std::uint32_t end_ = 0;  // of the last run that is not open
  const Run* next_;
  Page* ahead_;  // the page behind that of next_
  Page pages_[2];
  char tail_[2 * ByteBits::block + sizeof(WordKey)];
};

}  // namespace limier
