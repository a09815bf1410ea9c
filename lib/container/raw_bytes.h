#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "limier/message.h"

namespace limier::container {

/// Bytes as they are stored, packed or not, through a window.
/// Thread rule: one thread at a time.
class RawBytes {
 public:
  virtual ~RawBytes() = default;

  /// Moves the window on where it is used up; false at the end, and where reading failed: then problem() says why.
  bool fill() { return !window_.empty() || (problem_.text.empty() && refill()); }

  std::string_view window() const { return window_; }
  void skip(std::size_t count) { window_.remove_prefix(count); }
  const Message& problem() const { return problem_; }

 protected:
  /// Sets a new window; false where there is none.
  virtual bool refill() = 0;

  std::string_view window_;
  Message problem_;
};

/// A file, or standard input for `-`.
std::unique_ptr<RawBytes> open_file(const std::string& path);

std::unique_ptr<RawBytes> open_memory(std::string bytes);

}  // namespace limier::container
