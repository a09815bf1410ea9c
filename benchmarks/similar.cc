// Whether documents like another are of its section, by how many of its words they are found and how these are
// weighted.
//   limier_similar_benchmark INDEX
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "limier/error.h"
#include "limier/searcher.h"

namespace {

using namespace limier;

constexpr std::size_t samples = 1000;

/// Documents with a section, evenly from the whole index.
std::vector<Document> sample(Searcher& searcher) {
  const std::vector<Hit> all =
      searcher.search(parse_query("existe:section"), {.top = SIZE_MAX, .documents = false}).hits;
  std::vector<Document> documents;
  for (std::size_t i = 0; i < samples && i < all.size(); ++i)
    documents.push_back(searcher.document(all[i * all.size() / std::min(samples, all.size())].id).value());
  return documents;
}

struct Hits {
  std::size_t all = 0, of_section = 0;

  double share() const { return static_cast<double>(of_section) / static_cast<double>(std::max<std::size_t>(all, 1)); }
};

void count(Searcher& searcher, const Query& query, const Document& document, Hits& hits) {
  for (const Hit& hit : searcher.search(query).hits) {
    ++hits.all;
    hits.of_section += hit.document.sections == document.sections ? 1U : 0U;
  }
}

void print_row(Searcher& searcher, const std::vector<Document>& documents, std::size_t words) {
  Hits weighted, alike;
  std::chrono::nanoseconds time{};
  for (const Document& document : documents) {
    const auto begin = std::chrono::steady_clock::now();
    Query query = searcher.query_like(document, words);
    count(searcher, query, document, weighted);
    time += std::chrono::steady_clock::now() - begin;
    for (Query& part : query.children) part.weight = 1;
    count(searcher, query, document, alike);
  }
  const double milliseconds =
      std::chrono::duration<double, std::milli>(time).count() / static_cast<double>(documents.size());
  fmt::print("| {} | {:.4f} | {:.4f} | {:.1f} |\n", words, weighted.share(), alike.share(), milliseconds);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: limier_similar_benchmark INDEX\n");
    return 2;
  }
  try {
    Searcher searcher(argv[1]);
    const std::vector<Document> documents = sample(searcher);
    fmt::print("| words | weighted | all weighted alike | ms |\n| ---: | ---: | ---: | ---: |\n");
    for (const std::size_t words : {5U, 10U, 20U, 30U, 40U, 60U, 100U}) print_row(searcher, documents, words);
  } catch (const Error& error) {
    fmt::print(stderr, "limier_similar_benchmark: {}\n", error.what());
    return 2;
  }
}
