#include "search_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "html.h"
#include "terminal.h"

namespace limier::tools {
namespace {

/// The signs that have a meaning within a line, those of GitHub and Pandoc among them.
std::string markdown(std::string_view text) {
  constexpr std::string_view signs = R"(\`*_[]<>&~|$^)";
  std::string escaped;
  for (const char c : text) {
    if (signs.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// What begins a line could make it a heading, a list or a rule: `# `, `- `, `12. `.
std::string markdown_line(std::string line) {
  const std::size_t sign = std::min(line.find_first_not_of("0123456789"), line.size());
  const bool is_number = sign > 0 && sign < line.size() && (line[sign] == '.' || line[sign] == ')');
  const bool is_sign = sign == 0 && !line.empty() && std::string_view("#+-=:").find(line[0]) != std::string_view::npos;
  if (is_number || is_sign) line.insert(sign, 1, '\\');
  return line;
}

/// A line with the words that were found between `open` and `close`.
template <typename Escape>
std::string marked(const Snippet& snippet, Escape escape, std::string_view open, std::string_view close) {
  const std::string_view text = snippet.text;
  std::string line;
  std::size_t done = 0;
  const auto append_to = [&](std::size_t end) {
    line += escape(printable_line(text.substr(done, end - done)));
    done = end;
  };
  for (const Snippet::Range& range : snippet.highlights) {
    append_to(range.begin);
    line += open;
    append_to(range.end);
    line += close;
  }
  append_to(text.size());
  return line;
}

bool is_web_address(std::string_view url) {
  const auto begins_with = [&](std::string_view scheme) {
    return std::equal(scheme.begin(), scheme.end(), url.begin(), url.begin() + std::min(scheme.size(), url.size()),
                      [](unsigned char a, unsigned char b) { return a == std::tolower(b); });
  };
  return begins_with("http://") || begins_with("https://");
}

/// An address without the characters that no address may hold, nor those that would end it in Markdown.
std::string safe_url(std::string_view url) {
  constexpr std::string_view unsafe = " \"'()<>[\\]^`{|}";
  std::string safe;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_unsafe = byte < 0x20 || byte == 0x7F || unsafe.find(c) != std::string_view::npos;
    safe += is_unsafe ? fmt::format("%{:02X}", byte) : std::string(1, c);
  }
  return safe;
}

std::string html_paragraph(std::string_view name, const std::string& content) {
  if (content.empty()) return "";
  return fmt::format("<p class=\"limier-{}\">{}</p>\n", name, content);
}

std::string html_lines(const std::string& lines) {
  return lines.empty() ? "" : fmt::format("<pre>{}</pre>\n", escaped(printable_text(lines)));
}

std::string html_hit(const ShownHit& hit) {
  const auto in_html = [](const Snippet& snippet) { return marked(snippet, escaped, "<mark>", "</mark>"); };
  std::string title = in_html(hit.title);
  if (is_web_address(hit.url)) title = fmt::format("<a href=\"{}\">{}</a>", escaped(safe_url(hit.url)), title);
  return fmt::format("<li value=\"{}\">\n", hit.rank) + html_paragraph("title", title) +
         html_paragraph("origin", escaped(printable_line(hit.origin))) +
         html_paragraph("passages", in_html(hit.passages)) + html_paragraph("hidden", escaped(hit.hidden)) +
         html_lines(hit.explanation) + "</li>\n";
}

/// Lines as they are: code, which Markdown leaves alone.
std::string markdown_lines(const std::string& lines) {
  std::string code;
  bool at_start = true;
  for (const char c : printable_text(lines)) {
    if (at_start && c != '\n') code += "    ";
    code += c;
    at_start = c == '\n';
  }
  return code.empty() ? "" : '\n' + code;
}

std::string markdown_paragraph(const std::string& line) {
  return line.empty() ? "" : '\n' + markdown_line(line) + '\n';
}

std::string markdown_hit(const ShownHit& hit) {
  const auto in_markdown = [](const Snippet& snippet) { return marked(snippet, markdown, "**", "**"); };
  std::string title = in_markdown(hit.title);
  if (is_web_address(hit.url)) title = fmt::format("[{}]({})", title, markdown(safe_url(hit.url)));
  return fmt::format("\n### {}. {}\n", hit.rank, title) + markdown_paragraph(markdown(printable_line(hit.origin))) +
         markdown_paragraph(in_markdown(hit.passages)) + markdown_paragraph(markdown(hit.hidden)) +
         markdown_lines(hit.explanation);
}

}  // namespace

std::string to_html(const ShownResult& result) {
  std::string text = "<section class=\"limier\">\n" + html_paragraph("heading", escaped(result.heading));
  for (const std::string& line : result.advice) text += html_paragraph("advice", escaped(line));
  text += html_lines(result.plan) + "<ol>\n";
  for (const ShownHit& hit : result.hits) text += html_hit(hit);
  return text + "</ol>\n" + html_lines(result.facets) + "</section>\n";
}

std::string to_markdown(const ShownResult& result) {
  std::string text = markdown(result.heading) + '\n';
  for (const std::string& line : result.advice) text += markdown_paragraph(markdown(line));
  text += markdown_lines(result.plan);
  for (const ShownHit& hit : result.hits) text += markdown_hit(hit);
  return text + markdown_lines(result.facets);
}

}  // namespace limier::tools
