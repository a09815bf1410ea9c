#include "sealed/damaged_segment.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>

#include "sealed/bits.h"
#include "sealed/segment_writer.h"

namespace limier::sealed {
namespace {

/// What a frame of zstd begins with (RFC 8878, section 3.1.1), and the bit of the byte behind that promises a checksum.
constexpr std::string_view frame_mark = "\x28\xB5\x2F\xFD";
constexpr char has_checksum = 4;

/// No frame holds more than so many times its own size: a block of 128 KiB takes four bytes or more.
constexpr std::uint64_t most_packed = 32 << 10;

template <typename Plain>
std::optional<Plain> value_at(std::string_view bytes, std::uint64_t at) {
  if (at >= bytes.size() / sizeof(Plain)) return std::nullopt;
  Plain value;
  std::memcpy(&value, bytes.data() + at * sizeof value, sizeof value);
  return value;
}

std::optional<std::uint64_t> number_at(std::string_view bytes, std::uint64_t at) {
  return value_at<std::uint64_t>(bytes, at);
}

/// The sizes of the texts that a block begins with; moves `at` behind them. Nothing says how many there are: they end
/// where, with all the texts behind them, they fill the block. None for what is no block.
std::vector<std::uint64_t> take_sizes(const char*& at, std::uint64_t block_size) {
  std::vector<std::uint64_t> sizes;
  const char* const begin = at;
  std::uint64_t filled = 0;
  for (std::uint64_t texts = 0; filled < block_size; filled = static_cast<std::uint64_t>(at - begin) + texts) {
    sizes.push_back(std::min(take_varint(at), block_size));
    texts += sizes.back();
  }
  if (filled != block_size) sizes.clear();
  return sizes;
}

}  // namespace

DamagedSegment::DamagedSegment(const std::string& path) : file_(path) {
  const std::string_view bytes = file_.bytes();
  constexpr std::size_t mark_size = 8;
  std::string_view* last = nullptr;
  for (std::size_t at = section_alignment; at <= bytes.size(); at += section_alignment) {
    const std::string_view mark = bytes.substr(at - mark_size, mark_size);
    const auto number = static_cast<unsigned char>(mark.back());
    if (number == 0 || number > section_count || mark != section_mark(static_cast<Section>(number))) continue;
    if (last != nullptr) *last = last->substr(0, at - static_cast<std::size_t>(last->data() - bytes.data()));
    last = &sections_[number - 1];
    *last = bytes.substr(at);
  }
}

/// The block that begins there, if there is one, and nothing of it is damaged.
std::optional<DamagedSegment::Block> DamagedSegment::block_at(std::size_t begin) const {
  const std::string_view rest = file_.bytes().substr(begin);
  if (!rest.starts_with(frame_mark) || rest.size() <= frame_mark.size()) return std::nullopt;
  if ((rest[frame_mark.size()] & has_checksum) == 0) return std::nullopt;
  Block block{begin, ZSTD_findFrameCompressedSize(rest.data(), rest.size()), {}, {}, 0};
  if (ZSTD_isError(block.size) != 0) return std::nullopt;
  const unsigned long long size = ZSTD_getFrameContentSize(rest.data(), rest.size());
  if (size / most_packed > block.size) return std::nullopt;
  block.content.resize(size + reader_margin);
  if (ZSTD_decompress(block.content.data(), size, rest.data(), block.size) != size) return std::nullopt;
  const char* at = block.content.data();
  block.sizes = take_sizes(at, size);
  block.texts = static_cast<std::size_t>(at - block.content.data());
  return block;
}

/// By the section that tells where the blocks begin; believed of a block where it knows its offset, its size and how
/// many documents it has. Else 0.
DocumentNumber DamagedSegment::first_document(const Block& block) const {
  const std::string_view places = section(Section::StoreIndex);
  const std::uint64_t offset = block.begin - section_alignment;
  for (std::uint64_t at = 0; number_at(places, at + 3); at += 2) {
    const std::uint64_t first = *number_at(places, at + 1);
    if (number_at(places, at) == offset && number_at(places, at + 2) == offset + block.size &&
        number_at(places, at + 3) == first + block.sizes.size())
      return static_cast<DocumentNumber>(first);
  }
  return 0;
}

void DamagedSegment::for_each_text(const TextVisitor& visit) const {
  DocumentNumber next = 1;  // number of the document that would begin at `at`, 0 for unknown
  for (std::size_t at = section_alignment; at < file_.bytes().size();) {
    const std::optional<Block> block = block_at(at);
    if (!block) {
      next = 0;
      at = std::min(file_.bytes().find(frame_mark, at + 1), file_.bytes().size());
      continue;
    }
    if (next == 0) next = first_document(*block);
    std::string_view texts = std::string_view(block->content).substr(block->texts);
    for (const std::uint64_t size : block->sizes) {
      visit(next == 0 ? 0 : next++, texts.substr(0, size));
      texts.remove_prefix(size);
    }
    at += block->size;
  }
}

std::string_view DamagedSegment::string(Section in, std::uint64_t at) const {
  const std::string_view all = section(in);
  const std::optional<std::uint64_t> count = number_at(all, 0), end = number_at(all, at + 1);
  const std::optional<std::uint64_t> begin = at == 0 ? 0 : number_at(all, at);
  if (!count || !end || at >= *count || *count >= all.size() / sizeof *count) return {};
  const std::string_view strings = all.substr((1 + *count) * sizeof *count);
  return *begin <= *end && *end <= strings.size() ? strings.substr(*begin, *end - *begin) : std::string_view();
}

std::string_view DamagedSegment::id(DocumentNumber document) const { return string(Section::Ids, document - 1); }

DamagedSegment::Origin DamagedSegment::origin(DocumentNumber document) const {
  const auto columns = value_at<Columns>(section(Section::Columns), std::uint64_t{document} - 1);
  if (document == 0 || !columns) return {};
  const std::string_view file = columns->file == 0 ? "" : string(Section::Files, columns->file - 1);
  return {columns->fingerprint, std::string(file)};
}

}  // namespace limier::sealed
