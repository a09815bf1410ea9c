#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "container/formats.h"
#include "limier/document_reader.h"
#include "text/message.h"

namespace limier {
namespace {

namespace fs = std::filesystem;

bool is_source_name(std::string_view own_name) {
  const std::string name = container::unpacked_name(own_name);
  for (const container::Format& format : container::formats()) {
    for (const std::string_view ending : format.endings) {
      if (!ending.empty() && name.size() > ending.size() && name.ends_with(ending)) return true;
    }
  }
  return false;
}

std::string known_endings() {
  std::string list;
  for (const container::Format& format : container::formats()) {
    for (const std::string_view ending : format.endings) {
      if (!ending.empty()) list.append(list.empty() ? "" : " ").append(ending);
    }
  }
  return list;
}

class SourceFinder {
 public:
  explicit SourceFinder(const ProblemHandler& on_problem) : on_problem_(on_problem) {}

  std::vector<SourceFile> find(const std::string& given) {
    struct stat status {};
    if (given == "-") {
      sources_.push_back({"-", "-", 0, 0});
    } else if (::stat(given.c_str(), &status) != 0) {
      report(given, system_message(errno));
    } else if (S_ISDIR(status.st_mode)) {
      find_in_folder(given);
    } else {
      add(given, file_name(given));
    }
    std::sort(sources_.begin(), sources_.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
    return std::move(sources_);
  }

 private:
  void report(const std::string& path, const Message& problem) {
    ++problems_;
    if (on_problem_) on_problem_({path, 0, problem});
  }

  static std::string file_name(const std::string& path) { return fs::path(path).filename().string(); }

  void find_in_folder(const std::string& given) {
    std::error_code error;
    const fs::path canonical = fs::canonical(given, error);
    if (error) return report(given, system_message(error.value()));
    // The name of the folder itself begins the names of its files, also where it was given as `.`.
    walk(given, canonical.filename().string());
    if (sources_.empty() && problems_ == 0) {
      report(given,
             message("no file in this directory ends in {} (or one of these with .gz, .bz2 or .zst)", known_endings()));
    }
  }

  // Without recursion, so that a deep tree costs no stack; links to directories are not followed, for they may be
  // circles.
  void walk(const std::string& given, const std::string& name) {
    std::vector<std::pair<std::string, std::string>> folders = {{given, name}};
    while (!folders.empty()) {
      const auto [folder, folder_name] = std::move(folders.back());
      folders.pop_back();
      std::error_code error;
      fs::directory_iterator entry(folder, error);
      if (error) {
        report(folder, system_message(error.value()));
        continue;
      }
      while (entry != fs::directory_iterator()) {
        visit(*entry, folder_name, folders);
        entry.increment(error);
        if (error) {
          report(folder, system_message(error.value()));
          break;
        }
      }
    }
  }

  void visit(const fs::directory_entry& entry, const std::string& folder_name,
             std::vector<std::pair<std::string, std::string>>& folders) {
    const std::string own_name = entry.path().filename().string();
    if (own_name.starts_with('.')) return;
    const std::string name = folder_name.empty() ? own_name : folder_name + '/' + own_name;
    std::error_code error;
    if (entry.is_directory(error) && !entry.is_symlink(error)) {
      folders.emplace_back(entry.path().string(), name);
    } else if (is_source_name(own_name) && !entry.is_directory(error)) {
      add(entry.path().string(), name);
    }
  }

  void add(const std::string& path, const std::string& name) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || ::access(path.c_str(), R_OK) != 0) {
      return report(path, message("cannot be opened: {}", system_message(errno)));
    }
    std::error_code error;
    const fs::path canonical = fs::canonical(path, error);
    SourceFile source;
    source.path = error ? path : canonical.string();  // a pipe has no canonical path
    source.name = name;
    source.size = static_cast<std::uint64_t>(status.st_size);
    source.modified = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
    sources_.push_back(std::move(source));
  }

  const ProblemHandler& on_problem_;
  std::vector<SourceFile> sources_;
  std::size_t problems_ = 0;
};

}  // namespace

std::vector<SourceFile> find_sources(const std::string& path, const ProblemHandler& on_problem) {
  return SourceFinder(on_problem).find(path);
}

}  // namespace limier
