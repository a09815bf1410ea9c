#pragma once

#include <memory>

#include "container/container.h"

namespace limier::container {

/// A PDF file (ISO 32000), read by poppler: one document, its text in the order of reading, its title and author as the
/// file names them, the day of its making as date. It is held whole, up to 256 MB.
std::unique_ptr<Container> open_pdf(Source source);

}  // namespace limier::container
