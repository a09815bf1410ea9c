#pragma once

#include <memory>

#include "container/container.h"

namespace limier::container {

/// A web archive (ISO 28500:2017, WARC 1.1; also 1.0 and 0.18). Its pages are the records `response` with status 200,
/// `resource` and `conversion` whose content is HTML, XHTML or plain text. The other types are passed over; `revisit`
/// too, for it says that a page was met again as it is in an earlier record.
///
/// A page's id is `URL#YYYYMMDDhhmmss`, the time of its capture, since an archive may hold a page many times.
std::unique_ptr<Container> open_warc(Source source);

}  // namespace limier::container
