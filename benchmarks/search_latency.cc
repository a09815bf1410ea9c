// How long somebody waits for the answer of a search; search_latency.sh runs it and writes docs/latency.md.
//
//   limier_search_latency_benchmark command RUNS COMMAND [ARGUMENT...]   a csv row for each run of a process of its own
//   limier_search_latency_benchmark headlines INDEX COUNT               a csv row for each headline that is searched
//   for
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "limier/searcher.h"
#include "limier/snippet.h"

namespace {

using Clock = std::chrono::steady_clock;
constexpr unsigned seed = 2011;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double processor_milliseconds(const rusage& used) {
  const auto milliseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

double own_processor_milliseconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return processor_milliseconds(used);
}

/// Runs the command, its output thrown away, until its process is gone.
void time_command(int run, char** command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const auto start = Clock::now();
  pid_t process = 0;
  if (posix_spawnp(&process, command[0], &actions, nullptr, command, environ) != 0)
    throw std::runtime_error(fmt::format("{} cannot be run", command[0]));
  int status = 0;
  rusage used{};
  wait4(process, &status, 0, &used);
  const double elapsed = milliseconds_since(start);
  posix_spawn_file_actions_destroy(&actions);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("the command has failed");
  fmt::print("{},{:.2f},{:.2f}\n", run, elapsed, processor_milliseconds(used));
}

void time_commands(int runs, char** command) {
  fmt::print("run,ms,cpu_ms\n");
  for (int run = 1; run <= runs; ++run) time_command(run, command);
}

/// The titles of documents drawn by chance, the same ones each time: their words are what is searched for, as they
/// stand.
std::vector<limier::Hit> some_headlines(limier::Searcher& searcher, std::size_t count) {
  limier::SearchResult all = searcher.search(limier::parse_query("existe:title"), {.top = 1'000'000});
  std::mt19937 random(seed);
  std::shuffle(all.hits.begin(), all.hits.end(), random);
  all.hits.resize(std::min(count, all.hits.size()));
  return std::move(all.hits);
}

/// What a search page shows: ten hits, a passage of each, with the title's highlights. Gives the bytes of it, so that
/// nothing can be left out.
std::size_t show(const limier::SearchResult& result, const limier::Analyzer& analyzer) {
  std::size_t bytes = 0;
  for (const limier::Hit& hit : result.hits) {
    bytes += make_snippet(hit.document.title, result.wanted_in_title, analyzer).highlights.size();
    bytes += make_snippet(hit.document.body, result.wanted_in_body, analyzer).text.size();
  }
  return bytes;
}

void time_headlines(const std::string& index, std::size_t count) {
  limier::Searcher searcher(index);
  const std::vector<limier::Hit> headlines = some_headlines(searcher, count);
  for (const bool measured : {false, true}) {
    if (measured) fmt::print("id,ms,cpu_ms,total,rank_of_its_article,bytes\n");
    for (const limier::Hit& headline : headlines) {
      limier::Query query;
      query.kind = limier::Query::Kind::Words;
      query.text = headline.document.title;
      const double before = own_processor_milliseconds();
      const auto start = Clock::now();
      const limier::SearchResult result = searcher.search(query);
      const std::size_t bytes = show(result, searcher.analyzer());
      const double elapsed = milliseconds_since(start), used = own_processor_milliseconds() - before;
      const auto own = std::find_if(result.hits.begin(), result.hits.end(),
                                    [&](const limier::Hit& hit) { return hit.id == headline.id; });
      const auto rank = own == result.hits.end() ? 0 : own - result.hits.begin() + 1;
      if (measured) fmt::print("{},{:.3f},{:.3f},{},{},{}\n", headline.id, elapsed, used, result.total, rank, bytes);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 3 ? argv[1] : "";
  try {
    if (what == "command") {
      time_commands(std::atoi(argv[2]), argv + 3);
    } else if (what == "headlines") {
      time_headlines(argv[2], static_cast<std::size_t>(std::atoi(argv[3])));
    } else {
      fmt::print(stderr, "usage: see search_latency.cc\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "limier_search_latency_benchmark: {}\n", error.what());
    return 2;
  }
  return 0;
}
