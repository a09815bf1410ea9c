#include "wrap.h"

#include <algorithm>

#include "terminal.h"

namespace limier::tools {
namespace {

/// What comes before the next space, with the spaces before it.
std::string_view next_piece(std::string_view line) {
  const std::size_t word = line.find_first_not_of(' ');
  return line.substr(0, word == std::string_view::npos ? word : line.find(' ', word));
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
    append_wrapped(out, text.substr(0, end), width, indent);
    out += '\n';
  }
  append_wrapped(out, text, width, indent);
  return out;
}

std::string wrapped_for_terminal(std::string_view text, std::size_t indent) {
  const auto size = terminal_size();
  return size ? wrapped(text, size->columns, indent) : std::string(text);
}

}  // namespace limier::tools
