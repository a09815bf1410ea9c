#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/block.h"
#include "extract/html_metadata.h"

namespace limier::extract {

/// An HTML page as the model sees it.
struct HtmlPage {
  std::vector<Block> blocks;  ///< Measured, in document order.
  HtmlMetadata metadata;
  std::vector<std::string> tag_links;  ///< Texts of the links with rel=tag, and of those in elements named after tags.
  std::vector<std::string> section_links;  ///< Texts of the links with rel=category.
};

/// Parses a page in UTF-8. Any bytes give a page, if an empty one.
HtmlPage read_html(std::string html);

}  // namespace limier::extract
