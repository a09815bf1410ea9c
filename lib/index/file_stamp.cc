#include "index/file_stamp.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <charconv>
#include <vector>

#include "limier/error.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

template <typename Number>
Number parse_number(const std::string& digits) {
  Number number{};
  const char* const end = digits.data() + digits.size();
  if (const auto parsed = std::from_chars(digits.data(), end, number); digits.empty() || parsed.ptr != end)
    throw Error(ErrorCode::Corrupt, message("the index's list of source files is damaged"));
  return number;
}

}  // namespace

/// Its parts in the order of FileStamp, each ended by a zero byte: the one byte that no path holds. (JSON could not
/// keep the names of old archives, which need not be UTF-8.)
std::string print(const FileStamp& stamp) {
  std::string text;
  for (const std::string& part :
       {stamp.path, std::to_string(stamp.size), std::to_string(stamp.modified), std::to_string(stamp.current)})
    text.append(part).push_back('\0');
  for (const std::string& path : stamp.displaced) text.append(path).push_back('\0');
  return text;
}

FileStamp parse_stamp(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0, end = 0; (end = text.find('\0', begin)) != std::string::npos; begin = end + 1)
    parts.push_back(text.substr(begin, end - begin));
  if (parts.size() < 4) throw Error(ErrorCode::Corrupt, message("the index's list of source files is damaged"));
  return {parts[0], parse_number<std::uint64_t>(parts[1]), parse_number<std::int64_t>(parts[2]), parts[3] == "1",
          std::set<std::string>(parts.begin() + 4, parts.end())};
}

/// A path may be longer than a term.
std::string file_key(const std::string& path) {
  const XXH128_hash_t hash = XXH3_128bits(path.data(), path.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string stamp_key(const std::string& file) { return std::string(schema::stamp_key_prefix) + file; }

}  // namespace limier
