#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "limier/analyzer.h"
#include "limier/snippet.h"
#include "text/utf8.h"

// What holds for the snippets of every text, for the tests and the fuzzers.
namespace limier {

/// The text with its white space as snippets have it.
inline std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_space = std::string_view(" \t\r\n\v\f").find(c) != std::string_view::npos;
    if (!is_space) line += c;
    if (is_space && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

/// Whether what stands between the ellipses stands in `line` in this order.
inline bool is_made_of_parts(std::string_view snippet, std::string_view line) {
  constexpr std::string_view ellipsis = "…";
  std::size_t done = 0;
  for (;;) {
    const std::size_t end = snippet.find(ellipsis);
    std::string_view part = snippet.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    const std::size_t at = line.find(part, done);
    if (at == std::string_view::npos) return false;
    done = at + part.size();
    if (end == std::string_view::npos) return true;
    snippet.remove_prefix(end + ellipsis.size());
  }
}

/// What does not hold for a snippet of `text`; empty where all does.
inline std::string breach_in(const Snippet& snippet, std::string_view original, const SnippetOptions& options,
                             const Analyzer& analyzer) {
  const std::string text = replace_invalid_utf8(original);
  if (!is_valid_utf8(snippet.text)) return "a snippet is UTF-8";
  if (snippet.text.size() > options.length) return "a snippet is no longer than it may be";
  if (snippet.text.find_first_of("\n\t\r") != std::string::npos) return "a snippet is one line";
  if (!is_made_of_parts(snippet.text, one_line(text))) return "a snippet is made of parts of the text, in its order";
  std::set<std::string> words;
  analyzer.analyze(text, [&](const Token& token) {
    words.insert(one_line(std::string_view(text).substr(token.begin, token.end - token.begin)));
  });
  std::size_t done = 0;
  for (const Snippet::Range& range : snippet.highlights) {
    if (range.begin < done || range.begin >= range.end) return "highlights ascend, apart from one another";
    if (range.end > snippet.text.size()) return "highlights lie in the snippet";
    if (!words.contains(snippet.text.substr(range.begin, range.end - range.begin))) return "highlights are whole words";
    done = range.end;
  }
  return "";
}

}  // namespace limier
