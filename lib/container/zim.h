#pragma once

#include <memory>

#include "container/container.h"

namespace limier::container {

/// A ZIM archive (https://wiki.openzim.org/wiki/ZIM_file_format), read by libzim: its entries of HTML and plain text in
/// the order of their paths, without redirects. A page's id is `NAME#PATH`; the day of the archive is that of capture.
std::unique_ptr<Container> open_zim(Source source);

}  // namespace limier::container
