#pragma once

#include <string>
#include <vector>

namespace limier::tools {

struct Column {
  std::string name;
  bool number = false;  ///< Aligned on the right.
};

/// Rows without a head, in columns that are as wide as their widest cell.
std::string format_rows(const std::vector<std::vector<std::string>>& rows);

/// A head line and the rows below it, in columns that are as wide as their widest cell.
std::string format_table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows);

}  // namespace limier::tools
