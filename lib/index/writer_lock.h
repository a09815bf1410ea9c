#pragma once

#include <chrono>
#include <string>

namespace limier {

/// The right to change an index, held from construction to destruction: a lock on the file `writer.lock` in its
/// directory, in which the holder's process is named. It comes before Xapian's own lock, so that a writer that finds no
/// index, or what an interrupted creation left, can make one without another doing the same. A killed process holds
/// nothing. Thread rule: one thread at a time.
class WriterLock {
 public:
  /// Waits for at most `timeout`; then throws Error{Locked}, naming the holder. Throws {Io} where the file cannot be
  /// made.
  WriterLock(const std::string& directory, std::chrono::milliseconds timeout);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace limier
