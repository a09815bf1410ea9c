#include "files.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "limier/error.h"
#include "translate.h"

namespace limier::tools {

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw Error(ErrorCode::Io, {tr("{}: cannot be made: {}", path, system_message(error.value())), {}});
}

void write_file(const std::string& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) throw Error(ErrorCode::Io, {tr("{}: cannot be written: {}", path, system_message(errno)), {}});
}

}  // namespace limier::tools
