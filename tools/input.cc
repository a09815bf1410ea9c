#include "input.h"

#include <cerrno>

namespace limier::tools {

std::ifstream open_input(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::NotFound, {path + ": " + system_message(errno), {}});
  return file;
}

}  // namespace limier::tools
