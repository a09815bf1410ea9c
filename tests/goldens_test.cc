// Every page of corpus/ gives exactly the document that stands beside it, and its topics find them as well as ever.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <limier/document_reader.h>
#include <limier/evaluation.h>
#include <limier/searcher.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "extract/article.h"
#include "files.h"
#include "shard_kinds.h"
#include "temporary_directory.h"
#include "text/encoding.h"

using limier::Document;
using limier::document_from_json;
using limier::DocumentReader;
using limier::find_sources;
using limier::ReadProblem;
using limier::SourceFile;

namespace {

namespace fs = std::filesystem;
using limier::test::read_file;

std::vector<SourceFile> corpus_pages() {
  std::vector<SourceFile> pages = find_sources(LIMIER_SOURCE_DIR "/corpus", nullptr);
  std::erase_if(pages, [](const SourceFile& source) {
    return !source.path.ends_with(".txt") && !source.path.ends_with(".html");
  });
  return pages;
}

// Ids follow the files' names and values are extras: neither is in the expected documents.
Document comparable(Document document) {
  document.id.clear();
  document.values.clear();
  return document;
}

}  // namespace

TEST_CASE("goldens: every page of the corpus") {
  std::size_t pages = 0;
  for (const SourceFile& source : corpus_pages()) {
    CAPTURE(source.name);
    DocumentReader reader(source, [](const ReadProblem& problem) { FAIL_CHECK(problem.message.text); });
    Document document;
    REQUIRE(reader.next(document));
    const Document expected = document_from_json(read_file(fs::path(source.path).replace_extension(".json")));
    CHECK(to_json(comparable(document)) == to_json(comparable(expected)));
    CHECK_FALSE(reader.next(document));
    ++pages;
  }
  CHECK(pages >= 60);
}

// A change of the analysis, the extraction or the ranking shows here, for better or worse.
TEST_CASE("goldens: how well the topics of the corpus are answered") {
  std::vector<Document> documents;
  for (const SourceFile& source : corpus_pages()) {
    DocumentReader reader(source, nullptr);
    for (Document document; reader.next(document);) documents.push_back(document);
  }
  const limier::test::TemporaryDirectory folder;
  limier::test::write_index(folder / "index", documents);
  limier::Searcher searcher(folder / "index");
  const fs::path corpus = fs::path(LIMIER_SOURCE_DIR) / "corpus";
  std::ifstream topics(corpus / "topics.tsv"), qrels(corpus / "topics.qrels");
  limier::Run run;
  for (const limier::Topic& topic : limier::read_topics(topics, "topics.tsv")) {
    limier::Query words;
    words.kind = limier::Query::Kind::Words;
    words.text = topic.text;
    for (const limier::Hit& hit : searcher.search(words, {.top = 100}).hits)
      run[topic.id].emplace_back(hit.id, hit.score);
  }
  CHECK(run.size() == 25);
  std::string figures;
  const limier::TopicValues values =
      limier::evaluate(limier::read_qrels(qrels, "topics.qrels"), run, limier::parse_measures("nDCG@10 AP RR"));
  for (const limier::Estimate& estimate : limier::estimate_means(values, {.samples = 1}))
    figures += fmt::format("{:.4f} ", estimate.mean);
  CHECK(figures == "0.9764 0.9667 0.9800 ");
}

TEST_CASE("goldens: mangled pages neither crash nor take long") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  const limier::test::TemporaryDirectory folder;
  const std::string mangled = folder / "page";
  for (const SourceFile& source : corpus_pages()) {
    std::string bytes = read_file(source.path);
    // A cut at each end, then a byte in a hundred flipped.
    bytes.resize(random() % bytes.size());
    bytes.erase(0, bytes.empty() ? 0 : random() % bytes.size() / 2);
    for (std::size_t i = 0; i < bytes.size() / 100; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    std::ofstream(mangled, std::ios::binary) << bytes;
    const auto start = std::chrono::steady_clock::now();
    DocumentReader reader({mangled, source.name, bytes.size(), 0}, nullptr);
    Document document;
    while (reader.next(document)) CHECK(limier::to_utf8(document.title + document.body).replaced_bytes == 0);
    // The same with binary bytes in it, which the reader would refuse.
    limier::extract::article_of_html(bytes);
    limier::extract::article_of_dump(bytes);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  }
}
