#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "container/raw_bytes.h"
#include "container/unpacker.h"

namespace limier::container {

/// A stream of bytes, unpacked on the way. Several gzip members, bzip2 streams or zstd frames in a row are one source.
/// Thread rule: one thread at a time.
class ByteSource {
 public:
  /// A file, or standard input for `-`; gzip, bzip2 and zstd are told from the first bytes.
  explicit ByteSource(const std::string& path);

  /// Bytes in memory, unpacked as those of a file.
  static ByteSource of_memory(std::string bytes);

  /// Bytes in memory that are packed in this way.
  static ByteSource of_memory(std::string bytes, Packing packing);

  /// Reads up to `size` bytes; 0 at the end, and where the source cannot be read further: then problem() says why.
  std::size_t read(char* buffer, std::size_t size);

  /// Without text as long as all went well.
  const Message& problem() const { return problem_; }

  /// Behind damaged gzip data: goes on with the next member, whose bytes need not continue those read before. False
  /// where there is none.
  bool resume();

 private:
  ByteSource(std::unique_ptr<RawBytes> raw, Packing packing);

  std::size_t copy(char* buffer, std::size_t size);
  std::size_t unpack(char* buffer, std::size_t size);

  std::unique_ptr<RawBytes> raw_;
  Packing packing_;
  std::unique_ptr<Unpacker> unpacker_;
  bool inside_stream_ = false;
  bool damaged_ = false;
  Message problem_;
};

}  // namespace limier::container
