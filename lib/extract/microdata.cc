#include "extract/microdata.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/byline.h"
#include "extract/words.h"
#include "text/ascii.h"
#include "text/dates.h"
#include "text/entities.h"

namespace limier::extract {
namespace {

enum class Property { None, Published, Author, Publisher, Section, Keywords, Language, Headline, Name, Address };

struct PropertyName {
  std::string_view name;
  Property property;
};

// In lower case, for pages write `Headline`; schema.org's without a prefix, that of Dublin Core is `dc:`.
constexpr std::array<PropertyName, 16> property_names = {{
    {"datepublished", Property::Published},
    {"dc:date", Property::Published},
    {"dc:created", Property::Published},
    {"dc:issued", Property::Published},
    {"author", Property::Author},
    {"creator", Property::Author},
    {"dc:creator", Property::Author},
    {"publisher", Property::Publisher},
    {"dc:publisher", Property::Publisher},
    {"articlesection", Property::Section},
    {"keywords", Property::Keywords},
    {"inlanguage", Property::Language},
    {"headline", Property::Headline},
    {"name", Property::Name},
    {"url", Property::Address},
    {"mainentityofpage", Property::Address},
}};

// `schema:` and `https://schema.org/` are left out, `dcterms:` and `dct:` are `dc:`.
Property property_of(std::string_view token) {
  std::string name = ascii_lower(token);
  if (const std::size_t at = name.find("schema.org/"); at != std::string::npos) name.erase(0, at + 11);
  if (name.starts_with("schema:")) name.erase(0, 7);
  if (name.starts_with("dcterms:")) name.erase(2, 5);
  if (name.starts_with("dct:")) name.erase(2, 1);
  const auto found = std::find_if(property_names.begin(), property_names.end(),
                                  [&](const PropertyName& known) { return known.name == name; });
  return found == property_names.end() ? Property::None : found->property;
}

enum class Kind { Outside, Article, Page, Organization, Other };

// What may stand for the page, but for articles: no list of others, and none of the things that have pages.
bool is_page_type(std::string_view type) {
  if (type == "CollectionPage" || type == "SearchResultsPage") return false;
  constexpr std::array<std::string_view, 6> known = {"CreativeWork", "Document", "Item", "Post", "Recipe", "Review"};
  return type.ends_with("Page") || std::find(known.begin(), known.end(), type) != known.end();
}

// Of the types of one item: `sioc:Post sioct:Comment` is a comment.
Kind kind_of(const std::vector<std::string>& types) {
  const auto any = [&](auto is_wanted) {
    return std::any_of(types.begin(), types.end(),
                       [&](const std::string& type) { return is_wanted(local_name(type)); });
  };
  if (any([](std::string_view type) { return type.ends_with("Comment") || type.ends_with("Comments"); }))
    return Kind::Other;
  if (any(is_article_type)) return Kind::Article;
  if (types.empty() || any(is_page_type)) return Kind::Page;
  return any(is_organization_type) ? Kind::Organization : Kind::Other;
}

constexpr std::size_t outside = 0;  // the item that stands for what is in no item

struct Item {
  NodeIndex node = 0;
  Kind kind = Kind::Outside;
  bool is_rdfa = false;
  std::size_t outer = outside;
  std::size_t first_value = 0;  // of those within it
};

struct Value {
  NodeIndex node = 0;
  Property property = Property::None;
  std::size_t item = outside;   // whose property it is
  std::size_t inner = outside;  // the item that is the value; `outside` where the value is a text
};

// What the attributes of an element say.
struct Markup {
  std::string_view itemprop;
  std::string_view property;
  std::string_view type;
  bool opens_item = false;
  bool is_rdfa = false;

  explicit Markup(std::span<const HtmlAttribute> attributes) {
    for (const HtmlAttribute& attribute : attributes) {
      switch (attribute.name) {
        case KnownAttribute("itemprop").number:
          itemprop = attribute.value;
          break;
        case KnownAttribute("property").number:
          property = attribute.value;
          break;
        case KnownAttribute("itemscope").number:
          opens_item = true;
          break;
        case KnownAttribute("itemtype").number:
          if (type.empty()) type = attribute.value;
          break;
        case KnownAttribute("typeof").number:
          type = attribute.value;
          opens_item = is_rdfa = true;
          break;
        default:
          break;
      }
    }
  }
};

// The items of a page and their properties, in document order.
class Items {
 public:
  explicit Items(const HtmlTree& tree) : tree_(tree) {
    items_.emplace_back();
    std::size_t innermost = outside;
    for (NodeIndex node = 0; node < tree.nodes().size();) {
      const bool foreign = tree.is(node, tag("svg")) || tree.is(node, tag("template"));
      while (innermost != outside && tree[items_[innermost].node].end <= node) innermost = items_[innermost].outer;
      if (!foreign && tree[node].attributes > 0) innermost = read(node, innermost);
      node = foreign ? tree[node].end : node + 1;
    }
  }

  std::size_t size() const { return items_.size(); }
  const Item& operator[](std::size_t item) const { return items_[item]; }

  template <class Take>
  void for_each_value(std::size_t item, const Take& take) const {
    const NodeIndex end = item == outside ? no_node : tree_[items_[item].node].end;
    for (std::size_t i = items_[item].first_value; i < values_.size() && values_[i].node < end; ++i) {
      if (values_[i].item == item) take(values_[i]);
    }
  }

  const HtmlTree& tree() const { return tree_; }

