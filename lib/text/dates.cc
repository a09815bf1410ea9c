#include "text/dates.h"
#include "text/ascii.h"

#include <fmt/format.h>

#include <array>
#include <utility>

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

constexpr std::array<std::string_view, 14> weekday_names = {"lundi",    "mardi",    "mercredi", "jeudi",   "vendredi",
                                                            "samedi",   "dimanche", "monday",   "tuesday", "wednesday",
                                                            "thursday", "friday",   "saturday", "sunday"};

constexpr std::array<std::string_view, 14> weekday_abbreviations = {"lun", "mar", "mer", "jeu", "ven", "sam", "dim",
                                                                    "mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int month_of(std::string_view word) {
  for (const MonthName& name : month_names) {
    if (word.size() >= name.shortest && name.full.substr(0, word.size()) == word) return name.month;
  }
  return word == "sept" ? 9 : 0;
}

bool is_weekday(std::string_view word) {
  for (const std::string_view name : weekday_names) {
    if (word == name) return true;
  }
  for (const std::string_view name : weekday_abbreviations) {
    if (word == name) return true;
  }
  return false;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// Walks over one candidate. Every `take_` function either consumes what it names and says so, or stays where it was.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  bool take(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }

  // Spaces as pages have them: also U+00A0, U+202F and U+2009 between a day and its month. A line's end is not one.
  bool skip_spaces() {
    const std::size_t start = at_;
    while (take(" ") || take("\t") || take("\u00a0") || take("\u202f") || take("\u2009")) {
    }
    return at_ != start;
  }

  // A number of `least` to `most` digits that no further digit follows; -1 if there is none.
  int take_number(int least, int most) {
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

  // A word in lower case without accents: `Févr` and `FE\u0301VR` give `fevr`.
  std::string take_word() {
    std::string word;
    while (at_ < text_.size() && is_letter_byte(text_[at_])) {
      if (take("é") || take("É")) {
        word += 'e';
      } else if (take("û") || take("Û")) {
        word += 'u';
      } else if (take("\u0301") || take("\u0302")) {
        continue;
      } else if (static_cast<unsigned char>(text_[at_]) >= 0x80) {
        break;
      } else {
        const char c = text_[at_++];
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      }
    }
    return word;
  }

  int take_month() {
    const std::size_t start = at_;
    const int month = month_of(take_word());
    if (month == 0) {
      at_ = start;
    } else {
      take(".");
    }
    return month;
  }

  bool at_word_end() const {
    return at_ >= text_.size() || !(is_ascii_digit(text_[at_]) || (is_letter_byte(text_[at_]) && !at_wide_space()));
  }

 private:
  bool at_wide_space() const {
    const std::string_view rest = text_.substr(at_);
    // Spaces, dashes, quotes and bullets are U+00A0-U+00BF and U+2000-U+2FFF: what begins with these bytes ends a word.
    return rest.starts_with("\xc2") || rest.starts_with("\xe2");
  }

  std::string_view text_;
  std::size_t at_;
};

struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
};

bool exists(const Day& day) {
  return day.year >= 1000 && day.year < 3000 && day.month >= 1 && day.month <= 12 && day.day >= 1 &&
         day.day <= days_in_month(day.year, day.month);
}

// `+02:00`, `+0200`, `+02`, `Z`, ` UTC`, ` GMT`.
std::string take_zone(Scanner& scanner) {
  const std::size_t start = scanner.at();
  if (scanner.take("Z")) return "Z";
  scanner.skip_spaces();
  if ((scanner.take("UTC") || scanner.take("GMT") || scanner.take("TU")) && scanner.at_word_end()) return "Z";
  scanner.move_to(start);
  const bool apart = scanner.skip_spaces();
  const char sign = scanner.peek();
  // Behind a space only the form `+0200`: in `14h30 - 12 commentaires` there is no zone.
  if (sign == '+' || sign == '-') {
    scanner.move_to(scanner.at() + 1);
    const int packed = scanner.take_number(4, 4);
    if (apart && packed < 0) {
      scanner.move_to(start);
      return {};
    }
    const int hours = packed >= 0 ? packed / 100 : scanner.take_number(2, 2);
    const int minutes = packed >= 0 ? packed % 100 : (scanner.take(":") ? scanner.take_number(2, 2) : 0);
    if (hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60)
      return fmt::format("{}{:02}:{:02}", sign, hours, minutes);
  }
  scanner.move_to(start);
  return {};
}

