#pragma once

#include <string>

namespace limier::live {

/// Tells writers, while it lives, that the newest commit of its time is read: a shared lock on the index's directory.
/// Xapian uses the blocks again that the commit before the last one left, without asking who reads them: a reader of
/// that one may meet half of an old block and half of a new one. So a writer waits for its readers before it changes
/// anything. Where there is no lock to have (some file systems know none), nobody waits. Thread rule: any.
class Reading {
 public:
  explicit Reading(const std::string& directory);
  ~Reading();
  Reading(Reading&& other) noexcept;
  Reading& operator=(Reading&&) = delete;

 private:
  int directory_ = -1;
};

/// Waits until whoever reads an older commit than the newest has ended, at most a second: one that takes longer than
/// that is told by Xapian that its commit is gone, in all but rare cases.
void await_readers(const std::string& directory);

}  // namespace limier::live
