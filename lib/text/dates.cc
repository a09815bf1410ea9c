#include "text/dates.h"

#include <fmt/format.h>

#include <chrono>

#include "text/ascii.h"
#include "text/date_scanner.h"

namespace limier {
namespace {

struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
};

bool exists(const Day& day) {
  using namespace std::chrono;
  if (day.year < 1000 || day.year >= 3000 || day.month < 1 || day.day < 1) return false;
  return (year(day.year) / day.month / day.day).ok();
}

// `23 novembre 2022`, `1er mai 2019`, `3rd June 2025`, `12-mars-2024`.
bool take_day_month_year(DateScanner& scanner, Day& day) {
  day.day = scanner.take_day_of_month();
  if (day.day < 0) return false;
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
bool take_numeric(DateScanner& scanner, Day& day) {
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
bool take_month_day_year(DateScanner& scanner, Day& day) {
  day.month = scanner.take_month();
  if (day.month == 0 || !scanner.skip_spaces()) return false;
  day.day = scanner.take_day_of_month();
  if (day.day < 0) return false;
  scanner.take(",");
  if (!scanner.skip_spaces()) return false;
  day.year = scanner.take_number(4, 4);
  return exists(day);
}

std::optional<FoundDate> date_at(std::string_view text, std::size_t at) {
  DateScanner scanner(text, at);
  scanner.take_weekday();
  const std::size_t day_begin = scanner.at();
  for (const auto take_form : {take_day_month_year, take_numeric, take_month_day_year}) {
    scanner.move_to(day_begin);
    Day day;
    if (!take_form(scanner, day)) continue;
    const std::size_t day_end = scanner.at();
    std::string time = scanner.take_time();
    if (time.empty()) scanner.move_to(day_end);
    if (!scanner.at_word_end()) continue;
    return FoundDate{fmt::format("{:04}-{:02}-{:02}{}", day.year, day.month, day.day, time), at, scanner.at()};
  }
  return std::nullopt;
}

// A full date has a year of four figures; most lines of a page have none, and need not be looked at further.
bool has_four_digits(std::string_view text) {
  constexpr std::size_t wanted = 4;
  // Of four in a row one is every fourth byte of the text.
  for (std::size_t at = wanted - 1; at < text.size(); at += wanted) {
    if (!is_ascii_digit(text[at])) continue;
    std::size_t begin = at;
    while (begin > 0 && is_ascii_digit(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (end - begin >= wanted) return true;
  }
  return false;
}

}  // namespace

std::optional<FoundDate> find_date(std::string_view text) {
  if (!has_four_digits(text)) return std::nullopt;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_word(text, at)) continue;
    if (std::optional<FoundDate> found = date_at(text, at)) return found;
  }
  return std::nullopt;
}

std::string parse_date(std::string_view value) {
  DateScanner scanner(value, 0);
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
