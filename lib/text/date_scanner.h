#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace limier {

/// Walks over a text in which a date may stand. Every `take_` function either consumes what it names and says so, or
/// stays where it was.
/// Thread rule: one thread at a time.
class DateScanner {
 public:
  DateScanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool at_word_end() const;

  bool take(std::string_view expected);

  /// Spaces as pages have them: also U+00A0, U+202F and U+2009 between a day and its month. A line's end is not one.
  bool skip_spaces();

  /// A number of `least` to `most` digits that no further digit follows; -1 if there is none.
  int take_number(int least, int most);

  /// A word in lower case without accents: `Févr` and `FE\u0301VR` give `fevr`.
  std::string take_word();

  /// From 1 to 12, of `novembre`, `nov.`, `November`; 0 if there is none.
  int take_month();

  /// `mardi `, `mar. `, `Tuesday, `, with the spaces behind it.
  std::optional<std::chrono::weekday> take_weekday();

  /// `1er`, `3rd`, `12`; -1 if there is none.
  int take_day_of_month();

  /// The time behind a date: `à 14h30`, ` - 08:15`, `, 14:30`, `T08:00:00+01:00`, `at 2:30 pm`, as `THH:MM[:SS][zone]`;
  /// empty if there is none.
  std::string take_time();

 private:
  std::string take_clock();
  std::string take_zone();

  std::string_view text_;
  std::size_t at_;
};

/// Whether a word or number begins at this byte, as no part of something longer: an address, a version, a word.
bool begins_word(std::string_view text, std::size_t at);

}  // namespace limier
