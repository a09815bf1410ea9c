#include "extract/html_metadata.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>

#include "extract/byline.h"
#include "extract/evidence.h"
#include "extract/json_ld.h"
#include "extract/microdata.h"
#include "extract/words.h"
#include "text/ascii.h"
#include "text/dates.h"
#include "text/entities.h"

namespace limier::extract {
namespace {

// The contents of the <meta> elements by their name and property in lower case.
class MetaTable {
 public:
  /// In an item of RDFa a property without a prefix is the item's, which may be a teaser.
  void read(const HtmlTree& tree, NodeIndex meta, bool in_item) {
    const std::string content = clean(decode_html_entities(tree.attribute(meta, "content")));
    if (content.empty()) return;
    const std::string_view property = tree.attribute(meta, "property");
    if (!in_item || contains(property, ":")) add_content(property, content);
    add_content(tree.attribute(meta, "name"), content);
  }

  std::vector<std::string> all(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const auto found = table_.find(name);
      if (found != table_.end()) return found->second;
    }
    return {};
  }

  std::string first(std::initializer_list<std::string_view> names) const {
    const std::vector<std::string> contents = all(names);
    return contents.empty() ? std::string() : contents.front();
  }

 private:
  void add_content(std::string_view name, const std::string& content) {
    if (!name.empty()) table_[folded(name)].push_back(content);
  }

  std::map<std::string, std::vector<std::string>, std::less<>> table_;
};

std::vector<std::string> without_addresses(std::vector<std::string> names) {
  std::erase_if(names, [](const std::string& name) { return is_address(name); });
  return names;
}

Evidence read_open_graph(const MetaTable& metas) {
  Evidence evidence;
  Document& document = evidence.document;
  evidence.title = metas.first({"og:title"});
  document.date = parse_date(metas.first({"article:published_time", "og:article:published_time", "og:published_time"}));
  document.authors = without_addresses(metas.all({"article:author", "og:article:author"}));
  document.site = metas.first({"og:site_name"});
  document.sections = metas.all({"article:section", "og:article:section"});
  document.tags = keywords_of(metas.all({"article:tag", "og:article:tag"}));
  document.url = metas.first({"og:url"});
  document.language = language_of(metas.first({"og:locale"}));
  return evidence;
}

Evidence read_plain_meta(const MetaTable& metas) {
  Evidence evidence;
  Document& document = evidence.document;
  evidence.title = metas.first({"twitter:title", "dc.title", "dcterms.title", "title"});
  document.date =
      parse_date(metas.first({"datepublished", "dc.date", "dc:date", "dc.date.issued", "dcterms.date", "dcterms:date",
                              "dcterms.issued", "dcterms:issued", "date", "pubdate", "publication_date", "publish-date",
                              "date.issued", "citation_publication_date", "sailthru.date"}));
  for (const std::string& name :
       without_addresses(metas.all({"author", "dc.creator", "dcterms.creator", "citation_author"}))) {
    for (std::string& author : parse_authors(name)) add(document.authors, std::move(author));
  }
  document.site = metas.first({"application-name", "dc.publisher", "citation_journal_title"});
  document.sections = metas.all({"section"});
  document.tags = keywords_of(metas.all({"news_keywords", "keywords"}));
  document.language = language_of(metas.first({"dc.language", "language"}));
  return evidence;
}

bool is_json_ld(std::string_view type) {
  return ascii_lower(trimmed(type.substr(0, type.find(';')))) == "application/ld+json";
}

// What stands in single elements, to be understood together.
struct Collected {
  Evidence page;  // <html lang>, <link rel=canonical>, <title>
  MetaTable metas;
  std::vector<std::string> json_ld;
  NodeIndex rdfa_end = 0;  // of the last element with `typeof`
};

void read_element(const HtmlTree& tree, NodeIndex node, Collected& collected) {
  Document& page = collected.page.document;
  if (tree.has_attribute(node, "typeof")) collected.rdfa_end = std::max(collected.rdfa_end, tree[node].end);
  switch (tree[node].tag) {
    case tag("html"): {
      const std::string_view language = tree.attribute(node, "lang");
      page.language = language_of(language.empty() ? tree.attribute(node, "xml:lang") : language);
      break;
    }
    case tag("meta"):
      collected.metas.read(tree, node, node < collected.rdfa_end);
      break;
    case tag("link"):
      if (tree.attribute(node, "rel") == "canonical")
        set_if_empty(page.url, decode_html_entities(tree.attribute(node, "href")));
      break;
    case tag("title"):
      if (collected.page.title.empty()) collected.page.title = clean(tree.inner_text(node));
      break;
    case tag("script"):
      if (is_json_ld(tree.attribute(node, "type"))) collected.json_ld.push_back(tree.inner_text(node));
      break;
    default:
      break;
  }
}

Collected collect(const HtmlTree& tree) {
  Collected collected;
  for (NodeIndex node = 0; node < tree.nodes().size();) {
    const bool foreign = tree.is(node, tag("svg"));
    if (!tree[node].is_text && !foreign) read_element(tree, node, collected);
    node = foreign ? tree[node].end : node + 1;
  }
  return collected;
}

}  // namespace

HtmlMetadata read_metadata(const HtmlTree& tree, const HtmlOutline& outline) {
  Collected collected = collect(tree);
  Evidence& page = collected.page;
  Evidence open_graph = read_open_graph(collected.metas);
  Evidence plain = read_plain_meta(collected.metas);
  const std::string& address = page.document.url.empty() ? open_graph.document.url : page.document.url;
  const PageIdentity identity(address, {open_graph.title, plain.title, page.title});
  Evidence json_ld = read_json_ld(collected.json_ld, identity);
  HtmlMetadata metadata;
  // The page's own <html lang> and canonical address are more exact than the locale and address of a preview.
  metadata.document = std::move(page.document);
  merge(metadata.document, std::move(json_ld.document));
  merge(metadata.document, std::move(open_graph.document));
  merge(metadata.document, read_microdata(tree, outline, identity));
  merge(metadata.document, std::move(plain.document));
  constexpr std::size_t longest_title = 1000;  // bytes
  // A headline in JSON-LD may be cut at 110 characters; the title of a preview is the one readers see.
  for (std::string* title : {&open_graph.title, &json_ld.title, &plain.title, &page.title}) {
    if (title->size() <= longest_title) add(metadata.titles, std::move(*title));
  }
  return metadata;
}

}  // namespace limier::extract
