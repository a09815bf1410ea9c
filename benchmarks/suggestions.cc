// How much processor time spelling suggestions and completions take with an open index, over words of its own titles.
//   limier_suggestions_benchmark INDEX ARTICLES.jsonl
#include <fmt/format.h>

#include <algorithm>
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

/// Words of letters, of some length, with the word behind each.
std::vector<std::pair<std::string, std::string>> pairs_in_titles(std::istream& articles, const Analyzer& analyzer) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::string line; std::getline(articles, line);) {
    const std::string title = document_from_json(line).title;
    std::string last;
    analyzer.analyze(title, [&](const Token& token) {
      if (token.stop_word || token.folded.size() < 5) return;
      const std::string word(token.folded);
      if (!last.empty()) pairs.emplace_back(last, word);
      last = word;
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
void measure(const std::string& name, const std::vector<std::pair<std::string, std::string>>& pairs, Ask ask) {
  std::vector<double> times;
  std::size_t answered = 0;
  for (const auto& [first, second] : pairs) {
    const std::clock_t begin = std::clock();
    answered += ask(first, second);
    times.push_back(1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  std::sort(times.begin(), times.end());
  fmt::print("| {} | {:.2f} | {:.2f} | {:.2f} | {:.0f} % |\n", name, times[times.size() / 2],
             times[times.size() * 9 / 10], times.back(),
             100.0 * static_cast<double>(answered) / static_cast<double>(times.size()));
}

}  // namespace

int main(int argc, char** argv) {
  std::ifstream file(argc == 3 ? argv[2] : "");
  if (!file) {
    std::cerr << "usage: limier_suggestions_benchmark INDEX ARTICLES.jsonl\n";
    return 2;
  }
  Searcher searcher(argv[1]);
  std::vector<std::pair<std::string, std::string>> pairs = pairs_in_titles(file, searcher.analyzer());
  std::mt19937 random(1);
  std::shuffle(pairs.begin(), pairs.end(), random);
  pairs.resize(std::min(pairs.size(), questions));

  fmt::print("| question | median ms | 9 of 10 | longest | answered |\n| --- | ---: | ---: | ---: | ---: |\n");
  measure("two words, as they are", pairs, [&](const std::string& first, const std::string& second) {
    return searcher.suggest(parse_query(first + ' ' + second)).has_value();
  });
  measure("a word with an error: one is suggested", pairs, [&](const std::string& first, const std::string&) {
    return searcher.suggest(parse_query(damaged(first, random))).has_value();
  });
  measure("two words, one with an error: found again", pairs, [&](const std::string& first, const std::string& second) {
    const auto suggestion = searcher.suggest(parse_query(damaged(first, random) + ' ' + second));
    return suggestion && searcher.search(suggestion->query, {.top = 0}).total > 0;
  });
  for (const std::size_t letters : {1U, 2U, 3U, 4U}) {
    measure(letters == 1 ? "a letter completed" : fmt::format("{} letters completed", letters), pairs,
            [&](const std::string& first, const std::string&) {
              return !searcher.complete(first.substr(0, letters)).empty();
            });
  }
  measure("a word and 2 letters completed", pairs, [&](const std::string& first, const std::string& second) {
    return !searcher.complete(first + ' ' + second.substr(0, 2)).empty();
  });
}
