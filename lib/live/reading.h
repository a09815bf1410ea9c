#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace limier::live {

/// Tells writers, while it lives, that a commit is read: a shared lock on the byte of the index's directory that has
/// the commit's number. Xapian uses the blocks again that only the commit before the last one needed, without asking
/// who reads them: a reader of that one may meet half of an old block and half of a new one. So a writer waits for such
/// readers before it changes anything; those of the newest commit it need not wait for. Where there is no lock to have
/// (some file systems know none), nobody waits. Thread rule: any.
class Reading {
 public:
  Reading() = default;  ///< Of nothing.
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

/// In the index's directory: the file by which Xapian names the newest commit, which is another one after each.
inline constexpr std::string_view commit_file = "iamglass";

/// Which file says what the newest commit is. It is held open: as long as it is, no other file can pass for it, and a
/// look at the directory tells whether there is a newer one. Thread rule: one thread at a time.
class CommitFile {
 public:
  CommitFile() = default;  ///< Of no index: never the newest.
  explicit CommitFile(const std::string& directory);
  ~CommitFile();
  CommitFile(CommitFile&& other) noexcept;
  CommitFile& operator=(CommitFile&& other) noexcept;

  bool is_newest() const;

 private:
  std::string path_;
  int file_ = -1;
  struct stat state_ {};
};

}  // namespace limier::live
