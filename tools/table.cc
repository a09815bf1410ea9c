#include "table.h"

#include <algorithm>

#include "terminal.h"

namespace limier::tools {
namespace {

std::string format_row(const std::vector<std::string>& cells, const std::vector<Column>& columns,
                       const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += "  ";
    const std::string padding(widths[i] - display_width(cells[i]), ' ');
    line += columns[i].number ? padding + cells[i] : cells[i] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

}  // namespace

std::string format_table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> names;
  std::vector<std::size_t> widths;
  for (const Column& column : columns) {
    names.push_back(column.name);
    widths.push_back(display_width(column.name));
  }
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string table = format_row(names, columns, widths);
  for (const auto& row : rows) table += format_row(row, columns, widths);
  return table;
}

}  // namespace limier::tools
