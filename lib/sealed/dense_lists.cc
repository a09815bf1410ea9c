#include "sealed/dense_lists.h"

namespace limier::sealed {
namespace {

/// Of so many documents a list has one at least.
constexpr std::uint64_t sparsest = 32;

/// A list asked for so often is worth reading once more: a process that asks a few queries had better not.
constexpr std::uint64_t often = 16;

constexpr std::size_t memory = std::size_t{4} << 20;  // in bytes, of all sets

}  // namespace

DenseLists::DenseLists(SegmentFile& file, DocumentNumber last)
    : file_(file), last_(last), kept_(memory / (last / 8 + 1)) {}

std::shared_ptr<const DocumentSet> DenseLists::find(const ListShape& list) {
  if (list.documents < block_size || list.documents * sparsest < last_) return nullptr;
  return kept_.find(list, often, [this](const ListShape& asked) {
    ListCursor cursor(file_, asked);
    return std::make_shared<DocumentSet>(cursor, last_);
  });
}

}  // namespace limier::sealed
