#pragma once

#include <string_view>

#include "extract/block.h"

namespace limier::extract {

/// What a line says by its wording alone; dates and bylines are not looked for. `words` counts the words of the line.
Wording wording_of(std::string_view folded_text, std::size_t words);

/// A line without what a wiki writes behind its headings: `Histoire[modifier | modifier le code]`.
std::string_view without_edit_links(std::string_view line);

/// What the names (class, id, role) of an HTML element say about what is in it; Open if nothing.
Region region_of_name(std::string_view names);

/// What a breadcrumb begins with: `Accueil`, `Home`, `À la une`.
bool is_home(std::string_view folded_text);

/// The text begins with such a word.
bool begins_at_home(std::string_view folded_text);

}  // namespace limier::extract
