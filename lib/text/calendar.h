#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace limier {

/// Days of the Gregorian calendar, each `YYYYMMDD`, both included.
struct DayRange {
  std::string first, last;
};

/// The days that an ISO 8601 date may mean: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, the last with any time of day behind a
/// `T`, whose zone is not looked at (a newspaper's date is its own). None for anything else, or a day that does not
/// exist.
std::optional<DayRange> day_range(std::string_view iso);

/// A day as `YYYYMMDD`, which is given as a number of these digits.
std::string print_day(std::uint32_t day);

/// `2022-11-23` for `20221123`.
std::string with_hyphens(std::string_view day);

/// The day that the text begins with, `YYYYMMDD`.
std::chrono::sys_days parse_day(std::string_view day);

/// The year, month or day after one that is written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
std::string next_date(std::string_view iso);

}  // namespace limier
