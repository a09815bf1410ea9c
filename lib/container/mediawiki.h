#pragma once

#include <memory>

#include "container/container.h"

namespace limier::container {

/// A dump of a MediaWiki (https://www.mediawiki.org/xml/export-0.11/): the pages of the main namespace, without
/// redirects, each in its last revision, whose time is the date. A page's id is its address; its categories are tags.
std::unique_ptr<Container> open_mediawiki(Source source);

}  // namespace limier::container
