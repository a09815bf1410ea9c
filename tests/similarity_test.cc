#include "shard/similarity.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "limier/analyzer.h"
#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/searcher.h"
#include "shard_kinds.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

Sketch sketch_of(const std::string& text) {
  static const Analyzer analyzer;
  Sketcher sketcher;
  analyzer.analyze(text, [&](const Token& token) {
    if (!token.stop_word) sketcher.add(token.stem);
  });
  return sketcher.finish();
}

class Words {
 public:
  explicit Words(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

  // Frequent and rare ones, as in texts.
  std::string word() { return "mot" + std::to_string(below(1 + below(5000))); }

  std::vector<std::string> text(std::size_t length) {
    std::vector<std::string> words(length);
    for (std::string& w : words) w = word();
    return words;
  }

  std::vector<std::string> changed(std::vector<std::string> words, double share) {
    for (std::string& w : words) {
      if (static_cast<double>(below(1000)) < share * 1000) w = word();
    }
    return words;
  }

 private:
  std::mt19937 engine_;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& w : words) text += w + ' ';
  return text;
}

struct Leader {
  std::string id;
  std::uint64_t hidden = 0;
};

/// Collapsing read aloud: down the whole ranking, a document like one above it that is shown is hidden by it.
std::vector<Leader> collapsed(const SearchResult& all, Collapse collapse) {
  std::vector<Leader> leaders;
  std::vector<const Document*> shown;
  std::vector<Sketch> sketches;
  for (const Hit& hit : all.hits) {
    const Sketch sketch = sketch_of(hit.document.body);
    const auto hides = [&](std::size_t i) {
      return collapse == Collapse::Similar ? are_similar(sketches[i], sketch)
                                           : !hit.document.site.empty() && shown[i]->site == hit.document.site;
    };
    std::size_t i = 0;
    while (i < leaders.size() && !hides(i)) ++i;
    if (i < leaders.size()) {
      ++leaders[i].hidden;
      continue;
    }
    leaders.push_back({hit.id});
    shown.push_back(&hit.document);
    sketches.push_back(sketch);
  }
  return leaders;
}

void check_collapsed(Searcher& searcher, const Query& query, SearchOptions options, const std::vector<Leader>& expected,
                     std::uint64_t total) {
  for (options.offset = 0; options.offset < 200; options.offset = options.offset * 4 + 1) {
    for (const std::size_t top : {0U, 1U, 5U, 13U, 1000U}) {
      options.top = top;
      CAPTURE(options.offset);
      CAPTURE(top);
      const SearchResult found = searcher.search(query, options);
      CHECK(found.total == total);
      const std::size_t first = std::min(options.offset, expected.size());
      REQUIRE(found.hits.size() == std::min(top, expected.size() - first));
      for (std::size_t i = 0; i < found.hits.size(); ++i) {
        CHECK(found.hits[i].id == expected[first + i].id);
        CHECK(found.hits[i].hidden == expected[first + i].hidden);
      }
    }
  }
}

}  // namespace

TEST_SUITE("similarity") {
  TEST_CASE("a sketch depends on the words that carry meaning, in their order, and on nothing else") {
    CHECK(sketch_of("") == 0);
    CHECK(sketch_of("le de la, que") == 0);
    CHECK(sketch_of("L’accord de paix, que l’on a signé.") == sketch_of("ACCORDS DE LA PAIX : signés"));
    CHECK(sketch_of("La paix, le pain, le riz, le mil") != sketch_of("Le mil, le riz, le pain, la paix"));
    CHECK_FALSE(are_similar(0, 0));
    CHECK(are_similar(1, 1));
  }

  TEST_CASE("sketches are written and read; damaged ones are told") {
    for (const Sketch sketch : {Sketch{0}, Sketch{1}, Sketch{0x0123456789abcdef}, ~Sketch{0}})
      CHECK(parse_sketch(print_sketch(sketch)) == sketch);
    CHECK(print_sketch(0).empty());
    for (const std::string value :
         {"1", "0123456789abcdeg", "0123456789abcdef0", "               1", "-123456789abcdef"})
      CHECK_THROWS_AS(parse_sketch(value), Error);
  }

  TEST_CASE("texts with few changes are similar, others are not") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Words words(seed);
    int near = 0, far = 0;
    constexpr int rounds = 200;
    for (int round = 0; round < rounds; ++round) {
      const auto text = words.text(300);
      const Sketch sketch = sketch_of(joined(text));
      near += are_similar(sketch, sketch_of(joined(words.changed(text, 0.02))));
      far += are_similar(sketch, sketch_of(joined(words.text(300))));
    }
    CHECK(near > rounds * 8 / 10);
    CHECK(far <= 2);
  }

  TEST_CASE("collapsing shows the first of those that are alike, and counts the others") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Words words(seed);
    std::map<Collapse, std::uint64_t> hidden;
    for (int round = 0; round < 5; ++round) {
      const TemporaryDirectory directory;
      IndexWriter writer(directory / "index", writer_options());
      int number = 0;
      for (int story = 0; story < 12; ++story) {
        const auto text = words.text(40 + words.below(100));
        for (std::size_t copy = words.below(8) + 1; copy > 0; --copy) {
          const double share = static_cast<double>(words.below(5)) / 50;
          const std::size_t site = words.below(12);
          writer.add({.id = std::to_string(number++ * 7 % 1000),
                      .body = joined(words.changed(text, share)) + (words.below(2) == 0 ? "accord" : "accord accord"),
                      .date = std::to_string(2020 + words.below(4)),
                      .site = site == 0 ? "" : std::to_string(site)});
        }
      }
      writer.add({.id = "title alone", .title = "accord"});
      writer.add({.id = "title alone again", .title = "accord"});
      writer.commit();
      Searcher searcher(directory / "index");
      const Query query = parse_query("accord mot1 mot20 mot300");
      for (const Collapse collapse : {Collapse::Similar, Collapse::Site}) {
        for (const Sort sort : {Sort::Relevance, Sort::Newest}) {
          const SearchResult all = searcher.search(query, {.top = 1000, .sort = sort});
          const std::vector<Leader> expected = collapsed(all, collapse);
          check_collapsed(searcher, query, {.documents = false, .sort = sort, .collapse = collapse}, expected,
                          all.total);
          for (const Leader& leader : expected) hidden[collapse] += leader.hidden;
        }
      }
    }
    CHECK(hidden[Collapse::Similar] > 40);
    CHECK(hidden[Collapse::Site] > 40);
  }
}

}  // namespace limier::test