// `14h30`, `14 h 30`, `14h`, `14:30`, `14:30:05.123+02:00`, `2:30 pm`; empty, and nothing consumed, where it is none.
std::string take_clock(Scanner& scanner) {
  const std::size_t start = scanner.at();
  const auto fail = [&] {
    scanner.move_to(start);
    return std::string();
  };
  int hours = scanner.take_number(1, 2);
  if (hours < 0) return fail();
  int minutes = 0;
  int seconds = -1;
  if (scanner.take(":")) {
    minutes = scanner.take_number(2, 2);
    if (scanner.take(":")) {
      seconds = scanner.take_number(2, 2);
      if (seconds < 0) return fail();
      if (seconds >= 0 && scanner.peek() == '.' && is_ascii_digit(scanner.peek(1))) {
        scanner.take(".");
        scanner.take_number(1, 9);
      }
    }
  } else {
    scanner.skip_spaces();
    if (!scanner.take("h") && !scanner.take("H")) return fail();
    const std::size_t after_hours = scanner.at();
    scanner.skip_spaces();
    minutes = scanner.take_number(2, 2);
    if (minutes < 0) {
      scanner.move_to(after_hours);
      minutes = 0;
    }
  }
  const std::size_t after_clock = scanner.at();
  scanner.skip_spaces();
  const std::size_t half = scanner.at();
  const std::string word = scanner.take_word();
  if ((word == "pm" || word == "am") && hours >= 1 && hours <= 12) {
    hours = hours % 12 + (word == "pm" ? 12 : 0);
  } else {
    scanner.move_to(half == after_clock ? half : after_clock);
  }
  if (hours > 23 || minutes < 0 || minutes > 59 || seconds > 60) return fail();
  std::string clock = fmt::format("T{:02}:{:02}", hours, minutes);
  if (seconds >= 0) clock += fmt::format(":{:02}", seconds);
  clock += take_zone(scanner);
  return scanner.at_word_end() ? clock : fail();
}

// The time behind a date: `à 14h30`, ` - 08:15`, `, 14:30`, `T08:00:00+01:00`, `at 2:30 pm`.
std::string take_time(Scanner& scanner) {
  const std::size_t start = scanner.at();
  if (scanner.take("T")) {
    std::string clock = take_clock(scanner);
    if (clock.empty()) scanner.move_to(start);
    return clock;
  }
  const bool spaced = scanner.skip_spaces();
  bool separated = false;
  for (const std::string_view separator : {",", "-", "–", "—", "|", "·", "•", "@"}) {
    if (scanner.take(separator)) {
      separated = true;
      break;
    }
  }
  scanner.skip_spaces();
  for (const std::string_view word : {"à", "À", "a ", "at "}) {
    if (scanner.take(word)) {
      separated = true;
      break;
    }
  }
  scanner.skip_spaces();
  std::string clock = spaced || separated ? take_clock(scanner) : std::string();
  if (clock.empty()) scanner.move_to(start);
  return clock;
}

// `23 novembre 2022`, `1er mai 2019`, `3rd June 2025`, `12-mars-2024`.
bool take_day_month_year(Scanner& scanner, Day& day) {
  day.day = scanner.take_number(1, 2);
  if (day.day < 0) return false;
  for (const std::string_view ordinal : {"er", "ER", "ᵉʳ", "st", "nd", "rd", "th"}) {
    if (scanner.take(ordinal)) break;
  }
  const auto skip_gap = [&] { return scanner.skip_spaces() || scanner.take("-"); };
  if (!skip_gap()) return false;
  scanner.take("of ");
  day.month = scanner.take_month();
  if (day.month == 0) return false;
  scanner.take(",");
  if (!skip_gap()) return false;
  day.year = scanner.take_number(4, 4);
  return exists(day);
}

