#include <doctest/doctest.h>
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "files.h"
#include "limier/error.h"
#include "limier/index_check.h"
#include "limier/index_writer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "sealed/segment_file.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

namespace fs = std::filesystem;

using Documents = std::map<std::string, Document>;
using Ids = std::set<std::string>;

constexpr int in_segment = 44;

std::string id_of(int number) { return fmt::format("d{}", number); }

/// Of words whose order is by chance, so that a text takes room when it is compressed, too.
Document document_of(int number) {
  std::mt19937 dice(static_cast<unsigned>(number));
  Document document;
  document.id = id_of(number);
  document.title = fmt::format("Les récoltes de l’année {}", 1980 + number % 40);
  for (int word = 0; word < 420; ++word)
    document.body += fmt::format("mot{}{} ", dice() % 700, word % 5 == 0 ? "és" : word % 7 == 0 ? "s," : "");
  document.authors = {fmt::format("Autrice {}", number % 3)};
  document.tags = {"coton", fmt::format("étiquette {}", number % 5)};
  document.values = {{"lectures", std::to_string(number)}};
  document.date = fmt::format("2024-02-{:02}", 1 + number % 28);
  return document;
}

/// The documents of `write_index` when it has run.
Documents living() {
  Documents documents;
  for (int number = 0; number < in_segment; ++number)
    if (number % 9 != 4) documents[id_of(number)] = document_of(number);
  documents[id_of(20)].body = "Un autre texte.";
  documents[id_of(100)] = document_of(100);
  return documents;
}

SourceFile source(int file) {
  SourceFile source;
  source.path = fmt::format("/archive/{}", file);
  return source;
}

/// A segment of several blocks of stored texts, some of whose documents are deleted, and one replaced in the head; and
/// a head with one more.
void write_index(const std::string& path) {
  {
    IndexWriter writer(path, {.seal_from = 0});
    for (int file = 0; file < 2; ++file) {
      writer.begin_source(source(file));
      for (int number = file; number < in_segment; number += 2) writer.add(document_of(number));
      writer.end_source(true);
    }
    writer.commit();
  }
  IndexWriter writer(path);
  for (int number = 4; number < in_segment; number += 9) writer.remove(id_of(number));
  writer.add(living().at(id_of(20)));
  writer.add(document_of(100));
  writer.commit();
}

/// The hits of some queries, with all that can be seen of them.
std::vector<std::string> answers(const std::string& path) {
  Searcher searcher(path);
  std::vector<std::string> lines;
  for (const char* query : {"mot1 mot2 mot3", "mots +coton -mot5", "\"mot10 mot11\" OU mot12", "mot7*", "=mot20és",
                            "titre:récoltes", "lectures:>20 ET date:2024-02-01..2024-02-12", "tag:\"étiquette 3\"",
                            "auteur:autrice NEAR/3 1", "existe:tags", "autre texte"}) {
    const SearchResult result = searcher.search(parse_query(query), {.top = 1000});
    lines.push_back(fmt::format("{}: {}", query, result.total));
    for (const Hit& hit : result.hits)
      lines.push_back(fmt::format("{} {:.4f} {}", hit.id, hit.score, to_json(hit.document)));
  }
  return lines;
}

/// What the index answers that was made of these documents, and nothing else.
std::vector<std::string> answers_of(const Documents& documents) {
  const TemporaryDirectory directory;
  IndexWriter writer(directory / "index");
  for (const auto& [id, document] : documents) writer.add(document);
  writer.commit();
  return answers(directory / "index");
}

/// A segment file as another version would write it: with its checksums.
std::string of_version(std::int32_t version, std::string bytes) {
  constexpr std::size_t checksum_from_end = 16, page = 16 << 10;
  const auto store = [&](std::size_t at, auto number) { std::memcpy(bytes.data() + at, &number, sizeof number); };
  const std::size_t checksum = bytes.size() - checksum_from_end;
  std::uint64_t checksums = 0;
  std::memcpy(&checksums, bytes.data() + checksum - sizeof checksums, sizeof checksums);
  store(8, version);
  store(checksums, std::uint64_t{XXH3_64bits(bytes.data(), page)});
  store(checksum, std::uint64_t{XXH3_64bits(bytes.data() + checksums, checksum - checksums)});
  return bytes;
}

