#pragma once

#include <string>
#include <string_view>

namespace limier {

/// The text with its HTML entities replaced, for text that still holds them: `l&#39;&eacute;t&eacute;` gives `l'été`.
/// Knows the names of HTML 4, those of HTML 5 for what is in ASCII, and the numbers; what is no entity (`AT&T`,
/// `&inconnu;`) stays as it is. One pass: of
/// `&amp;eacute;` remains `&eacute;`.
std::string decode_entities(std::string_view text);

/// The same for the text of an HTML page, as browsers read it: numbers, and the names of Latin-1, may lack their
/// semicolon (`l&#39&eacutet&eacute`).
std::string decode_html_entities(std::string_view text);

}  // namespace limier
