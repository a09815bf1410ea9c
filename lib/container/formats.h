#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "container/container.h"

namespace limier::container {

/// The beginning of a file.
struct Head {
  std::string_view bytes;  ///< Unpacked.
  std::string_view text;   ///< In UTF-8, without white space before it.
  std::string_view name;   ///< Of the file, without the ending of its packing.
};

/// A kind of file. The table of them is in formats.cc.
struct Format {
  std::string_view name;
  std::array<std::string_view, 3> endings;  ///< Of file names; unused ones are empty.
  std::string_view package;                 ///< Of Debian, without which it was not built in; empty for what always is.
  bool binary = false;
  bool (*is)(const Head& head);
  std::unique_ptr<Container> (*open)(Source source);  ///< Null where it was not built in.
};

/// All formats. The first that says a head is its own is asked; the last one takes everything.
std::span<const Format> formats();

/// The endings of packed files.
inline constexpr std::array<std::string_view, 3> packed_endings = {".gz", ".bz2", ".zst"};

/// The name without the ending of its packing, if it has one; in lower case.
std::string unpacked_name(std::string_view name);

}  // namespace limier::container
