// What the build makes from the command's table of options: man pages and completions, tried in the programs that they
// are for. Where such a program is not installed, the test says so and is skipped.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "files.h"

namespace {

namespace fs = std::filesystem;
using limier::test::read_file;

const fs::path generated = LIMIER_GENERATED_DIR;

std::string output_of(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), count);
  pclose(pipe);
  return output;
}

bool is_installed(const std::string& program) {
  if (std::system(("command -v " + program + " > /dev/null").c_str()) == 0) return true;
  MESSAGE("skipped: " << program << " is not installed");
  return false;
}

std::vector<fs::path> man_pages(const std::string& folder) {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(generated / "man" / folder)) pages.push_back(entry.path());
  return pages;
}

// What is typed, and what is found, in alphabetical order.
const std::string asked = R"(limier |
limier se|
limier search --co|
limier search --color |
limier search --format |
limier search --sort |
limier search --collapse |
limier search |
limier search --top 3 |
limier run --topics |
limier run --top |
limier index press.idx |
limier analyze --index |
)";

const std::string found =
    R"(limier : analyze bench check delete eval extract index info optimize run search show similar suggest synonyms watch
limier se: search
limier search --co: --collapse --color
limier search --color : always auto never
limier search --format : html ids json jsonl markdown text trec tsv
limier search --sort : newest oldest relevance
limier search --collapse : pages press.idx
limier search : pages press.idx
limier search --top 3 : pages press.idx
limier run --topics : pages press.idx topics.tsv
limier run --top :
limier index press.idx : pages press.idx topics.tsv
limier analyze --index : pages press.idx
)";

void check_completions(const std::string& shell) {
  if (!is_installed(shell)) return;
  CHECK(output_of("printf '" + asked + "' | " LIMIER_SOURCE_DIR "/tests/completions.sh " +
                  (generated / "completions").string() + ' ' + shell) == found);
}

}  // namespace

TEST_CASE("generated: completions of bash") { check_completions("bash"); }
TEST_CASE("generated: completions of zsh") { check_completions("zsh"); }
TEST_CASE("generated: completions of fish") { check_completions("fish"); }

TEST_CASE("generated: there is a man page for each command and for the query language, in both languages") {
  CHECK(man_pages("man1").size() >= 10);
  CHECK(man_pages("fr/man1").size() == man_pages("man1").size());
  CHECK(read_file(generated / "man/man1/limier-search.1").find(".SH NAME\nlimier\\-search \\- Find documents") !=
        std::string::npos);
  CHECK(read_file(generated / "man/fr/man1/limier-search.1").find(".SH NOM\nlimier\\-search \\- Trouver") !=
        std::string::npos);
  CHECK(read_file(generated / "man/man7/limier-query.7").find(".SH\nNAME\nlimier\\-query \\- the query language") !=
        std::string::npos);
  CHECK(read_file(generated / "man/fr/man7/limier-query.7").find(".SH\nNOM\nlimier\\-query \\- la langue de requête") !=
        std::string::npos);
}

TEST_CASE("generated: man renders the pages without a warning") {
  if (!is_installed("man") || !is_installed("groff")) return;
  std::size_t lines = 0;
  for (const std::string folder : {"man1", "fr/man1", "man7", "fr/man7"}) {
    for (const fs::path& page : man_pages(folder)) {
      INFO(page);
      const std::string man = "LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l '" + page.string() + "'";
      CHECK(output_of(man + " > /dev/null") == "");
      lines += static_cast<std::size_t>(std::stoul(output_of(man + " | wc -l")));
    }
  }
  CHECK(lines > 500);
}
