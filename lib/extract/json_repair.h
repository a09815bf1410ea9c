#pragma once

#include <string>
#include <string_view>

namespace limier::extract {

/// What a page most likely means by JSON that is none: entities are replaced where every quotation mark is one,
/// comments and CDATA around it are taken off, line ends within strings become spaces, `\'` becomes `'`, and commas
/// before `}` and `]` are left out. The result may still be no JSON.
std::string repaired_json(std::string_view text);

}  // namespace limier::extract
