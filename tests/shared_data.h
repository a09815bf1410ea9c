#pragma once

#include <cstdlib>
#include <string>

namespace limier::test {

/// Where a file of the shared data is, which are not in the repository: tests that read them skip where they are
/// absent. LIMIER_DATA names another folder.
inline std::string shared_data(const std::string& path) {
  const char* folder = std::getenv("LIMIER_DATA");
  return (folder != nullptr ? std::string(folder) : LIMIER_SOURCE_DIR "/../shared/data") + "/" + path;
}

}  // namespace limier::test
