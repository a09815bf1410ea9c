#include "live/reading.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <thread>
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

}  // namespace limier::live
