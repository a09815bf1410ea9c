// Many small documents, and what opening an index and one question cost a process that has done nothing else;
// many_documents.sh and search.sh run it.
//
//   limier_many_documents_benchmark generate COUNT SEED > JSON Lines, the same ones for the same seed
//   limier_many_documents_benchmark ask INDEX QUERY [FACET]
//       a csv row: milliseconds by the clock, of processor time since the process began, megabytes of its own memory,
//       of files that it maps, hits, matches
#include <fmt/format.h>
#include <limier/document.h>
#include <limier/query.h>
#include <limier/searcher.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "measure.h"

namespace {

using namespace limier;
using namespace limier::benchmarks;

// --- Documents
// ---------------------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 24> grammar = {"de",  "la",   "le",  "et",  "les",  "des", "en",   "un",
                                                      "du",  "une",  "que", "est", "pour", "qui", "dans", "a",
                                                      "par", "plus", "pas", "au",  "sur",  "ne",  "se",   "il"};
constexpr std::array<std::string_view, 18> onsets = {"b", "c", "d", "f", "g", "j",  "l",  "m",  "n",
                                                     "p", "r", "s", "t", "v", "ch", "tr", "pl", "gr"};
constexpr std::array<std::string_view, 10> rhymes = {"a", "e", "i", "o", "u", "é", "ou", "an", "in", "eur"};
constexpr double vocabulary = 1 << 21;

/// Frequent words are short: those of grammar, then syllables in the order of their number.
void append_word(std::string& text, std::uint64_t rank) {
  if (!text.empty()) text += ' ';
  if (rank < grammar.size()) {
    text += grammar[rank];
    return;
  }
  for (rank -= grammar.size() - 1; rank > 0; rank /= onsets.size() * rhymes.size()) {
    const std::uint64_t syllable = (rank - 1) % (onsets.size() * rhymes.size());
    text.append(onsets[syllable % onsets.size()]).append(rhymes[syllable / onsets.size()]);
    --rank;
  }
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Document next() {
    Document document;
    document.id = fmt::format("d{}", ++number_);
    document.title = words(3 + below(6));
    document.body = words(20 + below(40));
    document.date = fmt::format("{:04}-{:02}-{:02}", 2000 + below(24), 1 + below(12), 1 + below(28));
    document.sections = {words_of(1, 40)};
    document.authors = {words_of(2, 5000)};
    return document;
  }

 private:
  std::uint64_t below(std::uint64_t n) { return random_() % n; }

  /// From 0 to below `count`, by the law of Zipf and Mandelbrot: (rank + 3)^-1.2.
  std::uint64_t rank(double count) {
    constexpr double exponent = 1 - 1.2, begin = 3;
    const double share = static_cast<double>(random_() >> 11) * 0x1p-53;
    const double first = std::pow(begin, exponent), last = std::pow(begin + count, exponent);
    return static_cast<std::uint64_t>(std::pow(first + share * (last - first), 1 / exponent) - begin);
  }

  std::string words(std::uint64_t count) {
    std::string text;
    while (count-- > 0) append_word(text, rank(vocabulary));
    return text;
  }

  /// Words of a small number that are none of grammar.
  std::string words_of(std::uint64_t count, double number) {
    std::string text;
    while (count-- > 0) append_word(text, grammar.size() + rank(number));
    return text;
  }

  std::mt19937_64 random_;
  std::uint64_t number_ = 0;
};

void print_documents(std::uint64_t count, std::uint64_t seed) {
  for (Generator generator(seed); count > 0; --count) {
    const std::string line = to_json(generator.next()) + '\n';
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
}

// --- A question
// ----------------------------------------------------------------------------------------------------------

/// Ten hits with their documents, and the values of a field if `facet` names one.
void ask(const std::string& index, const std::string& query, const std::string& facet) {
  const auto start = Clock::now();
  SearchOptions options;
  if (!facet.empty()) options.facets = {{facet}};
  Searcher searcher(index);
  const SearchResult result = searcher.search(parse_query(query), options);
  const double took = seconds_since(start);
  fmt::print("{:.2f},{:.2f},{:.1f},{:.1f},{},{}\n", took * 1e3, processor_seconds() * 1e3, megabytes("RssAnon"),
             megabytes("RssFile"), result.hits.size(), result.total);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    if (arguments.size() == 3 && arguments[0] == "generate") {
      print_documents(std::stoull(arguments[1]), std::stoull(arguments[2]));
    } else if ((arguments.size() == 3 || arguments.size() == 4) && arguments[0] == "ask") {
      ask(arguments[1], arguments[2], arguments.size() == 4 ? arguments[3] : "");
    } else {
      fmt::print(stderr, "usage: see many_documents.cc\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "limier_many_documents_benchmark: {}\n", error.what());
    return 2;
  }
  return 0;
}
