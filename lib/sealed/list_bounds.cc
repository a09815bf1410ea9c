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

/// By which share of what is asked for less lengths may count: each commit changes their average a little.
constexpr float slack = 1.0F / 64;

/// Whether what scores at most so much by `kept` does not score more by `asked`, and hardly less.
bool holds_for(const LengthNormalisation& kept, const LengthNormalisation& asked) {
  const auto is_below = [](float one, float other) { return one <= other && one >= other * (1 - 2 * slack); };
  return kept.of_document == asked.of_document && is_below(kept.of_word, asked.of_word) &&
         is_below(kept.of_title_word, asked.of_title_word);
}

LengthNormalisation with_slack(const LengthNormalisation& asked) {
  return {asked.of_document, asked.of_word * (1 - slack), asked.of_title_word * (1 - slack)};
}

}  // namespace

ListBounds::ListBounds(const Segment& segment)
    : segment_(segment), ranges_(segment.documents()), kept_(memory / ranges_.count()) {}

/// Where lengths do not matter, it is the most occurrences that do, which blocks tell.
std::shared_ptr<const ScoreBounds> ListBounds::find(const ListShape& list, const LengthNormalisation& asked) {
  const auto read_list = [&](const LengthNormalisation& normalisation) {
    ListCursor cursor(segment_.file(), list);
    return read(cursor, normalisation);
  };
  if (list.documents < block_size) return read_list(asked);
  if (asked.of_word == 0) return of_blocks(list, asked);
  if (!holds_for(normalisation_, asked)) {
    normalisation_ = with_slack(asked);
    kept_.clear();
  }
  const auto read_all = [&](const ListShape&) { return read_list(normalisation_); };
  if (std::shared_ptr<const ScoreBounds> kept = kept_.find(list, list.documents / few + 1, read_all)) return kept;
  return list.documents < few ? read_list(asked) : of_blocks(list, asked);
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
