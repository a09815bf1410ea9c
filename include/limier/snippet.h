#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"
#include "limier/export.h"

namespace limier {

struct SnippetOptions {
  std::size_t length = 240;  ///< At most so many bytes, ellipses included; a passage of whole words is chosen.
};

/// A passage of a text with the words that a query looked for. Mark-up is the caller's.
/// Thread rule: a plain value.
struct Snippet {
  struct Range {
    std::size_t begin = 0, end = 0;  ///< Bytes of `text`; whole words, elisions not included.

    bool operator==(const Range&) const = default;
  };

  std::string text;               ///< On one line; `…` where it was cut.
  std::vector<Range> highlights;  ///< Ascending, apart from one another.
};

/// The passage of `text` that holds the most, and the most different, of `stems` (SearchResult::stems); the beginning
/// where there are none. `analyzer` is the index's (Searcher::analyzer).
LIMIER_EXPORT Snippet make_snippet(std::string_view text, const std::vector<std::string>& stems,
                                   const Analyzer& analyzer, const SnippetOptions& options = {});

}  // namespace limier
