#pragma once

#include <string>
#include <vector>

#include "extract/html_outline.h"
#include "extract/html_tree.h"
#include "limier/document.h"

namespace limier::extract {

/// What a page says of itself in its head and in JSON-LD and microdata.
struct HtmlMetadata {
  Document document;                ///< Without title and body.
  std::vector<std::string> titles;  ///< As they stand, the most trusted first; the site's name may be in them.
};

/// Each field is taken from the first of these that has it: JSON-LD, Open Graph and `article:`, microdata, `<meta>`.
HtmlMetadata read_metadata(const HtmlTree& tree, const HtmlOutline& outline);

}  // namespace limier::extract
