#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace limier {

/// A date as a page writes it, and where it stands.
struct FoundDate {
  std::string iso;        ///< `YYYY-MM-DD`, with `THH:MM[:SS][zone]` where the page says so.
  std::size_t begin = 0;  ///< First byte of the date in the text that was searched, its weekday included.
  std::size_t end = 0;    ///< One past its last byte, its time included.
};

/// The first full date (day, month and year) in a French or English text: `mardi 3 juin 2025`, `1er mai 2019 à 14h30`,
/// `12 Fév 2024`, `June 3, 2025`, `03/07/2020` (the day first), `2022-11-23T08:00:00+01:00`. None rather than a wrong
/// one: `31/02/2020`, `juin 2025` and `03/07/20` are not dates here.
std::optional<FoundDate> find_date(std::string_view text);

/// The date that is the whole of a value, as metadata hold it: what find_date knows, and also `2022-11`, `2022` and
/// `novembre 2022`. Empty where there is none.
std::string parse_date(std::string_view value);

}  // namespace limier
