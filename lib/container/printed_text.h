#pragma once

#include <string>
#include <vector>

namespace limier::container {

/// The running text of printed pages, each a text with the lines of the page: one paragraph a line. Words that were
/// parted at the end of a line are joined (`fini-` / `tion`), and so is a word with a hyphen of its own that was parted
/// there. A head or foot that comes back on many pages is left out, page numbers with it.
std::string paragraphs_of_pages(const std::vector<std::string>& pages);

}  // namespace limier::container
