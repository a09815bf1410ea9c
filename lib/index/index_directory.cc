#include "index/index_directory.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

#include "limier/error.h"
#include "shard/schema.h"

namespace limier {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct StemmerName {
  Stemmer stemmer;
  std::string_view name;
};

/// On disk: names are never reused.
constexpr StemmerName stemmer_names[] = {{Stemmer::None, "none"}, {Stemmer::Snowball, "snowball"}};

/// What Xapian puts in a directory before its version file, with which a head begins to exist.
bool is_left_of_creation(const fs::path& file) {
  return file.extension() == ".glass" || file.filename() == "flintlock" || file.filename() == "writer.lock" ||
         file.extension() == ".tmp";
}

[[noreturn]] void refuse_version(const std::string& path, const std::string& what, int found, int known) {
  throw Error(ErrorCode::Incompatible,
              fmt::format("{}: the index has {} version {}, this library reads {}; {}", path, what, found, known,
                          found > known ? "use a newer Limier, or index the documents again with this one"
                                        : "index the documents again"));
}

Stemmer parse_stemmer(const std::string& path, const std::string& name) {
  for (const StemmerName& known : stemmer_names)
    if (known.name == name) return known.stemmer;
  throw Error(ErrorCode::Incompatible,
              fmt::format("{}: the index was made with the stemmer '{}', which this library does not have; use a newer "
                          "Limier, or index the documents again with this one",
                          path, name));
}

}  // namespace

DirectoryState directory_state(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return DirectoryState::Missing;
  if (!fs::is_directory(status)) return DirectoryState::Foreign;
  if (fs::exists(fs::path(path) / "iamglass", error)) return DirectoryState::Index;
  fs::directory_iterator entries(path, error);
  if (error) throw Error(ErrorCode::Io, fmt::format("{}: {}", path, error.message()));
  for (const fs::directory_entry& entry : entries)
    if (!is_left_of_creation(entry.path())) return DirectoryState::Foreign;
  return DirectoryState::Missing;
}

std::uint64_t directory_bytes(const std::string& path) {
  std::uint64_t sum = 0;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    const std::uint64_t size = entry.file_size(error);  // A file may vanish while a writer commits.
    if (!error) sum += size;
  }
  return sum;
}

std::string print_format() { return std::to_string(schema::format_version); }

std::string print_analyzer(const AnalyzerOptions& options) {
  Json json{{"version", Analyzer::version}};
  for (const StemmerName& known : stemmer_names)
    if (known.stemmer == options.stemmer) json["stemmer"] = known.name;
  return json.dump();
}

IndexSettings parse_settings(const std::string& path, const std::string& format, const std::string& analyzer) {
  if (format.empty()) throw Error(ErrorCode::Incompatible, path + ": a Xapian database, but not an index of Limier");
  IndexSettings settings;
  std::from_chars(format.data(), format.data() + format.size(), settings.format_version);
  if (settings.format_version != schema::format_version)
    refuse_version(path, "format", settings.format_version, schema::format_version);

  const Json json = Json::parse(analyzer, nullptr, false);
  if (!json.is_object()) throw Error(ErrorCode::Corrupt, path + ": the index's analyzer settings are damaged");
  settings.analyzer_version = json.value("version", 0);
  if (settings.analyzer_version != Analyzer::version)
    refuse_version(path, "analyzer", settings.analyzer_version, Analyzer::version);
  settings.analyzer.stemmer = parse_stemmer(path, json.value("stemmer", std::string()));
  return settings;
}

}  // namespace limier
