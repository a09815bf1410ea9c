#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace limier::sealed {

/// The bytes of a file, read in place. Thread rule: any.
class MappedFile {
 public:
  /// Throws Error: NotFound, Io.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {data_, size_}; }

  /// Takes what was read out of the process's memory; it is read again where it is asked for.
  void release() const;

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace limier::sealed
