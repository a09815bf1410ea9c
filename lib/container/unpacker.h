#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace limier::container {

enum class Packing {
  None,
  Gzip,     ///< RFC 1952.
  Deflate,  ///< As HTTP means it: RFC 1950, or, as some servers have it, RFC 1951.
  Bzip2,
  Zstd,    ///< RFC 8878.
  Brotli,  ///< RFC 7932; it has no mark of its own, so it must be known.
};

/// Told from the first bytes.
Packing packing_of(std::string_view head);

/// How messages name it.
std::string_view name_of(Packing packing);

/// Unpacks one stream after another.
/// Thread rule: one thread at a time.
class Unpacker {
 public:
  enum class Step { Going, End, Damaged };

  virtual ~Unpacker() = default;

  /// Whether what follows is another stream, and if so, makes ready for it. What is none was padded behind the last.
  /// REQUIRES a head that is not empty.
  virtual bool begin(std::string_view head) = 0;

  /// Takes bytes from the front of `in` and writes to the front of `out`; shortens both by what it used. An `in` that
  /// is empty asks for what is still held.
  virtual Step step(std::string_view& in, char*& out, std::size_t& room) = 0;
};

/// Null for Packing::None.
std::unique_ptr<Unpacker> make_unpacker(Packing packing);

}  // namespace limier::container
