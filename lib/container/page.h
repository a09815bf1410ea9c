#pragma once

#include <memory>

#include "container/container.h"

namespace limier::container {

/// A file that is one page.
std::unique_ptr<Container> open_html(Source source);
std::unique_ptr<Container> open_text(Source source);

}  // namespace limier::container
