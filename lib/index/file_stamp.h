#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace limier {

/// What the index remembers of a source file.
struct FileStamp {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t modified = 0;
  bool current = false;
  std::set<std::string> displaced;  ///< Files some of whose documents those of this file have replaced.
};

/// The form of schema::stamp_key_prefix. Parsing throws Error{Corrupt} for any other.
std::string print(const FileStamp& stamp);
FileStamp parse_stamp(const std::string& text);

/// As documents name their source file.
std::string file_key(const std::string& path);

/// Of the head's metadata, by the key of the file.
std::string stamp_key(const std::string& file);

}  // namespace limier
