#include "sealed/list_bounds.h"

#include <algorithm>
#include <array>
#include <utility>

namespace limier::sealed {
namespace {

/// A list of so many documents is read whenever it is asked for, which takes some microseconds; one of so many times
/// more is worth it when it is asked for the so manieth time.
constexpr std::uint32_t few = 2048;

constexpr std::size_t memory = std::size_t{8} << 20;  // in bytes, of all that are kept

}  // namespace

ListBounds::ListBounds(const Segment& segment)
    : segment_(segment), ranges_(segment.documents()), kept_(memory / ranges_.count()) {}

/// Where lengths do not matter, it is the most occurrences that do, which blocks tell.
std::shared_ptr<const ScoreBounds> ListBounds::find(const ListShape& list, const LengthNormalisation& normalisation) {
  const auto read_list = [&](const ListShape& shape) {
    ListCursor cursor(segment_.file(), shape);
    return read(cursor, normalisation);
  };
  if (list.documents < block_size) return read_list(list);
  if (normalisation.of_word == 0) return of_blocks(list, normalisation);
  if (normalisation != std::exchange(normalisation_, normalisation)) kept_.clear();
  if (std::shared_ptr<const ScoreBounds> kept = kept_.find(list, list.documents / few + 1, read_list)) return kept;
  return list.documents < few ? read_list(list) : of_blocks(list, normalisation);
}

std::shared_ptr<const ScoreBounds> ListBounds::read(PostingCursor& cursor,
                                                    const LengthNormalisation& normalisation) const {
  const auto bounds = std::make_shared<ScoreBounds>(ranges_);
  include_rest(cursor, normalisation, *bounds);
  return bounds;
}

/// Those of a cursor from where it stands on.
void ListBounds::include_rest(PostingCursor& cursor, const LengthNormalisation& normalisation,
                              ScoreBounds& bounds) const {
  std::array<DocumentNumber, PostingCursor::most_taken> documents;
  std::array<std::uint32_t, PostingCursor::most_taken> counts;
  std::array<float, PostingCursor::most_taken> halves;
  while (const std::size_t taken = cursor.take(no_document, documents.data(), counts.data())) {
    for (std::size_t i = 0; i < taken; ++i) halves[i] = normalisation.half(segment_.lengths(documents[i]));
    for (std::size_t i = 0; i < taken; ++i)
      bounds.include(documents[i], documents[i], saturation(static_cast<float>(counts[i]), halves[i]));
  }
}

/// The documents that are in no block are read.
std::shared_ptr<const ScoreBounds> ListBounds::of_blocks(const ListShape& list,
                                                         const LengthNormalisation& normalisation) const {
  const auto bounds = std::make_shared<ScoreBounds>(ranges_);
  ListCursor cursor(segment_.file(), list);
  DocumentNumber first = cursor.document();
  for (std::uint32_t left = list.documents / block_size; left > 0; --left) {
    const PostingBound block = cursor.bound(first);
    float most = 0;
    for (const auto& [count, length] : block.pairs) {
      const float half = normalisation.half({length, 0});
      most = std::max(most, count == no_document ? 1 : saturation(static_cast<float>(count), half));
    }
    bounds->include(first, block.last, most);
    first = block.last + 1;
  }
  cursor.advance(first);
  include_rest(cursor, normalisation, *bounds);
  return bounds;
}

}  // namespace limier::sealed
