#include "wrap.h"

#include <algorithm>

#include "terminal.h"

namespace limier::tools {
namespace {

/// Tabs as spaces, so that it does not matter where a line is broken.
std::string without_tabs(std::string_view line) {
  std::string spaced;
  for (std::size_t tab; (tab = line.find('\t')) != std::string_view::npos; line.remove_prefix(tab + 1)) {
    spaced += line.substr(0, tab);
    const std::string plain = without_colors(spaced);
    spaced.append(display_width(plain + '\t') - display_width(plain), ' ');
  }
  return spaced.append(line);
}

/// What comes before the next place where the line may break, with the spaces before it. That is a space, and the sides
/// of a wide character: Chinese has no spaces.
std::string_view next_piece(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  std::size_t end = begin;
  bool behind_wide = false;
  while (end < line.size() && line[end] != ' ') {
    const std::string_view character = first_character(line.substr(end));
    const std::size_t columns = display_width(character);
    if (end > begin && columns > 0 && (behind_wide || columns == 2)) break;
    behind_wide = columns == 2 || (behind_wide && columns == 0);
    end += character.size();
  }
  return line.substr(0, end);
}

void append_wrapped(std::string& out, std::string_view line, std::size_t width, std::size_t indent) {
  std::size_t column = 0;
  while (!line.empty()) {
    std::string_view piece = next_piece(line);
    line.remove_prefix(piece.size());
    std::size_t columns = display_width(without_colors(piece));
    if (column > indent && column + columns > width) {
      piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
      columns = display_width(without_colors(piece));
      out.append(1, '\n').append(indent, ' ');
      column = indent;
    }
    out += piece;
    column += columns;
  }
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1)) {
    append_wrapped(out, without_tabs(text.substr(0, end)), width, indent);
    out += '\n';
  }
  append_wrapped(out, without_tabs(text), width, indent);
  return out;
}

std::string wrapped_for_terminal(std::string_view text, std::size_t indent) {
  const auto size = terminal_size();
  return size ? wrapped(text, size->columns, indent) : std::string(text);
}

}  // namespace limier::tools
