#include "live/reading.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <tuple>
#include <utility>

namespace limier::live {
namespace {

int open_directory(const std::string& path) { return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

struct flock bytes(short type, std::uint64_t begin, std::uint64_t length) {
  struct flock bytes {};
  bytes.l_type = type;
  bytes.l_whence = SEEK_SET;
  bytes.l_start = static_cast<off_t>(begin);
  bytes.l_len = static_cast<off_t>(length);
  return bytes;
}

}  // namespace

Reading::Reading(const std::string& directory, std::uint64_t commit) : directory_(open_directory(directory)) {
  if (directory_ < 0) return;
  // A lock of the open file, not of the process: another thread's is another one.
  struct flock lock = bytes(F_RDLCK, commit, 1);
  fcntl(directory_, F_OFD_SETLK, &lock);
}

Reading::~Reading() {
  if (directory_ >= 0) close(directory_);
}

Reading::Reading(Reading&& other) noexcept : directory_(std::exchange(other.directory_, -1)) {}

void await_readers(const std::string& directory, std::uint64_t newest) {
  const int file = open_directory(directory);
  if (file < 0) return;
  const auto is_read = [&] {
    struct flock lock = bytes(F_WRLCK, 0, newest);
    return newest > 0 && fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (is_read() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  close(file);
}

CommitFile::CommitFile(const std::string& directory)
    : path_(directory + '/' + std::string(commit_file)), file_(open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (file_ >= 0 && fstat(file_, &state_) != 0) close(std::exchange(file_, -1));
}

CommitFile::~CommitFile() {
  if (file_ >= 0) close(file_);
}

CommitFile::CommitFile(CommitFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), state_(other.state_) {}

CommitFile& CommitFile::operator=(CommitFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(state_, other.state_);
  return *this;
}

/// Xapian never changes it, but a person may copy another one over it.
bool CommitFile::is_newest() const {
  struct stat now {};
  if (file_ < 0 || stat(path_.c_str(), &now) != 0) return false;
  const auto state = [](const struct stat& of) {
    return std::tuple(of.st_dev, of.st_ino, of.st_size, of.st_ctim.tv_sec, of.st_ctim.tv_nsec);
  };
  return state(now) == state(state_);
}

}  // namespace limier::live
