#pragma once

#include "extract/evidence.h"
#include "extract/html_outline.h"
#include "extract/html_tree.h"

namespace limier::extract {

/// What microdata (`itemscope`, `itemprop`) and RDFa (`typeof`, `property`) say of the page's own article, in the words
/// of schema.org and Dublin Core. A property belongs to the innermost item around it, so that a teaser, a comment and
/// an author keep what is theirs. The page's own are first the articles that hold the page's text or its only <h1>, or
/// bear its title or address; then pages and items without a type that hold text or <h1>; last what is in no item.
Document read_microdata(const HtmlTree& tree, const HtmlOutline& outline, const PageIdentity& page);

}  // namespace limier::extract
