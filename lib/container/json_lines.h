#pragma once

#include <memory>

#include "container/container.h"

namespace limier::container {

/// JSON Lines (https://jsonlines.org): a document a line, as document_from_json reads it. One without an id is
/// `NAME#LINE`. Entities in the text and dates in words, which such files often hold, are read as a page's.
std::unique_ptr<Container> open_json_lines(Source source);

}  // namespace limier::container