/// An index with a segment, and where everything lies in that.
struct Specimen {
  Specimen() {
    write_index(path);
    bytes = read_file(segment_of(path));
    sealed::SegmentFile file(segment_of(path));
    const char* const begin = file.read(sealed::Section::Store).data() - sealed::section_alignment;
    std::string places(file.read(sealed::Section::StoreIndex));
    for (std::size_t at = 0; at < places.size(); at += 16) {
      std::uint64_t offset = 0, first = 0;
      std::memcpy(&offset, places.data() + at, sizeof offset);
      std::memcpy(&first, places.data() + at + 8, sizeof first);
      blocks.push_back({sealed::section_alignment + offset, first});
    }
    for (std::size_t number = 1; number <= sealed::section_count; ++number) {
      const sealed::Bytes all = file.read(static_cast<sealed::Section>(number));
      if (!all.empty()) sections.push_back({static_cast<std::size_t>(all.data() - begin), all.size()});
    }
  }

  static std::string segment_of(const std::string& index) { return index + "/000001.segment"; }

  /// A copy of the index, whose segment has these bytes.
  std::string with(const std::string& changed) const {
    const std::string copy = directory / "copy";
    fs::remove_all(copy);
    fs::copy(path, copy);
    write_file(segment_of(copy), changed);
    return copy;
  }

  /// Ids of the living documents of the segment in a block.
  Ids living_in(std::size_t block) const {
    std::vector<int> order;  // of the documents in the segment: file by file
    for (int file = 0; file < 2; ++file)
      for (int number = file; number < in_segment; number += 2) order.push_back(number);
    Ids ids;
    for (std::uint64_t number = blocks[block].first_document; number < blocks[block + 1].first_document; ++number) {
      const int document = order[number - 1];
      if (document % 9 != 4 && document != 20) ids.insert(id_of(document));
    }
    return ids;
  }

  std::size_t place_in(std::size_t block, std::size_t by_chance) const {
    return blocks[block].begin + by_chance % (blocks[block + 1].begin - blocks[block].begin);
  }

  /// The block in which a byte lies.
  std::size_t block_at(std::size_t at) const {
    REQUIRE(at >= blocks.front().begin);
    REQUIRE(at < blocks.back().begin);
    std::size_t block = 0;
    while (blocks[block + 1].begin <= at) ++block;
    return block;
  }

  struct Block {
    std::size_t begin = 0;
    std::uint64_t first_document = 0;
  };
  struct Extent {
    std::size_t begin = 0, size = 0;
  };

  TemporaryDirectory directory;
  std::string path = directory / "index";
  std::string bytes;
  std::vector<Block> blocks;  // and the end of the last
  std::vector<Extent> sections;
};

Documents documents_in(const std::string& path) {
  Documents documents;
  Searcher searcher(path);
  for (int number = 0; number <= 100; ++number)
    if (const auto found = searcher.document(id_of(number))) documents[id_of(number)] = *found;
  CHECK(searcher.info().documents == documents.size());
  return documents;
}

Ids lost_of(const Documents& left) {
  Ids lost;
  for (const auto& [id, document] : living())
    if (!left.contains(id)) lost.insert(id);
  return lost;
}

/// The documents that change when the source files are indexed again, which they are where they are not current.
Ids indexed_again(const std::string& path) {
  IndexWriter writer(path);
  Ids changed;
  for (int file = 0; file < 2; ++file) {
    CHECK_FALSE(writer.is_current(source(file)));
    writer.begin_source(source(file));
    for (int number = file; number < in_segment; number += 2)
      if (writer.add(document_of(number)).outcome != AddResult::Outcome::Unchanged) changed.insert(id_of(number));
    writer.end_source(true);
  }
  return changed;
}

std::string flipped(std::string bytes, std::size_t at, unsigned bit) {
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
  return bytes;
}

/// Repairs, and returns what is left. Whatever was damaged, that is sound, and nothing but what was there.
Documents repair(const std::string& path) {
  const IndexRepair repair = repair_index(path);
  CHECK(repair.after.problems.empty());
  CHECK(repair.before.problems.empty() == repair.repaired.empty());
  const Documents all = living(), left = documents_in(path);
  for (const auto& [id, document] : left) CHECK((all.contains(id) && document == all.at(id)));
  CHECK(repair.after.documents == left.size());
  CHECK(repair.lost.empty() == (left.size() == all.size()));
  return left;
}

}  // namespace

