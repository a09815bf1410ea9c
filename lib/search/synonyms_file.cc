#include "search/synonyms_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "query/synonyms.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

Synonyms read(const std::string& path, const Analyzer& analyzer) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  char buffer[4096];
  while (file.read(buffer, sizeof buffer) || file.gcount() > 0)
    text.append(buffer, static_cast<std::size_t>(file.gcount()));
  if (!file.eof()) return {{}, {message("{}: {}", path, system_message(errno))}};
  return parse_synonyms(text, path, analyzer);
}

}  // namespace

SynonymsFile::SynonymsFile(const std::string& index)
    : path_((std::filesystem::path(index) / schema::synonyms_file).string()) {}

SynonymsFile::State SynonymsFile::state() const {
  struct stat found {};
  if (stat(path_.c_str(), &found) != 0) return {};
  return {found.st_ino, found.st_size, found.st_ctim.tv_sec, found.st_ctim.tv_nsec};
}

bool SynonymsFile::refresh(const Analyzer& analyzer) {
  const State now = state();
  if (now == read_state_) return false;
  read_state_ = now;
  synonyms_ = now == State() ? Synonyms() : read(path_, analyzer);
  return true;
}

}  // namespace limier
