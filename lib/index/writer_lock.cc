#include "index/writer_lock.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <thread>

#include "limier/error.h"
#include "text/message.h"

namespace limier {
namespace {

/// By the note that it left in its lock.
Message holder(const std::string& path) {
  std::string id, time;
  std::ifstream note(path);
  if (note >> id && std::getline(note >> std::ws, time)) return message("process {} since {} UTC", id, time);
  return message("another process");
}

bool lock_within(int file, std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  while (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

}  // namespace

WriterLock::WriterLock(const std::string& directory, std::chrono::milliseconds timeout) {
  const std::string path = directory + "/writer.lock";
  file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) throw Error(ErrorCode::Io, message("{}: {}", path, system_message(errno)));
  if (!lock_within(file_, timeout)) {
    close(file_);
    throw Error(ErrorCode::Locked, message("{}: the index is being written by {}", directory, holder(path)));
  }
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const std::string note = fmt::format("{} {:%Y-%m-%d %H:%M:%S}\n", getpid(), fmt::gmtime(now));
  // A full disk is no reason to refuse here: the note only serves the message above.
  [[maybe_unused]] const bool noted =
      ftruncate(file_, 0) == 0 && pwrite(file_, note.data(), note.size(), 0) == static_cast<ssize_t>(note.size());
}

WriterLock::~WriterLock() {
  // The file stays: were it removed, a process that waits for it would lock a name that is gone.
  [[maybe_unused]] const int ignored = ftruncate(file_, 0);
  close(file_);
}

}  // namespace limier
