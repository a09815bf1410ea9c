#include "sealed/reordering.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "files.h"
#include "index/invert.h"
#include "limier/index_writer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "sealed/merge.h"
#include "sealed/merged_terms.h"
#include "sealed/segment_builder.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

using namespace sealed;

constexpr std::uint64_t much = 64 << 20;
constexpr std::uint32_t topics = 7;

/// A word that no stemmer changes.
std::string word_of(char first, std::uint32_t number) {
  std::string word(1, first);
  for (; number > 0; number /= 20) word += "bcdfghjklmnpqrtvwxzk"[number % 20];
  return word + "ak";
}

/// Documents of some topics by turns, each with words of its topic and some of a dictionary that all share.
std::vector<Document> mixed_documents(std::mt19937& random, std::uint32_t count) {
  const auto below = [&](std::uint32_t n) { return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random); };
  std::vector<Document> documents;
  for (std::uint32_t i = 0; i < count; ++i) {
    Document document;
    document.id = fmt::format("d{}", i);
    for (int word = 0; word < 30; ++word)
      document.body += word_of(static_cast<char>('a' + i % topics), below(40)) + ' ';
    for (int word = 0; word < 10; ++word) document.body += word_of('z', below(3000)) + ' ';
    documents.push_back(std::move(document));
  }
  return documents;
}

Segment build(const std::string& path, const std::vector<Document>& documents, std::size_t begin, std::size_t end) {
  const Analyzer analyzer;
  SegmentBuilder builder(path);
  {
    Inverter inverter;
    Sketcher sketcher;
    for (std::size_t i = begin; i < end; ++i) {
      IndexedDocument indexed = describe(documents[i], "");
      invert(documents[i], analyzer, sketcher, indexed, inverter);
      inverter.add(std::move(indexed));
    }
    builder.add(inverter.take());
  }
  builder.finish();
  return Segment(path);
}

/// The bits that the gaps of all lists would take, were each written in as many as its logarithm.
double bits_of_gaps(const Segment& segment) {
  double bits = 0;
  for (MergedTerms term({&segment}); !term.at_end(); term.next()) {
    ListCursor list = segment.list(term.in(0).entry());
    for (DocumentNumber last = 0; list.document() != no_document; list.advance(last + 1)) {
      bits += std::log2(list.document() - last);
      last = list.document();
    }
  }
  return bits;
}

/// In how many places the topic is another than that of the document before.
std::size_t changes_of_topic(const std::vector<const Segment*>& segments, const DocumentOrder& order) {
  std::size_t changes = 0;
  std::uint32_t last = topics;
  for (const SourceDocument& each : order) {
    const std::string_view id = segments[each.segment]->id(each.document);
    const std::uint32_t topic = static_cast<std::uint32_t>(std::stoul(std::string(id.substr(1)))) % topics;
    changes += topic != last ? 1U : 0U;
    last = topic;
  }
  return changes;
}

/// Three segments of which some documents are deleted.
struct Collection {
  explicit Collection(unsigned seed, std::uint32_t count) {
    std::mt19937 random(seed);
    const std::vector<Document> documents = mixed_documents(random, count);
    for (std::size_t part = 0; part < 3; ++part) {
      const std::size_t begin = count * part / 3, end = count * (part + 1) / 3;
      parts.push_back(build(directory / fmt::format("part{}", part), documents, begin, end));
      deleted.emplace_back(end - begin + 1);
      for (std::size_t i = 1; i <= end - begin; ++i) deleted.back()[i] = random() % 5 == 0;
    }
    std::vector<const std::vector<bool>*> of_each;
    for (const std::vector<bool>& each : deleted) of_each.push_back(&each);
    for (const Segment& part : parts) segments.push_back(&part);
    living = living_documents(of_each);
  }

  TemporaryDirectory directory;
  std::vector<Segment> parts;
  std::vector<std::vector<bool>> deleted;
  std::vector<const Segment*> segments;
  DocumentOrder living;
};

}  // namespace

TEST_SUITE("reordering") {
  TEST_CASE("every document that is left has one place, whatever the memory, the same for any number of threads") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    for (const std::uint32_t count : {3U, 300U, 1000U}) {
      const Collection collection(seed, count);
      for (const std::uint64_t memory : {std::uint64_t{0}, std::uint64_t{20'000}, much}) {
        const DocumentOrder order = reorder(collection.segments, collection.living, memory);
        for (const unsigned threads : {2U, 3U, 8U})
          CHECK(reorder(collection.segments, collection.living, memory, threads) == order);
        DocumentOrder sorted = order;
        std::sort(sorted.begin(), sorted.end());
        CHECK(sorted == collection.living);
        CHECK((order == collection.living) == (count == 3 || memory == 0));
      }
    }
  }

  TEST_CASE("documents of a topic come together, and gaps become small") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    const Collection collection(seed, 2100);
    merge_segments(collection.segments, collection.living, collection.directory / "plain", much);
    const std::size_t changes = changes_of_topic(collection.segments, collection.living);
    CHECK(changes > collection.living.size() / 2);
    const double before = bits_of_gaps(Segment(collection.directory / "plain"));
    // With little memory, by the most frequent words alone.
    for (const std::uint64_t memory : {much, std::uint64_t{150'000}}) {
      const DocumentOrder order = reorder(collection.segments, collection.living, memory);
      CHECK(changes_of_topic(collection.segments, order) < changes / 10);
      merge_segments(collection.segments, order, collection.directory / "reordered", much);
      const double after = bits_of_gaps(Segment(collection.directory / "reordered"));
      CAPTURE(before);
      CAPTURE(after);
      CHECK(after < 0.75 * before);
    }
  }

  TEST_CASE("an index is written anew, the same for any number of threads, and finds the same") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<Document> documents = mixed_documents(random, 500);
    const TemporaryDirectory directory;
    std::string first;
    for (const unsigned threads : {1U, 4U}) {
      const std::string path = directory / fmt::format("index{}", threads);
      IndexWriter writer(path, {.seal_from = 0, .threads = threads});
      for (const Document& document : documents) writer.add(document);
      for (int i = 0; i < 500; i += 9) writer.remove(fmt::format("d{}", i));
      writer.optimize();
      const std::string before = read_file(path + "/000002.segment");
      Searcher searcher(path);
      const Query query = parse_query(word_of('d', 7) + ' ' + word_of('d', 21));
      const SearchResult expected = searcher.search(query);
      REQUIRE(expected.hits.size() == 10);
      writer.optimize();
      CHECK(read_file(path + "/000002.segment") == before);
      writer.optimize({.reorder = true});
      const std::string after = read_file(path + "/000003.segment");
      CHECK(after.size() < before.size());
      const SearchResult found = searcher.search(query);
      CHECK(found.total == expected.total);
      CHECK(std::ranges::equal(found.hits, expected.hits, {}, &Hit::id, &Hit::id));
      CHECK(std::ranges::equal(found.hits, expected.hits, {}, &Hit::score, &Hit::score));
      if (first.empty()) first = after;
      CHECK(after == first);
    }
  }
}

}  // namespace limier::test
