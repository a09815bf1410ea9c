#include "sealed/document_store.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "limier/error.h"
#include "sealed/bits.h"
#include "text/message.h"

namespace limier::sealed {
namespace {

constexpr std::size_t block_bytes = 32 << 10;
constexpr int compression_level = 1;
constexpr int hash_bits = 15;  // a place for each byte of a block: more is found than by the level's own, and sooner
constexpr std::size_t place_size = 2 * sizeof(std::uint64_t);

}  // namespace

DocumentStoreWriter::DocumentStoreWriter(SegmentFileWriter& file) : file_(file), context_(ZSTD_createCCtx()) {
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, compression_level);
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_hashLog, hash_bits);
  // By its own checksum a block is known for whole where nothing else of the file is.
  ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  file_.begin(Section::Store);
}

void DocumentStoreWriter::FreeContext::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }

void DocumentStoreWriter::add(std::string_view text) {
  if (!sizes_.empty() && texts_.size() + text.size() > block_bytes) write_block();
  texts_ += text;
  sizes_.push_back(text.size());
}

/// A block is, compressed, the sizes of its texts and the texts.
void DocumentStoreWriter::write_block() {
  block_.clear();
  for (const std::uint64_t size : sizes_) put_varint(block_, size);
  block_ += texts_;
  packed_.resize(std::max(packed_.size(), ZSTD_compressBound(block_.size())));
  const std::size_t size = ZSTD_compress2(context_.get(), packed_.data(), packed_.size(), block_.data(), block_.size());
  append_block(Bytes(packed_).substr(0, size), sizes_.size());
  texts_.clear();
  sizes_.clear();
}

void DocumentStoreWriter::append_block(Bytes packed, std::uint64_t documents) {
  places_.push_back({file_.size(), documents_ + 1});
  file_.append(packed);
  documents_ += documents;
}

void DocumentStoreWriter::add(const std::vector<DocumentStore*>& stores, std::span<const SourceDocument> order,
                              std::uint64_t memory) {
  while (!order.empty()) {
    DocumentStore& store = *stores[order.front().segment];
    std::size_t count = store.whole_block(order);
    if (count > 0) {
      if (!sizes_.empty()) write_block();
      append_block(store.take(store.block_of(order.front().document)), count);
    } else {
      count = add_moved(stores, order, memory);
    }
    order = order.subspan(count);
  }
}

/// Adds texts up to the next block that stays as it is, or so many as memory holds; tells how many. They are read in
/// the order in which they stand.
std::size_t DocumentStoreWriter::add_moved(const std::vector<DocumentStore*>& stores,
                                           std::span<const SourceDocument> order, std::uint64_t memory) {
  std::size_t count = 0;
  for (std::uint64_t size = 0; count < order.size() && size <= memory; ++count) {
    DocumentStore& store = *stores[order[count].segment];
    if (count > 0 && store.whole_block(order.subspan(count)) > 0) break;
    const std::size_t block = store.block_of(order[count].document);
    size += store.size(block) / (store.first(block + 1) - store.first(block));
  }
  std::vector<std::size_t> places(count);
  std::iota(places.begin(), places.end(), 0);
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) { return order[a] < order[b]; });
  std::vector<std::string> texts(count);
  for (const std::size_t place : places) {
    DocumentStore& store = *stores[order[place].segment];
    store.take(store.block_of(order[place].document));
    texts[place] = store.text(order[place].document);
  }
  for (const std::string& text : texts) add(text);
  return count;
}

void DocumentStoreWriter::finish() {
  if (!sizes_.empty()) write_block();
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

/// The last block that does not begin behind the document.
std::size_t DocumentStore::block_of(DocumentNumber document) const {
  std::size_t low = 0, high = blocks_ - 1;
  while (low < high) {
    const std::size_t middle = low + (high - low + 1) / 2;
    if (first(middle) <= document) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

Bytes DocumentStore::take(std::size_t block) {
  const Bytes packed = this->packed(block);
  if (held_ != block + 1) file_.pass(packed.size());
  return packed;
}

std::uint64_t DocumentStore::size(std::size_t block) const {
  const Bytes packed = this->packed(block);
  return ZSTD_getFrameContentSize(packed.data(), packed.size());
}

std::size_t DocumentStore::whole_block(std::span<const SourceDocument> order) const {
  SourceDocument next = order.front();
  const std::size_t block = block_of(next.document), count = first(block + 1) - first(block);
  if (first(block) != next.document || count > order.size()) return 0;
  for (std::size_t i = 0; i < count; ++i, ++next.document)
    if (order[i] != next) return 0;
  return size(block) > block_bytes / 2 ? count : 0;
}

std::string_view DocumentStore::text(DocumentNumber document) {
  const std::size_t block = block_of(document);
  read_block(block);
  const std::uint64_t first = this->first(block), count = this->first(block + 1) - first;
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
