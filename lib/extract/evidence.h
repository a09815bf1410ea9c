#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "limier/document.h"

namespace limier::extract {

/// What one source of metadata says: JSON-LD, Open Graph, microdata…
struct Evidence {
  Document document;  ///< Without title and body.
  std::string title;
};

/// Entities replaced, white space collapsed.
std::string clean(std::string_view text);

/// Appends what is not blank and not there yet, up to 100 items.
void add(std::vector<std::string>& list, std::string item);

void set_if_empty(std::string& field, std::string value);
void set_if_empty(std::vector<std::string>& field, std::vector<std::string> value);

/// Fills the fields that are empty.
void merge(Document& document, Document&& weaker);

/// Keywords stand in one string with commas as often as in a list.
std::vector<std::string> keywords_of(const std::vector<std::string>& strings);

/// `fr` of `fr-FR` and `fr_FR`: the country says nothing of the text. Empty for what is no language.
std::string language_of(std::string_view tag);

/// An address or an account, where a name is expected: `https://exemple.sn/awa`, `@awa`.
bool is_address(std::string_view name);

/// `NewsArticle` of `schema:NewsArticle` and `https://schema.org/NewsArticle`.
std::string_view local_name(std::string_view type);

/// A type of schema.org (its local name) that is an article.
bool is_article_type(std::string_view type);
/// … that is a company, a newspaper, a club.
bool is_organization_type(std::string_view type);

/// How a page names itself, which tells its own article from the others that it speaks of.
class PageIdentity {
 public:
  PageIdentity(std::string_view address, const std::vector<std::string>& titles);

  bool has_address() const { return !address_.empty(); }
  bool has_title() const { return !titles_.empty(); }
  bool is_address(std::string_view address) const;

  /// The page's title may have the name of the site behind it.
  bool is_title(std::string_view title) const;

 private:
  std::string address_;
  std::vector<std::string> titles_;  // folded
};

}  // namespace limier::extract
