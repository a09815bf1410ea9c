#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/repeated_texts.h"
#include "limier/document.h"
#include "limier/document_reader.h"

namespace limier::extract {

/// What is known of a page beside its text.
struct PageContext {
  std::string url;       ///< Where it was saved from; empty where nobody knows.
  std::string captured;  ///< When, as Document::date; empty where nobody knows. Dates that count from the day of
                         ///< reading, such as `il y a trois jours`, need it.
  const RepeatedTexts* repeated = nullptr;  ///< On the sites of the pages that were saved with it.
};

/// The article of a page dump, in UTF-8, with its metadata; or the whole of a text that is no page. The body is empty
/// where the page holds no article. What became of its blocks goes to `blocks`, if that is not null.
Document article_of_dump(std::string_view dump, std::vector<PageBlock>* blocks = nullptr,
                         const PageContext& context = {});

/// The article of an HTML page in UTF-8, likewise.
Document article_of_html(std::string html, std::vector<PageBlock>* blocks = nullptr, const PageContext& context = {});

}  // namespace limier::extract
