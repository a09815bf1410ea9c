#include "container/printed_text.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "text/ascii.h"
#include "text/utf8.h"

namespace limier::container {
namespace {

constexpr std::size_t margin = 2;  // lines at either end of a page that may be its head or foot
constexpr std::string_view soft_hyphen = "\u00AD";

using Lines = std::vector<std::string_view>;

// The lines of a page; empty ones stand for a gap. None stands at the ends.
Lines lines_of(std::string_view page) {
  Lines lines;
  while (!page.empty()) {
    const std::string_view line = page.substr(0, page.find_first_of("\n\f"));
    page.remove_prefix(std::min(line.size() + 1, page.size()));
    const std::string_view text = trimmed(line);
    if (!text.empty() || (!lines.empty() && !lines.back().empty())) lines.push_back(text);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// `Page 12 sur 30` is the same on every page but for the numbers.
std::string without_numbers(std::string_view line) {
  std::string same;
  for (const char c : line) {
    if (!is_ascii_digit(c)) same += c;
    if (is_ascii_digit(c) && !same.ends_with('#')) same += '#';
  }
  return same;
}

// Calls `see` with the places of the lines in both margins of a page, each once.
template <class See>
void for_each_in_margins(const Lines& lines, See see) {
  std::vector<std::size_t> filled;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].empty()) filled.push_back(i);
  }
  for (std::size_t i = 0; i < filled.size(); ++i) {
    if (i < margin || i + margin >= filled.size()) see(filled[i]);
  }
}

void remove_heads_and_feet(std::vector<Lines>& pages) {
  constexpr std::size_t often = 3;
  std::map<std::string, std::size_t> counts;
  for (const Lines& lines : pages) {
    for_each_in_margins(lines, [&](std::size_t i) { ++counts[without_numbers(lines[i])]; });
  }
  for (Lines& lines : pages) {
    std::vector<std::size_t> running;
    for_each_in_margins(lines, [&](std::size_t i) {
      const std::size_t count = counts[without_numbers(lines[i])];
      if (count >= often && count * 3 >= pages.size()) running.push_back(i);
    });
    for (auto i = running.rbegin(); i != running.rend(); ++i)
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(*i));
  }
}

// How long a line is that goes to the edge: three quarters of the lines are no longer.
std::size_t full_length(const Lines& lines) {
  std::vector<std::size_t> lengths;
  for (const std::string_view line : lines) {
    if (!line.empty()) lengths.push_back(line.size());
  }
  if (lengths.empty()) return 0;
  const auto quartile = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 3 / 4);
  std::nth_element(lengths.begin(), quartile, lengths.end());
  return *quartile;
}

bool begins_lower(std::string_view line) {
  const bool ascii = !line.empty() && line[0] >= 'a' && line[0] <= 'z';
  // U+00E0 to U+00FF (`à`, `é`) and `œ`.
  return ascii || (line.size() > 1 && line[0] == '\xC3' && line[1] >= '\xA0') || line.starts_with("œ");
}

bool ends_sentence(std::string_view line) {
  for (const std::string_view mark : {".", "!", "?", ":", "»", "…", ".\""}) {
    if (line.ends_with(mark)) return true;
  }
  return false;
}

class Paragraphs {
 public:
  void add(std::string_view line, std::size_t full) {
    if (line.empty()) {
      gap_ = true;
      return;
    }
    append(line, begins_paragraph(line));
    last_is_short_ = line.size() * 4 < full * 3;
    gap_ = false;
  }

  // A paragraph may go on behind a page's end.
  void end_page() { gap_ = ends_sentence(text_); }

  std::string take() { return std::move(text_); }

 private:
  bool begins_paragraph(std::string_view line) const {
    if (begins_lower(line) && !ends_sentence(text_)) return false;
    return gap_ || last_is_short_;
  }

  void append(std::string_view line, bool begins) {
    if (begins && !text_.empty()) {
      text_ += '\n';
    } else if (begins_lower(line) && text_.ends_with(soft_hyphen)) {
      text_.resize(text_.size() - soft_hyphen.size());
    } else if (begins_lower(line) && text_.size() > 1 && text_.ends_with('-') && text_[text_.size() - 2] != ' ') {
      text_.pop_back();
    } else if (!text_.empty()) {
      text_ += ' ';
    }
    text_ += line;
  }

  std::string text_;
  bool gap_ = false;
  bool last_is_short_ = false;
};

}  // namespace

std::string paragraphs_of_pages(const std::vector<std::string>& pages) {
  std::vector<Lines> all;
  for (const std::string& page : pages) all.push_back(lines_of(page));
  remove_heads_and_feet(all);
  Paragraphs paragraphs;
  for (const Lines& lines : all) {
    const std::size_t full = full_length(lines);
    for (const std::string_view line : lines) paragraphs.add(line, full);
    paragraphs.end_page();
  }
  return paragraphs.take();
}

}  // namespace limier::container
