#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "extract/html_names.h"

namespace limier::extract {

/// An attribute as it stands in the page, entities and all.
struct HtmlAttribute {
  Attribute name = 0;
  std::string_view value;
};

/// A piece of a page. Views point into the page.
struct HtmlToken {
  enum class Kind { Text, StartTag, EndTag };

  Kind kind = Kind::Text;
  std::string_view text;  ///< Of Text: as it stands in the page. Of tags: the name.
  Tag tag = 0;
  bool closes_itself = false;             ///< `<path/>`
  std::vector<HtmlAttribute> attributes;  ///< Those that are known (attribute_names), each name once, the first one.
};

/// Cuts a page into text and tags, as section 13.2.5 of the HTML standard does; comments, doctypes and processing
/// instructions are passed over. Any bytes are a page. Time grows with the length of the page alone.
/// Thread rule: one thread at a time.
class HtmlTokenizer {
 public:
  /// The page has to outlive it.
  explicit HtmlTokenizer(std::string_view html) : html_(html) {}

  /// The next token; false at the end. A tag that the page breaks off in is none.
  bool next(HtmlToken& token);

  /// To be called after the start tag of an element with RawText: its contents up to its end tag, which is taken too.
  std::string_view raw_text(const HtmlToken& start);

 private:
  std::size_t find_markup(std::size_t from) const;
  bool is_tag(std::size_t at) const;
  bool read_tag(HtmlToken& token);
  HtmlAttribute read_attribute();
  std::string_view read_value();
  void skip_markup();
  void skip_comment();
  void skip_spaces();
  std::size_t find_end_of_script(std::size_t from) const;
  std::size_t find_end_tag(std::size_t from, std::string_view name) const;
  bool is_tag_of(std::size_t at, std::string_view name) const;

  std::string_view html_;
  std::size_t at_ = 0;
};

}  // namespace limier::extract