// `03/07/2020`, `3.7.2020`, `03-07-2020`: the day first; `2020/07/03`, `2020-07-03`: the year first.
bool take_numeric(Scanner& scanner, Day& day) {
  const std::size_t start = scanner.at();
  day.year = scanner.take_number(4, 4);
  const bool year_first = day.year >= 0;
  if (!year_first) day.day = scanner.take_number(1, 2);
  const char separator = scanner.peek();
  if (scanner.at() == start || (separator != '/' && separator != '-' && separator != '.')) return false;
  scanner.move_to(scanner.at() + 1);
  day.month = scanner.take_number(year_first ? 2 : 1, 2);
  if (day.month < 0 || scanner.peek() != separator) return false;
  scanner.move_to(scanner.at() + 1);
  (year_first ? day.day : day.year) = year_first ? scanner.take_number(2, 2) : scanner.take_number(4, 4);
  // `12.05.2020.3` and `2020-07-03-17` are versions or file names, `2020/07/03/` is a part of an address.
  if (scanner.peek() == separator && (is_ascii_digit(scanner.peek(1)) || separator == '/')) return false;
  return exists(day);
}

// `November 23, 2022`, `Nov. 23rd 2022`.
bool take_month_day_year(Scanner& scanner, Day& day) {
  day.month = scanner.take_month();
  if (day.month == 0 || !scanner.skip_spaces()) return false;
  day.day = scanner.take_number(1, 2);
  if (day.day < 0) return false;
  for (const std::string_view ordinal : {"st", "nd", "rd", "th"}) {
    if (scanner.take(ordinal)) break;
  }
  scanner.take(",");
  if (!scanner.skip_spaces()) return false;
  day.year = scanner.take_number(4, 4);
  return exists(day);
}

bool take_weekday(Scanner& scanner) {
  const std::size_t start = scanner.at();
  if (!is_weekday(scanner.take_word())) {
    scanner.move_to(start);
    return false;
  }
  scanner.take(".");
  scanner.take(",");
  if (scanner.skip_spaces()) return true;
  scanner.move_to(start);
  return false;
}

std::optional<FoundDate> date_at(std::string_view text, std::size_t at) {
  for (const auto take_form : {take_day_month_year, take_numeric, take_month_day_year}) {
    Scanner scanner(text, at);
    take_weekday(scanner);
    Day day;
    if (!take_form(scanner, day)) continue;
    const std::size_t day_end = scanner.at();
    std::string time = take_time(scanner);
    if (time.empty()) scanner.move_to(day_end);
    if (!scanner.at_word_end()) continue;
    return FoundDate{fmt::format("{:04}-{:02}-{:02}{}", day.year, day.month, day.day, time), at, scanner.at()};
  }
  return std::nullopt;
}

bool begins_word(std::string_view text, std::size_t at) {
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

// A full date has a year of four figures; most lines of a page have none, and need not be looked at further.
bool has_four_digits(std::string_view text) {
  int digits = 0;
  for (const char c : text) {
    digits = is_ascii_digit(c) ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return false;
}

}  // namespace

std::optional<FoundDate> find_date(std::string_view text) {
  if (!has_four_digits(text)) return std::nullopt;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool inside_character = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (inside_character || !(is_ascii_digit(c) || is_letter_byte(c)) || !begins_word(text, at)) continue;
    if (std::optional<FoundDate> found = date_at(text, at)) return found;
  }
  return std::nullopt;
}

std::string parse_date(std::string_view value) {
  Scanner scanner(value, 0);
  scanner.skip_spaces();
  if (const std::optional<FoundDate> found = find_date(value); found && found->begin <= scanner.at()) return found->iso;
  const int month = scanner.take_month();
  if (month != 0) scanner.skip_spaces();
  const int year = scanner.take_number(4, 4);
  if (year < 1000 || year >= 3000) return {};
  const int numeric_month = month == 0 && scanner.take("-") ? scanner.take_number(2, 2) : month;
  scanner.skip_spaces();
  if (scanner.at() != value.size() || numeric_month < 0 || numeric_month > 12) return {};
  return numeric_month == 0 ? fmt::format("{:04}", year) : fmt::format("{:04}-{:02}", year, numeric_month);
}

}  // namespace limier
