#include "text/dates.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using limier::find_date;
using limier::FoundDate;
using limier::parse_date;

TEST_CASE("dates: as pages write them") {
  struct Row {
    std::string_view text;
    std::string_view used;  // the part that is the date
    std::string_view iso;
  };
  const Row rows[] = {
      {"AfricaPresse 23 Nov 2022 Mali, Politique", "23 Nov 2022", "2022-11-23"},
      {"9 décembre 2025", "9 décembre 2025", "2025-12-09"},
      {"1er mai 2019 à 14h30", "1er mai 2019 à 14h30", "2019-05-01T14:30"},
      {"1er mai 2019 - 08:15", "1er mai 2019 - 08:15", "2019-05-01T08:15"},
      {"mardi 3 juin 2025", "mardi 3 juin 2025", "2025-06-03"},
      {"MARDI 3 JUIN 2025", "MARDI 3 JUIN 2025", "2025-06-03"},
      {"Publié le mardi 3 juin 2025.", "mardi 3 juin 2025", "2025-06-03"},
      {"le 03/07/2020", "03/07/2020", "2020-07-03"},
      {"3.7.2020", "3.7.2020", "2020-07-03"},
      {"2022-11-23", "2022-11-23", "2022-11-23"},
      {"2022/11/23", "2022/11/23", "2022-11-23"},
      {"2020-07-02T05:40:09+02:00", "2020-07-02T05:40:09+02:00", "2020-07-02T05:40:09+02:00"},
      {"2020-07-02T05:40:09.123Z", "2020-07-02T05:40:09.123Z", "2020-07-02T05:40:09Z"},
      {"2020-07-02 05:40:09 +0200", "2020-07-02 05:40:09 +0200", "2020-07-02T05:40:09+02:00"},
      {"12 Fév 2024", "12 Fév 2024", "2024-02-12"},
      {"12 FÉVRIER 2024", "12 FÉVRIER 2024", "2024-02-12"},
      {"12 FEVRIER 2024", "12 FEVRIER 2024", "2024-02-12"},
      {"12 fe\u0301vrier 2024", "12 fe\u0301vrier 2024", "2024-02-12"},
      {"14 août 2018 - 09:40", "14 août 2018 - 09:40", "2018-08-14T09:40"},
      {"05 Juil 2025", "05 Juil 2025", "2025-07-05"},
      {"5 juil. 2025", "5 juil. 2025", "2025-07-05"},
      {"9 Sept 2025", "9 Sept 2025", "2025-09-09"},
      {"22 Mar 2021", "22 Mar 2021", "2021-03-22"},
      {"3\u00a0juin\u202f2025", "3\u00a0juin\u202f2025", "2025-06-03"},
      {"jeudi 02 juillet 2020 à 05h40", "jeudi 02 juillet 2020 à 05h40", "2020-07-02T05:40"},
      {"6 avril 2021, 14 h 05", "6 avril 2021, 14 h 05", "2021-04-06T14:05"},
      {"6 avril 2021 à 9h", "6 avril 2021 à 9h", "2021-04-06T09:00"},
      {"6 avril 2021 à 18h30 GMT", "6 avril 2021 à 18h30 GMT", "2021-04-06T18:30Z"},
      {"November 23, 2022", "November 23, 2022", "2022-11-23"},
      {"Nov. 23rd 2022 at 2:30 pm", "Nov. 23rd 2022 at 2:30 pm", "2022-11-23T14:30"},
      {"23rd of November 2022", "23rd of November 2022", "2022-11-23"},
      {"29 février 2024", "29 février 2024", "2024-02-29"},
      {"Ouagadougou, 4 mai 2021 – Le ministre", "4 mai 2021", "2021-05-04"},
      {"10 mai 2022 12 commentaires", "10 mai 2022", "2022-05-10"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::optional<FoundDate> found = find_date(row.text);
    REQUIRE(found);
    CHECK(found->iso == row.iso);
    CHECK(row.text.substr(found->begin, found->end - found->begin) == row.used);
  }
}

TEST_CASE("dates: none rather than a wrong one") {
  for (const std::string_view text : {"",
                                      "2022",
                                      "juin 2025",
                                      "mardi 3 juin",
                                      "31/02/2020",
                                      "29 février 2023",
                                      "00/05/2020",
                                      "12/13/2020",
                                      "03/07/20",
                                      "32 mai 2020",
                                      "12 marsouins 2024",
                                      "12 mais 2024",
                                      "3 juin 20250",
                                      "123/07/2020",
                                      "version 12.05.2020.3",
                                      "192.168.10.2020",
                                      "/2020/07/03/article.html",
                                      "590 000 tonnes en 2026",
                                      "CAN 2025 : Le Sénégal",
                                      "prévue du 18 au 28",
                                      "12 mai",
                                      "le 14 à 14h30",
                                      "0 mai 2020",
                                      "12-34-5678",
                                      "1/2/3/2020"}) {
    CAPTURE(text);
    CHECK_FALSE(find_date(text));
  }
}

TEST_CASE("dates: a time that is none leaves the day") {
  for (const std::string_view text :
       {"3 juin 2025 à 25h30", "3 juin 2025 à 14h75", "3 juin 2025 à Gao", "3 juin 2025, 964 Lectures"}) {
    CAPTURE(text);
    REQUIRE(find_date(text));
    CHECK(find_date(text)->iso == "2025-06-03");
  }
}

TEST_CASE("dates: values of metadata") {
  CHECK(parse_date("2022-11-23T08:00:00+01:00") == "2022-11-23T08:00:00+01:00");
  CHECK(parse_date(" 2022-11-23 ") == "2022-11-23");
  CHECK(parse_date("2022-11") == "2022-11");
  CHECK(parse_date("2022") == "2022");
  CHECK(parse_date("novembre 2022") == "2022-11");
  CHECK(parse_date("Wed, 23 Nov 2022 08:00:00 GMT") == "2022-11-23T08:00:00Z");
  for (const std::string_view none : {"", "hier", "2022-13", "22", "il y a 3 jours", "novembre", "20221"}) {
    CAPTURE(none);
    CHECK(parse_date(none).empty());
  }
}

TEST_CASE("dates: any cut of a date is another date or none") {
  const std::string text = "mercredi 1er août 2018 à 14h30 +02:00";
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::size_t length = 0; begin + length <= text.size(); ++length) {
      const std::string_view piece = std::string_view(text).substr(begin, length);
      const std::optional<FoundDate> found = find_date(piece);
      if (!found) continue;
      CHECK(found->begin < found->end);
      CHECK(found->end <= piece.size());
      CHECK(found->iso.starts_with("2018-08-01"));
    }
  }
}
