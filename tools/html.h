#pragma once

#include <string>
#include <string_view>

namespace limier::tools {

/// The text as it stands in a page, or in an attribute between quotes.
std::string escaped(std::string_view text);

}  // namespace limier::tools
