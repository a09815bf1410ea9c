// How much processor time spelling suggestions and completions take with an open index, over words of its own titles,
// and how often what is completed goes on as a title does.
//   limier_suggestions_benchmark INDEX ARTICLES.jsonl
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "limier/document.h"
#include "limier/searcher.h"

namespace {

using namespace limier;

constexpr std::size_t questions = 500;

/// Two words of a title, and the title from the first to the second.
struct Pair {
  std::string first, second, upto_second;
};

/// Words of letters, of some length, with the word behind each.
std::vector<Pair> pairs_in_titles(std::istream& articles, const Analyzer& analyzer) {
  std::vector<Pair> pairs;
  for (std::string line; std::getline(articles, line);) {
    const std::string title = document_from_json(line).title;
    std::string last;
    std::size_t begin = 0;
    analyzer.analyze(title, [&](const Token& token) {
      if (token.stop_word || token.folded.size() < 5) return;
      const std::string word(token.folded);
      if (!last.empty()) pairs.push_back({last, word, title.substr(begin, token.begin - begin)});
      last = word;
      begin = token.begin;
    });
  }
  return pairs;
}

/// With one letter wrong, missing, too many, or swapped with the next.
std::string damaged(std::string word, std::mt19937& random) {
  const std::size_t at = std::uniform_int_distribution<std::size_t>(0, word.size() - 2)(random);
  const auto letter = static_cast<char>('a' + random() % 26);
  switch (random() % 4) {
    case 0:
      word[at] = letter;
      break;
    case 1:
      word.erase(at, 1);
      break;
    case 2:
      word.insert(at, 1, letter);
      break;
    default:
      std::swap(word[at], word[at + 1]);
  }
  return word;
}

/// Prints quantiles of the processor time, and in how many cases `ask` gave true.
template <typename Ask>
void measure(const std::string& name, const std::vector<Pair>& pairs, Ask ask) {
  std::vector<double> times;
  std::size_t answered = 0;
  for (const Pair& pair : pairs) {
    const std::clock_t begin = std::clock();
    answered += ask(pair);
    times.push_back(1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  std::sort(times.begin(), times.end());
  fmt::print("| {} | {:.2f} | {:.2f} | {:.2f} | {:.0f} % |\n", name, times[times.size() / 2],
             times[times.size() * 9 / 10], times.back(),
             100.0 * static_cast<double>(answered) / static_cast<double>(times.size()));
}

/// Prints how often a title's next word is the first that its first letters are completed to, and how often among ten;
/// where another document has both words as well, so that it can be known.
void measure_next_words(Searcher& searcher, std::vector<Pair> pairs) {
  std::erase_if(pairs, [&](const Pair& pair) {
    const Query phrase{.kind = Query::Kind::Phrase, .text = pair.upto_second + pair.second};
    return searcher.search(phrase, {.top = 0}).total < 2;
  });
  fmt::print(
      "\n| letters of the next word | it is the first | among the first five | among ten |\n"
      "| ---: | ---: | ---: | ---: |\n");
  for (const std::size_t letters : {1U, 2U, 3U}) {
    std::array<std::size_t, 3> found{};
    for (const Pair& pair : pairs) {
      const std::string typed = pair.upto_second + pair.second.substr(0, letters);
      const std::vector<Completion> completions = searcher.complete(typed, 10);
      const auto is_it = [&](const Completion& completion) {
        bool goes_on_so = false;
        searcher.analyzer().analyze(completion.text,
                                    [&](const Token& token) { goes_on_so = token.folded == pair.second; });
        return goes_on_so;
      };
      const auto rank = std::find_if(completions.begin(), completions.end(), is_it) - completions.begin();
      for (std::size_t i = 0; i < found.size(); ++i)
        found[i] += rank < std::ssize(completions) && rank < std::array{1, 5, 10}[i];
    }
    fmt::print("| {} |", letters);
    for (const std::size_t times : found)
      fmt::print(" {:.0f} % |", 100.0 * static_cast<double>(times) / static_cast<double>(pairs.size()));
    fmt::print("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::ifstream file(argc == 3 ? argv[2] : "");
  if (!file) {
    std::cerr << "usage: limier_suggestions_benchmark INDEX ARTICLES.jsonl\n";
    return 2;
  }
  Searcher searcher(argv[1]);
  std::vector<Pair> pairs = pairs_in_titles(file, searcher.analyzer());
  std::mt19937 random(1);
  std::shuffle(pairs.begin(), pairs.end(), random);
  pairs.resize(std::min(pairs.size(), questions));

  fmt::print("| question | median ms | 9 of 10 | longest | answered |\n| --- | ---: | ---: | ---: | ---: |\n");
  measure("two words, as they are", pairs,
          [&](const Pair& pair) { return searcher.suggest(parse_query(pair.first + ' ' + pair.second)).has_value(); });
  measure("a word with an error: one is suggested", pairs,
          [&](const Pair& pair) { return searcher.suggest(parse_query(damaged(pair.first, random))).has_value(); });
  measure("two words, one with an error: found again", pairs, [&](const Pair& pair) {
    const auto suggestion = searcher.suggest(parse_query(damaged(pair.first, random) + ' ' + pair.second));
    return suggestion && searcher.search(suggestion->query, {.top = 0}).total > 0;
  });
  for (const std::size_t letters : {1U, 2U, 3U, 4U}) {
    measure(letters == 1 ? "a letter completed" : fmt::format("{} letters completed", letters), pairs,
            [&](const Pair& pair) { return !searcher.complete(pair.first.substr(0, letters)).empty(); });
  }
  measure("a word and 2 letters completed", pairs,
          [&](const Pair& pair) { return !searcher.complete(pair.first + ' ' + pair.second.substr(0, 2)).empty(); });
  measure_next_words(searcher, pairs);
}
