#pragma once

#include <unicode/brkiter.h>

#include <cstdint>
#include <limits>
#include <string_view>

#include "analysis/characters.h"
#include "analysis/known_words.h"
#include "analysis/runs.h"
#include "analysis/unspaced.h"
#include "analysis/word.h"
#include "limier/analyzer.h"

namespace limier {

/// Where a known word stands in a text. As in Word.
/// Thread rule: a plain value.
struct KnownOccurrence {
  std::uint32_t begin = 0, end = 0;
  bool joined = false;
};

/// Finds the words of a French text, one after another: elisions are left out, and what belongs together is one word.
/// Thread rule: one thread at a time.
class Segmenter {
 public:
  /// All have to outlive the segmenter. REQUIRES that `text` has less than 4 GiB.
  Segmenter(std::string_view text, const icu::BreakIterator& word_iterator, const AnalyzerOptions& options)
      : text_(text), unspaced_(word_iterator), options_(options), runs_(text) {}

  /// Moves to the next word; false at the end of the text.
  bool next(Word& word);

  /// The same, not passing over those that are dropped.
  bool next_or_dropped(Word& word);

  /// A short cut of `next` for what most of a text is: known words with nothing unusual around them. Null where the
  /// next word is not such a one, or there is none: `next` moves to it.
  const KnownWord* next_known(KnownWords& words, KnownOccurrence& occurrence) {
    const auto* run = runs_.from(at_, words);
    if (run && run->after == at_ && run->before_gap) {
      const auto* word = words.find(run->key, run->place);
      if (word && word->simple()) {
        occurrence = {.begin = run->begin, .end = run->end};
        last_end_ = at_ = run->end;
        after_rendez_ = false;
        return word;
      }
    }
    return next_known_near_signs(run, words, occurrence);
  }

 private:
  const KnownWord* next_known_near_signs(const Run* run, KnownWords& words, KnownOccurrence& occurrence);
  Character skip_separators();
  bool is_sure_elision(const KnownWord& word, Character next) const;
  bool stands_alone(const KnownWord& word, Character next) const;
  bool is_ending(std::uint32_t at) const;
  bool find(Word& word);
  bool drop(Word& word);
  void complete(Word& word);
  void link(Word& word);

  static constexpr auto nowhere = std::numeric_limits<std::uint32_t>::max();

  std::string_view text_;
  UnspacedWords unspaced_;
  const AnalyzerOptions& options_;
  RunReader runs_;
  std::uint32_t at_ = 0;              // what is before has been read
  std::uint32_t last_end_ = nowhere;  // of the last word
  bool after_hyphen_ = false;         // one hyphen alone stands between the last word and the one at hand
  bool after_rendez_ = false;         // the last word was `rendez`
};

}  // namespace limier