 private:
  // Gives the item that is open behind the element's tag.
  std::size_t read(NodeIndex node, std::size_t innermost) {
    const Markup markup(tree_.attributes(node));
    if (!markup.opens_item && markup.itemprop.empty() && markup.property.empty()) return innermost;
    const std::size_t inner = markup.opens_item ? items_.size() : outside;
    add_values(node, markup.itemprop, innermost, inner);
    // Any other <meta property> is Open Graph or means `name`.
    const bool plain = tree_.is(node, tag("meta")) && !items_[innermost].is_rdfa;
    if (!plain) add_values(node, markup.property, innermost, inner);
    if (!markup.opens_item) return innermost;
    const Kind kind = kind_of(split(markup.type, " "));
    items_.push_back({node, kind, markup.is_rdfa, innermost, values_.size()});
    return inner;
  }

  void add_values(NodeIndex node, std::string_view names, std::size_t item, std::size_t inner) {
    for (const std::string& name : split(names, " ")) {
      if (const Property property = property_of(name); property != Property::None)
        values_.push_back({node, property, item, inner});
    }
  }

  const HtmlTree& tree_;
  std::vector<Item> items_;
  std::vector<Value> values_;
};

// Empty for what is too long for a value: it holds more than that, and nested ones would be read again and again.
std::string visible_text(const HtmlTree& tree, NodeIndex node) {
  constexpr std::size_t longest = 4000;  // bytes, with the white space of the source
  constexpr NodeIndex most_nodes = 200;
  const NodeIndex end = tree[node].end;
  if (end - node > most_nodes) return {};
  std::string text;
  while (node < end) {
    const bool hidden = has_trait(tree[node].tag, Invisible);
    if (text.size() + tree[node].text.size() > longest) return {};
    if (!hidden) tree.append_text(node, text);
    node = hidden ? tree[node].end : node + 1;
  }
  return text;
}

std::string text_of(const HtmlTree& tree, NodeIndex node) {
  std::string_view given = tree.attribute(node, "content");
  if (given.empty()) given = tree.attribute(node, "datetime");
  return clean(given.empty() ? visible_text(tree, node) : decode_html_entities(given));
}

std::string address_of(const HtmlTree& tree, NodeIndex node) {
  for (const KnownAttribute name : {KnownAttribute("content"), KnownAttribute("href"), KnownAttribute("itemid")}) {
    if (const std::string_view address = tree.attribute(node, name); !address.empty())
      return decode_html_entities(address);
  }
  return {};
}

// The `name` of the item that is the value, else its text.
std::string name_of(const Items& items, const Value& value) {
  std::string name;
  if (value.inner != outside) {
    items.for_each_value(value.inner, [&](const Value& inner) {
      if (inner.property == Property::Name) set_if_empty(name, text_of(items.tree(), inner.node));
    });
  }
  return name.empty() ? text_of(items.tree(), value.node) : name;
}

void add_authors(const Items& items, const Value& value, std::vector<std::string>& authors) {
  std::string name = name_of(items, value);
  if (items[value.inner].kind == Kind::Organization) return add(authors, std::move(name));
  for (std::string& author : parse_authors(name)) add(authors, std::move(author));
}

Document read_item(const Items& items, std::size_t item) {
  Document document;
  const auto text = [&](const Value& value) { return text_of(items.tree(), value.node); };
  items.for_each_value(item, [&](const Value& value) {
    switch (value.property) {
      case Property::Published:
        if (document.date.empty()) document.date = parse_date(text(value));
        break;
      case Property::Author:
        // Elsewhere the second may be the author of a teaser.
        if (document.authors.empty() || items[item].kind == Kind::Article) add_authors(items, value, document.authors);
        break;
      case Property::Publisher:
        if (std::string site = name_of(items, value); !is_address(site)) set_if_empty(document.site, std::move(site));
        break;
      case Property::Section:
        if (document.sections.empty()) document.sections = keywords_of({text(value)});
        break;
      case Property::Keywords:
        if (document.tags.empty()) document.tags = keywords_of({text(value)});
        break;
      case Property::Language:
        if (document.language.empty()) document.language = language_of(text(value));
        break;
      default:
        break;
    }
  });
  return document;
}

bool names_page(const Items& items, std::size_t item, const PageIdentity& page) {
  bool named = page.is_address(address_of(items.tree(), items[item].node));
  items.for_each_value(item, [&](const Value& value) {
    if (value.property == Property::Address) named = named || page.is_address(address_of(items.tree(), value.node));
    const bool title = value.property == Property::Headline || value.property == Property::Name;
    if (title && !named) named = page.is_title(text_of(items.tree(), value.node));
  });
  return named;
}

}  // namespace

Document read_microdata(const HtmlTree& tree, const HtmlOutline& outline, const PageIdentity& page) {
  const Items items(tree);
  Document of_articles;
  Document of_page;
  // The inner ones first: <html itemscope> is about the same, and says less.
  for (std::size_t item = items.size(); item-- > 1;) {
    const NodeIndex node = items[item].node;
    const bool holds_page = outline.holds_text(node) || outline.holds_heading(node);
    if (items[item].kind == Kind::Article && (holds_page || names_page(items, item, page)))
      merge(of_articles, read_item(items, item));
    if (items[item].kind == Kind::Page && holds_page) merge(of_page, read_item(items, item));
  }
  merge(of_articles, std::move(of_page));
  merge(of_articles, read_item(items, outside));
  return of_articles;
}

}  // namespace limier::extract
