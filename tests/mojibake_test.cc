#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "shared_data.h"
#include "text/encoding.h"
#include "text/mojibake.h"

namespace limier {
namespace {

std::string repaired(std::string text) {
  repair_double_encoding(text);
  return text;
}

// What a program makes of UTF-8 that takes it for windows-1252. ISO-8859-1 for the bytes that windows-1252 leaves out.
std::string encoded_again(std::string_view text) {
  std::string twice;
  for (const char c : text) {
    const std::string byte(1, c);
    const std::string undefined = "\x81\x8D\x8F\x90\x9D";
    if (undefined.find(c) != std::string::npos) {
      twice += "\xC2" + byte;
    } else {
      twice += static_cast<unsigned char>(c) < 0x80 ? byte : to_utf8(byte, "windows-1252").text;
    }
  }
  return twice;
}

TEST_CASE("mojibake: what was encoded twice is mended") {
  struct Row {
    std::string_view written, meant;
  };
  for (const auto& [written, meant] : std::vector<Row>{
           {"dÃ©jÃ\u00a0 vu", "déjà vu"},
           {"dÃ©jÃ  vu, dÃ©jÃ , dÃ©jÃ  et voilÃ .", "déjà vu, déjà, déjà et voilà."},
           {"lâ€™Ã‰tat", "l’État"},
           {"lâ\u0080\u0099Ã\u0089tat", "l’État"},
           {"cÅ“ur et sÅ“ur de lâ€™Ã®le", "cœur et sœur de l’île"},
           {"Â« Ã€ PÃ¢ques Â»", "« À Pâques »"},
           {"10\u00a0â‚¬ le cafÃ©", "10\u00a0€ le café"},
           {"ÃƒÂ©tÃƒÂ©", "été"},
           {"lÃ¢â‚¬â„¢ÃƒÂ©tÃƒÂ©", "l’été"},
           {"Une fête ðŸŽ‰ à lâ€™école", "Une fête 🎉 à l’école"},
       }) {
    CAPTURE(written);
    CHECK(repaired(std::string(written)) == meant);
  }
}

TEST_CASE("mojibake: text that is right is not touched") {
  for (const std::string_view text : {
           "",
           "« Ã© » est ce qu’on lit quand un é est lu de travers.",
           "« cafÃ© » au lieu de « café » : cela arrivait souvent, à l’époque où l’on préférait d’autres codes, "
           "où une lettre accentuée était déjà une aventure, où les réseaux étaient lents, où l’été était très long "
           "et où les élèves de sixième écrivaient à l’encre",
           "SÃO PAULO, SÃO TOMÉ, « ITAPUû, “ITAPUÔ, ITAPUÃ\u00a0!",
           "Le café»… et le thé»…",
           "THÉÂTRE, PÂQUES, Â, « Â »",
           "à 10\u00a0€, 5°C, ©2024, ®",
       }) {
    CHECK(repaired(std::string(text)) == text);
  }
}

TEST_CASE("mojibake: no article of a whole collection is touched") {
  const std::string path = test::shared_data("news/orangesum-a.jsonl");
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    MESSAGE("skipped: no collection in " << path);
    return;
  }
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    if (repaired(line) != line) FAIL_CHECK(line);
  }
  CHECK(lines > 1000);
}

TEST_CASE("mojibake: no short text of French characters is touched") {
  const std::vector<std::string_view> pieces = {"a", "E", "é", "à", "É", "À", "Â",      "â",     "Ê",
                                                "ç", "œ", "Ï", " ", ".", "«", "»",      "’",     "“",
                                                "”", "…", "–", "€", "°", "©", "\u00a0", "\u202f"};
  std::size_t texts = 0;
  for (const auto a : pieces) {
    for (const auto b : pieces) {
      for (const auto c : pieces) {
        for (const auto d : pieces) {
          const auto text = std::string(a) + std::string(b) + std::string(c) + std::string(d);
          // No French word ends in these before such a sign.
          if (text.find("â€") != text.npos || text.find("Â°") != text.npos || text.find("Â©") != text.npos) continue;
          ++texts;
          if (repaired(text) != text) FAIL_CHECK(text);
        }
      }
    }
  }
  CHECK(texts > 400000);
}

TEST_CASE("mojibake: French text encoded again comes back") {
  const auto seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string_view> words = {"été",    "l’État",     "à",         "Où",  "cœur", "«\u00a0oui\u00a0»",
                                               "garçon", "naïve",      "10\u00a0€", "–",   "Noël", "ÉTÉ",
                                               "fin…",   "déjà",       "Ñandú",     "São", "Łódź", "plain",
                                               "",       "5\u202f000", "“là”"};
  for (int round = 0; round < 2000; ++round) {
    std::string text = "été ";  // something that shows
    for (int i = 0; i < 8; ++i) text += std::string(words[random() % words.size()]) + " ";
    const auto twice = encoded_again(text);
    if (repaired(twice) != text) FAIL_CHECK(twice);
    const auto thrice = encoded_again(twice);
    if (repaired(thrice) != text) FAIL_CHECK(thrice);
    if (repaired(text) != text) FAIL_CHECK(text);
  }
}

}  // namespace
}  // namespace limier
