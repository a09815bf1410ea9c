#include "query/parse_query_dates.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "limier/error.h"
#include "text/message.h"

namespace limier::query_syntax {
namespace {

constexpr std::string_view range_mark = "..";
constexpr std::string_view form = "dddd-dd-dd";
constexpr std::string_view first_of_year = "-01-01";
constexpr std::string_view last_of_any_year = "-12-31";

/// `2022`, `2022-11` or `2022-11-23`, whether or not there is such a day.
bool has_form(std::string_view date) {
  if (date.size() != 4 && date.size() != 7 && date.size() != 10) return false;
  return std::equal(date.begin(), date.end(), form.begin(), [](char character, char expected) {
    return expected == 'd' ? character >= '0' && character <= '9' : character == expected;
  });
}

/// The date with its missing parts taken from `rest`: `2022-11` -> `2022-11-01`.
std::string completed(std::string_view date, std::string_view rest) {
  return std::string(date).append(rest.substr(date.size() - 4));
}

bool exists(std::string_view date) {
  const std::string day = completed(date, first_of_year);
  const std::chrono::year_month_day calendar(std::chrono::year(std::stoi(day.substr(0, 4))),
                                             std::chrono::month(static_cast<unsigned>(std::stoi(day.substr(5, 2)))),
                                             std::chrono::day(static_cast<unsigned>(std::stoi(day.substr(8, 2)))));
  return calendar.ok() && calendar.year() > std::chrono::year(0);
}

void check_date(std::string_view date, std::size_t offset) {
  if (!has_form(date)) {
    throw Error(ErrorCode::QuerySyntax,
                message("A date is written 2022, 2022-11 or 2022-11-23, a range of dates 2022-11..2023-02."), offset);
  }
  if (!exists(date)) {
    throw Error(ErrorCode::QuerySyntax, message("There is no such date as {}; check its month and day.", date), offset);
  }
}

}  // namespace

Query parse_dates(std::string_view value, std::size_t offset) {
  const std::size_t mark = value.find(range_mark);
  const bool range = mark != std::string_view::npos;
  const std::string_view from = value.substr(0, mark);
  const std::string_view to = range ? value.substr(mark + range_mark.size()) : from;
  if (!range || !from.empty()) check_date(from, offset);
  if (range && !to.empty()) check_date(to, offset + mark + range_mark.size());
  const bool closed = !from.empty() && !to.empty();
  if (closed && completed(from, first_of_year) > completed(to, last_of_any_year)) {
    throw Error(ErrorCode::QuerySyntax, message("The range ends before it begins; write {}..{}.", to, from), offset);
  }
  Query dates;
  dates.kind = Query::Kind::Dates;
  dates.from = from;
  dates.to = to;
  return dates;
}

}  // namespace limier::query_syntax
