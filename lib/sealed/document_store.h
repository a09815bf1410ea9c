#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/document_order.h"
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

  /// Adds texts of other stores. Blocks that stay as they are get copied, unless they are small. Of the rest so many
  /// are read at a time as about `memory` bytes hold, each block once.
  void add(const std::vector<DocumentStore*>& stores, std::span<const SourceDocument> order, std::uint64_t memory);

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
  std::size_t add_moved(const std::vector<DocumentStore*>& stores, std::span<const SourceDocument> order,
                        std::uint64_t memory);

  SegmentFileWriter& file_;
  std::unique_ptr<ZSTD_CCtx_s, FreeContext> context_;
  std::string texts_;                 // of the block that is being filled
  std::vector<std::uint64_t> sizes_;  // of these
  std::string block_, packed_;        // used again for each block
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
  std::size_t block_of(DocumentNumber document) const;

  /// Of a block before it was compressed, in bytes.
  std::uint64_t size(std::size_t block) const;

  /// How many documents the first block of an order has, if it is one that may stay as it is; else 0.
  std::size_t whole_block(std::span<const SourceDocument> order) const;

  Bytes packed(std::size_t block) const;

  /// As packed, for who goes through many blocks: what was taken before does not stay in memory.
  Bytes take(std::size_t block);

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
