#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cwchar>
#include <cwctype>
#include <functional>

namespace limier::tools {
namespace {

constexpr std::string_view replacement_character = "\uFFFD";

using CharacterSink = std::function<void(wchar_t character, std::string_view bytes)>;

/// Hands over one character after the other; a byte that is not UTF-8 comes as L'\0'. The locale that main sets
/// decodes.
void for_each_character(std::string_view text, const CharacterSink& sink) {
  while (!text.empty()) {
    std::mbstate_t state{};
    wchar_t character = 0;
    std::size_t length = std::mbrtowc(&character, text.data(), text.size(), &state);
    if (length == 0 || length > text.size()) {
      character = 0;
      length = 1;
    }
    sink(character, text.substr(0, length));
    text.remove_prefix(length);
  }
}

bool is_control(wchar_t character) { return std::iswcntrl(static_cast<std::wint_t>(character)) != 0; }

std::string printable(std::string_view text, bool one_line) {
  std::string shown;
  shown.reserve(text.size());
  for_each_character(text, [&](wchar_t character, std::string_view bytes) {
    const bool is_space = character == L'\n' || character == L'\t' || character == L'\r';
    if (is_space && (one_line || character == L'\r')) {
      shown += ' ';
    } else if (is_space || !is_control(character)) {
      shown += bytes;
    } else {
      shown += replacement_character;
    }
  });
  return shown;
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool terminal_has_colors() {
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

bool colors_are_wanted() { return !is_set("NO_COLOR") && (is_set("CLICOLOR_FORCE") || terminal_has_colors()); }

}  // namespace

std::string printable_line(std::string_view text) { return printable(text, true); }

std::string printable_text(std::string_view text) { return printable(text, false); }

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_character(text, [&](wchar_t character, std::string_view) {
    const int columns = character == L'\0' ? 1 : wcwidth(character);
    width += columns < 0 ? 1 : static_cast<std::size_t>(columns);
  });
  return width;
}

std::string without_colors(std::string_view text) {
  std::string plain;
  for (std::size_t escape; (escape = text.find('\x1b')) != std::string_view::npos;) {
    plain += text.substr(0, escape);
    text.remove_prefix(std::min(text.find('m', escape), text.size() - 1) + 1);
  }
  return plain.append(text);
}

std::optional<TerminalSize> terminal_size() {
  if (isatty(STDOUT_FILENO) == 0) return std::nullopt;
  TerminalSize size;
  winsize found{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &found) != 0) return size;
  if (found.ws_col > 0) size.columns = found.ws_col;
  if (found.ws_row > 0) size.rows = found.ws_row;
  return size;
}

Painter::Painter(std::string_view when) : on_(when == "always" || (when == "auto" && colors_are_wanted())) {}

std::string Painter::operator()(const fmt::text_style& style, std::string_view text) const {
  return on_ && !text.empty() ? fmt::format(style, "{}", text) : std::string(text);
}

}  // namespace limier::tools
