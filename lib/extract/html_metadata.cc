#include "extract/html_metadata.h"

#include <simdjson.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>

#include "extract/byline.h"
#include "extract/words.h"
#include "text/dates.h"
#include "text/entities.h"

namespace limier::extract {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string clean(std::string_view text) { return collapse_spaces(decode_entities(text)); }

void add(std::vector<std::string>& list, std::string item) {
  constexpr std::size_t most = 100;  // no page means more, and each is compared with all
  if (list.size() >= most || is_blank(item) || std::find(list.begin(), list.end(), item) != list.end()) return;
  list.push_back(std::move(item));
}

void set_if_empty(std::string& field, std::string value) {
  if (field.empty() && !is_blank(value)) field = std::move(value);
}

void set_if_empty(std::vector<std::string>& field, std::vector<std::string> value) {
  if (field.empty()) field = std::move(value);
}

// The strings of a JSON-LD value: a string, an object with a `name`, or a list of these.
void collect_names(element value, std::vector<std::string>& names, int depth = 0) {
  constexpr int deepest = 8;
  if (depth > deepest) return;
  if (std::string_view text; value.get(text) == simdjson::SUCCESS) return add(names, clean(text));
  if (simdjson::dom::array items; value.get(items) == simdjson::SUCCESS) {
    for (const element item : items) collect_names(item, names, depth + 1);
    return;
  }
  if (element name; value["name"].get(name) == simdjson::SUCCESS) collect_names(name, names, depth + 1);
}

std::vector<std::string> names_at(object article, std::string_view key) {
  std::vector<std::string> names;
  if (element value; article[key].get(value) == simdjson::SUCCESS) collect_names(value, names);
  return names;
}

std::string first_name_at(object article, std::string_view key) {
  const std::vector<std::string> names = names_at(article, key);
  return names.empty() ? std::string() : names.front();
}

// Keywords stand in one string with commas as often as in a list.
std::vector<std::string> keywords_of(const std::vector<std::string>& strings) {
  std::vector<std::string> keywords;
  for (const std::string& text : strings) {
    for (std::string& keyword : split(text, ",")) add(keywords, std::move(keyword));
  }
  return keywords;
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("BlogPosting") || type == "Report" || type == "NewsStory";
}

bool is_article(object candidate) {
  std::vector<std::string> types = names_at(candidate, "@type");
  return std::any_of(types.begin(), types.end(), is_article_type);
}

// The first article anywhere in a JSON-LD value: at its top, in a list, in `@graph`, in `mainEntity`.
bool find_article_object(element value, object& article, int depth = 0) {
  constexpr int deepest = 6;
  if (depth > deepest) return false;
  if (simdjson::dom::array items; value.get(items) == simdjson::SUCCESS) {
    for (const element item : items) {
      if (find_article_object(item, article, depth + 1)) return true;
    }
    return false;
  }
  object candidate;
  if (value.get(candidate) != simdjson::SUCCESS) return false;
  if (is_article(candidate)) {
    article = candidate;
    return true;
  }
  for (const std::string_view key : {"@graph", "mainEntity"}) {
    element inner;
    if (candidate[key].get(inner) == simdjson::SUCCESS && find_article_object(inner, article, depth + 1)) return true;
  }
  return false;
}

std::string address_of(object article) {
  for (const std::string_view key : {"mainEntityOfPage", "url"}) {
    element value;
    if (article[key].get(value) != simdjson::SUCCESS) continue;
    std::string_view address;
    if (value.get(address) != simdjson::SUCCESS && value["@id"].get(address) != simdjson::SUCCESS) continue;
    if (address.starts_with("http")) return std::string(address);
  }
  return {};
}

// One source of metadata among several.
struct Evidence {
  Document document;
  std::string title;
};

// `fr` of `fr-FR` and `fr_FR`: the country says nothing of the text.
std::string language_of(std::string_view tag) {
  const std::string language = folded(tag.substr(0, tag.find_first_of("-_")));
  return language.size() == 2 || language.size() == 3 ? language : std::string();
}

void read_json_ld(std::string_view json, Evidence& evidence) {
  simdjson::dom::parser parser;
  element top;
  object article;
  if (parser.parse(simdjson::padded_string(json)).get(top) != simdjson::SUCCESS) return;
  if (!find_article_object(top, article)) return;
  Document& document = evidence.document;
  set_if_empty(evidence.title, first_name_at(article, "headline"));
  set_if_empty(document.date, parse_date(first_name_at(article, "datePublished")));
  set_if_empty(document.authors, names_at(article, "author"));
  set_if_empty(document.site, first_name_at(article, "publisher"));
  set_if_empty(document.sections, keywords_of(names_at(article, "articleSection")));
  set_if_empty(document.tags, keywords_of(names_at(article, "keywords")));
  set_if_empty(document.language, language_of(first_name_at(article, "inLanguage")));
  set_if_empty(document.url, address_of(article));
}

// The contents of the <meta> elements by their name, property or http-equiv in lower case.
class MetaTable {
 public:
  void read(const HtmlTree& tree, NodeIndex meta) {
    std::string content = clean(decode_html_entities(tree.attribute(meta, "content")));
    if (content.empty()) return;
    for (const KnownAttribute key : {KnownAttribute("property"), KnownAttribute("name")}) {
      const std::string name = folded(tree.attribute(meta, key));
      if (!name.empty()) table_[name].push_back(content);
    }
  }

