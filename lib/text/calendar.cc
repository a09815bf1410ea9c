#include "text/calendar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace limier {
namespace {

/// A number of exactly `digits` digits at the front of `text`, which it is taken from.
std::optional<unsigned> take_number(std::string_view& text, std::size_t digits) {
  const std::string_view front = text.substr(0, digits);
  if (front.size() != digits || !std::all_of(front.begin(), front.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  unsigned number = 0;
  std::from_chars(front.data(), front.data() + digits, number);
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

/// `HH:MM`, `HH:MM:SS`, with fractions of a second and `Z` or an offset behind.
bool is_time(std::string_view text) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 24 || !take(text, ':')) return false;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == '+' || c == '-' || c == 'Z';
  });
}

std::string print(std::chrono::year_month_day day) {
  return print_day(static_cast<std::uint32_t>(static_cast<int>(day.year())) * 10'000 +
                   static_cast<unsigned>(day.month()) * 100 + static_cast<unsigned>(day.day()));
}

}  // namespace

std::optional<DayRange> day_range(std::string_view iso) {
  using namespace std::chrono;
  const auto y = take_number(iso, 4);
  if (!y) return std::nullopt;
  const year in_year{static_cast<int>(*y)};
  if (iso.empty()) return DayRange{print(in_year / January / 1), print(in_year / December / 31)};

  const auto m = take(iso, '-') ? take_number(iso, 2) : std::nullopt;
  if (!m || !month(*m).ok()) return std::nullopt;
  const year_month in_month = in_year / month(*m);
  if (iso.empty()) return DayRange{print(in_month / 1), print(year_month_day(in_month / last))};

  const auto d = take(iso, '-') ? take_number(iso, 2) : std::nullopt;
  if (!d || !(in_month / day(*d)).ok()) return std::nullopt;
  if (!iso.empty() && !(take(iso, 'T') && is_time(iso))) return std::nullopt;
  const std::string printed = print(in_month / day(*d));
  return DayRange{printed, printed};
}

/// Each document has two: no formatting library for these.
std::string print_day(std::uint32_t day) {
  std::string digits(8, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, day /= 10)
    *digit = static_cast<char>('0' + day % 10);
  return digits;
}

std::string with_hyphens(std::string_view day) {
  std::string iso(day.substr(0, 4));
  return iso.append(1, '-').append(day.substr(4, 2)).append(1, '-').append(day.substr(6, 2));
}

std::chrono::sys_days parse_day(std::string_view day) {
  const auto y = take_number(day, 4), m = take_number(day, 2), d = take_number(day, 2);
  using namespace std::chrono;
  return year{static_cast<int>(y.value())} / month(m.value()) / std::chrono::day(d.value());
}

std::string next_date(std::string_view iso) {
  const std::chrono::sys_days last = parse_day(day_range(iso).value().last);
  return with_hyphens(print(last + std::chrono::days(1))).substr(0, iso.size());
}

}  // namespace limier
