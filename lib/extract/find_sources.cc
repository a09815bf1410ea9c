#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

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
      add(given, file_name(given), canonical(given));
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
    walk({given, canonical.string(), canonical.filename().string()});
    if (sources_.empty() && problems_ == 0) {
      report(given,
             message("no file in this directory ends in {} (or one of these with .gz, .bz2 or .zst)", known_endings()));
    }
  }

  struct Folder {
    std::string given;      // as it was asked for, or found under what was
    std::string canonical;  // without links
    std::string name;       // that the names of its files begin with
  };

  // Without recursion, so that a deep tree costs no stack; links to directories are not followed, for they may be
  // circles.
  void walk(Folder top) {
    std::vector<Folder> folders = {std::move(top)};
    while (!folders.empty()) {
      const Folder folder = std::move(folders.back());
      folders.pop_back();
      std::error_code error;
      fs::directory_iterator entry(folder.given, error);
      if (error) {
        report(folder.given, system_message(error.value()));
        continue;
      }
      while (entry != fs::directory_iterator()) {
        visit(*entry, folder, folders);
        entry.increment(error);
        if (error) {
          report(folder.given, system_message(error.value()));
          break;
        }
      }
    }
  }

  void visit(const fs::directory_entry& entry, const Folder& folder, std::vector<Folder>& folders) {
    const std::string own_name = entry.path().filename().string();
    if (own_name.starts_with('.')) return;
    const std::string name = folder.name.empty() ? own_name : folder.name + '/' + own_name;
    std::error_code error;
    const bool link = entry.is_symlink(error);
    // Asking the system for each file again what its folder is would take longer than reading a small one.
    const std::string inside = folder.canonical + (folder.canonical.ends_with('/') ? "" : "/") + own_name;
    if (entry.is_directory(error) && !link) {
      folders.push_back({entry.path().string(), inside, name});
    } else if (is_source_name(own_name) && !entry.is_directory(error)) {
      add(entry.path().string(), name, link ? canonical(entry.path()) : inside);
    }
  }

  // A pipe has no canonical path.
  static std::string canonical(const fs::path& path) {
    std::error_code error;
    const fs::path found = fs::canonical(path, error);
    return error ? path.string() : found.string();
  }

  void add(const std::string& path, const std::string& name, std::string canonical_path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || ::access(path.c_str(), R_OK) != 0) {
      return report(path, message("cannot be opened: {}", system_message(errno)));
    }
    SourceFile source;
    source.path = std::move(canonical_path);
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
