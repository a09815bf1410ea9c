#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/block.h"

namespace limier::extract {

/// The title without the name of the site before or behind it: `Bénin : le coton` of
/// `Bénin : le coton - Le Courrier des Lacs`. A part that is no site's name stays.
std::string without_site(std::string_view title, std::string_view site);

/// The name in a <h1> that is a link, where another <h1> below it is none: the first is the site's, the second the
/// title.
std::string site_of_heading(const std::vector<Block>& blocks);

/// The article's title from what an HTML page says of itself (the most trusted first) and from its headings.
std::string choose_title(const std::vector<std::string>& titles, const std::vector<Block>& blocks,
                         const std::string& site);

}  // namespace limier::extract
