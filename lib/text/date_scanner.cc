#include "text/date_scanner.h"

#include <fmt/format.h>

#include <array>

#include "text/ascii.h"

namespace limier {
namespace {

bool is_letter_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

// A month's names begin with its stem and stop anywhere at or after its shortest spelling: `juil`, `juill.`, `juillet`.
struct MonthName {
  std::string_view full;
  std::size_t shortest;
  int month;
};

constexpr std::array<MonthName, 24> month_names = {{
    {"janvier", 3, 1},   {"january", 3, 1},   {"fevrier", 3, 2},   {"february", 3, 2},  {"mars", 4, 3},
    {"march", 3, 3},     {"avril", 3, 4},     {"april", 3, 4},     {"mai", 3, 5},       {"may", 3, 5},
    {"juin", 4, 6},      {"june", 3, 6},      {"juillet", 4, 7},   {"july", 3, 7},      {"aout", 3, 8},
    {"august", 3, 8},    {"septembre", 3, 9}, {"september", 3, 9}, {"octobre", 3, 10},  {"october", 3, 10},
    {"novembre", 3, 11}, {"november", 3, 11}, {"decembre", 3, 12}, {"december", 3, 12},
}};

// Monday first, in French and then in English.
constexpr std::array<std::string_view, 14> weekday_names = {"lundi",    "mardi",    "mercredi", "jeudi",   "vendredi",
                                                            "samedi",   "dimanche", "monday",   "tuesday", "wednesday",
                                                            "thursday", "friday",   "saturday", "sunday"};

int month_of(std::string_view word) {
  for (const MonthName& name : month_names) {
    const bool may_be = word.size() >= name.shortest && word.front() == name.full.front();
    if (may_be && name.full.starts_with(word)) return name.month;
  }
  return word == "sept" ? 9 : 0;
}

std::optional<std::chrono::weekday> weekday_of(std::string_view word) {
  constexpr std::size_t abbreviation = 3;
  for (std::size_t i = 0; i < weekday_names.size(); ++i) {
    const std::string_view name = weekday_names[i];
    const bool may_be = word.size() >= abbreviation && word.front() == name.front();
    if (may_be && (word == name || word == name.substr(0, abbreviation)))
      return std::chrono::weekday(static_cast<unsigned>(i % 7 + 1));
  }
  return std::nullopt;
}

}  // namespace

bool DateScanner::take(std::string_view expected) {
  if (peek() != expected.front() || text_.substr(at_, expected.size()) != expected) return false;
  at_ += expected.size();
  return true;
}

bool DateScanner::skip_spaces() {
  const std::size_t start = at_;
  while (take(" ") || take("\t") || take("\u00a0") || take("\u202f") || take("\u2009")) {
  }
  return at_ != start;
}

int DateScanner::take_number(int least, int most) {
  int value = 0;
  int digits = 0;
  while (is_ascii_digit(peek(static_cast<std::size_t>(digits))) && digits <= most) {
    value = value * 10 + (peek(static_cast<std::size_t>(digits)) - '0');
    ++digits;
  }
  if (digits < least || digits > most) return -1;
  at_ += static_cast<std::size_t>(digits);
  return value;
}

std::string DateScanner::take_word() {
  std::string word;
  while (at_ < text_.size() && is_letter_byte(text_[at_])) {
    const char c = text_[at_];
    if (is_ascii_letter(c)) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      ++at_;
    } else if (take("é") || take("É")) {
      word += 'e';
    } else if (take("û") || take("Û")) {
      word += 'u';
    } else if (!take("\u0301") && !take("\u0302")) {
      break;
    }
  }
  return word;
}

int DateScanner::take_month() {
  const std::size_t start = at_;
  const int month = month_of(take_word());
  if (month == 0) {
    at_ = start;
  } else {
    take(".");
  }
  return month;
}

std::optional<std::chrono::weekday> DateScanner::take_weekday() {
  const std::size_t start = at_;
  const auto weekday = weekday_of(take_word());
  if (weekday) {
    take(".");
    take(",");
    if (skip_spaces()) return weekday;
  }
  at_ = start;
  return std::nullopt;
}

int DateScanner::take_day_of_month() {
  const int day = take_number(1, 2);
  if (day < 0) return day;
  for (const std::string_view ordinal : {"er", "ER", "ᵉʳ", "st", "nd", "rd", "th"}) {
    if (take(ordinal)) break;
  }
  return day;
}

bool DateScanner::at_word_end() const {
  const std::string_view rest = text_.substr(at_);
  // Spaces, dashes, quotes and bullets are U+00A0-U+00BF and U+2000-U+2FFF: what begins with these bytes ends a word.
  if (rest.empty() || rest.starts_with("\xc2") || rest.starts_with("\xe2")) return true;
  return !is_ascii_digit(rest.front()) && !is_letter_byte(rest.front());
}

