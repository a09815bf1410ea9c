#include "query/parse_query_ranges.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <ctime>
#include <string>
#include <string_view>

#include "limier/error.h"
#include "query/parse_query_characters.h"
#include "text/calendar.h"
#include "text/dates.h"
#include "text/decimal.h"
#include "text/message.h"

namespace limier::query_syntax {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::string_view range_mark = "..";

struct Range {
  std::string_view from, to;
  bool is_range = false;
};

Range split(std::string_view value) {
  const std::size_t mark = value.find(range_mark);
  if (mark == std::string_view::npos) return {value, value, false};
  return {value.substr(0, mark), value.substr(mark + range_mark.size()), true};
}

year_month_day day_of(std::string_view iso) {
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(iso.data() + at, iso.data() + at + length, value);
    return value;
  };
  return {std::chrono::year(number(0, 4)), std::chrono::month(static_cast<unsigned>(number(5, 2))),
          std::chrono::day(static_cast<unsigned>(number(8, 2)))};
}

std::string to_iso(year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

year_month_day local_today() {
  const std::tm now = fmt::localtime(std::time(nullptr));
  return {std::chrono::year(now.tm_year + 1900), std::chrono::month(static_cast<unsigned>(now.tm_mon + 1)),
          std::chrono::day(static_cast<unsigned>(now.tm_mday))};
}

/// The last day of its month where the month is too short: a month before the 31st of March.
year_month_day existing(year_month_day day) {
  return day.ok() ? day : year_month_day(day.year() / day.month() / std::chrono::last);
}

enum class Unit { Day, Week, Month, Year };

year_month_day before(year_month_day day, int count, Unit unit) {
  switch (unit) {
    case Unit::Day:
      return sys_days(day) - days(count);
    case Unit::Week:
      return sys_days(day) - days(7 * count);
    case Unit::Month:
      return existing(day - months(count));
    case Unit::Year:
      return existing(day - years(count));
  }
  return day;
}

struct UnitName {
  std::string_view name;
  Unit unit;
};

constexpr std::array<UnitName, 16> unit_names = {{{"jour", Unit::Day},
                                                  {"jours", Unit::Day},
                                                  {"day", Unit::Day},
                                                  {"days", Unit::Day},
                                                  {"semaine", Unit::Week},
                                                  {"semaines", Unit::Week},
                                                  {"week", Unit::Week},
                                                  {"weeks", Unit::Week},
                                                  {"mois", Unit::Month},
                                                  {"month", Unit::Month},
                                                  {"months", Unit::Month},
                                                  {"an", Unit::Year},
                                                  {"ans", Unit::Year},
                                                  {"année", Unit::Year},
                                                  {"années", Unit::Year},
                                                  {"years", Unit::Year}}};

/// Words that name a stretch of days up to today, and how many days before today it begins and ends.
struct NamedDays {
  std::string_view name;
  int first = 0, last = 0;
};

constexpr std::array<NamedDays, 6> named_days = {{{"aujourd'hui", 0, 0},
                                                  {"aujourd’hui", 0, 0},
                                                  {"today", 0, 0},
                                                  {"hier", 1, 1},
                                                  {"yesterday", 1, 1},
                                                  {"avant-hier", 2, 2}}};

Query make_dates(std::string from, std::string to) {
  Query dates;
  dates.kind = Query::Kind::Dates;
  dates.from = std::move(from);
  dates.to = std::move(to);
  return dates;
}

/// What follows one of these words; none where the value does not begin with one.
std::optional<std::string_view> behind(std::string_view value, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (!value.starts_with(word)) continue;
    const std::size_t spaces = spaces_at(value, word.size());
    if (spaces > 0) return value.substr(word.size() + spaces);
  }
  return std::nullopt;
}

/// `30 jours`: how long ago that is.
std::optional<year_month_day> day_ago(std::string_view value, year_month_day today) {
  constexpr std::size_t most_digits = 4;
  const std::size_t digits = number_at(value, 0, false);
  const std::size_t spaces = spaces_at(value, digits);
  if (digits == 0 || digits > most_digits || spaces == 0) return std::nullopt;
  int count = 0;
  std::from_chars(value.data(), value.data() + digits, count);
  const std::string_view name = value.substr(digits + spaces);
  const auto* const unit =
      std::find_if(unit_names.begin(), unit_names.end(), [&](const UnitName& known) { return known.name == name; });
  if (unit == unit_names.end()) return std::nullopt;
  const year_month_day day = before(today, count, unit->unit);
  if (day.year() <= std::chrono::year(0)) return std::nullopt;
  return day;
}

