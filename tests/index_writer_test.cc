#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "live/live_shard.h"
#include "live/reading.h"
#include "live/xapian_errors.h"
#include "sealed/segment_file.h"
#include "shard/schema.h"
#include "shard_kinds.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

using Outcome = AddResult::Outcome;

Document make_document(const std::string& id, const std::string& body, const std::string& date = "") {
  Document document;
  document.id = id;
  document.body = body;
  document.date = date;
  return document;
}

SourceFile source(const std::string& path, std::int64_t modified = 1) { return {path, path, 10, modified}; }

ErrorCode code_of_opening(const std::string& path) {
  try {
    const IndexWriter writer(path);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::InvalidArgument;  // which opening never throws
}

std::string message_of_opening(const std::string& path) {
  try {
    const IndexWriter writer(path);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

void set_metadata(const std::string& path, std::string_view key, const std::string& value) {
  Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OPEN);
  database.set_metadata(std::string(key), value);
  database.commit();
}

}  // namespace

TEST_SUITE("index writer") {
  TEST_CASE("nothing is seen before the commit, nor after a writer without one") {
    const TemporaryDirectory directory;
    {
      IndexWriter writer(directory / "index", writer_options());
      writer.add(make_document("a", "un mot"));
      CHECK(Searcher(directory / "index").info().documents == 0);
      writer.commit();
      CHECK(Searcher(directory / "index").info().documents == 1);
      writer.add(make_document("b", "un mot"));
      writer.remove("a");
    }
    Searcher searcher(directory / "index");
    CHECK(searcher.info().documents == 1);
    CHECK(searcher.document("a").has_value());
    CHECK_FALSE(searcher.document("b").has_value());
  }

  TEST_CASE("threads: the files of an index are the same for any number of them") {
    std::uint64_t memory = 0;
    int segments = 0;
    SUBCASE("where each document is spilled, and many a segment") { memory = 70'000, segments = 4; }
    SUBCASE("where some dozens are, in several batches") { memory = 6 << 20, segments = 1; }
    const TemporaryDirectory directory;
    std::vector<std::vector<std::string>> indexes;
    for (const unsigned threads : {1U, 2U, 5U}) {
      const std::string path = directory / std::to_string(threads);
      IndexWriter writer(path, {.seal_from = 0, .memory = memory, .threads = threads});
      for (int i = 0; i < 400; ++i) {  // some 10 MB
        std::string body;
        for (int word = 0; word < 4000; ++word) body += "mot" + std::to_string(word * i % 997) + ' ';
        writer.add(make_document(std::to_string(i % 390), body));  // some replace others
      }
      writer.commit();
      std::vector<std::string>& files = indexes.emplace_back();
      const auto take_file = [&](int number) {
        std::ifstream file(path + "/00000" + std::to_string(number) + ".segment", std::ios::binary);
        REQUIRE(file.is_open());
        files.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
      };
      for (int number = 1; number <= segments; ++number) take_file(number);
      writer.optimize();
      take_file(segments + 1);  // of all, in several tasks
      REQUIRE(sealed::SegmentFile(path + "/00000" + std::to_string(segments + 1) + ".segment")
                  .size(sealed::Section::Postings) > 1'000'000);
      CHECK(Searcher(path).info().documents == 390);
    }
    CHECK(indexes[1] == indexes[0]);
    CHECK(indexes[2] == indexes[0]);
  }

  TEST_CASE("a document comes back as it was added, every field of it") {
    const TemporaryDirectory directory;
    Document document = make_document("id é", "Corps\nà deux paragraphes", "2022-11-23T10:00+01:00");
    document.title = "Titre";
    document.authors = {"A", "B"};
    document.site = "Site";
    document.sections = {"Politique"};
    document.tags = {"Mali", "Russie"};
    document.source = "Sputnik";
    document.url = "https://exemple.fr/";
    document.language = "fr";
    document.values = {{"lectures", "964"}};
    IndexWriter writer(directory / "index", writer_options());
    CHECK(writer.add(document).outcome == Outcome::Added);
    writer.commit();
    CHECK(Searcher(directory / "index").document("id é") == document);
    CHECK(Searcher(directory / "index").search(parse_query("deux")).hits.at(0).document == document);
  }

  TEST_CASE("adding says what it did") {
    const TemporaryDirectory directory;
    IndexWriter writer(directory / "index", writer_options());
    CHECK(writer.add(make_document("a", "un")).outcome == Outcome::Added);
    CHECK(writer.add(make_document("a", "un")).outcome == Outcome::Unchanged);
    CHECK(writer.add(make_document("a", "deux")).outcome == Outcome::Replaced);
    writer.commit();
    CHECK(writer.add(make_document("a", "deux")).outcome == Outcome::Unchanged);
    CHECK(writer.uncommitted_bytes() == 0);
    CHECK(writer.remove("a"));
    CHECK_FALSE(writer.remove("a"));
    writer.commit();
    CHECK(Searcher(directory / "index").info().words == 0);
  }

  TEST_CASE("ids and dates that cannot be are refused, and the writer goes on") {
    const TemporaryDirectory directory;
    IndexWriter writer(directory / "index", writer_options());
    CHECK_THROWS_AS(writer.add(make_document("", "mot")), Error);
    CHECK_THROWS_AS(writer.add(make_document(std::string(201, 'x'), "mot")), Error);
    CHECK_THROWS_AS(writer.add(make_document(std::string(1, '\0'), "mot")), Error);
    CHECK_THROWS_AS(writer.add(make_document("\xE9", "mot")), Error);
    CHECK(writer.add(make_document(std::string(200, '\x01'), "mot")).outcome == Outcome::Added);
    for (const char* date :
         {"hier", "2022-13", "2022-02-30", "2022-1-1", "20221123", "2022-11-23T", "2022-11-23 10:00"})
      CHECK_THROWS_AS(writer.add(make_document("a", "mot", date)), Error);
    for (const char* date : {"2022", "2022-11", "2024-02-29", "2022-11-23T10:00", "2022-11-23T10:00:00.5Z"})
      CHECK_NOTHROW(writer.add(make_document("a", "mot", date)));
    writer.commit();
    CHECK(Searcher(directory / "index").info().documents == 2);
  }

  TEST_CASE("any bytes can be indexed") {
    const TemporaryDirectory directory;
    IndexWriter writer(directory / "index", writer_options());
    std::string all_bytes;
    for (int byte = 0; byte < 256; ++byte) all_bytes.push_back(static_cast<char>(byte));
    writer.add(make_document("a", all_bytes + std::string(100'000, 'a') + all_bytes));
    writer.commit();
    CHECK(Searcher(directory / "index").info().documents == 1);
  }

  TEST_CASE("a source is current until its file changes") {
    const TemporaryDirectory directory;
    IndexWriter writer(directory / "index", writer_options());
    CHECK_FALSE(writer.is_current(source("/a")));
    writer.begin_source(source("/a"));
    writer.add(make_document("a1", "un"));
    writer.add(make_document("a2", "deux"));
    CHECK_FALSE(writer.is_current(source("/a")));
    CHECK(writer.end_source(true) == 0);
    CHECK(writer.is_current(source("/a")));
    CHECK_FALSE(writer.is_current(source("/a", 2)));

    writer.begin_source(source("/a", 2));
    CHECK(writer.add(make_document("a1", "un")).outcome == Outcome::Unchanged);
    CHECK(writer.end_source(true) == 1);
    CHECK(writer.is_current(source("/a", 2)));
    writer.commit();
    CHECK(Searcher(directory / "index").info().documents == 1);
    CHECK(Searcher(directory / "index").info().sources == 1);
  }

  TEST_CASE("a source that could not all be read keeps its documents and is read again") {
    const TemporaryDirectory directory;
    IndexWriter writer(directory / "index", writer_options());
    writer.begin_source(source("/a"));
    writer.add(make_document("a1", "un"));
    writer.add(make_document("a2", "deux"));
    writer.end_source(true);
    writer.begin_source(source("/a", 2));
    writer.add(make_document("a1", "un et demi"));
    CHECK(writer.end_source(false) == 0);
    CHECK_FALSE(writer.is_current(source("/a", 2)));
    writer.commit();
    CHECK(Searcher(directory / "index").info().documents == 2);
  }

  TEST_CASE("removing a source removes its documents, and has those read again that they had replaced") {
    const TemporaryDirectory directory;
    const std::string odd_path = "/na\xEFve \n \x01.txt";  // Old archives hold names that are no UTF-8.
    IndexWriter writer(directory / "index", writer_options());
    writer.begin_source(source(odd_path));
    writer.add(make_document("same", "un"));
    writer.add(make_document("own", "deux"));
    writer.end_source(true);
    writer.begin_source(source("/b"));
    CHECK(writer.add(make_document("same", "trois")).displaced_source == odd_path);
    CHECK(writer.add(make_document("same", "quatre")).displaced_source == "/b");
    writer.end_source(true);
    CHECK(writer.sources() == std::vector<std::string>{"/b", odd_path});
    CHECK(writer.is_current(source(odd_path)));

    CHECK(writer.remove_source("/b") == 1);
    CHECK_FALSE(writer.is_current(source(odd_path)));
    CHECK(writer.sources() == std::vector<std::string>{odd_path});
    CHECK(writer.remove_source("/b") == 0);
    CHECK(writer.remove_source(odd_path) == 1);
    writer.commit();
    CHECK(Searcher(directory / "index").info().documents == 0);
    CHECK(Searcher(directory / "index").info().sources == 0);
  }

  TEST_CASE("a second writer is told who holds the index, and can wait") {
    const TemporaryDirectory directory;
    auto holder = std::make_unique<IndexWriter>(directory / "index");
    CHECK(code_of_opening(directory / "index") == ErrorCode::Locked);
    CHECK(message_of_opening(directory / "index").find("process " + std::to_string(getpid())) != std::string::npos);
    std::jthread release([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      holder.reset();
    });
    CHECK_NOTHROW(IndexWriter(directory / "index", {.lock_timeout = std::chrono::seconds(60)}));
    release.join();
  }

  TEST_CASE("an index of another version is refused with advice, and left as it is") {
    const TemporaryDirectory directory;
    const std::string index = directory / "index";
    { IndexWriter writer(index); }
    const auto check_refused = [&](std::string_view key, const std::string& value, const std::string& advice) {
      CAPTURE(value);
      const std::string before = Xapian::Database(index).get_metadata(std::string(key));
      set_metadata(index, key, value);
      CHECK(code_of_opening(index) == ErrorCode::Incompatible);
      CHECK(message_of_opening(index).find(advice) != std::string::npos);
      CHECK_THROWS_AS(Searcher{index}, Error);
      set_metadata(index, key, before);
      CHECK_NOTHROW(Searcher{index});
    };
    check_refused(schema::format_key, "99", "use a newer Limier");
    check_refused(schema::format_key, "0", "index the documents again");
    check_refused(schema::analyzer_key, R"({"version":99,"stemmer":"snowball"})", "use a newer Limier");
    check_refused(schema::analyzer_key, R"({"version":1,"stemmer":"snowball"})", "index the documents again");
    const std::string this_version = R"({"version":)" + std::to_string(Analyzer::version);
    for (const std::string_view option : {R"("stemmer":"porter9")", R"("elision":"perhaps")", R"("rhyme":true)"}) {
      check_refused(schema::analyzer_key, this_version + "," + std::string(option) + "}", "use a newer Limier");
    }
  }

  TEST_CASE("what is not an index is never written to") {
    const TemporaryDirectory directory;
    std::ofstream(directory / "notes.txt") << "precious";
    CHECK(code_of_opening(directory.path()) == ErrorCode::Incompatible);
    CHECK(code_of_opening(directory / "notes.txt") == ErrorCode::Incompatible);
    { Xapian::WritableDatabase(directory / "foreign", Xapian::DB_CREATE).add_document(Xapian::Document()); }
    CHECK(code_of_opening(directory / "foreign") == ErrorCode::Incompatible);
    CHECK(std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 2);
  }

  TEST_CASE("a damaged head is an error, never a crash") {
    const TemporaryDirectory directory;
    {
      IndexWriter writer(directory / "index");
      for (int i = 0; i < 200; ++i) writer.add(make_document("d" + std::to_string(i), "mot " + std::to_string(i)));
      writer.commit();
    }
    for (const char* file : {"iamglass", "postlist.glass", "docdata.glass"}) {
      std::filesystem::copy(directory / "index", directory / "damaged");
      std::filesystem::resize_file(std::string(directory / "damaged/") + file, 20);
      CHECK_THROWS_AS(
          [&] {
            Searcher searcher(directory / "damaged");
            searcher.search(parse_query("mot"));
          }(),
          Error);
      std::filesystem::remove_all(directory / "damaged");
    }
  }

  TEST_CASE("a searcher beside a writer always sees a whole commit, and the newest") {
    const TemporaryDirectory directory;
    constexpr int per_commit = 7, commits = 60;
    { IndexWriter writer(directory / "index", writer_options()); }
    std::atomic<bool> done = false;
    std::jthread writing([&] {
      IndexWriter writer(directory / "index", writer_options());
      for (int commit = 0; commit < commits; ++commit) {
        for (int i = 0; i < per_commit; ++i)
          writer.add(
              make_document("d" + std::to_string(commit * per_commit + i), "mot commun et mot" + std::to_string(i)));
        writer.commit();
      }
      done = true;
    });
    Searcher searcher(directory / "index");
    std::uint64_t last = 0, searches = 0;
    while (!done) {
      const SearchResult result = searcher.search(parse_query("commun"));
      CHECK(result.total % per_commit == 0);
      CHECK(result.total >= last);
      last = result.total;
      ++searches;
    }
    writing.join();
    CHECK(searches > 1);
    CHECK(searcher.search(parse_query("commun")).total == per_commit * commits);
  }

  TEST_CASE("it is told whether a commit is the newest, however soon others follow") {
    const TemporaryDirectory directory;
    const std::string path = directory / std::string(live::commit_file);
    const auto commit = [&] {
      std::ofstream(path + ".new") << "commit";
      std::filesystem::rename(path + ".new", path);
    };
    CHECK_FALSE(live::CommitFile().is_newest());
    CHECK_FALSE(live::CommitFile(directory.path()).is_newest());
    commit();
    live::CommitFile newest(directory.path());
    for (int round = 0; round < 1000; ++round) {
      REQUIRE(newest.is_newest());
      for (int commits = 1 + round % 3; commits > 0; --commits) commit();
      REQUIRE_FALSE(newest.is_newest());
      newest = live::CommitFile(directory.path());
    }
    std::ofstream(path) << "another, copied over it";
    CHECK_FALSE(newest.is_newest());
  }

  TEST_CASE("a searcher sees each commit, between any two of its questions") {
    const TemporaryDirectory directory;
    const std::string path = directory / "index";
    IndexWriter writer(path);
    writer.commit();
    Searcher searcher(path);
    for (unsigned documents = 1; documents <= 60; ++documents) {
      Document document;
      document.id = std::to_string(documents);
      document.body = "mot";
      writer.add(document);
      if (documents % 3 == 0) writer.commit();
      if (documents % 5 == 0) writer.commit();
      CHECK(searcher.search(parse_query("mot")).total == std::max(documents / 3 * 3, documents / 5 * 5));
      CHECK(searcher.info().documents == std::max(documents / 3 * 3, documents / 5 * 5));
    }
  }

  TEST_CASE("small changes become a segment once there are many") {
    const TemporaryDirectory directory;
    constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    for (const std::uint64_t seal_from : {std::uint64_t{10'000}, never}) {
      const std::string path = directory / std::to_string(seal_from);
      std::uint64_t most_sealed = 0, times_sealed = 0;
      for (int i = 0; i < 200; ++i) {
        IndexWriter writer(path, {.seal_from = seal_from});
        writer.add(make_document("d" + std::to_string(i), "Le coton de Sikasso " + std::to_string(i)));
        if (i % 3 == 2) writer.remove("d" + std::to_string(i / 2));
        writer.commit();
        const std::uint64_t sealed = Searcher(path).info().segments;
        times_sealed += sealed > most_sealed ? 1 : 0;
        most_sealed = std::max(most_sealed, sealed);
      }
      Searcher searcher(path);
      CHECK(searcher.search(parse_query("coton")).total == 200 - 66);
      CHECK((times_sealed > 1) == (seal_from != never));
    }
  }

  TEST_CASE("no block that is read is written over") {
    const TemporaryDirectory directory;
    IndexWriter writer(directory / "index");
    const auto commit = [&](const std::string& body) {
      for (int i = 0; i < 300; ++i) writer.add(make_document("d" + std::to_string(i), body + std::to_string(i)));
      writer.commit();
    };
    commit("avant");
    live::LiveShard shard(directory / "index");
    std::jthread writing;
    {
      const live::Reading reading = shard.refresh();
      writing = std::jthread([&] {
        for (int i = 0; i < 3; ++i) commit(std::to_string(i));
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      CHECK(shard.document("d299")->body == "avant299");
    }
    writing.join();
    CHECK_THROWS_AS(shard.document("d150"), live::SnapshotExpired);
    const live::Reading reading = shard.refresh();
    CHECK(shard.document("d299")->body == "2299");
  }

  TEST_CASE("a commit whose segment is lost is an error, however often it is asked") {
    const TemporaryDirectory directory;
    const auto add_sealed = [&](const std::string& id) {
      IndexWriter writer(directory / "index", {.seal_from = 0});
      writer.add(make_document(id, "Le coton"));
      writer.commit();
    };
    add_sealed("a");
    Searcher searcher(directory / "index");
    CHECK(searcher.search(parse_query("coton")).total == 1);
    add_sealed("b");
    std::filesystem::rename(directory / "index/000002.segment", directory / "aside");
    for (int i = 0; i < 3; ++i) CHECK_THROWS_AS(searcher.search(parse_query("coton")), Error);
    std::filesystem::rename(directory / "aside", directory / "index/000002.segment");
    CHECK(searcher.search(parse_query("coton")).total == 2);
  }

  TEST_CASE("what words stand for is found in the newest commit") {
    for (const std::uint64_t seal_from : {std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()}) {
      const TemporaryDirectory directory;
      IndexWriter writer(directory / "index", {.seal_from = seal_from});
      writer.add(make_document("first", "Le coton"));
      writer.commit();
      Searcher searcher(directory / "index");
      // The word itself, another spelling, a word of the family, a misspelling.
      const std::map<std::string, std::string> asked = {{"hibou", "Le hibou du coton"},
                                                        {"refugies", "Les réfugiés"},
                                                        {"ouvert", "Une ouverture"},
                                                        {"gouvernemant", "Le gouvernement"}};
      std::set<std::string> there;
      const auto check = [&] {
        for (const auto& [word, text] : asked)
          CHECK(searcher.search(parse_query(word)).total == (there.contains(word) ? 1 : 0));
        // Others have been added, and change how rare a word is and how long a text.
        CHECK(searcher.search(parse_query("coton")).hits.front().score ==
              Searcher(directory / "index").search(parse_query("coton")).hits.front().score);
      };
      check();
      for (const auto& [word, text] : asked) {
        writer.add(make_document(word, text));
        writer.commit();
        there.insert(word);
        check();
      }
      for (const auto& [word, text] : asked) {
        writer.remove(word);
        writer.commit();
        there.erase(word);
        check();
      }
    }
  }

  TEST_CASE("a head that is empty is held for what is read of it, and other commits are told from its own") {
    const TemporaryDirectory directory;
    Searcher searcher = [&] {
      IndexWriter writer(directory / "index", {.seal_from = 0});
      writer.add(make_document("a", "Le coton"));
      writer.commit();
      return Searcher(directory / "index");
    }();
    const auto found = [&] { return searcher.search(parse_query("coton")).total; };
    IndexWriter writer(directory / "index", {.seal_from = std::numeric_limits<std::uint64_t>::max()});
    for (std::uint64_t round = 1; round < 6; ++round) {
      CHECK(found() == round);
      CHECK(searcher.info().documents == round);
      writer.add(make_document("b" + std::to_string(round), "Le coton"));
      writer.commit();
      CHECK(found() == round + 1);
      if (round % 2 == 1) writer.optimize();  // seals all
      CHECK(searcher.info().documents == round + 1);
    }

    live::LiveShard shard(directory / "index");
    static_cast<void>(shard.refresh());
    CHECK(shard.is_newest());
    static_cast<void>(shard.hold());
    writer.remove("a");
    writer.commit();
    CHECK(!shard.is_newest());
    CHECK_THROWS_AS(static_cast<void>(shard.hold()), live::SnapshotExpired);
  }
}

}  // namespace limier::test