TEST_SUITE("repair") {
  TEST_CASE("whatever byte of a segment is changed, what is lost are the texts of a block at most") {
    const Specimen specimen;
    REQUIRE(specimen.blocks.size() > 3);
    REQUIRE(specimen.sections.size() == sealed::section_count);
    const std::vector<std::string> whole = answers(specimen.path);
    REQUIRE(whole == answers_of(living()));
    const unsigned seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 dice(seed);

    std::vector<std::size_t> places = {0, 5, 8, 11, 13, specimen.bytes.size() - 1, specimen.bytes.size() - 15};
    for (const Specimen::Extent& section : specimen.sections)
      for (int i = 0; i < 4; ++i) places.push_back(section.begin + dice() % section.size);
    for (std::size_t block = 0; block + 1 < specimen.blocks.size(); ++block)
      for (int i = 0; i < 3; ++i) places.push_back(specimen.place_in(block, dice()));
    for (int i = 0; i < 4; ++i) places.push_back(specimen.bytes.size() - 1 - dice() % 400);

    int blocks_lost = 0;
    std::map<Ids, std::vector<std::string>> expected{{{}, whole}};  // by what is lost
    for (const std::size_t at : places) {
      CAPTURE(at);
      const std::string path = specimen.with(flipped(specimen.bytes, at, dice() % 8));
      const Documents left = repair(path);
      const Ids lost = lost_of(left);
      if (!lost.empty()) {
        CHECK(lost == specimen.living_in(specimen.block_at(at)));
        ++blocks_lost;
      }
      if (!expected.contains(lost)) expected[lost] = answers_of(left);
      CHECK(answers(path) == expected[lost]);
    }
    // Some bits of a block mean nothing.
    CHECK(blocks_lost > 5);
  }

  TEST_CASE("documents that are lost are told by their ids") {
    const Specimen specimen;
    for (std::size_t block = 0; block + 1 < specimen.blocks.size(); ++block) {
      const std::string path = specimen.with(flipped(specimen.bytes, specimen.place_in(block, 500), 3));
      const IndexRepair repair = repair_index(path);
      Ids told, expected;
      for (const Message& lost : repair.lost) told.insert(lost.text);
      for (const std::string& id : specimen.living_in(block))
        expected.insert(fmt::format("{}: the document {} is lost", Specimen::segment_of(path), id));
      CHECK(expected.size() > 1);
      CHECK(told == expected);
    }
  }

  TEST_CASE("of a file that is cut off, what stands before the end is recovered") {
    const Specimen specimen;
    for (std::size_t cut = 0; cut < 24; ++cut) {
      const std::size_t size = cut * specimen.bytes.size() / 24;
      CAPTURE(size);
      const Documents left = repair(specimen.with(specimen.bytes.substr(0, size)));
      Ids lost;
      for (std::size_t block = 0; block + 1 < specimen.blocks.size(); ++block)
        if (specimen.blocks[block + 1].begin > size) lost.merge(specimen.living_in(block));
      CHECK(lost_of(left) == lost);
    }
    const std::string path = specimen.with({});
    fs::remove(Specimen::segment_of(path));
    CHECK(repair(path).size() == 2);  // those of the head
  }

  TEST_CASE("however much is damaged, what is left is sound, and what was deleted stays away") {
    const Specimen specimen;
    const unsigned seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 dice(seed);
    std::size_t most = 0, least = living().size();
    for (int round = 0; round < 60; ++round) {
      CAPTURE(round);
      std::string changed = specimen.bytes;
      for (unsigned times = 1 + dice() % 4; times > 0; --times) {
        const std::size_t begin = dice() % changed.size();
        const std::size_t size = std::min<std::size_t>(1U << dice() % 15, changed.size() - begin);
        for (std::size_t at = begin; at < begin + size; ++at)
          changed[at] = static_cast<char>(dice() % 4 == 0 ? 0 : dice());
      }
      const std::string path = specimen.with(changed);
      const Documents left = repair(path);
      if (round % 10 == 0) CHECK(answers(path) == answers_of(left));
      most = std::max(most, left.size());
      least = std::min(least, left.size());
    }
    CHECK(most > least);
  }

  TEST_CASE("a repair of an index that is whole changes nothing") {
    const Specimen specimen;
    const std::string path = specimen.with(specimen.bytes);
    const IndexRepair repair = repair_index(path);
    CHECK(repair.before.problems.empty());
    CHECK(repair.repaired.empty());
    CHECK(repair.lost.empty());
    CHECK(repair.after.documents == living().size());
    CHECK(repair.after.segments == 1);
    std::size_t files = 0;
    for (const fs::directory_entry& file : fs::directory_iterator(path)) {
      CHECK(read_file(file.path()) == read_file(fs::path(specimen.path) / file.path().filename()));
      ++files;
    }
    CHECK(files > 5);
  }

  TEST_CASE("the damaged file is kept, and is no part of the index") {
    const Specimen specimen;
    const std::string changed = flipped(specimen.bytes, specimen.bytes.size() / 2, 1);
    const std::string path = specimen.with(changed), kept = path + "/000001.damaged";
    // A repair that was stopped before its commit leaves a second name.
    fs::create_hard_link(Specimen::segment_of(path), kept);
    const std::uint64_t before = Searcher(specimen.path).info().bytes;
    repair(path);
    CHECK(!fs::exists(Specimen::segment_of(path)));
    CHECK(Searcher(path).info().bytes < before + before / 2);
    CHECK(check_index(path).segments == 1);
    IndexWriter(path).optimize();
    CHECK(read_file(kept) == changed);
    // What somebody else has put there is not touched.
    const std::string other = specimen.with(changed);
    write_file(other + "/000001.damaged", "text");
    CHECK_THROWS_AS(repair_index(other), Error);
    CHECK(read_file(other + "/000001.damaged") == "text");
    CHECK(read_file(Specimen::segment_of(other)) == changed);
  }

  TEST_CASE("documents keep their source files; where any is lost, these are read again") {
    const Specimen specimen;
    const auto repaired_in = [&](sealed::Section section) {
      const std::size_t at = specimen.sections[static_cast<std::size_t>(section) - 1].begin;
      const std::string path = specimen.with(flipped(specimen.bytes, at + 9, 2));
      repair(path);
      return path;
    };
    {
      IndexWriter writer(repaired_in(sealed::Section::Postings));
      CHECK(writer.is_current(source(0)));
      CHECK(writer.is_current(source(1)));
      CHECK(writer.remove_source(source(0).path) + writer.remove_source(source(1).path) == living().size() - 2);
    }
    // Whoever deleted or changed a document that a file still has sees it come back, as ever.
    Ids restored = {id_of(20)};
    for (int number = 4; number < in_segment; number += 9) restored.insert(id_of(number));
    // The fingerprint of the first document.
    Ids expected = restored;
    expected.insert(id_of(0));
    CHECK(indexed_again(repaired_in(sealed::Section::Columns)) == expected);
    expected = restored;
    expected.merge(specimen.living_in(0));
    CHECK(indexed_again(repaired_in(sealed::Section::Store)) == expected);
  }

  TEST_CASE("nothing is repaired while the head is damaged, or a segment is of another index or version") {
    const Specimen specimen;
    const std::string path = specimen.with(flipped(specimen.bytes, specimen.bytes.size() / 2, 1));
    const auto is_left_alone = [&](std::size_t problems) {
      const IndexRepair repair = repair_index(path);
      CHECK(repair.before.problems.size() == problems);
      CHECK(repair.after.problems.size() == problems);
      CHECK(repair.repaired.empty());
      CHECK(repair.lost.empty());
      CHECK(fs::exists(Specimen::segment_of(path)));
      CHECK(!fs::exists(path + "/000001.damaged"));
    };
    const auto ends_with_advice = [&](const std::string& advice) {
      return check_index(path).problems.at(0).text.ends_with("; " + advice);
    };
    const std::string head = path + "/postlist.glass", bytes = read_file(head);
    write_file(head, bytes.substr(0, bytes.size() / 3));
    is_left_alone(2);
    write_file(head, bytes);
    {
      IndexWriter writer(specimen.directory / "other", {.seal_from = 0});
      writer.add(document_of(1));
      writer.commit();
    }
    fs::copy(Specimen::segment_of(specimen.directory / "other"), Specimen::segment_of(path),
             fs::copy_options::overwrite_existing);
    is_left_alone(1);
    REQUIRE(of_version(sealed::segment_version, specimen.bytes) == specimen.bytes);
    write_file(Specimen::segment_of(path), of_version(sealed::segment_version + 1, specimen.bytes));
    CHECK(ends_with_advice("use a newer Limier, or index the documents again with this one"));
    write_file(Specimen::segment_of(path), of_version(sealed::segment_version - 1, specimen.bytes));
    CHECK(ends_with_advice("index the documents again"));
    is_left_alone(1);
  }
}

}  // namespace limier::test
