// What a source may cost in memory: the peak of the command's resident set, as the system counts it.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "reading.h"
#include "temporary_directory.h"
#include "warc_records.h"

using limier::test::http;
using limier::test::page_of;
using limier::test::response;
using limier::test::TemporaryDirectory;

namespace {

constexpr long most_megabytes = 300;
const std::string text =
    "Le barrage a ouvert ses vannes dans la nuit de lundi à mardi, après trois semaines de pluies.";

struct Outcome {
  int status = -1;
  std::string output;  // on both streams
  long megabytes = 0;  // at the peak
};

// Runs `limier` in `folder`. What this process holds now counts too, until the other program takes its place.
Outcome run_limier(const TemporaryDirectory& folder, std::vector<std::string> arguments) {
  const std::string program = LIMIER_COMMAND_DIR "/limier";
  const std::string output = folder / "output";
  arguments.insert(arguments.begin(), program);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (::chdir(folder.path().c_str()) == 0 && ::dup2(file, 1) == 1 && ::dup2(file, 2) == 2) {
      ::execv(program.c_str(), pointers.data());
    }
    ::_exit(127);
  }
  REQUIRE(child > 0);
  int status = 0;
  rusage usage{};
  REQUIRE(::wait4(child, &status, 0, &usage) == child);
  std::ifstream in(output, std::ios::binary);
  return {
      WIFEXITED(status) ? WEXITSTATUS(status) : -1, {std::istreambuf_iterator<char>(in), {}}, usage.ru_maxrss / 1024};
}

void check_memory(const Outcome& outcome) {
  MESSAGE(outcome.megabytes << " MB");
#ifndef __SANITIZE_ADDRESS__  // which needs several times as much
  CHECK(outcome.megabytes < most_megabytes);
#endif
}

// Writes a file in gzip, piece by piece.
class GzipFile {
 public:
  explicit GzipFile(const std::string& path) : file_(::gzopen(path.c_str(), "wb1")) { REQUIRE(file_ != nullptr); }
  ~GzipFile() { ::gzclose(file_); }
  GzipFile(const GzipFile&) = delete;
  GzipFile& operator=(const GzipFile&) = delete;

  void write(const std::string& bytes) {
    REQUIRE(::gzwrite(file_, bytes.data(), static_cast<unsigned>(bytes.size())) > 0);
  }
  void write_megabytes(int count) {
    std::string megabyte;
    while (megabyte.size() < 1'000'000) megabyte += text + '\n';
    for (int i = 0; i < count; ++i) write(megabyte);
  }

 private:
  gzFile file_;
};

struct Row {
  std::string name;            // of the file
  std::string before, behind;  // what stands around 200 MB of text
  std::string message;
  std::size_t documents = 0;  // that are read beside it
};

}  // namespace

TEST_CASE("memory: a page or document of 200 MB is said and passed over, in little memory") {
  const std::string wiki_page = "<page><title>Deux</title><ns>0</ns><revision><text>Un texte.</text></revision></page>";
  const std::vector<Row> rows = {
      {"page.html.gz", "<!DOCTYPE html><p>", "", "larger than 64 MB", 0},
      {"page.txt.gz", "", "", "larger than 64 MB", 0},
      {"wiki.xml.gz", "<mediawiki><page><title>Un</title><ns>0</ns><revision><text>",
       "</text></revision></page>" + wiki_page + "</mediawiki>", "Un: is larger than 64 MB", 1},
      {"a.sgml.gz", "<DOC><DOCNO>1</DOCNO><TEXT>", "</TEXT></DOC>\n<DOC><DOCNO>2</DOCNO><TEXT>Deux.</TEXT></DOC>",
       "larger than 64 MB", 1},
      {"a.warc.gz",
       "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://exemple.ml/1\r\nContent-Type: "
       "text/html\r\nContent-Length: 300000000\r\n\r\n",
       "", "https://exemple.ml/1: is larger than 64 MB", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const TemporaryDirectory folder;
    {
      GzipFile file(folder / row.name);
      if (!row.before.empty()) file.write(row.before);
      file.write_megabytes(200);
      if (!row.behind.empty()) file.write(row.behind);
    }
    const Outcome outcome = run_limier(folder, {"extract", row.name});
    CHECK_MESSAGE(outcome.output.find(row.message) != std::string::npos, outcome.output.substr(0, 500));
    CHECK(std::count(outcome.output.begin(), outcome.output.end(), '{') == static_cast<long>(row.documents));
    CHECK(outcome.status == 2);
    check_memory(outcome);
  }
}

TEST_CASE("memory: a plain file of 200 MB") {
  const TemporaryDirectory folder;
  {
    std::ofstream file(folder / "page.html", std::ios::binary);
    file << "<!DOCTYPE html><p>";
    const std::string megabyte(1'000'000, 'a');
    for (int i = 0; i < 200; ++i) file << megabyte;
  }
  const Outcome outcome = run_limier(folder, {"extract", "page.html"});
  CHECK(outcome.output.find("larger than 64 MB") != std::string::npos);
  check_memory(outcome);
}

TEST_CASE("memory: small bodies that unpack into gigabytes") {
  const TemporaryDirectory folder;
  {
    const std::string spaces(200'000'000, ' ');
    const std::string bomb = limier::test::deflated(spaces, 31);
    std::ofstream file(folder / "a.warc", std::ios::binary);
    for (const auto& [encoding, body] : {std::pair<std::string, std::string>{"gzip", bomb},
                                         {"gzip, gzip", limier::test::deflated(bomb, 31)},
                                         {"br", limier::test::brotli(spaces)}}) {
      file << response("https://exemple.ml/1", http("text/html", body, "Content-Encoding: " + encoding + "\r\n"));
    }
    file << response("https://exemple.ml/2", http("text/html", page_of("Le barrage", text)));
  }
  const Outcome outcome = run_limier(folder, {"extract", "a.warc"});
  CHECK(outcome.output.find("record at byte 0 https://exemple.ml/1: is larger than 64 MB") != std::string::npos);
  CHECK(std::count(outcome.output.begin(), outcome.output.end(), '{') == 2);  // the document and its values
  CHECK(std::count(outcome.output.begin(), outcome.output.end(), '\n') == 4);
  check_memory(outcome);
}

TEST_CASE("memory: 10,000 pages of a web archive are indexed in one stream") {
  const TemporaryDirectory folder;
  {
    GzipFile file(folder / "a.warc.gz");
    std::mt19937 random(20240312);
    for (int number = 0; number < 10'000; ++number) {
      std::string paragraph = text;
      // Some words are frequent and most are rare, as in texts.
      for (int word = 0; word < 120; ++word) paragraph += " mot" + std::to_string(random() % (1U + random() % 50'000));
      file.write(response("https://exemple.ml/" + std::to_string(number),
                          http("text/html", page_of("Page " + std::to_string(number), paragraph + "."))));
    }
  }
  const Outcome outcome = run_limier(folder, {"index", "press.idx", "a.warc.gz"});
  CHECK(outcome.status == 0);
  CHECK_MESSAGE(outcome.output.starts_with("10,000 documents added"), outcome.output.substr(0, 500));
  check_memory(outcome);
}
