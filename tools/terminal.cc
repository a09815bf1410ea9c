#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cwchar>
#include <cwctype>

namespace limier::tools {
namespace {

constexpr std::string_view replacement_character = "\uFFFD";

struct Character {
  wchar_t code = 0;  ///< L'\0' for a byte that is not UTF-8.
  std::string_view bytes;
};

/// The first of the text. The locale that main sets decodes.
Character decoded(std::string_view text) {
  std::mbstate_t state{};
  wchar_t code = 0;
  const std::size_t length = std::mbrtowc(&code, text.data(), text.size(), &state);
  if (length == 0 || length > text.size()) return {0, text.substr(0, 1)};
  return {code, text.substr(0, length)};
}

template <typename Sink>
void for_each_character(std::string_view text, Sink sink) {
  while (!text.empty()) {
    const Character character = decoded(text);
    sink(character.code, character.bytes);
    text.remove_prefix(character.bytes.size());
  }
}

/// Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm.
bool turns_direction(wchar_t character) {
  return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

bool ends_line(wchar_t character) {
  return character == L'\n' || character == L'\r' || character == 0x2028 || character == 0x2029;
}

constexpr std::size_t tab_stop = 8;

std::size_t columns_of(wchar_t character, std::size_t before) {
  if (character == L'\t') return tab_stop - before % tab_stop;
  const int columns = character == L'\0' ? 1 : wcwidth(character);
  return columns < 0 ? 1 : static_cast<std::size_t>(columns);
}

bool is_control(wchar_t character) { return std::iswcntrl(static_cast<std::wint_t>(character)) != 0; }

std::string printable(std::string_view text, bool one_line) {
  std::string shown;
  shown.reserve(text.size());
  for_each_character(text, [&](wchar_t character, std::string_view bytes) {
    const bool is_kept = !one_line && (character == L'\n' || character == L'\t');
    if (turns_direction(character)) return;
    if (!is_kept && (ends_line(character) || character == L'\t')) {
      shown += ' ';
    } else if (is_kept || !is_control(character)) {
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
  for_each_character(text, [&](wchar_t character, std::string_view) { width += columns_of(character, width); });
  return width;
}

std::string_view first_character(std::string_view text) { return decoded(text).bytes; }

std::string_view first_columns(std::string_view text, std::size_t columns) {
  std::size_t width = 0, length = 0;
  while (length < text.size()) {
    const Character character = decoded(text.substr(length));
    width += columns_of(character.code, width);
    if (width > columns) break;
    length += character.bytes.size();
  }
  return text.substr(0, length);
}

std::string without_colors(std::string_view text) {
  std::string plain;
  for (std::size_t escape; (escape = text.find('\x1b')) != std::string_view::npos;) {
    plain += text.substr(0, escape);
    text.remove_prefix(std::min(text.find('m', escape), text.size() - 1) + 1);
  }
  return plain.append(text);
}

std::optional<TerminalSize> terminal_size(int descriptor) {
  if (isatty(descriptor) == 0) return std::nullopt;
  TerminalSize size;
  winsize found{};
  if (ioctl(descriptor, TIOCGWINSZ, &found) != 0) return size;
  if (found.ws_col > 0) size.columns = found.ws_col;
  if (found.ws_row > 0) size.rows = found.ws_row;
  return size;
}

Painter::Painter(std::string_view when) : on_(when == "always" || (when == "auto" && colors_are_wanted())) {}

std::string Painter::operator()(const fmt::text_style& style, std::string_view text) const {
  return on_ && !text.empty() ? fmt::format(style, "{}", text) : std::string(text);
}

}  // namespace limier::tools
