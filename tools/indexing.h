#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "limier/document_reader.h"
#include "limier/index_writer.h"

// What `limier index` does once, and `limier watch` whenever files change.
namespace limier::tools {

struct IndexOptions {
  std::string index;
  std::vector<std::string> paths;
  std::string analyzer;
  bool prune = false;
  bool json = false;
  WriterOptions writer;
};

struct Tally {
  std::uint64_t added = 0, replaced = 0, unchanged = 0, removed = 0;  // Documents.
  std::uint64_t skipped_files = 0;
  std::uint64_t problems = 0;
};

/// Brings the index up to date with those files under the paths that are `wanted`, or all.
Tally update_index(const IndexOptions& options, const std::function<bool(const SourceFile&)>& wanted = nullptr);

void print_summary(const Tally& tally, bool as_json);

/// Takes the settings of a new index from `options.analyzer`. What was asked for on the command line must hold: throws
/// Error{InvalidArgument} where the index has others. A default of the configuration file is for new indexes.
void take_analyzer(IndexOptions& options, bool was_asked);

}  // namespace limier::tools
