#pragma once

#include <string>
#include <vector>

#include "extract/evidence.h"

namespace limier::extract {

/// What the JSON-LD of a page says of its article; each string is the text of a <script>. Among several articles the
/// page's own are those that bear its address or its title; where none does, the first of each script is believed. An
/// article in a list of others, such as `itemListElement`, is none of them.
Evidence read_json_ld(const std::vector<std::string>& scripts, const PageIdentity& page);

}  // namespace limier::extract
