#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "limier/analyzer.h"
#include "limier/synonyms.h"

namespace limier {

/// The synonyms of an index, as its file has them by now.
/// Thread rule: one thread at a time.
class SynonymsFile {
 public:
  /// `index` is the index's directory.
  explicit SynonymsFile(const std::string& index);

  /// Reads the file if it is another than before, by its inode, size and time of change; returns whether it was.
  bool refresh(const Analyzer& analyzer);

  /// A file that is there but cannot be read is a problem too.
  const Synonyms& synonyms() const { return synonyms_; }

 private:
  using State = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::int64_t>;

  State state() const;

  std::string path_;
  State read_state_;  ///< All zero where there is no file.
  Synonyms synonyms_;
};

}  // namespace limier
