#pragma once

#include <string>

namespace limier {

/// Says who writes an index, beside the lock that Xapian holds: the file `writer.lock`, which names the process. A file that
/// a killed process left says nothing, for the lock itself is gone with it.
/// Thread rule: one thread at a time.
class WriterNote {
 public:
  explicit WriterNote(const std::string& directory);
  ~WriterNote();
  WriterNote(const WriterNote&) = delete;
  WriterNote& operator=(const WriterNote&) = delete;

 private:
  std::string path_;
};

/// The note as part of a sentence: `process 4711 since 2026-01-31 14:30:05 UTC`, or `another process` where it cannot be read.
std::string describe_writer(const std::string& directory);

}  // namespace limier
