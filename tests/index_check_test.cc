#include "limier/index_check.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "files.h"
#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/searcher.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

namespace fs = std::filesystem;

Document document_of(int number) {
  Document document;
  document.id = fmt::format("d{}", number);
  document.title = fmt::format("Titre {}", number);
  document.body = fmt::format("Le mot {} et la phrase commune.", number % 7);
  document.tags = {"étiquette"};
  document.values = {{"lectures", std::to_string(number)}};
  document.date = "2024-02-03";
  return document;
}

/// Two segments, one of which has lost documents to the head, which has one more.
void write_index(const std::string& path) {
  for (int part = 0; part < 2; ++part) {
    IndexWriter writer(path, {.seal_from = 0});
    for (int i = 0; i < 40; ++i) writer.add(document_of(40 * part + i));
    writer.commit();
  }
  IndexWriter writer(path);
  writer.remove("d3");
  Document changed = document_of(5);
  changed.body = "Un autre texte.";
  writer.add(changed);
  writer.add(document_of(100));
  writer.commit();
}

std::vector<std::string> problems_of(const std::string& path) {
  std::vector<std::string> texts;
  for (const Message& problem : check_index(path).problems) texts.push_back(problem.text);
  return texts;
}

}  // namespace

TEST_SUITE("check") {
  TEST_CASE("an index that is whole") {
    const TemporaryDirectory directory;
    write_index(directory / "index");
    const IndexCheck check = check_index(directory / "index");
    CHECK(check.problems.empty());
    CHECK(check.documents == 80);
    CHECK(check.segments == 2);
    IndexWriter(directory / "index").optimize();
    CHECK(problems_of(directory / "index").empty());
    CHECK(check_index(directory / "index").documents == 80);
  }

  TEST_CASE("every byte of a segment that is changed, and every end that is missing, is found") {
    const TemporaryDirectory directory;
    write_index(directory / "index");
    const std::string path = directory / "index/000001.segment", bytes = read_file(path);
    REQUIRE(bytes.size() > 1000);
    // Between sections lie zeros that belong to no section; they are checked with the page that they lie in.
    for (std::size_t at = 0; at < bytes.size(); at += 13) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
      write_file(path, changed);
      CAPTURE(at);
      const std::vector<std::string> problems = problems_of(directory / "index");
      CHECK(!problems.empty());
      CHECK(std::all_of(problems.begin(), problems.end(), [](const std::string& problem) {
        return problem.find("000001.segment") != std::string::npos;
      }));
    }
    for (std::size_t size = 0; size < bytes.size(); size += 101) {
      write_file(path, bytes.substr(0, size));
      CHECK(problems_of(directory / "index").size() == 1);
    }
    write_file(path, bytes);
    CHECK(problems_of(directory / "index").empty());
  }

  TEST_CASE("a segment that is missing, or of another index, and the rest is checked") {
    const TemporaryDirectory directory;
    write_index(directory / "index");
    write_index(directory / "other");
    IndexWriter(directory / "other").optimize();
    const std::string path = directory / "index/000002.segment";
    fs::rename(path, directory / "kept");
    CHECK(problems_of(directory / "index").size() == 1);
    CHECK(check_index(directory / "index").documents == 40);
    for (const fs::directory_entry& file : fs::directory_iterator(directory / "other"))
      if (file.path().extension() == ".segment") fs::copy(file.path(), path);
    CHECK(problems_of(directory / "index").size() == 1);
    fs::remove(path);
    // The same documents as another segment: all but the two that were deleted, one of which is in the head anew.
    fs::copy(directory / "index/000001.segment", path);
    const std::vector<std::string> problems = problems_of(directory / "index");
    CHECK(problems.size() == 39);
    CHECK(problems.front().find("stands twice") != std::string::npos);
  }

  TEST_CASE("a segment of another index that has fewer documents than are deleted") {
    const TemporaryDirectory directory;
    write_index(directory / "index");
    {
      IndexWriter writer(directory / "small", {.seal_from = 0});
      writer.add(document_of(1));
      writer.commit();
    }
    fs::copy(directory / "small/000001.segment", directory / "index/000001.segment",
             fs::copy_options::overwrite_existing);
    CHECK(problems_of(directory / "index").size() == 1);
    CHECK_THROWS_AS(Searcher(directory / "index").search(parse_query("texte")), Error);
    CHECK_THROWS_AS(IndexWriter(directory / "index").optimize(), Error);
  }

  TEST_CASE("a damaged head is told, and segments are checked without it") {
    const TemporaryDirectory directory;
    write_index(directory / "index");
    for (const char* file : {"iamglass", "postlist.glass", "docdata.glass", "termlist.glass"}) {
      const std::string path = std::string(directory / "index/") + file, bytes = read_file(path);
      write_file(path, bytes.substr(0, bytes.size() / 3));
      CAPTURE(file);
      CHECK(problems_of(directory / "index").size() == 1);
      CHECK(check_index(directory / "index").segments == 2);
      write_file(path, bytes);
    }
    CHECK(problems_of(directory / "index").empty());
  }

  TEST_CASE("what is no index, and one that is being written, for check and repair") {
    for (const bool repairs : {false, true}) {
      CAPTURE(repairs);
      const TemporaryDirectory directory;
      const auto code_of = [&](const std::string& path) {
        try {
          repairs ? void(repair_index(path)) : void(check_index(path));
        } catch (const Error& error) {
          return error.code();
        }
        return ErrorCode::Io;
      };
      CHECK(code_of(directory / "none") == ErrorCode::NotFound);
      fs::create_directory(directory / "foreign");
      write_file(directory / "foreign/file", "text");
      CHECK(code_of(directory / "foreign") == ErrorCode::Incompatible);
      IndexWriter writer(directory / "index");
      writer.commit();
      CHECK(code_of(directory / "index") == ErrorCode::Locked);
    }
  }
}

}  // namespace limier::test
