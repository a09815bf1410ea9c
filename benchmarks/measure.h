// What search.cc and the peers in C++ share: the texts, the topics, the rows that they print.
#pragma once

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace limier::benchmarks {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// User and system time since the process began.
inline double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// Of this process: `VmHWM`, the most that it ever had; `RssAnon`, its own; `RssFile`, pages of files that it maps.
inline double megabytes(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return std::stod(line.substr(name.size() + 1)) * 1024 / 1e6;
  return 0;
}

struct Text {
  std::string id, title, body, day, section;
};

/// What `limier_search_benchmark texts` has printed.
class Texts {
 public:
  explicit Texts(const std::string& path) : file_(path, std::ios::binary) {}

  bool next(Text& text) {
    for (std::string* field : {&text.id, &text.title, &text.body, &text.day, &text.section})
      if (!std::getline(file_, *field, '\0')) return false;
    ++documents_;
    bytes_ += text.title.size() + text.body.size();
    return true;
  }

  std::uint64_t documents() const { return documents_; }
  std::uint64_t bytes() const { return bytes_; }  ///< Of titles and bodies.

 private:
  std::ifstream file_;
  std::uint64_t documents_ = 0, bytes_ = 0;
};

struct Sizes {
  std::uint64_t postings = 0, stored = 0, all = 0;
};

/// Times from its making on.
class IndexingTimes {
 public:
  void committed() {
    committed_ = seconds_since(start_);
    peak_ = megabytes("VmHWM");
  }

  void done() {
    seconds_ = seconds_since(start_);
    processor_ = processor_seconds() - processor_start_;
  }

  void print(const Texts& texts, const Sizes& sizes) const {
    fmt::print("{},{},{:.3f},{:.3f},{:.3f},{},{},{},{:.1f}\n", texts.documents(), texts.bytes(), committed_, seconds_,
               processor_, sizes.postings, sizes.stored, sizes.all - sizes.postings - sizes.stored, peak_);
  }

 private:
  Clock::time_point start_ = Clock::now();
  double processor_start_ = processor_seconds(), committed_ = 0, seconds_ = 0, processor_ = 0, peak_ = 0;
};

struct Topic {
  std::string any, all, phrase, beginning, first_day, last_day;
};

inline std::vector<Topic> read_topics(const std::string& path) {
  std::vector<Topic> topics;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    Topic& topic = topics.emplace_back();
    std::size_t at = 0;
    for (std::string* part :
         {&topic.any, &topic.all, &topic.phrase, &topic.beginning, &topic.first_day, &topic.last_day}) {
      const std::size_t end = line.find('\t', at);
      *part = line.substr(at, end - at);
      at = end + 1;
    }
  }
  return topics;
}

constexpr std::array<std::string_view, 6> kinds = {"any", "count", "all", "phrase", "prefix", "filter"};

struct Found {
  std::size_t hits = 0;
  std::uint64_t total = 0;
  double best_score = 0;
};

/// A row for each topic and kind, with the least time of `passes` after one that warms up, and one of the memory then.
/// A kind at a time: none finds what another has just looked up. `ask` is given a kind and a topic.
template <class Ask>
void measure_topics(const std::vector<Topic>& topics, int passes, const Ask& ask) {
  for (const std::string_view kind : kinds) {
    const char* const only = std::getenv("KINDS");
    if (only != nullptr && std::string_view(only).find(kind) == std::string_view::npos) continue;
    std::vector<double> least(topics.size(), 1e9);
    std::vector<Found> found(topics.size());
    for (int pass = 0; pass <= passes; ++pass) {
      for (std::size_t i = 0; i < topics.size(); ++i) {
        const auto start = Clock::now();
        found[i] = ask(kind, topics[i]);
        if (pass > 0) least[i] = std::min(least[i], seconds_since(start));
      }
    }
    for (std::size_t i = 0; i < topics.size(); ++i)
      fmt::print("{},{},{},{},{:.1f},{:.4f}\n", kind, i, found[i].hits, found[i].total, least[i] * 1e6,
                 found[i].best_score);
  }
  fmt::print("memory,{:.1f},{:.1f}\n", megabytes("RssAnon"), megabytes("RssFile"));
}

}  // namespace limier::benchmarks
