#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/words.h"
#include "fuzz.h"
#include "limier/document.h"
#include "limier/document_reader.h"
#include "text/ascii.h"
#include "text/calendar.h"
#include "text/utf8.h"

// What holds for the article of any page.
namespace limier {

/// What holds for documents of any kind.
inline void check_document(const Document& document) {
  for (const std::string* text : {&document.id, &document.title, &document.body, &document.url})
    require(is_valid_utf8(*text), "documents are UTF-8");
  require(document.date.empty() || day_range(document.date), "a date is one of the calendar");
  require(document_from_json(to_json(document)) == document, "a document survives its JSON");
}

/// The letters and digits of ASCII in `part` stand in `whole` too, in this order.
inline bool stands_in(std::string_view part, std::string_view whole) {
  std::size_t at = 0;
  for (const char c : part) {
    if (!is_ascii_letter(c) && !is_ascii_digit(c)) continue;
    at = whole.find(c, at);
    if (at == std::string_view::npos) return false;
    ++at;
  }
  return true;
}

/// The body is the blocks that were kept, and these come from the page.
inline void check_article(const Document& document, const std::vector<PageBlock>& blocks, std::string_view page) {
  check_document(document);
  std::string kept;
  for (const PageBlock& block : blocks) {
    if (block.use == PageBlock::Use::Text) kept += (kept.empty() ? "" : "\n") + block.text;
  }
  require(document.body == kept, "the body is the blocks that were kept");
  const bool has_entities = page.find('&') != std::string_view::npos;
  for (const std::string& line : extract::split(document.body, "\n"))
    require(has_entities || stands_in(line, page), "the body comes from the page");
}

}  // namespace limier
