#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "limier/document.h"
#include "limier/document_reader.h"

namespace limier::extract {

/// The article of a page dump, in UTF-8, with its metadata; or the whole of a text that is no page. The body is empty
/// where the page holds no article. What became of its blocks goes to `blocks`, if that is not null. `captured` says
/// when the page was saved, as Document::date, and is empty where nobody knows: dates that count from the day of
/// reading, such as `il y a trois jours`, need it.
Document article_of_dump(std::string_view dump, std::vector<PageBlock>* blocks = nullptr,
                         std::string_view captured = {});

/// The article of an HTML page in UTF-8, likewise.
Document article_of_html(std::string html, std::vector<PageBlock>* blocks = nullptr, std::string_view captured = {});

}  // namespace limier::extract
