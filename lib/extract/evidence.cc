#include "extract/evidence.h"

#include <algorithm>
#include <utility>

#include "extract/words.h"
#include "text/ascii.h"
#include "text/entities.h"

namespace limier::extract {
namespace {

// What two addresses of the same page share: `www.exemple.sn/bac` of `https://www.exemple.sn/bac/#article`.
std::string_view bare_address(std::string_view address) {
  address = address.substr(0, address.find('#'));
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
    address.remove_prefix(scheme + 3);
  if (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

}  // namespace

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

void merge(Document& document, Document&& weaker) {
  set_if_empty(document.date, std::move(weaker.date));
  set_if_empty(document.authors, std::move(weaker.authors));
  set_if_empty(document.site, std::move(weaker.site));
  set_if_empty(document.sections, std::move(weaker.sections));
  set_if_empty(document.tags, std::move(weaker.tags));
  set_if_empty(document.url, std::move(weaker.url));
  set_if_empty(document.language, std::move(weaker.language));
}

std::vector<std::string> keywords_of(const std::vector<std::string>& strings) {
  std::vector<std::string> keywords;
  for (const std::string& text : strings) {
    for (std::string& keyword : split(text, ",")) add(keywords, std::move(keyword));
  }
  return keywords;
}

std::string language_of(std::string_view tag) {
  const std::string language = folded(tag.substr(0, tag.find_first_of("-_")));
  return language.size() == 2 || language.size() == 3 ? language : std::string();
}

bool is_address(std::string_view name) { return name.starts_with("http") || name.starts_with('@'); }

std::string_view local_name(std::string_view type) {
  const std::size_t prefix = type.find_last_of(":/#");
  return prefix == std::string_view::npos ? type : type.substr(prefix + 1);
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("BlogPosting") || type == "Report" || type == "NewsStory";
}

bool is_organization_type(std::string_view type) { return type.ends_with("Organization") || type == "Corporation"; }

PageIdentity::PageIdentity(std::string_view address, const std::vector<std::string>& titles)
    : address_(bare_address(address)) {
  for (const std::string& title : titles) add(titles_, folded(title));
}

bool PageIdentity::is_address(std::string_view address) const {
  return has_address() && bare_address(address) == address_;
}

bool PageIdentity::is_title(std::string_view title) const {
  const std::string wanted = folded(title);
  if (wanted.empty()) return false;
  return std::any_of(titles_.begin(), titles_.end(), [&](std::string_view known) {
    if (!known.starts_with(wanted)) return false;
    known.remove_prefix(wanted.size());
    const bool separated =
        known.size() > 1 && known[0] == ' ' && !is_ascii_letter(known[1]) && !is_ascii_digit(known[1]);
    return known.empty() || separated;
  });
}

}  // namespace limier::extract
