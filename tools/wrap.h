#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace limier::tools {

/// The text with its lines broken at spaces and beside wide characters, so that none is wider than `width` columns
/// where that can be; what a line is continued on begins with `indent` spaces. Colours take no room, tabs become
/// spaces. Spaces that must not break (U+00A0, U+202F) do
/// not.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

/// wrapped to the terminal that standard output is; unchanged where it is none, so that programs get whole lines.
std::string wrapped_for_terminal(std::string_view text, std::size_t indent);

}  // namespace limier::tools
