// How near the sketches of different articles come by chance, and how far those of changed copies drift apart.
//   limier_similarity_benchmark ARTICLES.jsonl
#include "shard/similarity.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"

namespace {

using namespace limier;

using Distances = std::array<std::uint64_t, 65>;  // how many pairs differ in so many bits

Sketch sketch_of(const std::string& text, const Analyzer& analyzer) {
  Sketcher sketcher;
  analyzer.analyze(text, [&](const Token& token) {
    if (!token.stop_word) sketcher.add(token.stem);
  });
  return sketcher.finish();
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// Each word gives way, in `share` of the cases, to the one in its place in another text.
std::string changed(const std::vector<std::string>& words, const std::vector<std::string>& other, double share,
                    std::mt19937& random) {
  std::bernoulli_distribution changes(share);
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (changes(random) ? other[i % other.size()] : words[i]) + ' ';
  return text;
}

void print_row(const std::string& name, const Distances& distances) {
  std::uint64_t pairs = 0, near = 0;
  for (const std::uint64_t count : distances) pairs += count;
  fmt::print("| {} | {} |", name, pairs);
  for (std::size_t bits = 0; bits <= 12; ++bits) {
    near += distances[bits];
    if (bits >= 3) fmt::print(" {} |", near);
  }
  fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
  std::ifstream file(argc == 2 ? argv[1] : "");
  if (!file) {
    std::cerr << "usage: limier_similarity_benchmark ARTICLES.jsonl\n";
    return 2;
  }
  const Analyzer analyzer;
  std::vector<Sketch> sketches;
  std::vector<std::vector<std::string>> texts;
  for (std::string line; std::getline(file, line);) {
    const std::string body = document_from_json(line).body;
    if (std::vector<std::string> words = words_of(body); !words.empty()) {
      texts.push_back(std::move(words));
      sketches.push_back(sketch_of(body, analyzer));
    }
  }

  fmt::print("| pairs | number | ≤ 3 bits | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 |\n| --- |");
  for (int column = 2; column <= 12; ++column) fmt::print(" ---: |");
  fmt::print("\n");
  Distances different{};
  for (std::size_t i = 0; i < sketches.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) ++different[static_cast<std::size_t>(std::popcount(sketches[i] ^ sketches[j]))];
  }
  print_row("two articles", different);
  std::mt19937 random(1);
  for (const double share : {0.02, 0.05, 0.1}) {
    Distances copies{};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string copy = changed(texts[i], texts[(i + 1) % texts.size()], share, random);
      ++copies[static_cast<std::size_t>(std::popcount(sketches[i] ^ sketch_of(copy, analyzer)))];
    }
    print_row(fmt::format("an article and its copy with {:.0f} % other words", share * 100), copies);
  }
}
