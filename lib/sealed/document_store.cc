#include "sealed/document_store.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>

#include "limier/error.h"
#include "sealed/bits.h"
#include "text/message.h"

namespace limier::sealed {
namespace {

constexpr std::size_t block_bytes = 32 << 10;
constexpr int compression_level = 1;
constexpr std::size_t place_size = 2 * sizeof(std::uint64_t);

}  // namespace

DocumentStoreWriter::DocumentStoreWriter(SegmentFileWriter& file) : file_(file), context_(ZSTD_createCCtx()) {
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, compression_level);
  // By its own checksum a block is known for whole where nothing else of the file is.
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  file_.begin(Section::Store);
}

void DocumentStoreWriter::FreeContext::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }

void DocumentStoreWriter::add(std::string_view text) {
  if (!texts_.empty() && size_ + text.size() > block_bytes) write_block();
  texts_.emplace_back(text);
  size_ += text.size();
}

/// A block is, compressed, the sizes of its texts and the texts.
void DocumentStoreWriter::write_block() {
  std::string block;
  for (const std::string& text : texts_) put_varint(block, text.size());
  for (const std::string& text : texts_) block += text;
  std::string packed(ZSTD_compressBound(block.size()), '\0');
  packed.resize(ZSTD_compress2(context_.get(), packed.data(), packed.size(), block.data(), block.size()));
  append_block(packed, texts_.size());
  texts_.clear();
  size_ = 0;
}

void DocumentStoreWriter::append_block(Bytes packed, std::uint64_t documents) {
  places_.push_back({file_.size(), documents_ + 1});
  file_.append(packed);
  documents_ += documents;
}

void DocumentStoreWriter::add(DocumentStore& other, const std::vector<bool>& deleted) {
  for (std::size_t block = 0; block < other.blocks_; ++block) {
    const DocumentNumber first = other.first(block), end = other.first(block + 1);
    const Bytes packed = other.packed(block);
    const bool large = ZSTD_getFrameContentSize(packed.data(), packed.size()) > block_bytes / 2;
    if (large && std::find(deleted.begin() + first, deleted.begin() + end, true) == deleted.begin() + end) {
      if (!texts_.empty()) write_block();
      append_block(packed, end - first);
      continue;
    }
    for (DocumentNumber document = first; document < end; ++document)
      if (!deleted[document]) add(other.text(document));
  }
}

void DocumentStoreWriter::finish() {
  if (!texts_.empty()) write_block();
  places_.push_back({file_.size(), documents_ + 1});
  file_.begin(Section::StoreIndex);
  file_.append({reinterpret_cast<const char*>(places_.data()), places_.size() * place_size});
}

DocumentStore::DocumentStore(SegmentFile& file)
    : file_(file), places_(file.read(Section::StoreIndex)), blocks_(places_.size() / place_size - 1) {}

void DocumentStore::FreeContext::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }

std::uint64_t DocumentStore::number(std::size_t place, std::size_t part) const {
  std::uint64_t number = 0;
  std::memcpy(&number, places_.data() + place * place_size + part * sizeof number, sizeof number);
  return number;
}

Bytes DocumentStore::packed(std::size_t block) const {
  const std::uint64_t begin = number(block, 0), end = number(block + 1, 0);
  return file_.read(Section::Store, begin, end - begin);
}

void DocumentStore::read_block(std::size_t block) {
  if (held_ == block + 1) return;
  const Bytes packed = this->packed(block);
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  held_ = 0;
  texts_.resize(size);
  if (!context_) context_.reset(ZSTD_createDCtx());
  if (ZSTD_isError(ZSTD_decompressDCtx(context_.get(), texts_.data(), size, packed.data(), packed.size())) != 0)
    throw Error(ErrorCode::Corrupt, message("{}: the file is damaged", file_.path()));
  held_ = block + 1;
}

std::string_view DocumentStore::text(DocumentNumber document) {
  std::size_t low = 0, high = blocks_ - 1;  // The last block that does not begin behind the document.
  while (low < high) {
    const std::size_t middle = low + (high - low + 1) / 2;
    if (number(middle, 1) <= document) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  read_block(low);
  const std::uint64_t first = number(low, 1), count = number(low + 1, 1) - first;
  const char* at = texts_.data();
  std::uint64_t before = 0, size = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t each = take_varint(at);
    if (first + i < document) before += each;
    if (first + i == document) size = each;
  }
  return {at + before, size};
}

}  // namespace limier::sealed
