#pragma once

#include <cstdint>
#include <string>

#include "limier/analyzer.h"

namespace limier {

/// What lies at the path of an index.
enum class DirectoryState {
  Missing,  ///< Nothing, an empty directory, or what an interrupted creation left.
  Index,    ///< A head; whether it can be read is seen when it is opened.
  Foreign,  ///< Something else, which is not to be touched.
};

DirectoryState directory_state(const std::string& path);

/// Throws Error{NotFound} or {Incompatible} where there is no index.
void require_index(const std::string& path);

/// Bytes of all its files, but those that repair has set aside.
std::uint64_t directory_bytes(const std::string& path);

/// What schema::format_key and schema::analyzer_key hold for an index of this version.
std::string print_format();
std::string print_analyzer(const AnalyzerOptions& options);

/// What an index says of its making.
struct IndexSettings {
  int format_version = 0;
  int analyzer_version = 0;
  AnalyzerOptions analyzer;
};

/// Throws Error{Incompatible}, with advice, unless this library reads such an index; {Corrupt} for what no version
/// wrote.
IndexSettings parse_settings(const std::string& path, const std::string& format, const std::string& analyzer);

}  // namespace limier