  std::vector<std::string> all(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto found = table_.find(name);
      if (found != table_.end()) return found->second;
    }
    return {};
  }

  std::string first(std::initializer_list<const char*> names) const {
    const std::vector<std::string> contents = all(names);
    return contents.empty() ? std::string() : contents.front();
  }

 private:
  std::map<std::string, std::vector<std::string>> table_;
};

std::vector<std::string> without_addresses(std::vector<std::string> names) {
  std::erase_if(names, [](const std::string& name) { return name.starts_with("http") || name.starts_with('@'); });
  return names;
}

void read_open_graph(const MetaTable& metas, Evidence& evidence) {
  Document& document = evidence.document;
  evidence.title = metas.first({"og:title"});
  document.date = parse_date(metas.first({"article:published_time", "og:article:published_time", "og:published_time"}));
  document.authors = without_addresses(metas.all({"article:author", "og:article:author"}));
  document.site = metas.first({"og:site_name"});
  document.sections = metas.all({"article:section", "og:article:section"});
  document.tags = keywords_of(metas.all({"article:tag", "og:article:tag"}));
  document.url = metas.first({"og:url"});
  document.language = language_of(metas.first({"og:locale"}));
}

void read_plain_meta(const MetaTable& metas, Evidence& evidence) {
  Document& document = evidence.document;
  evidence.title = metas.first({"twitter:title", "dc.title", "dcterms.title", "title"});
  document.date = parse_date(
      metas.first({"datepublished", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "date", "pubdate",
                   "publication_date", "publish-date", "date.issued", "citation_publication_date", "sailthru.date"}));
  for (const std::string& name :
       without_addresses(metas.all({"author", "dc.creator", "dcterms.creator", "citation_author"}))) {
    for (std::string& author : parse_authors(name)) add(document.authors, std::move(author));
  }
  document.site = metas.first({"application-name", "dc.publisher", "citation_journal_title"});
  document.sections = metas.all({"section"});
  document.tags = keywords_of(metas.all({"news_keywords", "keywords"}));
  document.language = language_of(metas.first({"dc.language", "language"}));
}

