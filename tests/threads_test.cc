#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "limier/index_writer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

/// What a writer does: each commit adds a lot of documents and removes the one of five commits before, so that a
/// commit that is seen whole holds whole lots, one after the other.
constexpr int lot_size = 4, lots_kept = 5, commits = 60;

Document document_of(int lot, int number) {
  Document document;
  document.id = fmt::format("{}-{}", lot, number);
  document.title = fmt::format("Document commun {}", number);
  document.body = fmt::format("Un mot commun au lot {}. ", lot);
  // Every other lot is large enough for a segment.
  for (int i = 0; i < lot % 2 * 20; ++i) document.body += fmt::format("Une phrase de plus, mot{}. ", i * number);
  document.tags = {fmt::format("lot {}", lot)};
  return document;
}

void write_lots(const std::string& path) {
  IndexWriter writer(path, {.seal_from = 1000, .threads = 2});
  for (int lot = 0; lot < commits; ++lot) {
    for (int i = 0; i < lot_size; ++i) writer.add(document_of(lot, i));
    for (int i = 0; i < lot_size; ++i) writer.remove(fmt::format("{}-{}", lot - lots_kept, i));
    writer.commit();
    if (lot % 20 == 19) writer.optimize();
  }
}

/// Reads the newest commit; says what is wrong with it, or nothing. `last` is the last lot that was seen before.
std::string breach_in(Searcher& searcher, int& last) {
  SearchOptions options;
  options.top = 100;
  options.facets = {{.field = "tag", .top = 100}};
  const SearchResult result = searcher.search(parse_query("commun"), options);
  std::map<int, int> lots;
  for (const Hit& hit : result.hits) {
    const int lot = std::stoi(hit.id), number = hit.id.back() - '0';
    if (hit.document != document_of(lot, number)) return hit.id + " is not as it was written";
    ++lots[lot];
  }
  if (result.total != result.hits.size()) return fmt::format("{} of {} hits", result.hits.size(), result.total);
  if (lots.size() > lots_kept) return fmt::format("{} lots at once", lots.size());
  if (lots.empty()) return last < 0 ? "" : "all lots are gone";
  if (lots.rbegin()->first - lots.begin()->first + 1 != static_cast<int>(lots.size())) return "a lot is missing";
  for (const auto& [lot, count] : lots)
    if (count != lot_size) return fmt::format("{} documents of lot {}", count, lot);
  for (const FacetValue& value : result.facets.at(0).values)
    if (value.count != lot_size) return fmt::format("{} counts {}", value.value, value.count);
  if (lots.rbegin()->first < last) return "an older commit than before";
  last = lots.rbegin()->first;
  const SearchResult one = searcher.search(parse_query(fmt::format("\"commun au lot {}\"", last)));
  if (one.total != 0 && one.total != lot_size) return fmt::format("{} documents with a phrase of a lot", one.total);
  return "";
}

/// Reads until `done` says so, and once more; opens the index anew now and then.
template <typename Done>
std::string read_lots(const std::string& path, Done done) {
  std::optional<Searcher> searcher;
  int last = -1;
  for (int reads = 0;; ++reads) {
    const bool is_last = done();
    if (reads % 16 == 0) searcher.emplace(path);
    if (std::string breach = breach_in(*searcher, last); !breach.empty()) return breach;
    if (is_last) return last == commits - 1 ? "" : fmt::format("the last lot is {}", last);
  }
}

}  // namespace

TEST_CASE("threads: eight threads and two processes read beside a writer that adds, deletes, seals and merges") {
  const TemporaryDirectory directory;
  const std::string path = directory / "index", end = directory / "end";
  { IndexWriter writer(path); }

  std::vector<pid_t> readers;
  for (int i = 0; i < 2; ++i) {
    readers.push_back(fork());
    REQUIRE(readers.back() >= 0);
    if (readers.back() > 0) continue;
    int status = 2;
    try {
      const std::string breach = read_lots(path, [&] { return std::filesystem::exists(end); });
      if (!breach.empty()) std::fputs((breach + '\n').c_str(), stderr);
      status = breach.empty() ? 0 : 1;
    } catch (const std::exception& error) {
      std::fputs((std::string(error.what()) + '\n').c_str(), stderr);
    }
    _exit(status);
  }

  std::atomic<bool> done = false;
  std::vector<std::string> breaches(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& breach : breaches)
      threads.emplace_back([&] {
        try {
          breach = read_lots(path, [&] { return done.load(); });
        } catch (const std::exception& error) {
          breach = error.what();
        }
      });
    write_lots(path);
    done = true;
    std::ofstream(end).put('\n');
  }
  for (const std::string& breach : breaches) CHECK(breach == "");
  for (const pid_t reader : readers) {
    int status = -1;
    REQUIRE(waitpid(reader, &status, 0) == reader);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }
}

}  // namespace limier::test
