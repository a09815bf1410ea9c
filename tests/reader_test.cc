#include <doctest/doctest.h>
#include <limier/document_reader.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "reading.h"

using limier::Document;
using limier::DocumentReader;
using limier::find_sources;
using limier::ReadProblem;
using limier::SourceFile;
using limier::test::Folder;
using limier::test::gzip;
using limier::test::read_all;
using limier::test::read_bytes;
using limier::test::Reading;
using limier::test::zstd;

namespace fs = std::filesystem;

namespace {

const std::string lines = "{\"id\":\"a\",\"text\":\"un\"}\n\n{\"text\":\"deux\"}\r\n{\"id\":\"c\",\"text\":\"trois\"}";
const std::string page =
    "<html><head><title>Le barrage ouvre ses vannes</title></head><body><h1>Le barrage ouvre ses vannes</h1><p>Le "
    "barrage a ouvert ses "
    "vannes dans la nuit de lundi à mardi, après trois semaines de pluies sur les hauts plateaux.</p></body></html>";

}  // namespace

TEST_CASE("reader: JSON Lines, plain and packed, told by content") {
  for (const auto& [name, bytes] : {std::pair{"a.jsonl", lines},
                                    {"a.jsonl.gz", gzip(lines)},
                                    {"a.jsonl.zst", zstd(lines)},
                                    {"a.bin", lines},
                                    {"a", gzip(lines)},
                                    {"b.jsonl.gz", gzip(lines + "\n") + gzip("{\"id\":\"d\"}")},
                                    {"bom", "\xEF\xBB\xBF" + lines}}) {
    CAPTURE(name);
    const Reading reading = read_bytes(name, bytes);
    CHECK(reading.problems.empty());
    REQUIRE(reading.documents.size() >= 3);
    CHECK(reading.documents[0].id == "a");
    CHECK(reading.documents[1].id == std::string(name) + "#3");
    CHECK(reading.documents[1].body == "deux");
    CHECK(reading.documents[2].body == "trois");
  }
}

TEST_CASE("reader: a broken line is named, the rest is read") {
  const Reading reading = read_bytes(
      "a.jsonl",
      "{\"id\":\"a\"}\n{\"id\":\n[1]\nbonjour\n{\"id\":\"b\"}\n{\"tags\":[]}\n{\"id\":\"c\",\"text\":\"coup");
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[1].id == "b");
  REQUIRE(reading.problems.size() == 5);
  CHECK(reading.problems[0].line == 2);
  CHECK(reading.problems[1].line == 3);
  CHECK(reading.problems[2].line == 4);
  CHECK(reading.problems[3].line == 6);
  CHECK(reading.problems[4].line == 7);
  CHECK(reading.problems[4].message.text.find("cut off") != std::string::npos);
}

TEST_CASE("reader: lines that are not UTF-8") {
  const Reading reading =
      read_bytes("a.jsonl", "{\"id\":\"a\",\"text\":\"l\x92\xE9t\xE9\"}\n{\"id\":\"b\",\"text\":\"été \xFF\"}\n");
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].body == "l’été");
  CHECK(reading.documents[1].body == "été \uFFFD");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].line == 2);
}

TEST_CASE("reader: entities and dates of JSON Lines are tidied") {
  const Reading reading = read_bytes("a.jsonl", R"({"id":"a","title":"L&#39;&eacute;t&eacute;","date":"12 mars 2024"})"
                                                "\n"
                                                R"({"id":"b","date":"hier"})");
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].title == "L'été");
  CHECK(reading.documents[0].date == "2024-03-12");
  CHECK(reading.documents[1].date.empty());
  CHECK(reading.documents[1].values.at("date") == "hier");
}

TEST_CASE("reader: a single line of 50 MB") {
  const std::string text(50'000'000, 'a');
  const Reading reading = read_bytes("a.jsonl", "{\"id\":\"a\",\"text\":\"" + text + "\"}\n{\"id\":\"b\"}\n");
  CHECK(reading.problems.empty());
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].body.size() == text.size());
}

TEST_CASE("reader: a line without end in a small file is a problem, not a lack of memory") {
  // 300 MB of spaces inside a string, packed into some kilobytes.
  const std::string text = "{\"id\":\"a\",\"text\":\"" + std::string(300'000'000, ' ') + "\"}\n{\"id\":\"b\"}\n";
  const Reading reading = read_bytes("a.jsonl.zst", zstd(text));
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].id == "b");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].line == 1);
}