// `+02:00`, `+0200`, `+02`, `Z`, ` UTC`, ` GMT`.
std::string DateScanner::take_zone() {
  const std::size_t start = at_;
  if (take("Z")) return "Z";
  skip_spaces();
  if ((take("UTC") || take("GMT") || take("TU")) && at_word_end()) return "Z";
  move_to(start);
  const bool apart = skip_spaces();
  const char sign = peek();
  // Behind a space only the form `+0200`: in `14h30 - 12 commentaires` there is no zone.
  if (sign == '+' || sign == '-') {
    move_to(at_ + 1);
    const int packed = take_number(4, 4);
    if (apart && packed < 0) {
      move_to(start);
      return {};
    }
    const int hours = packed >= 0 ? packed / 100 : take_number(2, 2);
    const int minutes = packed >= 0 ? packed % 100 : (take(":") ? take_number(2, 2) : 0);
    if (hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60)
      return fmt::format("{}{:02}:{:02}", sign, hours, minutes);
  }
  move_to(start);
  return {};
}

// `14h30`, `14 h 30`, `14h`, `14:30`, `14:30:05.123+02:00`, `2:30 pm`; empty, and nothing consumed, where it is none.
std::string DateScanner::take_clock() {
  const std::size_t start = at_;
  const auto fail = [&] {
    move_to(start);
    return std::string();
  };
  int hours = take_number(1, 2);
  if (hours < 0) return fail();
  int minutes = 0;
  int seconds = -1;
  if (take(":")) {
    minutes = take_number(2, 2);
    if (take(":")) {
      seconds = take_number(2, 2);
      if (seconds < 0) return fail();
      if (seconds >= 0 && peek() == '.' && is_ascii_digit(peek(1))) {
        take(".");
        take_number(1, 9);
      }
    }
  } else {
    skip_spaces();
    if (!take("h") && !take("H")) return fail();
    const std::size_t after_hours = at_;
    skip_spaces();
    minutes = take_number(2, 2);
    if (minutes < 0) {
      move_to(after_hours);
      minutes = 0;
    }
  }
  const std::size_t after_clock = at_;
  skip_spaces();
  const std::size_t half = at_;
  const std::string word = take_word();
  if ((word == "pm" || word == "am") && hours >= 1 && hours <= 12) {
    hours = hours % 12 + (word == "pm" ? 12 : 0);
  } else {
    move_to(half == after_clock ? half : after_clock);
  }
  if (hours > 23 || minutes < 0 || minutes > 59 || seconds > 60) return fail();
  std::string clock = fmt::format("T{:02}:{:02}", hours, minutes);
  if (seconds >= 0) clock += fmt::format(":{:02}", seconds);
  clock += take_zone();
  return at_word_end() ? clock : fail();
}

std::string DateScanner::take_time() {
  const std::size_t start = at_;
  if (take("T")) {
    std::string clock = take_clock();
    if (clock.empty()) move_to(start);
    return clock;
  }
  const bool spaced = skip_spaces();
  bool separated = false;
  for (const std::string_view separator : {",", "-", "–", "—", "|", "·", "•", "@"}) {
    if (take(separator)) {
      separated = true;
      break;
    }
  }
  skip_spaces();
  for (const std::string_view word : {"à", "À", "a ", "at "}) {
    if (take(word)) {
      separated = true;
      break;
    }
  }
  skip_spaces();
  std::string clock = spaced || separated ? take_clock() : std::string();
  if (clock.empty()) move_to(start);
  return clock;
}

bool begins_word(std::string_view text, std::size_t at) {
  const bool inside_character = (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  if (inside_character || !(is_ascii_digit(text[at]) || is_letter_byte(text[at]))) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  if (is_ascii_digit(before)) return false;
  if (static_cast<unsigned char>(before) < 0x80) {
    // In `/2020/07/03/` of an address, `1.2.2020` of `0.1.2.2020` or `n-03/07/2020` the date is part of something else.
    const bool joined = before == '/' || before == '-' || before == '.';
    return !is_letter_byte(before) &&
           !(joined && at > 1 && (is_ascii_digit(text[at - 2]) || is_letter_byte(text[at - 2]))) && before != '/';
  }
  // What stands before may be a wide space or a dash (U+00A0, U+2013), but not a letter such as é.
  std::size_t lead = at - 1;
  while (lead > 0 && (static_cast<unsigned char>(text[lead]) & 0xC0) == 0x80) --lead;
  return text[lead] == '\xc2' || text[lead] == '\xe2';
}

}  // namespace limier
