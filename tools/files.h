#pragma once

#include <string>
#include <string_view>

// Files that the command writes.
namespace limier::tools {

/// Makes the folder, with those above it, if it is not there. Throws Error{Io}.
void make_folder(const std::string& path);

/// Writes the file anew. Throws Error{Io}.
void write_file(const std::string& path, std::string_view content);

}  // namespace limier::tools
