#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"
#include "limier/export.h"
#include "limier/searcher.h"

namespace limier {

struct SnippetOptions {
  std::size_t length = 240;  ///< At most so many bytes in all, ellipses included.
  std::size_t passages = 1;  ///< At most so many, 1 to 3; each has an equal share of the length.
};

/// Passages of a text with the words that a query looked for. Mark-up is the caller's.
/// Thread rule: a plain value.
struct Snippet {
  struct Range {
    std::size_t begin = 0, end = 0;  ///< Bytes of `text`; whole words, elisions not included.

    bool operator==(const Range&) const = default;
  };

  std::string text;               ///< On one line; ` … ` between passages, `…` where a sentence was cut.
  std::vector<Range> highlights;  ///< Ascending, apart from one another.
};

/// The passages of `text` that hold what weighs most of `wanted` (SearchResult::wanted_in_body, wanted_in_title), then
/// what is there most often, in the order of the text; whole sentences where they fit. The beginning where nothing of
/// it is there. `analyzer` is the index's (Searcher::analyzer). Throws Error{InvalidArgument} for options out of range
/// and for texts of 4 GiB or more.
LIMIER_EXPORT Snippet make_snippet(std::string_view text, const std::vector<Wanted>& wanted, const Analyzer& analyzer,
                                   const SnippetOptions& options = {});

}  // namespace limier
