#pragma once

#include <cstdint>
#include <string>

namespace limier::live {

/// Tells writers, while it lives, that a commit is read: a shared lock on the byte of the index's directory that has
/// the commit's number. Xapian uses the blocks again that only the commit before the last one needed, without asking
/// who reads them: a reader of that one may meet half of an old block and half of a new one. So a writer waits for such
/// readers before it changes anything; those of the newest commit it need not wait for. Where there is no lock to have
/// (some file systems know none), nobody waits. Thread rule: any.
class Reading {
 public:
  Reading(const std::string& directory, std::uint64_t commit);
  ~Reading();
  Reading(Reading&& other) noexcept;
  Reading& operator=(Reading&&) = delete;

 private:
  int directory_ = -1;
};

/// Waits until nobody reads a commit before `newest`, at most a second: who takes longer is told by Xapian that the
/// commit is gone, in all but rare cases.
void await_readers(const std::string& directory, std::uint64_t newest);

}  // namespace limier::live
