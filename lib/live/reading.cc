#include "live/reading.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <utility>

namespace limier::live {
namespace {

int open_directory(const std::string& path) { return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

}  // namespace

Reading::Reading(const std::string& directory) : directory_(open_directory(directory)) {
  // A writer holds its lock for an instant alone.
  if (directory_ >= 0) flock(directory_, LOCK_SH);
}

Reading::~Reading() {
  if (directory_ >= 0) close(directory_);
}

Reading::Reading(Reading&& other) noexcept : directory_(std::exchange(other.directory_, -1)) {}

void await_readers(const std::string& directory) {
  const int file = open_directory(directory);
  if (file < 0) return;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (flock(file, LOCK_EX | LOCK_NB) != 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  close(file);
}

}  // namespace limier::live
