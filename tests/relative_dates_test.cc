#include "text/relative_dates.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <set>
#include <string>
#include <string_view>

using limier::find_relative_date;
using limier::FoundDate;
using namespace std::chrono;

namespace {

constexpr std::string_view weekday_names[] = {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"};
constexpr std::string_view month_names[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                            "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

std::string iso(sys_days time) {
  const year_month_day day(time);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string written(weekday said, month m, day d) {
  return fmt::format("{} {} {}", weekday_names[said.c_encoding()], static_cast<unsigned>(d),
                     month_names[static_cast<unsigned>(m) - 1]);
}

std::string read(std::string_view text, std::string_view captured) {
  const std::optional<FoundDate> found = find_relative_date(text, captured);
  return found ? found->iso : "none";
}

}  // namespace

TEST_CASE("relative dates: as pages write them") {
  struct Row {
    std::string_view text;
    std::string_view captured;
    std::string_view iso;
  };
  for (const Row& row : {
           Row{"il y a 3 jours", "2024-03-01T08:15:00Z", "2024-02-27"},
           Row{"Il y a trois jours", "2024-03-01", "2024-02-27"},
           Row{"il y a un jour", "2024-01-01", "2023-12-31"},
           Row{"il y\u00a0a 10\u00a0jours", "2024-03-12T08:15:00Z", "2024-03-02"},
           Row{"il y a 2 heures", "2024-03-12T08:15:00Z", "2024-03-12"},
           Row{"il y a une heure", "2024-03-12T08:15:00+01:00", "2024-03-12"},
           Row{"il y a 2 heures", "2024-03-12T00:15:00+01:00", "2024-03-11"},
           Row{"il y a 20 h", "2024-03-12T08:15:00Z", "2024-03-11"},
           Row{"il y a 5 min", "2024-03-12T08:15:00Z", "2024-03-12"},
           Row{"hier à 14h30", "2024-03-01T08:15:00Z", "2024-02-29T14:30"},
           Row{"Hier, 09:05", "2024-03-01", "2024-02-29T09:05"},
           Row{"hier", "2024-03-01", "2024-02-29"},
           Row{"avant-hier", "2024-03-01", "2024-02-28"},
           Row{"aujourd'hui", "2024-03-01T23:59:00Z", "2024-03-01"},
           Row{"Aujourd’hui à 7h", "2024-03-01T08:15:00Z", "2024-03-01T07:00"},
           Row{"mardi 3 juin", "2025-06-03T08:15:00Z", "2025-06-03"},
           Row{"MARDI 3 JUIN à 14h30", "2025-11-20", "2025-06-03T14:30"},
           Row{"mar. 3 juin", "2030-06-02", "2025-06-03"},
           Row{"vendredi 1er mars", "2024-03-01", "2024-03-01"},
           Row{"jeudi 29 février", "2028-02-28", "2024-02-29"},
           // Rounded by somebody: as exact as all that may be meant.
           Row{"il y a 2 heures", "2024-03-12T02:30:00Z", "2024-03"},
           Row{"il y a 2 heures", "2024-03-12", "2024-03"},
           Row{"il y a une semaine", "2024-03-20T08:15:00Z", "2024-03"},
           Row{"il y a une semaine", "2024-03-08T08:15:00Z", "2024"},
           Row{"il y a 2 mois", "2024-08-12T08:15:00Z", "2024"},
       }) {
    CAPTURE(row.text);
    CAPTURE(row.captured);
    CHECK(read(row.text, row.captured) == row.iso);
  }
}

TEST_CASE("relative dates: none rather than a wrong one") {
  struct Row {
    std::string_view text;
    std::string_view captured;
  };
  for (const Row& row : {
           Row{"mercredi 3 juin", "2025-11-20"},  // it was one in 2020: before the last five such days
           Row{"mardi 3 juin", "2030-06-03"},     // in 2025: likewise
           Row{"jeudi 29 février", "2024-02-28"},
           Row{"il y a 2 mois", "2024-02-12T08:15:00Z"},
           Row{"il y a un an", "2024-03-12T08:15:00Z"},
           Row{"il y a une semaine", "2024-01-05T08:15:00Z"},
           Row{"il y a 3 jours", ""},
           Row{"hier à 14h30", ""},
           Row{"mardi 3 juin", ""},
           Row{"il y a 3 jours", "2024"},
           Row{"il y a 3 jours", "2024-03"},
           Row{"il y a 3 jours", "2024-02-30"},
       }) {
    CAPTURE(row.text);
    CAPTURE(row.captured);
    CHECK(read(row.text, row.captured).empty());
  }
  for (const std::string_view text : {"",
                                      "22 juin",
                                      "publié le 22 juin",
                                      "mardi",
                                      "mardi 3",
                                      "mardi 3 juin 2025",
                                      "mardi 3 juin 25",
                                      "mardi 31 juin",
                                      "mardi 0 juin",
                                      "mardi juin",
                                      "il y a quelques jours",
                                      "il y a trop de jours",
                                      "il y a 3",
                                      "il y a 3 journaux",
                                      "il a 3 jours",
                                      "il y a 1000 jours",
                                      "aujourd",
                                      "hiératique",
                                      "chier",
                                      "avant"}) {
    CAPTURE(text);
    CHECK_FALSE(find_relative_date(text, "2024-03-12T08:15:00Z"));
  }
}

TEST_CASE("relative dates: where they stand") {
  const std::string_view text = "Publié le mardi 3 juin à 14h30 par Awa";
  const std::optional<FoundDate> found = find_relative_date(text, {});
  REQUIRE(found);
  CHECK(text.substr(found->begin, found->end - found->begin) == "mardi 3 juin à 14h30");
}

// Every day of two years on which a page may be saved, every day of the year, every weekday: found by walking back from
// the day of capture.
TEST_CASE("relative dates: a weekday tells the year") {
  std::size_t dated = 0;
  std::size_t tried = 0;
  for (sys_days captured = 2023y / July / 1; captured < sys_days(2025y / July / 1); captured += days(9)) {
    const std::string saved = iso(captured);
    std::set<std::string> expected;
    const year_month_day years_before = year_month_day(captured) - years(5);
    const sys_days first = years_before.ok() ? years_before : years_before.year() / February / last;
    for (sys_days day = captured; day > first; day -= days(1)) {
      const year_month_day date(day);
      const std::string text = written(weekday(day), date.month(), date.day());
      const bool is_new = expected.insert(text).second;
      CHECK_MESSAGE(is_new, text);  // five years hold no day twice
      ++dated;
      if (read(text, saved) != iso(day)) FAIL(text << " read on " << saved << " is " << read(text, saved));
    }
    for (sys_days day = 2024y / January / 1; day < sys_days(2025y / January / 1); day += days(1)) {
      const year_month_day date(day);
      for (unsigned w = 0; w < 7; ++w) {
        const std::string text = written(weekday(w), date.month(), date.day());
        ++tried;
        if (expected.count(text) == 0 && !read(text, saved).empty()) FAIL(text << " read on " << saved);
      }
    }
  }
  CHECK(dated > 100'000);
  CHECK(tried > 200'000);
}

TEST_CASE("relative dates: days later, days later") {
  const sys_days start = 2023y / December / 1;
  int followed = 0;
  for (const std::string_view text : {"il y a 3 jours", "il y a douze jours", "il y a 2 heures", "il y a 20 heures",
                                      "il y a 5 minutes", "hier", "avant-hier", "aujourd'hui"}) {
    CAPTURE(text);
    for (const std::string_view time : {"T08:15:00Z", "T00:00:00+01:00", "T23:59:59Z"}) {
      const std::string at_start = read(text, iso(start) + std::string(time));
      if (at_start.size() < 10) continue;  // that hour may be of two days
      sys_days first = start;
      ++followed;
      while (iso(first) != at_start.substr(0, 10)) first -= days(1);
      for (int n = 1; n <= 1500; ++n) {
        if (read(text, iso(start + days(n)) + std::string(time)) != iso(first + days(n))) FAIL(text << ' ' << n);
      }
    }
  }
  CHECK(followed >= 20);
}
