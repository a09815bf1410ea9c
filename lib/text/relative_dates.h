#pragma once

#include <optional>
#include <string_view>

#include "text/dates.h"

namespace limier {

/// The first date in a French text that counts from the day on which it is read: `mardi 3 juin`, `il y a trois jours`,
/// `il y a 2 heures`, `hier à 14h30`, `aujourd'hui`.
///
/// `captured` says when that was, in the form of Document::date, and its days and hours are those of its own zone;
/// empty where nobody knows. The result's `iso` is as exact as what is said, a day, a month (`il y a une semaine`) or a
/// year
/// (`il y a 2 mois`); it is empty where not even the year is sure:
/// * A weekday with day and month is the last such day, today included, if it was one in the last five years: there is
///   no other in them. Without a weekday (`22 juin`) the year may be any, and this is no date here.
/// * `il y a 3 jours` and `hier` are counted as readers do, by the calendar.
/// * `il y a 2 heures`, or weeks, months, years, has been rounded up or down, who knows how; the date says what is true
///   for each of the moments that may be meant.
std::optional<FoundDate> find_relative_date(std::string_view text, std::string_view captured);

}  // namespace limier
