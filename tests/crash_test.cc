#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include "crash_history.h"
#include "files.h"
#include "limier/error.h"
#include "limier/index_check.h"
#include "limier/index_writer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

struct Outcome {
  int committed = 0;
  long calls = 0;
  int status = 0;
  bool killed = false;
};

Outcome run_writer(const std::string& index, const std::string& fault, long at, const std::string& task = "") {
  Outcome outcome;
  // `exec`, lest the shell stand between this process and the signal.
  FILE* const output = popen(
      fmt::format("exec '{}' '{}' {} {} {} 2>/dev/null", LIMIER_FAULTY_WRITER, index, fault, at, task).c_str(), "r");
  REQUIRE(output != nullptr);
  std::array<char, 100> line{};
  while (std::fgets(line.data(), line.size(), output) != nullptr) {
    std::sscanf(line.data(), "committed %d", &outcome.committed);
    std::sscanf(line.data(), "calls %ld", &outcome.calls);
  }
  const int status = pclose(output);
  outcome.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

bool holds_exactly(Searcher& searcher, const std::map<std::string, Document>& expected) {
  if (searcher.info().documents != expected.size()) return false;
  return std::all_of(expected.begin(), expected.end(), [&](const auto& entry) {
    const auto found = searcher.document(entry.first);
    return found && *found == entry.second && searcher.search(parse_query("mot0")).total == expected.size();
  });
}

/// The index holds the batches that were reported as committed, or one more whose report was cut off; never a part of
/// one.
void check_committed(const std::string& path, int committed) {
  try {
    Searcher searcher(path);
    CHECK((holds_exactly(searcher, CrashHistory::after(committed)) ||
           holds_exactly(searcher, CrashHistory::after(committed + 1))));
  } catch (const Error& error) {
    CAPTURE(error.what());
    CHECK(committed == 0);  // Before the first commit there need not be an index.
    CHECK((error.code() == ErrorCode::NotFound || error.code() == ErrorCode::Incompatible));
  }
}

/// Runs the writer with the fault at one call after another; each time, what was committed is there, and a writer
/// without faults brings the index to the end of the history.
void check_fault_at_every_call(const std::string& fault) {
  const TemporaryDirectory directory;
  const long calls = run_writer(directory / "whole", fault, 0).calls;
  REQUIRE(calls > 50);
  long stopped = 0, tried = 0;
  std::array<long, CrashHistory::batches + 1> stopped_after{};
  const long step = std::max(1L, calls / 100);
  for (long at = 1; at <= calls; at += step, ++tried) {
    CAPTURE(at);
    const std::string index = directory / fmt::format("at-{}", at);
    const Outcome outcome = run_writer(index, fault, at);
    stopped += outcome.killed || outcome.status == 3;
    ++stopped_after[static_cast<std::size_t>(outcome.committed)];
    check_committed(index, outcome.committed);
    REQUIRE(run_writer(index, fault, 0).committed == CrashHistory::batches);
    Searcher searcher(index);
    CHECK(holds_exactly(searcher, CrashHistory::after(CrashHistory::batches)));
    std::filesystem::remove_all(index);
  }
  MESSAGE(fault << ": " << stopped << " of " << tried << " runs stopped, over " << calls << " calls");
  CHECK(stopped >= tried * 9 / 10);
  // The faults fell into every part of the history.
  for (int batch = 0; batch < CrashHistory::batches; ++batch) CHECK(stopped_after[static_cast<std::size_t>(batch)] > 0);
}

/// Two segments of the history's first batches, one of which is damaged behind its stored texts.
void write_damaged(const std::string& path) {
  for (int number = 0; number < 2; ++number) {
    IndexWriter writer(path, {.seal_from = 0});
    const CrashHistory::Batch batch = CrashHistory::batch(number);
    for (const Document& document : batch.add) writer.add(document);
    for (const std::string& id : batch.remove) writer.remove(id);
    writer.commit();
  }
  const std::string segment = path + "/000001.segment";
  std::string bytes = read_file(segment);
  bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
  write_file(segment, bytes);
}

/// Repairs with the fault at one call after another; each time, either nothing has happened or all, and the damaged
/// file is there, and a repair without faults brings the index to its end.
void check_repair_with_fault_at_every_call(const std::string& fault) {
  const TemporaryDirectory directory;
  write_damaged(directory / "damaged");
  const std::string damaged = read_file(directory / "damaged/000001.segment");
  const auto copy = [&] {
    const std::string path = directory / "copy";
    std::filesystem::remove_all(path);
    std::filesystem::copy(directory / "damaged", path);
    return path;
  };
  const long calls = run_writer(copy(), fault, 0, "repair").calls;
  REQUIRE(calls > 10);
  int before = 0, after = 0;
  for (long at = 1; at <= calls; ++at) {
    CAPTURE(at);
    const std::string path = copy();
    run_writer(path, fault, at, "repair");
    if (check_index(path).problems.empty()) {
      ++after;
    } else {
      ++before;
      CHECK(read_file(path + "/000001.segment") == damaged);
    }
    CHECK(run_writer(path, fault, 0, "repair").committed == 1);
    Searcher searcher(path);
    CHECK(holds_exactly(searcher, CrashHistory::after(2)));
    IndexWriter(path).commit();
    CHECK(read_file(path + "/000001.damaged") == damaged);
    CHECK(!std::filesystem::exists(path + "/000001.segment"));
  }
  MESSAGE(fault << ": " << before << " repairs stopped before their commit, " << after << " after");
  CHECK(before > 5);
  CHECK(after > 0);
}

}  // namespace

TEST_SUITE("repair") {
  TEST_CASE("a repair killed at any system call has repaired all or nothing") {
    check_repair_with_fault_at_every_call("kill");
  }

  TEST_CASE("a disk that fills up at any system call of a repair leaves the index as it was, or repaired") {
    check_repair_with_fault_at_every_call("full");
  }
}

TEST_SUITE("crash") {
  TEST_CASE("a writer killed at any system call loses only what was not committed") {
    check_fault_at_every_call("kill");
  }

  TEST_CASE("a disk that fills up at any system call leaves what was committed") { check_fault_at_every_call("full"); }
}

}  // namespace limier::test