// Microdata and RDFa of the article itself. What a teaser of another article says stands after it as a rule; so the
// first of each kind counts.
void read_microdata(const HtmlTree& tree, NodeIndex element, Evidence& evidence) {
  std::string_view property = tree.attribute(element, "itemprop");
  if (property.empty() && !tree.is(element, tag("meta"))) property = tree.attribute(element, "property");
  if (property.empty()) return;
  const auto value = [&] {
    std::string_view given = tree.attribute(element, "content");
    if (given.empty()) given = tree.attribute(element, "datetime");
    return clean(given.empty() ? tree.inner_text(element) : decode_html_entities(given));
  };
  Document& document = evidence.document;
  const bool dated = property == "datePublished" || contains(property, "dc:date") || contains(property, "dc:created");
  if (dated && document.date.empty()) document.date = parse_date(value());
  if (property == "author" && document.authors.empty()) document.authors = parse_authors(value());
  if (property == "articleSection" && document.sections.empty()) document.sections = keywords_of({value()});
  if (property == "keywords" && document.tags.empty()) document.tags = keywords_of({value()});
  if (property == "inLanguage" && document.language.empty()) document.language = language_of(value());
}

void merge(Document& document, Document&& weaker) {
  set_if_empty(document.date, std::move(weaker.date));
  set_if_empty(document.authors, std::move(weaker.authors));
  set_if_empty(document.site, std::move(weaker.site));
  set_if_empty(document.sections, std::move(weaker.sections));
  set_if_empty(document.tags, std::move(weaker.tags));
  set_if_empty(document.url, std::move(weaker.url));
  set_if_empty(document.language, std::move(weaker.language));
}

struct Collected {
  Evidence json_ld;
  Evidence open_graph;
  Evidence microdata;
  Evidence plain;
  Evidence page;  // <html lang>, <link rel=canonical>, <title>
  MetaTable metas;
};

void read_element(const HtmlTree& tree, NodeIndex node, Collected& collected) {
  Document& page = collected.page.document;
  switch (tree[node].tag) {
    case tag("html"): {
      const std::string_view language = tree.attribute(node, "lang");
      page.language = language_of(language.empty() ? tree.attribute(node, "xml:lang") : language);
      break;
    }
    case tag("meta"):
      collected.metas.read(tree, node);
      break;
    case tag("link"):
      if (tree.attribute(node, "rel") == "canonical")
        set_if_empty(page.url, decode_html_entities(tree.attribute(node, "href")));
      break;
    case tag("title"):
      if (collected.page.title.empty()) collected.page.title = clean(tree.inner_text(node));
      break;
    case tag("script"):
      if (folded(tree.attribute(node, "type")) == "application/ld+json")
        read_json_ld(tree.inner_text(node), collected.json_ld);
      break;
    default:
      break;
  }
  read_microdata(tree, node, collected.microdata);
}

}  // namespace

HtmlMetadata read_metadata(const HtmlTree& tree) {
  Collected collected;
  for (NodeIndex node = 0; node < tree.nodes().size();) {
    const bool foreign = tree.is(node, tag("svg"));
    if (!tree[node].is_text && !foreign) read_element(tree, node, collected);
    node = foreign ? tree[node].end : node + 1;
  }
  read_open_graph(collected.metas, collected.open_graph);
  read_plain_meta(collected.metas, collected.plain);
  HtmlMetadata metadata;
  // The page's own <html lang> and canonical address are more exact than the locale and address of a preview.
  metadata.document.language = collected.page.document.language;
  metadata.document.url = collected.page.document.url;
  for (Evidence* evidence : {&collected.json_ld, &collected.open_graph, &collected.microdata, &collected.plain}) {
    merge(metadata.document, std::move(evidence->document));
  }
  constexpr std::size_t longest_title = 1000;  // bytes
  // A headline in JSON-LD may be cut at 110 characters; the title of a preview is the one readers see.
  for (Evidence* evidence : {&collected.open_graph, &collected.json_ld, &collected.plain, &collected.page}) {
    if (evidence->title.size() <= longest_title) add(metadata.titles, std::move(evidence->title));
  }
  return metadata;
}

}  // namespace limier::extract
