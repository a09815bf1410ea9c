#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/segment_file.h"
#include "shard/postings.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace limier::sealed {

class DocumentStore;

/// Writes texts of documents, one after another, in compressed blocks (zstd, RFC 8878) of some 32 KiB, each with its
/// checksum; a longer text has a block of its own. Thread rule: one thread at a time.
class DocumentStoreWriter {
 public:
  /// Begins the section. `file` outlives it.
  explicit DocumentStoreWriter(SegmentFileWriter& file);

  void add(std::string_view text);

  /// Adds the texts of another store but those of the documents in `deleted`, which has a place for each from 1 on.
  /// Blocks of which all is kept are copied as they are, unless they are small.
  void add(DocumentStore& other, const std::vector<bool>& deleted);

  /// Writes what is left, then the index.
  void finish();

 private:
  struct Place {
    std::uint64_t offset = 0;          // of a block in the section
    std::uint64_t first_document = 0;  // from 1
  };

  struct FreeContext {
    void operator()(ZSTD_CCtx_s* context) const;
  };

  void write_block();
  void append_block(Bytes packed, std::uint64_t documents);

  SegmentFileWriter& file_;
  std::unique_ptr<ZSTD_CCtx_s, FreeContext> context_;
  std::vector<std::string> texts_;  // of the block that is being filled
  std::size_t size_ = 0;            // of these, in bytes
  std::uint64_t documents_ = 0;
  std::vector<Place> places_;
};

/// Reads them back. Thread rule: one thread at a time.
class DocumentStore {
 public:
  explicit DocumentStore(SegmentFile& file);

  /// Decompresses one block, unless it is the one that was read last. REQUIRES a document that there is. The text is
  /// valid until the next call.
  std::string_view text(DocumentNumber document);

 private:
  friend class DocumentStoreWriter;

  struct FreeContext {
    void operator()(ZSTD_DCtx_s* context) const;
  };

  DocumentNumber first(std::size_t block) const { return static_cast<DocumentNumber>(number(block, 1)); }
  Bytes packed(std::size_t block) const;
  std::uint64_t number(std::size_t place, std::size_t part) const;
  void read_block(std::size_t block);

  SegmentFile& file_;
  Bytes places_;
  std::size_t blocks_ = 0;
  std::unique_ptr<ZSTD_DCtx_s, FreeContext> context_;  // once a block is read
  std::size_t held_ = 0;                               // the block that `texts_` is from, counted from 1
  std::string texts_;
};

}  // namespace limier::sealed
