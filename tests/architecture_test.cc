// The tree is as docs/architecture.md says: includes run one way between the rooms, and what is linked is there.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "files.h"

namespace {

namespace fs = std::filesystem;
using limier::test::read_file;

const fs::path source_dir = LIMIER_SOURCE_DIR;

// Each room of lib/ and the rooms that it may include beside itself. Every room may include the public headers.
const std::map<std::string, std::set<std::string>> allowed_rooms = {
    {"text", {}},
    {"document", {"text"}},
    {"container", {"document", "text"}},
    {"extract", {"container", "text"}},
    {"analysis", {"text"}},
    {"shard", {"text"}},
    {"live", {"shard", "text"}},
    {"sealed", {"shard", "text"}},
    {"index", {"live", "sealed", "shard", "analysis", "document", "text"}},
    {"query", {"shard", "analysis", "text"}},
    {"search", {"index", "query", "live", "sealed", "shard", "analysis", "document", "text"}},
    {"evaluation", {"text"}},
};

struct Include {
  std::string file;  // Relative to the root of the tree.
  std::string name;
  bool quoted = false;
};

std::vector<fs::path> files_under(const fs::path& folder, const std::set<std::string>& extensions) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && extensions.count(entry.path().extension()) > 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Include> includes_under(const fs::path& root, const std::string& folder) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  std::vector<Include> includes;
  for (const fs::path& file : files_under(root / folder, {".h", ".cc"})) {
    std::ifstream in(file);
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
      if (std::regex_search(line, match, pattern)) {
        includes.push_back({fs::relative(file, root).string(), match[2], match[1] == "\""});
      }
    }
  }
  return includes;
}

std::string first_folder(const std::string& path) { return path.substr(0, path.find('/')); }

bool is_allowed(const std::string& room, const std::string& included) {
  return included == room || included == "limier" || allowed_rooms.at(room).count(included) > 0;
}

// The lines of a page that are not in a code block.
std::vector<std::string> prose_lines(const std::string& markdown) {
  std::vector<std::string> lines;
  bool in_code = false;
  std::istringstream in(markdown);
  for (std::string line; std::getline(in, line);) {
    const bool is_fence = line.starts_with("```");
    if (is_fence) in_code = !in_code;
    if (!is_fence && !in_code) lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> headings_in(const std::string& markdown) {
  std::vector<std::string> headings;
  for (const std::string& line : prose_lines(markdown)) {
    if (line.starts_with('#')) headings.push_back(line.substr(line.find_first_not_of("# ")));
  }
  return headings;
}

// The folder that a heading names, which may be written as code and with a slash behind.
std::string folder_of(std::string heading) {
  heading.erase(std::remove(heading.begin(), heading.end(), '`'), heading.end());
  if (heading.ends_with('/')) heading.pop_back();
  return heading;
}

// The anchor that a heading gets on the usual hosts: lower case, punctuation dropped, spaces as hyphens.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == ' ') {
      anchor += '-';
    } else if (byte >= 0x80 || std::isalnum(byte) != 0 || byte == '-' || byte == '_') {
      anchor += static_cast<char>(std::tolower(byte));
    }
  }
  return anchor;
}

std::vector<std::string> relative_links_in(const std::string& markdown) {
  static const std::regex code(R"re(`[^`]*`)re");
  static const std::regex link(R"re(\]\(([^)\s]+)\))re");
  std::vector<std::string> links;
  for (const std::string& line : prose_lines(markdown)) {
    const std::string text = std::regex_replace(line, code, "code");
    for (auto i = std::sregex_iterator(text.begin(), text.end(), link); i != std::sregex_iterator(); ++i) {
      const std::string target = (*i)[1];
      if (target.find("://") == std::string::npos && !target.starts_with("mailto:")) links.push_back(target);
    }
  }
  return links;
}

bool leads_somewhere(const fs::path& page, const std::string& link) {
  const std::size_t hash = link.find('#');
  const std::string path = link.substr(0, hash);
  const fs::path target = path.empty() ? page : page.parent_path() / path;
  if (!fs::exists(target)) return false;
  if (hash == std::string::npos) return true;
  const auto headings = headings_in(read_file(target));
  return std::any_of(headings.begin(), headings.end(),
                     [&](const std::string& heading) { return anchor_of(heading) == link.substr(hash + 1); });
}

