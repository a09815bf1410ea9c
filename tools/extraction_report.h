#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "limier/document_reader.h"

namespace limier::tools {

/// Pages for a browser that show what extraction kept of each page and what it dropped, with the scores: `index.html`
/// with a line a page, and a file for each. They need no network. Throws Error{Io} where a file cannot be written.
class ExtractionReport {
 public:
  /// Makes the folder if it is not there.
  explicit ExtractionReport(std::string folder);

  void add(const Document& document, const std::vector<PageBlock>& blocks);

  /// Writes the list, and returns its path.
  std::string finish();

 private:
  std::string folder_;
  std::string rows_;
  std::size_t pages_ = 0;
};

}  // namespace limier::tools
