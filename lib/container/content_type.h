#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "container/container.h"

// The field Content-Type (RFC 9110, section 8.3).
namespace limier::container {

/// `text/html` of `Text/HTML; charset=utf-8`.
std::string media_type(std::string_view content_type);

/// `utf-8` of `text/html; charset="utf-8"`; empty where there is none.
std::string charset_of(std::string_view content_type);

/// How content of this type is read; none where it is no page.
std::optional<EntryKind> page_kind(std::string_view content_type);

}  // namespace limier::container
