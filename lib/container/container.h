#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "container/byte_reader.h"
#include "limier/document.h"

namespace limier::container {

inline constexpr std::size_t mebibyte = 1024 * 1024;

/// Of one page or document, unpacked. What is larger is a problem, and passed over.
inline constexpr std::size_t largest_page = 64 * mebibyte;

/// A file that is open, its format not yet looked at.
struct Source {
  std::string path;  ///< For formats that their library must open itself; `-` for standard input.
  std::string name;  ///< What the ids of its documents begin with, where they have no name of their own.
  ByteReader bytes;
  Report report;
};

/// What is still to be done with an entry.
enum class EntryKind {
  Document,  ///< Nothing: `document` is whole.
  Html,      ///< The article is to be found in `page`.
  Text,      ///< Likewise; a page dump, or plain text.
};

/// A page or document of a container.
/// Thread rule: a plain value.
struct Entry {
  EntryKind kind = EntryKind::Document;

  /// The document; of a page, what the container itself knows: its id, maybe its url and title, and
  /// `values["captured"]`, when this very page was saved, in the form of Document::date.
  Document document;

  std::string page;     ///< As it was saved, in its own charset.
  std::string charset;  ///< Of the page, as the container declares it; empty where it does not.
  Message place;        ///< How messages name the page among others; without text for the page that is the whole file.
};

/// A file as a sequence of entries, read as a stream: memory is bounded by the largest entry.
/// Thread rule: one thread at a time.
class Container {
 public:
  virtual ~Container() = default;

  /// Sets `entry` to the next one; false at the end. What cannot be read is reported and passed over.
  virtual bool next(Entry& entry) = 0;
};

/// Looks at the first bytes, and where they leave a choice, at the name. Null where there is nothing to read, which is
/// reported.
std::unique_ptr<Container> open_container(Source source);

}  // namespace limier::container
