#include "table.h"

#include <algorithm>

#include "terminal.h"

namespace limier::tools {
namespace {

using Row = std::vector<std::string>;

std::vector<std::size_t> widths_of(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  return widths;
}

std::string format_row(const Row& cells, const std::vector<std::size_t>& widths, const std::vector<Column>& columns) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += "  ";
    const std::string padding(widths[i] - display_width(cells[i]), ' ');
    const bool is_number = i < columns.size() && columns[i].number;
    line += is_number ? padding + cells[i] : cells[i] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

std::string format_aligned(const std::vector<Row>& rows, const std::vector<Column>& columns) {
  const std::vector<std::size_t> widths = widths_of(rows);
  std::string lines;
  for (const Row& row : rows) lines += format_row(row, widths, columns);
  return lines;
}

}  // namespace

std::string format_rows(const std::vector<Row>& rows) { return format_aligned(rows, {}); }

std::string format_table(const std::vector<Column>& columns, const std::vector<Row>& rows) {
  std::vector<Row> lines = {{}};
  for (const Column& column : columns) lines.front().push_back(column.name);
  lines.insert(lines.end(), rows.begin(), rows.end());
  return format_aligned(lines, columns);
}

}  // namespace limier::tools
