#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "limier/searcher.h"

// Hits as lines for programs; docs/json.md describes them to who reads them.
namespace limier::tools {

/// A line a hit: rank (counted from `first_rank`), score, id, date, site, title, URL and the name of its index, parted
/// by tabs. Within a value a tab is written `\t`, the ends of lines `\n` and `\r`, a backslash `\\`.
std::string tsv_lines(const std::vector<Hit>& hits, std::size_t first_rank, const std::vector<std::string>& indexes);

/// Lines of a TREC run. Throws as write_run.
std::string trec_lines(const std::vector<Hit>& hits, const std::string& topic, const std::string& tag);

/// The ids as they are, `end` behind each.
std::string id_lines(const std::vector<Hit>& hits, std::string_view end);

}  // namespace limier::tools
