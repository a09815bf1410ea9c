#include "extract/html_tokenizer.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace limier::extract {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// What ends a name, by its byte.
constexpr auto name_ends = [] {
  std::array<bool, 256> ends{};
  for (const char c : {' ', '\n', '\t', '\r', '\f', '/', '>'}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();
bool ends_name(char c) { return name_ends[static_cast<unsigned char>(c)]; }

}  // namespace

bool HtmlTokenizer::next(HtmlToken& token) {
  while (at_ < html_.size()) {
    const std::size_t markup = find_markup(at_);
    if (markup > at_) {
      token.kind = HtmlToken::Kind::Text;
      token.text = html_.substr(at_, markup - at_);
      at_ = markup;
      return true;
    }
    if (is_tag(at_)) return read_tag(token);
    skip_markup();
  }
  return false;
}

// Where the next tag or comment begins; the `<` of `a < b` is text, and so is one at the end.
std::size_t HtmlTokenizer::find_markup(std::size_t from) const {
  for (std::size_t at = html_.find('<', from); at < html_.size() - 1; at = html_.find('<', at + 1)) {
    const char next = html_[at + 1];
    if (is_ascii_letter(next) || next == '!' || next == '?') return at;
    if (next == '/' && at + 2 < html_.size()) return at;
  }
  return html_.size();
}

bool HtmlTokenizer::is_tag(std::size_t at) const {
  return is_ascii_letter(html_[html_[at + 1] == '/' ? at + 2 : at + 1]);
}

bool HtmlTokenizer::read_tag(HtmlToken& token) {
  const bool closes = html_[at_ + 1] == '/';
  const std::size_t begin = at_ + (closes ? 2 : 1);
  std::size_t end = begin;
  while (end < html_.size() && !ends_name(html_[end])) ++end;
  at_ = end;
  token.kind = closes ? HtmlToken::Kind::EndTag : HtmlToken::Kind::StartTag;
  token.text = html_.substr(begin, at_ - begin);
  token.tag = tag_table.find(token.text);
  token.attributes.clear();
  while (at_ < html_.size()) {
    if (html_[at_] == '>') {
      token.closes_itself = html_[at_ - 1] == '/';
      ++at_;
      return true;
    }
    if (is_space(html_[at_]) || html_[at_] == '/') {
      ++at_;
      continue;
    }
    const HtmlAttribute attribute = read_attribute();
    const auto is_it = [&](const HtmlAttribute& known) { return known.name == attribute.name; };
    if (attribute.name != 0 && std::ranges::none_of(token.attributes, is_it)) token.attributes.push_back(attribute);
  }
  return false;
}

HtmlAttribute HtmlTokenizer::read_attribute() {
  const std::size_t begin = at_;
  std::size_t end = begin + 1;  // even `=` begins a name
  while (end < html_.size() && !ends_name(html_[end]) && html_[end] != '=') ++end;
  at_ = end;
  HtmlAttribute attribute;
  attribute.name = attribute_table.find(html_.substr(begin, end - begin));
  skip_spaces();
  if (at_ < html_.size() && html_[at_] == '=') {
    ++at_;
    attribute.value = read_value();
  } else {
    at_ = end;
  }
  return attribute;
}

std::string_view HtmlTokenizer::read_value() {
  skip_spaces();
  if (at_ == html_.size()) return {};
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t begin = at_ + 1;
    const std::size_t end = std::min(html_.find(quote, begin), html_.size());
    at_ = std::min(end + 1, html_.size());
    return html_.substr(begin, end - begin);
  }
  const std::size_t begin = at_;
  while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
  return html_.substr(begin, at_ - begin);
}

// A comment, or `<!doctype html>`, `<?xml … ?>`, `</>`, which end with the next `>`.
void HtmlTokenizer::skip_markup() {
  if (html_.substr(at_, 4) == "<!--") return skip_comment();
  at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
}

void HtmlTokenizer::skip_comment() {
  const std::string_view inside = html_.substr(at_ + 4);
  if (inside.starts_with('>') || inside.starts_with("->")) {
    at_ += inside.starts_with('>') ? 5U : 6U;
    return;
  }
  for (at_ = html_.find("--", at_ + 4); at_ < html_.size(); at_ = html_.find("--", at_ + 1)) {
    const std::string_view behind = html_.substr(at_ + 2, 2);
    if (!behind.starts_with('>') && behind != "!>") continue;
    at_ += behind.starts_with('>') ? 3U : 4U;
    return;
  }
  at_ = html_.size();
}

void HtmlTokenizer::skip_spaces() {
  while (at_ < html_.size() && is_space(html_[at_])) ++at_;
}

std::string_view HtmlTokenizer::raw_text(const HtmlToken& start) {
  const std::size_t begin = at_;
  std::size_t end = html_.size();  // <plaintext> never ends
  if (start.tag == tag("script")) {
    end = find_end_of_script(begin);
  } else if (start.tag != tag("plaintext")) {
    end = find_end_tag(begin, start.text);
  }
  at_ = std::min(html_.find('>', end), html_.size() - 1) + 1;
  return html_.substr(begin, end - begin);
}

std::size_t HtmlTokenizer::find_end_tag(std::size_t from, std::string_view name) const {
  for (std::size_t at = html_.find("</", from); at < html_.size(); at = html_.find("</", at + 2)) {
    if (is_tag_of(at + 2, name)) return at;
  }
  return html_.size();
}

// In `<!-- … -->` a script may hold another with its end tag; section 13.2.5.17 and what follows it.
std::size_t HtmlTokenizer::find_end_of_script(std::size_t from) const {
  std::size_t comment_end = 0;
  bool in_inner_script = false;
  for (std::size_t at = html_.find('<', from); at < html_.size(); at = html_.find('<', at + 1)) {
    const bool in_comment = at < comment_end;
    if (!in_comment) in_inner_script = false;
    if (!in_comment && html_.substr(at, 4) == "<!--") {
      comment_end = html_.find("-->", at + 2);
    } else if (in_comment && is_tag_of(at + 1, "script")) {
      in_inner_script = true;
    } else if (html_.substr(at, 2) == "</" && is_tag_of(at + 2, "script")) {
      if (!in_inner_script) return at;
      in_inner_script = false;
    }
  }
  return html_.size();
}

bool HtmlTokenizer::is_tag_of(std::size_t at, std::string_view name) const {
  if (at + name.size() >= html_.size() || !ends_name(html_[at + name.size()])) return false;
  return std::equal(name.begin(), name.end(), html_.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

}  // namespace limier::extract
