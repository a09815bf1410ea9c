#include "extract/json_ld.h"

#include <simdjson.h>

#include <algorithm>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "extract/byline.h"
#include "extract/json_repair.h"
#include "text/dates.h"

namespace limier::extract {
namespace {

using simdjson::SUCCESS;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr int deepest = 8;

std::string_view string_at(object value, std::string_view key) {
  std::string_view text;
  return value[key].get(text) == SUCCESS ? text : std::string_view();
}

template <class Predicate>
bool has_type(object described, const Predicate& is_wanted) {
  element types;
  if (described["@type"].get(types) != SUCCESS) return false;
  const auto wanted = [&](element type) {
    std::string_view name;
    return type.get(name) == SUCCESS && is_wanted(local_name(name));
  };
  array several;
  return types.get(several) == SUCCESS ? std::any_of(several.begin(), several.end(), wanted) : wanted(types);
}

// Somebody who is described in one place and meant in others.
struct Party {
  std::string_view name;
  bool is_organization = false;
};

// All JSON-LD of a page: one script may name what another describes.
class Graph {
 public:
  explicit Graph(const std::vector<std::string>& scripts) {
    for (const std::string& script : scripts) {
      if (!parse(script)) parse(repaired_json(script));
    }
  }

  const std::vector<element>& roots() const { return roots_; }

  /// Who is meant by `{"@id": "#awa"}`; without a name where nobody is.
  Party find(object reference) {
    const std::string_view id = string_at(reference, "@id");
    if (id.empty()) return {};
    if (!indexed_) {
      for (const element root : roots_) index(root, 0);
      indexed_ = true;
    }
    const auto found = parties_.find(id);
    return found == parties_.end() ? Party() : found->second;
  }

 private:
  bool parse(const std::string& json) {
    element root;
    if (parser_.parse_into_document(documents_.emplace_back(), json).get(root) != SUCCESS) {
      documents_.pop_back();
      return false;
    }
    roots_.push_back(root);
    return true;
  }

  void index(element value, int depth) {
    constexpr std::size_t longest_name = 1000;  // bytes; it may be copied for each reference
    if (depth > deepest) return;
    if (array items; value.get(items) == SUCCESS) {
      for (const element item : items) index(item, depth + 1);
    }
    object described;
    if (value.get(described) != SUCCESS) return;
    const std::string_view id = string_at(described, "@id");
    const std::string_view name = string_at(described, "name");
    if (!id.empty() && !name.empty() && name.size() <= longest_name)
      parties_.emplace(id, Party{name, has_type(described, is_organization_type)});
    for (const auto field : described) index(field.value, depth + 1);
  }

