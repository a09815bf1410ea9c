#pragma once

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace limier {

/// The decimal number that is all of the text: `-12.5`. None for anything else.
inline std::optional<double> parse_decimal(std::string_view text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (error != std::errc() || stopped != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace limier
