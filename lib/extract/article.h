#pragma once

#include <string>
#include <string_view>

#include "limier/document.h"

namespace limier::extract {

/// The article of a page dump, in UTF-8, with its metadata; or the whole of a text that is no page. The body is empty
/// where the page holds no article.
Document article_of_dump(std::string_view dump);

/// The article of an HTML page in UTF-8. The body is empty where the page holds none.
Document article_of_html(std::string html);

}  // namespace limier::extract