  simdjson::dom::parser parser_;
  std::deque<simdjson::dom::document> documents_;  // the elements point to them
  std::vector<element> roots_;
  std::unordered_map<std::string_view, Party> parties_;  // by their @id
  bool indexed_ = false;
};

// The strings of a value: a string, an object with a `name` or that of a party, or a list of these.
void collect_names(Graph& graph, element value, std::vector<std::string>& names, int depth = 0) {
  if (depth > deepest) return;
  if (std::string_view text; value.get(text) == SUCCESS) return add(names, clean(text));
  if (array items; value.get(items) == SUCCESS) {
    for (const element item : items) collect_names(graph, item, names, depth + 1);
    return;
  }
  object described;
  if (value.get(described) != SUCCESS) return;
  for (const std::string_view key : {"name", "@value"}) {
    if (element name; described[key].get(name) == SUCCESS) return collect_names(graph, name, names, depth + 1);
  }
  add(names, clean(graph.find(described).name));
}

std::vector<std::string> names_at(Graph& graph, object described, std::string_view key) {
  std::vector<std::string> names;
  if (element value; described[key].get(value) == SUCCESS) collect_names(graph, value, names);
  return names;
}

std::string first_name_at(Graph& graph, object described, std::string_view key) {
  const std::vector<std::string> names = names_at(graph, described, key);
  return names.empty() ? std::string() : names.front();
}

// `Par Awa Sow et Jean Dupont` is two authors, `{"@type": "Organization", "name": "Mer et Marine"}` is one.
void collect_authors(Graph& graph, element value, std::vector<std::string>& authors, int depth = 0) {
  if (depth > deepest) return;
  if (array items; value.get(items) == SUCCESS) {
    for (const element item : items) collect_authors(graph, item, authors, depth + 1);
    return;
  }
  std::vector<std::string> names;
  collect_names(graph, value, names);
  object described;
  const bool organization = value.get(described) == SUCCESS &&
                            (has_type(described, is_organization_type) || graph.find(described).is_organization);
  for (std::string& name : names) {
    if (is_address(name)) continue;
    if (organization) {
      add(authors, std::move(name));
    } else {
      for (std::string& author : parse_authors(name)) add(authors, std::move(author));
    }
  }
}

std::vector<std::string> authors_of(Graph& graph, object article) {
  std::vector<std::string> authors;
  if (element value; article["author"].get(value) == SUCCESS) collect_authors(graph, value, authors);
  return authors;
}

// The articles at the top of a value, in a list, in `@graph`, in `mainEntity`.
void find_articles(element value, std::vector<object>& articles, int depth = 0) {
  if (depth > deepest) return;
  if (array items; value.get(items) == SUCCESS) {
    for (const element item : items) find_articles(item, articles, depth + 1);
  }
  object described;
  if (value.get(described) != SUCCESS) return;
  if (has_type(described, is_article_type)) return articles.push_back(described);
  for (const std::string_view key : {"@graph", "mainEntity"}) {
    if (element inner; described[key].get(inner) == SUCCESS) find_articles(inner, articles, depth + 1);
  }
}

std::string_view address_at(object article, std::string_view key) {
  std::string_view address = string_at(article, key);
  if (object page; article[key].get(page) == SUCCESS) address = string_at(page, "@id");
  return address.starts_with("http") ? address : std::string_view();
}

enum class Ownership { Own, Unknown, Other };

// Whether an article is the page's own.
Ownership ownership_of(Graph& graph, object article, const PageIdentity& page) {
  bool comparable = false;
  for (const std::string_view key : {"url", "@id", "mainEntityOfPage"}) {
    const std::string_view address = address_at(article, key);
    if (page.is_address(address)) return Ownership::Own;
    comparable = comparable || (page.has_address() && !address.empty());
  }
  const std::string headline = first_name_at(graph, article, "headline");
  if (page.is_title(headline)) return Ownership::Own;
  comparable = comparable || (page.has_title() && !headline.empty());
  return comparable ? Ownership::Other : Ownership::Unknown;
}

std::vector<object> articles_of_page(Graph& graph, const PageIdentity& page) {
  std::vector<object> own, unknown, first;
  for (const element root : graph.roots()) {
    std::vector<object> articles;
    find_articles(root, articles);
    if (!articles.empty()) first.push_back(articles.front());
    for (const object article : articles) {
      const Ownership ownership = ownership_of(graph, article, page);
      if (ownership == Ownership::Own) own.push_back(article);
      if (ownership == Ownership::Unknown) unknown.push_back(article);
    }
  }
  if (own.empty()) return first;
  own.insert(own.end(), unknown.begin(), unknown.end());
  return own;
}

void read_article(Graph& graph, object article, Evidence& evidence) {
  Document& document = evidence.document;
  set_if_empty(evidence.title, first_name_at(graph, article, "headline"));
  set_if_empty(document.date, parse_date(first_name_at(graph, article, "datePublished")));
  set_if_empty(document.authors, authors_of(graph, article));
  if (std::string site = first_name_at(graph, article, "publisher"); !is_address(site))
    set_if_empty(document.site, std::move(site));
  set_if_empty(document.sections, keywords_of(names_at(graph, article, "articleSection")));
  set_if_empty(document.tags, keywords_of(names_at(graph, article, "keywords")));
  set_if_empty(document.language, language_of(first_name_at(graph, article, "inLanguage")));
  for (const std::string_view key : {"mainEntityOfPage", "url"})
    set_if_empty(document.url, std::string(address_at(article, key)));
}

}  // namespace

Evidence read_json_ld(const std::vector<std::string>& scripts, const PageIdentity& page) {
  Graph graph(scripts);
  Evidence evidence;
  for (const object article : articles_of_page(graph, page)) read_article(graph, article, evidence);
  return evidence;
}

}  // namespace limier::extract
