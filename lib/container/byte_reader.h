#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "container/byte_source.h"
#include "limier/message.h"

namespace limier::container {

/// Takes what could not be read; `line` is 0 where it is none.
using Report = std::function<void(std::uint64_t line, const Message& problem)>;

/// Reads a source in the pieces that a format is made of, however the source cuts them. What is wrong with the source
/// is reported when it is met, once. Memory: the piece that was asked for, and 256 KiB. Thread rule: one thread at a
/// time.
class ByteReader {
 public:
  ByteReader(ByteSource source, Report report);

  /// The next bytes, which stay to be read: at least `size`, or all that are left.
  std::string_view peek(std::size_t size);

  enum class Until { Mark, TooLong, End };

  /// Sets `piece` to what stands before the next `mark`, and reads on behind that. Without a mark, to what is left.
  /// What is longer than `longest` is passed over; `piece` is empty then. REQUIRES a mark that is not empty.
  Until read_until(std::string_view mark, std::size_t longest, std::string& piece);

  /// Appends the next `size` bytes, or all that are left; says how many.
  std::size_t read(std::size_t size, std::string& bytes);

  /// Passes over the next `size` bytes, or all that are left; says how many.
  std::uint64_t skip(std::uint64_t size);

  /// How many bytes were read.
  std::uint64_t position() const { return position_; }

  /// As ByteSource::problem.
  const Message& problem() const { return source_.problem(); }

  /// As ByteSource::resume; what was read before and not yet taken is dropped.
  bool resume();

 private:
  std::string_view ahead() const { return std::string_view(buffer_).substr(taken_); }
  bool fill();
  void take(std::size_t count);

  ByteSource source_;
  Report report_;
  std::string buffer_;
  std::unique_ptr<char[]> chunk_;  // read, before it goes to the buffer
  std::size_t taken_ = 0;          // bytes of the buffer
  std::uint64_t position_ = 0;
  bool problem_reported_ = false;
};

}  // namespace limier::container
