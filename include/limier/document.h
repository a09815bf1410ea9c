#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "limier/export.h"

namespace limier {

/// An article with its metadata. All strings are UTF-8; an empty string or list means "not known".
/// Thread rule: a plain value.
struct Document {
  std::string
      id;  ///< Unique in an index: adding a document replaces the one of the same id. 1 to 200 bytes, none zero.
  std::string title;  ///< Without the site's name.
  std::string body;   ///< The article's text, one paragraph a line ('\n' between paragraphs).
  std::vector<std::string> authors;
  std::string
      date;  ///< Of publication: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, the last with `THH:MM[:SS][zone]` where known.
  std::string site;  ///< The publication, as it names itself.
  std::vector<std::string> sections;
  std::vector<std::string> tags;
  std::string source;                         ///< Whom the publication cites as its source, such as an agency.
  std::string url;                            ///< Canonical address.
  std::string language;                       ///< BCP 47, such as `fr`.
  std::map<std::string, std::string> values;  ///< Any further named values.

  bool operator==(const Document&) const = default;
};

/// The document as one JSON object on one line, its keys those of Document in the order above; empty ones are left out.
/// Bytes that are not UTF-8 become U+FFFD.
LIMIER_EXPORT std::string to_json(const Document& document);

/// Reads one JSON object. Beside the keys of Document it knows `text` (body), `author`, `category` (sections), `_id`
/// and `docid`, as the collections of BEIR and MIRACL have them, a plain string where a list is expected, and numbers
/// where strings are; any other key with a scalar value goes into `values`. Throws Error{InvalidArgument} where the
/// text is not one JSON object.
LIMIER_EXPORT Document document_from_json(std::string_view json);

}  // namespace limier
