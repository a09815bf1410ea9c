#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace limier::tools {

/// Tells which files change in folders and their subfolders, as the system reports it (inotify).
/// Thread rule: one thread at a time.
class FolderWatch {
 public:
  /// Throws Error{Io} where the system has no more watches to give.
  FolderWatch();
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// Watches a folder and all below it, or a file; what is watched already costs little. Throws Error{Io}.
  void add(const std::filesystem::path& path);

  /// Waits for a change, and then until nothing has changed for a moment, or for two seconds at most. Returns the paths
  /// of files and folders that were written, made, moved or removed; none after an interrupt.
  std::set<std::string> wait();

 private:
  void add_folder(const std::filesystem::path& folder);
  bool read_events(int timeout_ms, std::set<std::string>& changed);

  int descriptor_ = -1;
  std::map<int, std::filesystem::path> folders_;  // by the system's number of the watch
};

}  // namespace limier::tools
