#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace limier::extract {

/// The bytes of a file or of standard input (`-`), decompressed on the way if they begin as gzip or zstd data do.
/// Thread rule: one thread at a time.
class ByteSource {
 public:
  explicit ByteSource(const std::string& path);
  ~ByteSource();

  /// Reads up to `size` bytes; 0 at the end, and where the source cannot be read further: then problem() says why.
  std::size_t read(char* buffer, std::size_t size);

  /// Empty as long as all went well.
  const std::string& problem() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limier::extract