TEST_CASE("reader: HTML is told by content or by name") {
  for (const char* name : {"page.html", "page.txt", "page", "page.htm.gz"}) {
    CAPTURE(name);
    const Reading reading = read_bytes(name, std::string(name).ends_with(".gz") ? gzip(page) : page);
    REQUIRE(reading.documents.size() == 1);
    CHECK(reading.documents[0].id == name);
    CHECK(reading.documents[0].title == "Le barrage ouvre ses vannes");
    CHECK(reading.documents[0].body.starts_with("Le barrage a ouvert"));
  }
}

TEST_CASE("reader: UTF-16 and windows-1252 pages") {
  std::string utf16 = "\xFF\xFE";
  for (const char c :
       std::string("<html><body><p>Le port de Lome a reçu trois navires de riz cette semaine.</p></body></html>")) {
    if (c == '\xC3') continue;
    utf16 += c == '\xA7' ? '\xE7' : c;  // ç is U+00E7
    utf16 += '\0';
  }
  const Reading wide = read_bytes("a.txt", utf16);
  REQUIRE(wide.documents.size() == 1);
  CHECK(wide.documents[0].body == "Le port de Lome a reçu trois navires de riz cette semaine.");
  std::string latin = page;
  latin.replace(latin.find("à"), 2, "\xE0");
  latin.replace(latin.find("è"), 2, "\xE8");
  const Reading reading = read_bytes("a.html", latin);
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].body.find("lundi à mardi, après") != std::string::npos);
}

TEST_CASE("reader: double encoding is mended in pages and in JSON Lines") {
  const Reading lines = read_bytes("a.jsonl", "{\"id\":\"a\",\"title\":\"LÃ¢â‚¬â„¢ÃƒÂ©tÃƒÂ©\",\"text\":\"cafÃ©\"}\n");
  REQUIRE(lines.documents.size() == 1);
  CHECK(lines.documents[0].title == "L’été");
  CHECK(lines.documents[0].body == "café");
  const Reading reading = read_bytes(
      "a.html", "<html><body><p>Le port de LomÃ© a reÃ§u trois navires dâ€™Asie cette semaine.</p></body></html>");
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].body == "Le port de Lomé a reçu trois navires d’Asie cette semaine.");
}

TEST_CASE("reader: a prose text without menus comes out whole") {
  const Reading reading = read_bytes(
      "conte.txt",
      "Le conte du caïman\n\nIl était une fois un caïman qui ne savait pas nager.\nLes autres riaient de lui.\n\n"
      "Un jour, il prit une pirogue.\n");
  CHECK(reading.problems.empty());
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].title == "Le conte du caïman");
  CHECK(reading.documents[0].body ==
        "Il était une fois un caïman qui ne savait pas nager.\nLes autres riaient de lui.\nUn jour, il prit une "
        "pirogue.");
}

TEST_CASE("reader: lines broken at a fixed width are joined again") {
  const Reading reading = read_bytes(
      "conte.txt",
      "Il était une fois un caïman qui ne savait pas nager, et dont les\nautres riaient du matin au soir, sans que "
      "personne ne prît sa\ndéfense.\n\nUn jour, il prit une pirogue, et partit vers l'aval du fleuve sans\nse "
      "retourner.\n");
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].body ==
        "Il était une fois un caïman qui ne savait pas nager, et dont les autres riaient du matin au soir, sans que "
        "personne ne prît sa "
        "défense.\nUn jour, il prit une pirogue, et partit vers l'aval du fleuve sans se retourner.");
}

