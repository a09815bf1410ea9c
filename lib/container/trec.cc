#include "container/trec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "text/ascii.h"
#include "text/dates.h"
#include "text/encoding.h"
#include "text/entities.h"
#include "text/message.h"

namespace limier::container {
namespace {

enum class Role { None, Number, Title, Text, Date, Author, Section, Tags, Url, Ignored };

struct Tag {
  std::string_view name;
  Role role;
};

// The Associated Press and the Financial Times of TREC, Le Monde and the Swiss agency (ATS, SDA) of CLEF.
constexpr std::array<Tag, 30> tags = {{
    {"docno", Role::Number},      {"docid", Role::Ignored},    {"title", Role::Title},      {"headline", Role::Title},
    {"head", Role::Title},        {"hl", Role::Title},         {"ti", Role::Title},         {"text", Role::Text},
    {"leadpara", Role::Text},     {"lead", Role::Text},        {"lp", Role::Text},          {"ld", Role::Text},
    {"tx", Role::Text},           {"body", Role::Text},        {"date", Role::Date},        {"date_time", Role::Date},
    {"pubdate", Role::Date},      {"author", Role::Author},    {"byline", Role::Author},    {"au", Role::Author},
    {"section", Role::Section},   {"rubrique", Role::Section}, {"category", Role::Section}, {"subject", Role::Tags},
    {"keywords", Role::Tags},     {"kw", Role::Tags},          {"url", Role::Url},          {"length", Role::Ignored},
    {"copyright", Role::Ignored}, {"graphic", Role::Ignored},
}};

Role role_of(std::string_view name) {
  const auto found = std::find_if(tags.begin(), tags.end(), [name](const Tag& tag) { return tag.name == name; });
  return found == tags.end() ? Role::None : found->role;
}

// Paragraphs, one a line: parted in the source by an empty line, or by '\f', which stands for a tag.
std::string paragraphs_of(std::string_view text) {
  std::string out;
  bool at_line_begin = false;
  bool breaks = false;
  bool space = false;
  for (const char c : text) {
    if (is_ascii_space(c)) {
      breaks = breaks || c == '\f' || (c == '\n' && at_line_begin);
      at_line_begin = at_line_begin || c == '\n';
      space = true;
      continue;
    }
    if (space && !out.empty()) out += breaks ? '\n' : ' ';
    space = breaks = at_line_begin = false;
    out += c;
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string line = paragraphs_of(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

std::vector<std::string> list_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find_first_of(separators));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    if (std::string line = one_line(item); !line.empty()) items.push_back(std::move(line));
  }
  return items;
}

// `19940131` and `940131` beside what other pages write.
std::string date_of(std::string_view text) {
  std::string line = one_line(text);
  const bool digits = std::all_of(line.begin(), line.end(), is_ascii_digit);
  if (digits && line.size() == 6) line.insert(0, "19");
  if (digits && line.size() == 8) line = line.substr(0, 4) + '-' + line.substr(4, 2) + '-' + line.substr(6, 2);
  if (std::string date = parse_date(line); !date.empty()) return date;
  const std::optional<FoundDate> found = find_date(line);
  return found ? found->iso : std::string();
}

// What stands in the tags of one document, by role.
class Fields {
 public:
  explicit Fields(std::string_view document) {
    std::vector<std::pair<std::string, Role>> open;
    while (!document.empty()) {
      const std::size_t bracket = std::min(document.find('<'), document.size());
      at(open.empty() ? Role::None : open.back().second) += decode_entities(document.substr(0, bracket));
      document.remove_prefix(bracket);
      if (!document.empty()) read_tag(document, open);
    }
  }

  const std::string& operator[](Role role) const { return values_[static_cast<std::size_t>(role)]; }

 private:
  std::string& at(Role role) { return values_[static_cast<std::size_t>(role)]; }

