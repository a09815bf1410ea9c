#pragma once

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <cstdint>
#include <memory>
#include <string_view>

#include "analysis/word.h"

namespace limier {

/// ICU's word iterator by the rules of UAX #29 and ICU's dictionaries. Costly: clone it.
std::unique_ptr<icu::BreakIterator> make_word_iterator();

/// The words of scripts that are written without spaces (Chinese, Japanese, Thai, Khmer), as ICU finds them.
/// Thread rule: one thread at a time.
class UnspacedWords {
 public:
  explicit UnspacedWords(const icu::BreakIterator& prototype) : prototype_(prototype) {}

  /// Begins with the run of such letters at byte `at` of `text`; returns where it ends. A long run is taken in slices:
  /// what follows the last word of the slice is left to the next.
  std::uint32_t start(std::string_view text, std::uint32_t at);

  /// Whether the run is not at its end yet.
  bool is_open() const { return at_ < end_; }

  /// Moves to the next word of the run; false at its end.
  bool next(Word& word);

 private:
  void open(std::string_view slice);

  const icu::BreakIterator& prototype_;
  std::unique_ptr<icu::BreakIterator> iterator_;
  std::string_view text_;
  std::uint32_t begin_ = 0, end_ = 0;  // of the slice, in text_
  std::uint32_t at_ = 0;               // where the next word may begin
};

}  // namespace limier
