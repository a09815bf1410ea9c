#pragma once

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

}  // namespace limier