std::vector<fs::path> pages() {
  std::vector<fs::path> found = {source_dir / "README.md", source_dir / "CHANGELOG.md"};
  for (const char* folder : {"docs", "corpus"}) {
    for (const fs::path& page : files_under(source_dir / folder, {".md"})) found.push_back(page);
  }
  return found;
}

}  // namespace

TEST_CASE("architecture: includes run one way between the rooms") {
  const auto includes = includes_under(source_dir, "lib");
  CHECK(includes.size() > 100);
  std::set<std::string> rooms_seen;
  for (const auto& [file, name, quoted] : includes) {
    const std::string room = first_folder(file.substr(std::string("lib/").size()));
    rooms_seen.insert(room);
    INFO(file << " includes " << name);
    REQUIRE(allowed_rooms.count(room) == 1);
    if (quoted) CHECK(is_allowed(room, first_folder(name)));
  }
  CHECK(rooms_seen.size() >= 8);
}

TEST_CASE("architecture: the allowed edges have no cycle") {
  std::set<std::string> settled;
  bool grows = true;
  while (grows) {
    grows = false;
    for (const auto& [room, below] : allowed_rooms) {
      const bool rests = std::includes(settled.begin(), settled.end(), below.begin(), below.end());
      if (rests && settled.insert(room).second) grows = true;
    }
  }
  CHECK(settled.size() == allowed_rooms.size());
}

TEST_CASE("architecture: public headers include the standard library and each other alone") {
  const auto includes = includes_under(source_dir, "include");
  CHECK(includes.size() > 30);
  for (const auto& [file, name, quoted] : includes) {
    INFO(file << " includes " << name);
    CHECK((quoted ? name.starts_with("limier/") : name.find_first_of("./") == std::string::npos));
  }
}

TEST_CASE("architecture: the command includes the public headers and its own alone") {
  const auto includes = includes_under(source_dir, "tools");
  CHECK(includes.size() > 50);
  for (const auto& [file, name, quoted] : includes) {
    INFO(file << " includes " << name);
    if (quoted) CHECK((name.starts_with("limier/") || fs::exists(source_dir / "tools" / name)));
  }
}

TEST_CASE("architecture: docs/architecture.md has a heading for each folder") {
  std::set<std::string> folders_described;
  for (const std::string& heading : headings_in(read_file(source_dir / "docs/architecture.md"))) {
    folders_described.insert(folder_of(heading));
  }
  std::vector<std::string> folders = {"include/limier", "tools", "tests", "benchmarks", "corpus"};
  for (const auto& entry : fs::directory_iterator(source_dir / "lib")) {
    if (!fs::is_empty(entry)) folders.push_back("lib/" + entry.path().filename().string());
  }
  CHECK(folders.size() >= 14);
  for (const std::string& folder : folders) {
    INFO(folder);
    CHECK(folders_described.count(folder) == 1);
  }
}

TEST_CASE("architecture: every relative link leads somewhere") {
  std::size_t count = 0;
  for (const fs::path& page : pages()) {
    REQUIRE(fs::exists(page));
    for (const std::string& link : relative_links_in(read_file(page))) {
      ++count;
      INFO(page.string() << " links to " << link);
      CHECK(leads_somewhere(page, link));
    }
  }
  CHECK(count >= 12);
}

TEST_CASE("architecture: the checks notice what is wrong") {
  CHECK_FALSE(is_allowed("text", "analysis"));
  CHECK_FALSE(is_allowed("extract", "search"));
  CHECK(includes_under(source_dir / "no-such-folder", "lib").empty());
  CHECK_FALSE(leads_somewhere(source_dir / "README.md", "no-such-file.md"));
  CHECK_FALSE(leads_somewhere(source_dir / "README.md", "README.md#no-such-heading"));
  CHECK(relative_links_in("[a](b.md) `[c](d.md)` [e](https://f)") == std::vector<std::string>{"b.md"});
  CHECK(anchor_of("Où `limier` s'arrête?") == "où-limier-sarrête");
}

TEST_CASE("architecture: the README's program is the one that tests/package builds") {
  const std::string program = read_file(source_dir / "tests/package/main.cc");
  CHECK(program.size() > 300);
  CHECK(read_file(source_dir / "README.md").find("```cpp\n" + program + "```") != std::string::npos);
}