  // A `<` that begins no tag is text. Tags that are never closed must not cost much: only those with a role are kept.
  void read_tag(std::string_view& document, std::vector<std::pair<std::string, Role>>& open) {
    constexpr std::size_t longest_tag = 1000;  // bytes
    constexpr std::size_t deepest = 16;
    const Role inside = open.empty() ? Role::None : open.back().second;
    const std::size_t end = document.substr(0, longest_tag).find('>');
    const bool closes = document.size() > 1 && document[1] == '/';
    const std::size_t begin = closes ? 2 : 1;
    if (end == std::string_view::npos || end <= begin ||
        (!is_ascii_letter(document[begin]) && document[begin] != '!')) {
      at(inside) += '<';
      document.remove_prefix(1);
      return;
    }
    const std::string_view inner = document.substr(begin, end - begin);
    const std::string name = ascii_lower(inner.substr(0, inner.find_first_of(" \t\r\n/")));
    document.remove_prefix(end + 1);
    const Role role = role_of(name);
    if (role == Role::None) {
      at(inside) += '\f';
    } else if (closes) {
      const auto same = std::find_if(open.rbegin(), open.rend(), [&](const auto& tag) { return tag.first == name; });
      if (same != open.rend()) open.erase(same.base() - 1, open.end());
      at(role) += '\f';
    } else if (open.size() < deepest) {
      open.emplace_back(name, role);
    }
  }

  std::array<std::string, static_cast<std::size_t>(Role::Ignored) + 1> values_;
};

Document document_of(std::string_view text) {
  const Fields fields(text);
  Document document;
  document.id = one_line(fields[Role::Number]);
  document.title = one_line(fields[Role::Title]);
  document.body = paragraphs_of(fields[Role::Text]);
  if (document.body.empty()) document.body = paragraphs_of(fields[Role::None]);
  document.authors = list_of(fields[Role::Author], ";\f");
  document.date = date_of(fields[Role::Date]);
  document.sections = list_of(fields[Role::Section], ",;\f");
  document.tags = list_of(fields[Role::Tags], ",;\f");
  document.url = one_line(fields[Role::Url]);
  return document;
}

class Trec final : public Container {
 public:
  explicit Trec(Source source) : source_(std::move(source)) {
    constexpr std::size_t enough = 8192;
    const std::string_view head = source_.bytes.peek(1).substr(0, enough);
    const bool lower = head.find("<doc>") < head.find("<DOC>");
    begin_ = lower ? "<doc>" : "<DOC>";
    end_ = lower ? "</doc>" : "</DOC>";
    charset_ = declared_charset(head);
  }

  bool next(Entry& entry) override {
    while (find_document()) {
      entry = {};
      if (read_document(entry.document)) return true;
    }
    return false;
  }

 private:
  bool find_document() {
    const ByteReader::Until until = source_.bytes.read_until(begin_, largest_page, piece_);
    count_lines();
    return until != ByteReader::Until::End;
  }

  bool read_document(Document& document) {
    const std::uint64_t line = line_;
    const ByteReader::Until until = source_.bytes.read_until(end_, largest_page, piece_);
    count_lines();
    if (until == ByteReader::Until::TooLong) {
      source_.report(line, message("the document is larger than {} MB", largest_page / mebibyte));
      return false;
    }
    const std::size_t another = piece_.rfind(begin_);
    const bool has_end = until == ByteReader::Until::Mark && another == std::string::npos;
    if (!has_end) source_.report(line, message("the document has no end: is the file cut off?"));
    if (until == ByteReader::Until::End) return false;
    if (!has_end) piece_.erase(0, another + begin_.size());
    const DecodedText decoded = to_utf8(std::move(piece_), charset_);
    if (decoded.replaced_bytes > 0) source_.report(line, replaced_message(decoded.replaced_bytes));
    document = document_of(decoded.text);
    if (document.id.empty()) document.id = fmt::format("{}#{}", source_.name, line);
    if (document.title.empty() && document.body.empty())
      source_.report(line, message("the document has no title and no text"));
    return !document.title.empty() || !document.body.empty();
  }

  void count_lines() { line_ += static_cast<std::uint64_t>(std::count(piece_.begin(), piece_.end(), '\n')); }

  Source source_;
  std::string begin_, end_;
  std::string charset_;
  std::string piece_;
  std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<Container> open_trec(Source source) { return std::make_unique<Trec>(std::move(source)); }

}  // namespace limier::container
