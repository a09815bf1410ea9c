#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/mapped_file.h"
#include "sealed/segment_file.h"
#include "shard/postings.h"

namespace limier::sealed {

/// What is left of a segment, whatever of it is damaged: no checksum but those of the stored blocks is asked, and no
/// offset but by the marks of sections. Thread rule: one thread at a time.
class DamagedSegment {
 public:
  /// Throws Error: NotFound, Io.
  explicit DamagedSegment(const std::string& path);

  /// `document` is 0 where its number cannot be told. The text is valid during the call.
  using TextVisitor = std::function<void(DocumentNumber document, std::string_view text)>;

  /// Visits the stored texts that are as they were written, in their order.
  void for_each_text(const TextVisitor& visit) const;

  /// As the file has it, which may not be what was written; empty where it has none.
  std::string_view id(DocumentNumber document) const;

  /// Likewise, of the columns: the fingerprint tells of a text whether the file's key is right.
  struct Origin {
    std::uint64_t fingerprint = 0;
    std::string file;
  };
  Origin origin(DocumentNumber document) const;

 private:
  struct Block {
    std::size_t begin = 0, size = 0;  // in the file
    std::string content;
    std::vector<std::uint64_t> sizes;  // of its texts
    std::size_t texts = 0;             // where in the content they begin
  };

  std::optional<Block> block_at(std::size_t begin) const;
  DocumentNumber first_document(const Block& block) const;
  std::string_view section(Section section) const { return sections_[static_cast<std::size_t>(section) - 1]; }
  std::string_view string(Section section, std::uint64_t at) const;

  MappedFile file_;
  std::array<std::string_view, section_count> sections_;  // each with what follows it, up to the next one
};

}  // namespace limier::sealed
