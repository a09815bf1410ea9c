#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace limier::container {

/// What a wiki calls its namespaces of files and of categories, in lower case; the English names hold in every wiki.
/// Thread rule: a plain value.
struct WikiNamespaces {
  std::vector<std::string> file = {"file", "image", "fichier"};
  std::vector<std::string> category = {"category", "catégorie"};
};

/// A page as it is read.
/// Thread rule: a plain value.
struct WikiText {
  std::string body;                     ///< One paragraph, heading or list item a line.
  std::vector<std::string> categories;  ///< In the order of the page.
};

/// The text of a page in MediaWiki's markup (https://www.mediawiki.org/wiki/Help:Formatting). Tables, pictures, notes
/// and formulas are left out, and templates but for those that stand for words, such as `{{s|XIX}}`. Links give their
/// text. Any bytes give a text, in time linear in their number: what is nested deeper than 40 is left as it stands.
WikiText read_wikitext(std::string_view markup, const WikiNamespaces& namespaces);

}  // namespace limier::container
