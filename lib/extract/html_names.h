#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/name_table.h"

namespace limier::extract {

/// The kind of an element: `tag("p")`. 0 is an element of a name that HTML does not have.
using Tag = std::uint8_t;
/// The name of an attribute. 0 is one that extraction does not read.
using Attribute = std::uint8_t;

/// What parsing and extraction have to know of a kind of element; or-ed together.
enum TagTrait : std::uint16_t {
  Void = 1,             ///< Has no contents and no end tag.
  RawText = 2,          ///< Its contents hold no tags: <script>.
  Special = 4,          ///< An end tag of an inline element does not reach beyond it.
  ClosesParagraph = 8,  ///< Its start tag ends an open <p>.
  Scope = 16,           ///< End tags within do not reach beyond it: <td>.
  InHead = 32,          ///< May stand in <head>.
  OptionalEnd = 64,     ///< Its end tag is left out as a rule.
  Formatting = 128,     ///< Its end tag ends it, and not what was opened in it: <b>.
  Breakout = 256,       ///< Ends <svg> and <math>, where it can only stand by mistake.
  Inline = 512,         ///< Stands within a line of text; all else breaks it.
  Invisible = 1024,     ///< Is never text, whatever it holds.
};

struct TagDescription {
  std::string_view name;
  std::uint16_t traits;
};

/// The elements of HTML, and what the parsing rules of the HTML standard (section 13.2) and its suggested rendering
/// (section 15) say of them. In alphabetical order; the first stands for all unknown ones.
inline constexpr std::array<TagDescription, 141> tag_descriptions = {{
    {"", 0},
    {"a", Formatting | Inline},
    {"abbr", Inline},
    {"acronym", Inline},
    {"address", Special | ClosesParagraph},
    {"applet", Special | Scope},
    {"area", Void | Special},
    {"article", Special | ClosesParagraph},
    {"aside", Special | ClosesParagraph},
    {"audio", Invisible},
    {"b", Formatting | Breakout | Inline},
    {"base", Void | Special | InHead},
    {"basefont", Void | Special | InHead},
    {"bdi", Inline},
    {"bdo", Inline},
    {"bgsound", Void | Special | InHead},
    {"big", Formatting | Breakout | Inline},
    {"blockquote", Special | ClosesParagraph | Breakout},
    {"body", Special | Breakout},
    {"br", Void | Special | Breakout | Inline},
    {"button", Special | Invisible},
    {"canvas", Invisible},
    {"caption", Special | Scope | OptionalEnd},
    {"center", Special | ClosesParagraph | Breakout},
    {"cite", Inline},
    {"code", Formatting | Breakout | Inline},
    {"col", Void | Special},
    {"colgroup", Special | OptionalEnd},
    {"data", Inline},
    {"datalist", Invisible},
    {"dd", Special | ClosesParagraph | OptionalEnd | Breakout},
    {"del", Inline},
    {"desc", 0},
    {"details", Special | ClosesParagraph},
    {"dfn", Inline},
    {"dialog", ClosesParagraph},
    {"dir", Special | ClosesParagraph},
    {"div", Special | ClosesParagraph | Breakout},
    {"dl", Special | ClosesParagraph | Breakout},
    {"dt", Special | ClosesParagraph | OptionalEnd | Breakout},
    {"em", Formatting | Breakout | Inline},
    {"embed", Void | Special | Breakout},
    {"fieldset", Special | ClosesParagraph},
    {"figcaption", Special | ClosesParagraph},
    {"figure", Special | ClosesParagraph},
    {"font", Formatting | Inline},
    {"footer", Special | ClosesParagraph},
    {"foreignobject", 0},
    {"form", Special | ClosesParagraph},
    {"frame", Void | Special},
    {"frameset", Special},
    {"h1", Special | ClosesParagraph | Breakout},
    {"h2", Special | ClosesParagraph | Breakout},
    {"h3", Special | ClosesParagraph | Breakout},
    {"h4", Special | ClosesParagraph | Breakout},
    {"h5", Special | ClosesParagraph | Breakout},
    {"h6", Special | ClosesParagraph | Breakout},
    {"head", Special | InHead | Breakout | Invisible},
    {"header", Special | ClosesParagraph},
    {"hgroup", Special | ClosesParagraph},
    {"hr", Void | Special | ClosesParagraph | Breakout},
    {"html", Special | Scope | InHead},
    {"i", Formatting | Breakout | Inline},
    {"iframe", RawText | Special | Invisible},
    {"image", Void},
    {"img", Void | Special | Breakout | Inline},
    {"input", Void | Special | Invisible},
    {"ins", Inline},
    {"kbd", Inline},
    {"keygen", Void | Special},
    {"label", Inline},
    {"legend", 0},
    {"li", Special | ClosesParagraph | OptionalEnd | Breakout},
    {"link", Void | Special | InHead},
    {"listing", Special | ClosesParagraph | Breakout},
    {"main", Special | ClosesParagraph},
    {"map", 0},
    {"mark", Inline},
    {"marquee", Special | Scope | Invisible},
    {"math", Invisible},
    {"menu", Special | ClosesParagraph | Breakout},
    {"meta", Void | Special | InHead | Breakout},
    {"meter", 0},
    {"nav", Special | ClosesParagraph},
    {"nobr", Formatting | Breakout | Inline},
    {"noembed", RawText | Special | Invisible},
    {"noframes", RawText | Special | InHead | Invisible},
    {"noscript", RawText | Special | InHead | Invisible},
    {"object", Special | Scope | Invisible},
    {"ol", Special | ClosesParagraph | Breakout},
    {"optgroup", OptionalEnd},
    {"option", OptionalEnd},
    {"output", 0},
    {"p", Special | ClosesParagraph | OptionalEnd | Breakout},
    {"param", Void | Special},
    {"picture", 0},
    {"plaintext", RawText | Special | ClosesParagraph},
    {"pre", Special | ClosesParagraph | Breakout},
    {"progress", 0},
    {"q", Inline},
    {"rb", OptionalEnd},
    {"rp", OptionalEnd},
    {"rt", OptionalEnd},
    {"rtc", OptionalEnd},
    {"ruby", Breakout | Inline},
    {"s", Formatting | Breakout | Inline},
    {"samp", Inline},
    {"script", RawText | Special | InHead | Invisible},
    {"search", Special | ClosesParagraph},
    {"section", Special | ClosesParagraph},
    {"select", Special | Invisible},
    {"slot", 0},
    {"small", Formatting | Breakout | Inline},
    {"source", Void | Special},
    {"span", Breakout | Inline},
    {"strike", Formatting | Breakout | Inline},
    {"strong", Formatting | Breakout | Inline},
    {"style", RawText | Special | InHead | Invisible},
    {"sub", Breakout | Inline},
    {"summary", Special | ClosesParagraph},
    {"sup", Breakout | Inline},
    {"svg", Invisible},
    {"table", Special | ClosesParagraph | Scope | Breakout},
    {"tbody", Special | OptionalEnd},
    {"td", Special | Scope | OptionalEnd},
    {"template", Special | Scope | InHead | Invisible},
    {"textarea", RawText | Special | Invisible},
    {"tfoot", Special | OptionalEnd},
    {"th", Special | Scope | OptionalEnd},
    {"thead", Special | OptionalEnd},
    {"time", Inline},
    {"title", RawText | Special | InHead | Invisible},
    {"tr", Special | OptionalEnd},
    {"track", Void | Special},
    {"tt", Formatting | Breakout | Inline},
    {"u", Formatting | Breakout | Inline},
    {"ul", Special | ClosesParagraph | Breakout},
    {"var", Breakout | Inline},
    {"video", Invisible},
    {"wbr", Void | Special | Inline},
    {"xmp", RawText | Special | ClosesParagraph},
}};

/// Only these attributes are kept of a page.
inline constexpr std::array<std::string_view, 20> attribute_names = {
    "",         "class", "content", "datetime", "hidden", "href", "id",    "itemid", "itemprop", "itemscope",
    "itemtype", "lang",  "name",    "property", "rel",    "role", "style", "type",   "typeof",   "xml:lang"};

inline constexpr NameTable tag_table = [] {
  std::array<std::string_view, tag_descriptions.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = tag_descriptions[i].name;
  return NameTable(names);
}();
inline constexpr NameTable attribute_table(attribute_names);

/// The number of a known element, at compile time.
consteval Tag tag(std::string_view name) {
  const Tag found = tag_table.find(name);
  if (found == 0) throw "no such element";
  return found;
}

/// A known attribute, made from its name at compile time.
struct KnownAttribute {
  consteval KnownAttribute(const char* name) : number(attribute_table.find(name)) {
    if (number == 0) throw "no such attribute";
  }

  Attribute number;
};

inline bool has_trait(Tag tag, TagTrait trait) { return (tag_descriptions[tag].traits & trait) != 0; }

}  // namespace limier::extract