TEST_CASE("reader: bad input is named and gives no document") {
  struct Row {
    std::string name;
    std::string bytes;
    std::string message;
  };
  const std::string packed_gzip = gzip(lines);
  const std::string packed_zstd = zstd(std::string(1000, 'x') + lines);
  const Row rows[] = {
      {"vide.txt", "", "is empty"},
      {"blanc.txt", " \n\t\n", "white space"},
      {"image.html", "\x89PNG\r\n\x1A\n....", "PNG"},
      {"court.txt", "BZh", "bzip2"},
      {"octets.txt", std::string("a\0b\1c", 5), "binary"},
      {"a.pdf.txt", "%PDF-1.7\n", "PDF"},
      {"menu.txt", "  • Accueil\n  • Sport\n  • Culture\n\nPartager\n", "no article"},
      {"menu.html", "<html><body><nav><a href=a>Accueil</a></nav></body></html>", "no article"},
      {"coupe.jsonl.gz", packed_gzip.substr(0, packed_gzip.size() / 2), "cut off"},
      {"abime.jsonl.gz", packed_gzip.substr(0, 12) + std::string(40, '\xFF'), "the gzip data"},
      {"coupe.txt.zst", packed_zstd.substr(0, packed_zstd.size() / 2), "zstd"},
      {"utf16.jsonl", std::string("\xFF\xFE{\0\"\0a\0\"\0:\0001\0}\0", 16), "UTF-16"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Reading reading = read_bytes(row.name, row.bytes);
    REQUIRE_FALSE(reading.problems.empty());
    CHECK_MESSAGE(reading.problems.front().message.text.find(row.message) != std::string::npos,
                  reading.problems.front().message.text);
    CHECK(reading.problems.front().path.ends_with(row.name));
  }
}

TEST_CASE("reader: broken UTF-8 in a page is said, and the page is read") {
  std::string broken = page;
  broken.insert(broken.find("vannes dans"), "\xFF ");
  const Reading reading = read_bytes("a.html", broken);
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].body.find("\uFFFD") != std::string::npos);
}

TEST_CASE("sources: folders, names, order, what is left out") {
  const Folder folder;
  for (const char* name : {"b.txt", "a.HTML", "c/d.jsonl.zst", "c/e.ndjson", ".cache/f.txt", ".g.txt", "h.odt",
                           "w.WARC.gz", "x.xml.bz2", "i.txt.bak", "B.txt", ".txt"}) {
    folder.write(name, "x");
  }
  const std::string root = fs::path(folder.path()).filename().string();
  std::vector<std::string> names;
  for (const SourceFile& source : find_sources(folder.path(), nullptr)) {
    names.push_back(source.name.substr(root.size() + 1));
    CHECK(source.path.starts_with('/'));
    CHECK(source.size == 1);
    CHECK(source.modified > 1'600'000'000'000'000'000);
  }
  CHECK(names ==
        std::vector<std::string>{"B.txt", "a.HTML", "b.txt", "c/d.jsonl.zst", "c/e.ndjson", "w.WARC.gz", "x.xml.bz2"});
  const std::vector<SourceFile> single = find_sources(folder.path() + "/h.odt", nullptr);
  REQUIRE(single.size() == 1);
  CHECK(single[0].name == "h.odt");
  CHECK(find_sources("-", nullptr).at(0).name == "-");
}

TEST_CASE("sources: what cannot be opened is a problem") {
  const Folder folder;
  CHECK(read_all(folder.path()).problems.size() == 1);
  CHECK(read_all(folder.path() + "/absent").problems.size() == 1);
  fs::create_symlink("nowhere", folder.path() + "/lien.txt");
  CHECK(read_all(folder.path()).problems.size() == 1);
  fs::remove(folder.path() + "/lien.txt");
  if (::geteuid() == 0) {
    MESSAGE("skipped: root may read everything");
    return;
  }
  ::chmod(folder.write("secret.txt", "x").c_str(), 0);
  CHECK(read_all(folder.path()).problems.size() == 1);
}

TEST_CASE("sources: links to folders are not followed in circles") {
  const Folder folder;
  folder.write("a.txt", "x");
  fs::create_directory_symlink(folder.path(), folder.path() + "/boucle");
  CHECK(find_sources(folder.path(), nullptr).size() == 1);
}

TEST_CASE("reader: a source that vanished between finding and reading") {
  std::vector<ReadProblem> problems;
  DocumentReader reader({"/nowhere/at/all.txt", "all.txt", 1, 1},
                        [&](const ReadProblem& problem) { problems.push_back(problem); });
  Document document;
  CHECK_FALSE(reader.next(document));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message.text.find("cannot be opened") != std::string::npos);
}

TEST_CASE("reader: a name too long for an id is cut and stays apart from others") {
  const Folder folder;
  const std::string stem(190, 'a');
  folder.write(stem + "1/x.txt", "Une phrase.\nUne autre phrase.\n");
  folder.write(stem + "2/x.txt", "Une phrase.\nUne autre phrase.\n");
  const Reading reading = read_all(folder.path());
  REQUIRE(reading.documents.size() == 2);
  CHECK(reading.documents[0].id.size() <= 200);
  CHECK(reading.documents[0].id != reading.documents[1].id);
}
