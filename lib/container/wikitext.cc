#include "container/wikitext.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/ascii.h"
#include "text/entities.h"

namespace limier::container {
namespace {

constexpr std::size_t deepest = 40;
constexpr std::size_t none = std::string_view::npos;

// How a template that stands for words is written out. The others are boxes, notes, maintenance.
enum class Words { First, Last, All, Century };

struct Template {
  std::string_view name;
  Words words;
};

constexpr std::array<Template, 23> templates = {{
    {"abréviation", Words::First},
    {"abbr", Words::First},
    {"lien", Words::First},
    {"citation", Words::Last},
    {"citation étrangère", Words::Last},
    {"lang", Words::Last},
    {"langue", Words::Last},
    {"langue avec nom", Words::Last},
    {"nobr", Words::Last},
    {"nowrap", Words::Last},
    {"petite", Words::Last},
    {"formatnum", Words::Last},
    {"date", Words::All},
    {"date-", Words::All},
    {"date de naissance", Words::All},
    {"date de décès", Words::All},
    {"unité", Words::All},
    {"nb", Words::All},
    {"nombre", Words::All},
    {"heure", Words::All},
    {"s", Words::Century},
    {"s-", Words::Century},
    {"siècle", Words::Century},
}};

// Templates whose name is what they write: `{{1er}}`, `{{XXe siècle}}`, `{{Mme}}`.
constexpr std::array<std::string_view, 11> own_words = {"1er",  "1re",  "ier", "ire", "ii",  "mme",
                                                        "mmes", "mlle", "mgr", "dr",  "etc."};

// Elements whose content is no text.
constexpr std::array<std::string_view, 16> dropped_elements = {
    "ref",   "references", "math",  "chem",     "gallery", "timeline", "syntaxhighlight", "source",
    "score", "hiero",      "graph", "mapframe", "maplink", "imagemap", "templatedata",    "templatestyles"};

template <class Range>
bool holds(const Range& range, std::string_view value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

enum class Opening { Template, Table, Link, Address };

// Markup that is open, and where in the output it began.
struct Frame {
  Opening opening;
  std::size_t begin = 0;
  std::vector<std::size_t> bars;  // where in the output its `|` stand
};

// Writes the text of a page; links and templates are written first, and rewritten when they end.
class WikiWriter {
 public:
  WikiWriter(std::string_view markup, const WikiNamespaces& namespaces) : markup_(markup), namespaces_(namespaces) {}

  WikiText write() {
    while (at_ < markup_.size()) {
      if (!read_mark()) out_ += markup_[at_++];
    }
    while (!frames_.empty()) drop_markup();
    return {std::move(out_), std::move(categories_)};
  }

 private:
  bool ahead(std::string_view mark) const { return markup_.substr(at_).starts_with(mark); }
  bool at_line_begin() const { return at_ == 0 || markup_[at_ - 1] == '\n'; }
  bool inside(Opening opening) const { return !frames_.empty() && frames_.back().opening == opening; }

  bool read_mark() {
    switch (markup_[at_]) {
      case '<':
        return read_element();
      case '{':
        if (ahead("{{")) return open(Opening::Template, 2);
        return ahead("{|") && at_line_begin() && open(Opening::Table, 2);
      case '[':
        if (ahead("[[")) return open(Opening::Link, 2);
        return (ahead("[http") || ahead("[//")) && open(Opening::Address, 1);
      case '}':
        return ahead("}}") && close(Opening::Template, 2);
      case ']':
        if (inside(Opening::Address)) return close(Opening::Address, 1);
        return ahead("]]") && close(Opening::Link, 2);
      case '|':
        if (ahead("|}") && !ahead("|}}") && at_line_begin()) return close(Opening::Table, 2);
        if (!frames_.empty()) frames_.back().bars.push_back(out_.size());
        return false;
      case '\n':
        while (inside(Opening::Address)) drop_markup();
        return false;
      default:
        return false;
    }
  }

  bool open(Opening opening, std::size_t length) {
    if (frames_.size() >= deepest) return false;
    frames_.push_back({opening, out_.size(), {}});
    at_ += length;
    return true;
  }

  // Ends the innermost markup of this kind; what was opened in it and not closed is text.
  bool close(Opening opening, std::size_t length) {
    const auto is_it = [opening](const Frame& frame) { return frame.opening == opening; };
    if (std::none_of(frames_.begin(), frames_.end(), is_it)) return false;
    while (!inside(opening)) drop_markup();
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    const std::string text = text_of(frame);
    out_.resize(frame.begin);
    out_ += text;
    at_ += length;
    return true;
  }

  // Its marks are gone, its text stays.
  void drop_markup() { frames_.pop_back(); }

  std::string text_of(const Frame& frame) {
    switch (frame.opening) {
      case Opening::Template:
        return text_of_template(parts_of(frame));
      case Opening::Link:
        return text_of_link(parts_of(frame));
      case Opening::Address: {
        const std::size_t space = out_.find(' ', frame.begin);
        return space == none ? std::string() : out_.substr(space + 1);
      }
      case Opening::Table:
        break;
    }
    return {};
  }

  // What stands between the bars.
  std::vector<std::string> parts_of(const Frame& frame) const {
    std::vector<std::string> parts;
    std::size_t begin = frame.begin;
    for (const std::size_t bar : frame.bars) {
      parts.emplace_back(trimmed(std::string_view(out_).substr(begin, bar - begin)));
      begin = bar + 1;
    }
    parts.emplace_back(trimmed(std::string_view(out_).substr(begin)));
    return parts;
  }

  static std::string text_of_template(std::vector<std::string> parts) {
    std::string name = ascii_lower(parts.front());
    std::replace(name.begin(), name.end(), '_', ' ');
    if (parts.size() == 1) {
      const bool is_words = holds(own_words, name) || name.ends_with(" siècle");
      if (is_words) return parts.front();
    }
    const std::size_t colon = name.find(':');  // `{{formatnum:1234}}`
    if (colon != none && parts.size() == 1) parts.push_back(parts.front().substr(colon + 1));
    const auto found = std::find_if(templates.begin(), templates.end(), [&](const Template& known) {
      return known.name == std::string_view(name).substr(0, colon);
    });
    // Named parameters say how it is to look.
    parts.erase(parts.begin());
    std::erase_if(parts, [](const std::string& part) { return part.empty() || part.find('=') != none; });
    if (found == templates.end() || parts.empty()) return {};
    if (found->words == Words::First) return parts.front();
    if (found->words == Words::Last) return parts.back();
    if (found->words == Words::Century) return parts.front() + (parts.front() == "I" ? "er siècle" : "e siècle");
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : " ") + part;
    return all;
  }

  std::string text_of_link(const std::vector<std::string>& parts) {
    const std::string& target = parts.front();
    const std::size_t colon = target.find(':');
    const std::string_view shown = parts.back().empty() ? target : parts.back();
    if (target.starts_with(':')) return std::string(parts.size() == 1 ? target.substr(1) : shown);
    if (colon == none) return std::string(shown);
    const std::string prefix = ascii_lower(trimmed(std::string_view(target).substr(0, colon)));
    if (holds(namespaces_.file, prefix)) return {};
    if (holds(namespaces_.category, prefix)) {
      if (const std::string_view name = trimmed(std::string_view(target).substr(colon + 1)); !name.empty())
        categories_.emplace_back(name);
      return {};
    }
    return is_language(prefix) && parts.size() == 1 ? std::string() : std::string(shown);
  }

  // `[[en:Dam]]` names the same page in another language.
  static bool is_language(std::string_view prefix) {
    const std::string_view code = prefix.substr(0, prefix.find('-'));
    return code.size() >= 2 && code.size() <= 3 &&
           std::all_of(prefix.begin(), prefix.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  }

  // A tag, a comment, or an element that is left out with its content.
  bool read_element() {
    if (ahead("<!--")) {
      skip_behind("-->", comment_ends_);
      return true;
    }
    constexpr std::size_t longest_tag = 2000;  // bytes
    const std::size_t length = markup_.substr(at_, longest_tag).find('>');
    if (length == none) return false;
    const std::string_view tag = markup_.substr(at_, length);
    const bool closes = tag.starts_with("</");
    const std::string_view inner = tag.substr(closes ? 2 : 1);
    if (inner.empty() || !is_ascii_letter(inner.front())) return false;
    const std::string name = ascii_lower(inner.substr(0, inner.find_first_of(" \t\n/")));
    const bool is_whole = closes || tag.ends_with('/');
    at_ += length + 1;
    if (name == "br" || name == "p" || name == "li") out_ += '\n';
    if (is_whole) return true;
    if (name == "nowiki") return copy_nowiki();
    const auto dropped = std::find(dropped_elements.begin(), dropped_elements.end(), name);
    if (dropped != dropped_elements.end()) {
      skip_behind("</" + name, elements_end_[static_cast<std::size_t>(dropped - dropped_elements.begin())]);
      skip_tag_end();
    }
    return true;
  }

  // `found` remembers that the mark does not come any more, so that it is not looked for again and again. Without it a
  // comment goes on to the end, an element is a tag alone.
  void skip_behind(const std::string& mark, bool& found) {
    const std::size_t end = found ? markup_.find(mark, at_) : none;
    found = end != none;
    if (found) {
      at_ = end + mark.size();
    } else if (mark == "-->") {
      at_ = markup_.size();
    }
  }

  void skip_tag_end() {
    const std::string_view rest = markup_.substr(at_);
    const std::size_t end = rest.find_first_not_of(" \t\n");
    if (end != none && rest[end] == '>') at_ += end + 1;
  }

  bool copy_nowiki() {
    const std::size_t end = std::min(markup_.find("</nowiki>", at_), markup_.size());
    out_.append(markup_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  std::string_view markup_;
  const WikiNamespaces& namespaces_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Frame> frames_;
  std::vector<std::string> categories_;
  bool comment_ends_ = true;
  std::array<bool, dropped_elements.size()> elements_end_ = [] {
    std::array<bool, dropped_elements.size()> all{};
    all.fill(true);
    return all;
  }();
};

// Where runs of `'` stand in a line: two are italics, three bold, five both; more apostrophes are text before them.
struct Quotes {
  std::size_t begin = 0;
  std::size_t marks = 0;  // 0, 2, 3 or 5
  std::size_t end = 0;
};

std::vector<Quotes> find_quotes(std::string_view line) {
  std::vector<Quotes> found;
  for (std::size_t at = line.find("''"); at != none; at = line.find("''", at)) {
    const std::size_t end = std::min(line.find_first_not_of('\'', at), line.size());
    const std::size_t length = end - at;
    const std::size_t marks = length == 4 ? 3 : std::min<std::size_t>(length, 5);
    found.push_back({end - marks, marks, end});
    at = end;
  }
  return found;
}

// As MediaWiki does it: where both bold and italics are left open, one bold is an apostrophe and italics, and of all
// the one behind the shortest word: `l'''Équipe''` is `l'Équipe`.
void settle_quotes(std::vector<Quotes>& quotes, std::string_view line) {
  const auto odd = [&](std::size_t marks) {
    return std::count_if(quotes.begin(), quotes.end(),
                         [marks](const Quotes& each) { return each.marks == marks || each.marks == 5; }) %
               2 ==
           1;
  };
  if (!odd(2) || !odd(3)) return;
  const auto word_before = [line](const Quotes& each) {
    constexpr std::size_t longest_word = 30;  // bytes
    const std::size_t begin = each.begin - std::min(each.begin, longest_word);
    const std::string_view before = line.substr(begin, each.begin - begin);
    const std::size_t space = before.find_last_of(" (");
    const std::size_t length = before.size() - (space == none ? 0 : space + 1);
    return length == 0 ? none : length;
  };
  Quotes* shortest = nullptr;
  std::size_t length = none;
  for (Quotes& each : quotes) {
    if (each.marks != 3) continue;
    const std::size_t before = word_before(each);
    if (shortest != nullptr && before >= length) continue;
    shortest = &each;
    length = before;
  }
  if (shortest == nullptr) return;
  ++shortest->begin;
  shortest->marks = 2;
}

std::string without_quotes(std::string_view line) {
  std::vector<Quotes> quotes = find_quotes(line);
  settle_quotes(quotes, line);
  std::string plain;
  std::size_t at = 0;
  for (const Quotes& each : quotes) {
    plain.append(line.substr(at, each.begin - at));
    at = each.end;
  }
  return plain.append(line.substr(at));
}

// `__NOTOC__`
bool is_switch(std::string_view line) { return line.size() > 4 && line.starts_with("__") && line.ends_with("__"); }

std::string plain_line(std::string_view line) {
  const std::string decoded = decode_entities(without_quotes(line));
  std::string plain;
  for (const char c : decoded) {
    const bool space = is_ascii_space(c);
    if (!space) plain += c;
    if (space && !plain.empty() && plain.back() != ' ') plain += ' ';
  }
  return std::string(trimmed(plain));
}

// The body, whose headings are dropped where nothing stands below them: their lists of links and notes are gone.
class Body {
 public:
  void add(std::string_view line) {
    line = trimmed(line);
    const std::size_t level = std::min({line.find_first_not_of('='), line.size(), std::size_t{6}});
    if (level > 0 && line.size() > 2 * level && line.substr(line.size() - level).find_first_not_of('=') == none) {
      return add_heading(level, plain_line(line.substr(level, line.size() - 2 * level)));
    }
    line.remove_prefix(std::min(line.find_first_not_of("*#:; "), line.size()));
    if (is_switch(line) || line.starts_with("----")) return;
    if (std::string plain = plain_line(line); !plain.empty()) add_text(plain);
  }

  std::string take() { return std::move(text_); }

 private:
  void add_heading(std::size_t level, std::string heading) {
    std::erase_if(headings_, [level](const auto& above) { return above.first >= level; });
    if (!heading.empty()) headings_.emplace_back(level, std::move(heading));
  }

  void add_text(const std::string& line) {
    for (const auto& [level, heading] : headings_) add_line(heading);
    headings_.clear();
    add_line(line);
  }

  void add_line(const std::string& line) {
    if (!text_.empty()) text_ += '\n';
    text_ += line;
  }

  std::string text_;
  std::vector<std::pair<std::size_t, std::string>> headings_;  // above which no text has come yet
};

}  // namespace

WikiText read_wikitext(std::string_view markup, const WikiNamespaces& namespaces) {
  WikiText page = WikiWriter(markup, namespaces).write();
  Body body;
  std::string_view lines = page.body;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    body.add(line);
  }
  page.body = body.take();
  return page;
}

}  // namespace limier::container
