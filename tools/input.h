#pragma once

#include <fstream>
#include <iostream>
#include <string>

#include "limier/error.h"
#include "translate.h"

namespace limier::tools {

/// Opens the file; throws Error{NotFound} where that cannot be done.
std::ifstream open_input(const std::string& path);

/// The file at `path`, or standard input for `-`, as `read` (one of evaluation.h) understands it.
template <typename Read>
auto read_input(const std::string& path, Read read) {
  if (path == "-") return read(std::cin, tr("standard input"));
  std::ifstream file = open_input(path);
  auto content = read(file, path);
  if (file.bad()) throw Error(ErrorCode::Io, {tr("{}: cannot be read", path), {}});
  return content;
}

}  // namespace limier::tools