std::optional<Query> parse_relative(std::string_view value, year_month_day today) {
  for (const NamedDays& known : named_days) {
    if (value == known.name)
      return make_dates(to_iso(before(today, known.first, Unit::Day)), to_iso(before(today, known.last, Unit::Day)));
  }
  if (const auto since = behind(value, {"depuis", "since", "last"})) {
    if (const auto day = day_ago(*since, today)) return make_dates(to_iso(*day), "");
  }
  return std::nullopt;
}

/// `2022`, `2022-11`, `2022-11-23`, `novembre 2022` or `23 novembre 2022`, as the first of these; the offset is where
/// it stands.
std::string date_of(std::string_view value, std::size_t offset) {
  constexpr std::size_t day_length = 10;
  constexpr std::string_view form = "dddd-dd-dd";
  const bool iso = (value.size() == 4 || value.size() == 7 || value.size() == day_length) &&
                   std::equal(value.begin(), value.end(), form.begin(), [](char character, char expected) {
                     return expected == 'd' ? character >= '0' && character <= '9' : character == expected;
                   });
  if (iso && (!day_range(value) || value.starts_with("0000")))
    throw Error(ErrorCode::QuerySyntax, message("There is no such date as {}; check its month and day.", value),
                offset);
  const std::string date = iso ? std::string(value) : parse_date(value).substr(0, day_length);
  if (date.empty())
    throw Error(ErrorCode::QuerySyntax,
                message("A date is written 2022, 2022-11, 2022-11-23 or \"novembre 2022\", a range of dates "
                        "2022-11..2023-02; \"depuis 30 jours\" and hier are also understood."),
                offset);
  return date;
}

/// The date with its missing parts taken from `rest`: `2022-11` -> `2022-11-01`.
std::string completed(std::string_view date, std::string_view rest) {
  return std::string(date).append(rest.substr(date.size() - 4));
}

[[noreturn]] void fail_reversed(std::string_view from, std::string_view to, std::size_t offset) {
  throw Error(ErrorCode::QuerySyntax, message("The range ends before it begins; write {}..{}.", to, from), offset);
}

}  // namespace

Query parse_dates(std::string_view value, std::size_t offset, std::string_view today) {
  const std::optional<DayRange> given = today.empty() ? std::nullopt : day_range(today);
  if (!today.empty() && (!given || given->first != given->last))
    throw Error(ErrorCode::InvalidArgument, message("'{}' is no date of the form YYYY-MM-DD", today));
  if (std::optional<Query> relative = parse_relative(value, given ? day_of(today) : local_today())) return *relative;
  const auto since = behind(value, {"depuis", "since"});
  const Range range = since ? Range{*since, "", true} : split(value);
  const std::string from = range.is_range && range.from.empty() ? "" : date_of(range.from, offset);
  const std::size_t to_offset = range.is_range ? offset + value.size() - range.to.size() : offset;
  const std::string to = range.is_range && range.to.empty() ? "" : date_of(range.to, to_offset);
  const bool closed = !from.empty() && !to.empty();
  if (closed && completed(from, "-01-01") > completed(to, "-12-31")) fail_reversed(from, to, offset);
  return make_dates(from, to);
}

std::optional<Query> parse_numbers(std::string_view value, std::size_t offset) {
  Query numbers;
  numbers.kind = Query::Kind::Numbers;
  const auto take = [&](std::string_view sign) {
    if (!value.starts_with(sign)) return false;
    value.remove_prefix(sign.size());
    return true;
  };
  const bool greater = take(">");
  const bool less = !greater && take("<");
  const bool strict = (greater || less) && !take("=");
  const Range range = greater ? Range{value, "", true} : less ? Range{"", value, true} : split(value);
  if (range.from.empty() && range.to.empty()) return std::nullopt;
  const std::optional<double> from = parse_decimal(range.from), to = parse_decimal(range.to);
  if ((!range.from.empty() && !from) || (!range.to.empty() && !to)) return std::nullopt;
  if (from && to && *from > *to) fail_reversed(range.from, range.to, offset);
  numbers.from = range.from;
  numbers.to = range.to;
  numbers.above = greater && strict;
  numbers.below = less && strict;
  return numbers;
}

}  // namespace limier::query_syntax
