#pragma once

#include <fmt/color.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace limier::tools {

/// The text as a terminal may show it, on one line: line ends and tabs become spaces; other control characters, which
/// could steer the terminal, and bytes that are not UTF-8 become U+FFFD; those that would turn the direction of what
/// follows are left out.
std::string printable_line(std::string_view text);

/// The same, with the line ends and tabs kept.
std::string printable_text(std::string_view text);

/// How many columns of a terminal the text takes: none for a combining accent, two for most of Chinese, up to the next
/// multiple of eight for a tab in a line that begins with `text`.
std::size_t display_width(std::string_view text);

/// The character that `text` begins with, its first byte where that is no UTF-8. Not for an empty text.
std::string_view first_character(std::string_view text);

/// As much of the text's beginning as `columns` hold.
std::string_view first_columns(std::string_view text, std::size_t columns);

/// The text without the sequences that a Painter adds, `ESC [ … m`, which take no column.
std::string without_colors(std::string_view text);

struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

/// Of the terminal that standard output, or another descriptor, is; none where it is none.
std::optional<TerminalSize> terminal_size(int descriptor = 1);

/// The colours, in one place.
namespace style {
inline const fmt::text_style title = fmt::emphasis::bold;
inline const fmt::text_style site = fmt::fg(fmt::terminal_color::green);
inline const fmt::text_style date = fmt::fg(fmt::terminal_color::yellow);
inline const fmt::text_style id = fmt::fg(fmt::terminal_color::cyan);
inline const fmt::text_style label = fmt::emphasis::faint;
inline const fmt::text_style highlight = fmt::emphasis::bold | fmt::fg(fmt::terminal_color::red);
}  // namespace style

/// Colours text, or leaves it as it is.
class Painter {
 public:
  /// `when` is `always`, `never`, or `auto`: on a terminal, unless NO_COLOR says no (https://no-color.org); also
  /// elsewhere where CLICOLOR_FORCE says so.
  explicit Painter(std::string_view when);

  std::string operator()(const fmt::text_style& style, std::string_view text) const;

 private:
  bool on_;
};

}  // namespace limier::tools
