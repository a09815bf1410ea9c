#include "folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "interrupt.h"
#include "limier/error.h"
#include "translate.h"

namespace limier::tools {
namespace {

namespace fs = std::filesystem;

// A file counts as changed when whoever writes it closes it, not at every write.
constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR;

[[noreturn]] void fail(const std::string& what) {
  if (errno == ENOSPC)
    throw Error(ErrorCode::Io, {tr("{}: cannot be watched; raise /proc/sys/fs/inotify/max_user_watches", what), {}});
  throw Error(ErrorCode::Io, {tr("{}: cannot be watched: {}", what, system_message(errno)), {}});
}

}  // namespace

FolderWatch::FolderWatch() : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (descriptor_ < 0) fail("inotify");
}

FolderWatch::~FolderWatch() { close(descriptor_); }

void FolderWatch::add(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return;  // gone again; whoever reads it says so
  if (!fs::is_directory(real, error)) return add_folder(real.parent_path());
  add_folder(real);
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator entry(real, options, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) add_folder(entry->path());
  }
}

void FolderWatch::add_folder(const fs::path& folder) {
  const int number = inotify_add_watch(descriptor_, folder.c_str(), changes);
  if (number >= 0) {
    folders_[number] = folder;
  } else if (errno != ENOENT && errno != EACCES && errno != ENOTDIR) {
    fail(folder.string());
  }
}

std::set<std::string> FolderWatch::wait() {
  constexpr int moment_ms = 200;
  constexpr auto longest = std::chrono::seconds(2);
  std::set<std::string> changed;
  constexpr int for_ever = -1;
  while (changed.empty() && interrupt() == 0) read_events(for_ever, changed);
  const auto start = std::chrono::steady_clock::now();
  while (interrupt() == 0 && std::chrono::steady_clock::now() - start < longest && read_events(moment_ms, changed)) {
  }
  return interrupt() == 0 ? changed : std::set<std::string>();
}

/// False where nothing came within the time.
bool FolderWatch::read_events(int timeout_ms, std::set<std::string>& changed) {
  pollfd ready{descriptor_, POLLIN, 0};
  if (poll(&ready, 1, timeout_ms) <= 0) return false;
  alignas(inotify_event) std::array<char, 16 * 1024> buffer;
  const ssize_t size = read(descriptor_, buffer.data(), buffer.size());
  for (ssize_t at = 0; at < size;) {
    const auto* const event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
    at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    if ((event->mask & IN_Q_OVERFLOW) != 0) {
      for (const auto& [number, folder] : folders_) changed.insert(folder.string());
    } else if ((event->mask & IN_IGNORED) != 0) {
      folders_.erase(event->wd);
    } else if (event->len > 0 && folders_.contains(event->wd)) {
      const bool made_file = (event->mask & IN_CREATE) != 0 && (event->mask & IN_ISDIR) == 0;
      if (!made_file) changed.insert((folders_[event->wd] / event->name).string());
    }
  }
  return true;
}

}  // namespace limier::tools
