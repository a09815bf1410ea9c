#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "limier/snippet.h"

// A result to be pasted into a page. Whatever the texts hold, it is shown as it is: nothing of it is mark-up.
namespace limier::tools {

/// A hit in words.
struct ShownHit {
  std::size_t rank = 0;
  Snippet title, passages;  ///< `passages` may be empty.
  std::string url;          ///< The title leads there if it is one of http or https.
  std::string origin;       ///< Site, date, id.
  std::string hidden;       ///< How many more there are; may be empty.
  std::string explanation;  ///< Lines; may be empty.
};

struct ShownResult {
  std::string heading;
  std::vector<std::string> advice;  ///< What else to ask: another spelling, what an acronym stands for.
  std::string plan;                 ///< Lines; may be empty.
  std::vector<ShownHit> hits;
  std::string facets;  ///< Lines; may be empty.
};

/// A `section` of HTML: the hits as a list, the words that were found as `mark`.
std::string to_html(const ShownResult& result);

/// Markdown after CommonMark: the hits under headings, the words that were found in bold.
std::string to_markdown(const ShownResult& result);

}  // namespace limier::tools
