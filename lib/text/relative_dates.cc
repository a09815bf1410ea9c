#include "text/relative_dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "text/ascii.h"
#include "text/date_scanner.h"

namespace limier {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year_month_day;

using Minute = std::chrono::sys_time<minutes>;

// All the minutes that may be meant.
struct Period {
  Minute first, last;
};

// The minute of `2024-03-12T08:15:00Z`, the day of `2024-03-12`; none of a month or a year.
std::optional<Period> period_of(std::string_view captured) {
  using namespace std::chrono;
  DateScanner scanner(captured, 0);
  const int y = scanner.take_number(4, 4);
  const int m = scanner.take("-") ? scanner.take_number(2, 2) : -1;
  const int d = scanner.take("-") ? scanner.take_number(2, 2) : -1;
  if (y < 1000 || m < 1 || d < 1 || !(year(y) / m / d).ok()) return std::nullopt;
  const Minute midnight = sys_days(year(y) / m / d);
  const int hour = scanner.take("T") ? scanner.take_number(2, 2) : -1;
  const int minute = scanner.take(":") ? scanner.take_number(2, 2) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return Period{midnight, midnight + days(1) - minutes(1)};
  const Minute moment = midnight + hours(hour) + minutes(minute);
  return Period{moment, moment};
}

std::string print(year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

// As much of a date as all of the period has: a day, a month, a year, or nothing.
std::string print(const Period& period) {
  constexpr std::size_t month_end = 7;
  constexpr std::size_t year_end = 4;
  const std::string first = print(year_month_day(floor<days>(period.first)));
  const std::string last = print(year_month_day(floor<days>(period.last)));
  for (const std::size_t end : {first.size(), month_end, year_end}) {
    if (first.substr(0, end) == last.substr(0, end)) return first.substr(0, end);
  }
  return {};
}

// `mardi 3 juin à 14h30`; false for `mardi 3 juin 2025`, and for `mardi 3 juin 25`, which may be anything.
bool take_yearless(DateScanner& scanner, const std::optional<Period>& captured, std::string& iso) {
  using namespace std::chrono;
  const std::optional<weekday> said = scanner.take_weekday();
  const int d = said ? scanner.take_day_of_month() : -1;
  if (d < 1 || !scanner.skip_spaces()) return false;
  const int m = scanner.take_month();
  if (m == 0 || !(month(static_cast<unsigned>(m)) / d).ok()) return false;
  const std::string time = scanner.take_time();
  DateScanner behind = scanner;
  behind.skip_spaces();
  if (is_ascii_digit(behind.peek())) return false;
  if (!captured) return true;
  // In more than five years a day may fall on the same weekday twice.
  constexpr years furthest{5};
  const year_month_day today = floor<days>(captured->first);
  for (year y = today.year(); y >= today.year() - furthest; --y) {
    const year_month_day day = y / m / d;
    if (!day.ok() || day > today || day <= today - furthest || weekday(day) != *said) continue;
    iso = print(day) + time;
    break;
  }
  return true;
}

// `un`, `trois`, `12`; -1 for `quelques`.
int take_count(DateScanner& scanner) {
  constexpr std::array<std::string_view, 13> names = {"zero", "un",   "deux", "trois", "quatre", "cinq", "six",
                                                      "sept", "huit", "neuf", "dix",   "onze",   "douze"};
  if (const int figures = scanner.take_number(1, 3); figures >= 0) return figures;
  const std::string word = scanner.take_word();
  if (word == "une") return 1;
  const auto* const found = std::find(names.begin(), names.end(), word);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

struct Unit {
  std::string_view name;  // in the singular; `s` may stand behind it
  minutes shortest, longest;
};

constexpr std::array<Unit, 9> units = {{
    {"minute", minutes(1), minutes(1)},
    {"min", minutes(1), minutes(1)},
    {"mn", minutes(1), minutes(1)},
    {"heure", minutes(60), minutes(60)},
    {"h", minutes(60), minutes(60)},
    {"semaine", days(7), days(7)},
    {"mois", days(28), days(31)},
    {"an", days(365), days(366)},
    {"annee", days(365), days(366)},
}};

bool is_unit(std::string_view word, std::string_view name) {
  return word == name || (word.size() == name.size() + 1 && word.starts_with(name) && word.ends_with('s'));
}

// `il y a 3 jours`. Whether `2 heures` were 90 minutes, 120 or 179 depends on who counted.
bool take_ago(DateScanner& scanner, const std::optional<Period>& captured, std::string& iso) {
  for (const std::string_view word : {"il", "y", "a"}) {
    if (scanner.take_word() != word || !scanner.skip_spaces()) return false;
  }
  const int count = take_count(scanner);
  if (count < 0 || !scanner.skip_spaces()) return false;
  const std::string word = scanner.take_word();
  if (is_unit(word, "jour")) {
    if (captured) iso = print(Period{captured->first - days(count), captured->last - days(count)});
    return true;
  }
  for (const Unit& unit : units) {
    if (!is_unit(word, unit.name)) continue;
    if (captured) {
      const minutes least = std::max(minutes(0), count * unit.shortest - unit.shortest / 2);
      iso = print(Period{captured->first - (count + 1) * unit.longest, captured->last - least});
    }
    return true;
  }
  return false;
}

// `aujourd'hui`, `hier à 14h30`, `avant-hier`.
bool take_named_day(DateScanner& scanner, const std::optional<Period>& captured, std::string& iso) {
  const std::string word = scanner.take_word();
  int ago = 0;
  if (word == "aujourd") {
    if (!(scanner.take("'") || scanner.take("’")) || scanner.take_word() != "hui") return false;
  } else if (word == "avant") {
    if (!scanner.take("-") || scanner.take_word() != "hier") return false;
    ago = 2;
  } else if (word == "hier") {
    ago = 1;
  } else {
    return false;
  }
  const std::string time = scanner.take_time();
  if (captured) iso = print(year_month_day(floor<days>(captured->first) - days(ago))) + time;
  return true;
}

}  // namespace

std::optional<FoundDate> find_relative_date(std::string_view text, std::string_view captured) {
  const std::optional<Period> period = period_of(captured);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_word(text, at)) continue;
    for (const auto take_form : {take_yearless, take_ago, take_named_day}) {
      DateScanner scanner(text, at);
      std::string iso;
      if (take_form(scanner, period, iso) && scanner.at_word_end()) return FoundDate{std::move(iso), at, scanner.at()};
    }
  }
  return std::nullopt;
}

}  // namespace limier
