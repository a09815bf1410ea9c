#include "sealed/dense_lists.h"

#include <algorithm>

namespace limier::sealed {
namespace {

/// Of so many documents a list has one at least.
constexpr std::uint64_t sparsest = 32;

/// A list asked for so often is worth reading once more: a process that asks a few queries had better not. Each so many
/// times it is asked again whether there is room.
constexpr std::uint64_t often = 16;

constexpr std::size_t memory = std::size_t{4} << 20;  // in bytes, of all sets

}  // namespace

std::shared_ptr<const DocumentSet> DenseLists::find(const ListShape& list) {
  if (list.documents < block_size || list.documents * sparsest < last_) return nullptr;
  Asked& asked = asked_[list.offset];
  asked.postings += list.documents;
  if (!asked.documents && asked.postings % (often * list.documents) == 0 && make_room(asked.postings)) {
    ListCursor cursor(file_, list);
    asked.documents = std::make_shared<DocumentSet>(cursor, last_);
    ++kept_;
  }
  return asked.documents;
}

/// Whether there is room for the documents of a list: maybe for what is kept of one that was asked for half as much.
bool DenseLists::make_room(std::uint64_t asked) {
  if ((kept_ + 1) * (last_ / 8 + 1) <= memory) return true;
  Asked* least = nullptr;
  for (auto& [place, each] : asked_)
    if (each.documents && (least == nullptr || each.postings < least->postings)) least = &each;
  if (least == nullptr || 2 * least->postings > asked) return false;
  least->documents.reset();
  --kept_;
  return true;
}

}  // namespace limier::sealed
