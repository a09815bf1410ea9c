#include "index/index_directory.h"

#include <charconv>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

#include "analysis/analyzer_options.h"
#include "index/manifest.h"
#include "limier/error.h"
#include "live/reading.h"
#include "shard/schema.h"
#include "text/message.h"

namespace limier {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// What Xapian puts in a directory before its version file, with which a head begins to exist.
bool is_left_of_creation(const fs::path& file) {
  return file.extension() == ".glass" || file.filename() == "flintlock" || file.filename() == "writer.lock" ||
         file.extension() == ".tmp";
}

[[noreturn]] void refuse_damaged(const std::string& path) {
  throw Error(ErrorCode::Corrupt, message("{}: the index's analyzer settings are damaged", path));
}

/// What this version writes is there whole; what else is there comes from a newer one.
AnalyzerOptions parse_analyzer(const std::string& path, const Json& json) {
  AnalyzerOptions options;
  std::size_t known = 1;  // the version
  for (const auto& [key, value] : json.items()) {
    if (key == "version") continue;
    if (key == "stemmer" && value.is_string()) {
      if (const StemmerName* found = find_stemmer(value.get<std::string>())) {
        options.stemmer = found->stemmer;
        ++known;
        continue;
      }
    } else if (const AnalyzerSwitch* found = find_switch(key); found != nullptr && value.is_boolean()) {
      options.*found->member = value.get<bool>();
      ++known;
      continue;
    }
    throw Error(ErrorCode::Incompatible,
                message("{}: the index was made with an analyzer whose '{}' is {}, which this library does not know; "
                        "use a newer Limier, or index the documents again with this one",
                        path, key, value.dump(-1, ' ', false, Json::error_handler_t::replace)));
  }
  if (known != 2 + std::size(analyzer_switches)) refuse_damaged(path);
  return options;
}

}  // namespace

DirectoryState directory_state(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return DirectoryState::Missing;
  if (!fs::is_directory(status)) return DirectoryState::Foreign;
  if (fs::exists(fs::path(path) / live::commit_file, error)) return DirectoryState::Index;
  fs::directory_iterator entries(path, error);
  if (error) throw Error(ErrorCode::Io, message("{}: {}", path, system_message(error.value())));
  for (const fs::directory_entry& entry : entries)
    if (!is_left_of_creation(entry.path())) return DirectoryState::Foreign;
  return DirectoryState::Missing;
}

void require_index(const std::string& path) {
  switch (directory_state(path)) {
    case DirectoryState::Missing:
      throw Error(ErrorCode::NotFound, message("{}: there is no index", path));
    case DirectoryState::Foreign:
      throw Error(ErrorCode::Incompatible, message("{}: not an index of Limier", path));
    case DirectoryState::Index:
      break;
  }
}

std::uint64_t directory_bytes(const std::string& path) {
  std::uint64_t sum = 0;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    if (is_damaged_file(entry.path().filename().string())) continue;
    const std::uint64_t size = entry.file_size(error);  // A file may vanish while a writer commits.
    if (!error) sum += size;
  }
  return sum;
}

std::string print_format() { return std::to_string(schema::format_version); }

std::string print_analyzer(const AnalyzerOptions& options) {
  Json json{{"version", Analyzer::version}};
  json["stemmer"] = name_of(options.stemmer);
  for (const AnalyzerSwitch& known : analyzer_switches) json[std::string(known.name)] = options.*known.member;
  return json.dump();
}

IndexSettings parse_settings(const std::string& path, const std::string& format, const std::string& analyzer) {
  if (format.empty())
    throw Error(ErrorCode::Incompatible, message("{}: a Xapian database, but not an index of Limier", path));
  IndexSettings settings;
  std::from_chars(format.data(), format.data() + format.size(), settings.format_version);
  if (settings.format_version != schema::format_version)
    throw Error(ErrorCode::Incompatible, other_version(path, message("the index has format version"),
                                                       settings.format_version, schema::format_version));

  const Json json = Json::parse(analyzer, nullptr, false);
  if (!json.is_object() || !json.contains("version") || !json["version"].is_number_integer()) refuse_damaged(path);
  settings.analyzer_version = json["version"].get<int>();
  if (settings.analyzer_version != Analyzer::version)
    throw Error(ErrorCode::Incompatible, other_version(path, message("the index has analyzer version"),
                                                       settings.analyzer_version, Analyzer::version));
  settings.analyzer = parse_analyzer(path, json);
  return settings;
}

}  // namespace limier
