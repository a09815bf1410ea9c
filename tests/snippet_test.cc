#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "limier/analyzer.h"
#include "limier/snippet.h"
#include "text/utf8.h"

namespace limier::test {
namespace {

std::vector<std::string> stems_of(const std::string& words) {
  std::vector<std::string> stems;
  Analyzer().analyze(words, [&](const Token& token) { stems.emplace_back(token.stem); });
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

/// The snippet with its highlights in brackets.
std::string marked(const std::string& text, const std::string& words, std::size_t length = 240) {
  const Snippet snippet = make_snippet(text, stems_of(words), Analyzer(), {.length = length});
  std::string marked;
  std::size_t taken = 0;
  for (const Snippet::Range& range : snippet.highlights) {
    marked += snippet.text.substr(taken, range.begin - taken);
    marked += "[" + snippet.text.substr(range.begin, range.end - range.begin) + "]";
    taken = range.end;
  }
  return marked + snippet.text.substr(taken);
}

}  // namespace

TEST_SUITE("snippet") {
  TEST_CASE("highlights are whole words of the text as it is written, elisions not included") {
    CHECK(marked("L’homme et l'œuvre.", "homme oeuvre") == "L’[homme] et l'[œuvre].");
    CHECK(marked("Les HOMMES d'ÉTAT", "homme etat") == "Les [HOMMES] d'[ÉTAT]");
    CHECK(marked("« Côte d’Ivoire »", "ivoire") == "« Côte d’[Ivoire] »");
  }

  TEST_CASE("a text that fits stands whole, on one line") {
    CHECK(marked("Un titre\nUn  corps\tici", "corps") == "Un titre Un [corps] ici");
    CHECK(marked("", "corps") == "");
    CHECK(marked("rien ici", "corps") == "rien ici");
  }

  TEST_CASE("the passage with the most different words wins, and begins with its sentence where that fits") {
    const std::string text =
        "Le coton pousse. Le coton et encore le coton. Une longue phrase qui ne dit rien du sujet demandé se trouve "
        "ici. "
        "À Bamako, le prix du coton monte. Et puis rien.";
    CHECK(marked(text, "prix coton", 60) == "…À Bamako, le [prix] du [coton] monte. Et puis rien.");
    CHECK(marked(text, "absent", 40) == "Le coton pousse. Le coton et…");
  }

  TEST_CASE("a word longer than the snippet is cut between characters") {
    std::string word;
    for (int i = 0; i < 50; ++i) word += "é";
    const Snippet snippet = make_snippet(word, {}, Analyzer(), {.length = 20});
    CHECK(snippet.text == "ééééééé…");
  }

  TEST_CASE("every snippet of any text keeps the promises of the header") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> pieces = {"homme",
                                             "l’homme",
                                             "œuvre",
                                             " ",
                                             "  ",
                                             "\n",
                                             ". ",
                                             "«\u00A0",
                                             "\u00A0»",
                                             "…",
                                             "\xE9",
                                             "mot",
                                             "é",
                                             "-",
                                             "'",
                                             "(",
                                             "😀",
                                             "\0x",
                                             "aaaaaaaaaaaaaaaaaaaaaaaaaa"};
    const std::vector<std::string> stems = stems_of("homme œuvre mot");
    const Analyzer analyzer;
    std::size_t highlights = 0;
    for (int round = 0; round < 3000; ++round) {
      std::string text;
      for (std::size_t i = random() % 40; i > 0; --i) text += pieces[random() % pieces.size()];
      const std::size_t length = random() % 80;
      CAPTURE(text);
      CAPTURE(length);
      const Snippet snippet = make_snippet(text, stems, analyzer, {.length = length});
      CHECK(is_valid_utf8(snippet.text));
      CHECK(snippet.text.size() <= std::max<std::size_t>(length, 6));
      CHECK(snippet.text.find_first_of("\n\t\r") == std::string::npos);
      std::size_t last = 0;
      for (const Snippet::Range& range : snippet.highlights) {
        REQUIRE(range.begin >= last);
        REQUIRE(range.begin < range.end);
        REQUIRE(range.end <= snippet.text.size());
        last = range.end;
        bool found = false;
        const std::string word = snippet.text.substr(range.begin, range.end - range.begin);
        analyzer.analyze(word, [&](const Token& token) {
          found = found || std::binary_search(stems.begin(), stems.end(), token.stem);
        });
        CHECK(found);
        ++highlights;
      }
    }
    CHECK(highlights > 1000);
  }
}

}  // namespace limier::test
