#include "shard/union.h"

#include <array>
#include <memory>
#include <utility>

#include "shard/document_bits.h"

namespace limier {

std::uint64_t Union::cost() const {
  if (cost_) return *cost_;
  cost_ = 0;
  if (counted_ != nullptr) {
    cost_ = sum_of_frequencies(*postings_, *counted_, matching_);
  } else {
    for (const std::string& term : *terms_) *cost_ += postings_->document_frequency(term);
  }
  return *cost_;
}

double Union::frequency(DocumentNumber document) const {
  if (members_.size() == 1) return documents_[0] == document ? members_[0].count * members_[0].cursor->count() : 0;
  double sum = 0;
  for (std::size_t i = 0; document >= first_ && i < members_.size();) {
    const double count = members_[i].count;
    std::uint32_t alike = 0;
    for (; i < members_.size() && members_[i].count == count; ++i)
      if (documents_[i] == document) alike += members_[i].cursor->count();
    sum += count * alike;
  }
  return sum;
}

void Union::look_up(std::span<const DocumentNumber> documents, std::vector<double>& frequencies) {
  frequencies.assign(documents.size(), 0);
  if (documents.empty()) return;
  counts_.resize(documents.size());
  const auto add = [&](double count) {
    for (std::size_t i = 0; i < documents.size(); ++i) frequencies[i] += count * counts_[i];
  };
  if (counted_ != nullptr) {
    for_each_alike(*counted_, matching_, [&](double count, std::span<const std::string_view> terms) {
      postings_->count(terms, documents, counts_.data());
      add(count);
    });
    return;
  }
  open(documents.front());
  first_ = 0;
  for (const CountedCursor& member : members_) {
    member.cursor->look_up(documents, counts_.data());
    add(1);
  }
}

DocumentNumber Union::take(DocumentNumber from, DocumentNumber end, DocumentNumber stretch, Prospects& taken) {
  from = advance(from);
  if (from >= end) return end;
  end = from + std::min(end - from, stretch);
  if (members_.size() > 1) return take_from_several(from, std::min(end, from + DocumentBits::size), taken);
  PostingCursor& cursor = *members_.front().cursor;
  taken.make_room(PostingCursor::most_taken);
  taken.size += cursor.take(end, taken.documents.data() + taken.size, taken.most_places.data() + taken.size);
  first_ = documents_.front() = cursor.document();
  return std::min(first_, end);
}

void Union::look_up_positions(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                              PositionLists& lists) {
  lists.clear(documents.size());
  if (documents.empty()) return;
  open(documents.front());
  if (members_.size() == 1) {
    members_.front().cursor->look_up_positions(documents, least, lists);
  } else {
    look_up_positions_of_several(documents, least, lists);
  }
  for (std::size_t i = 0; i < members_.size(); ++i) documents_[i] = members_[i].cursor->document();
  first_ = members_.empty() ? no_document : std::ranges::min(documents_);
}

PostingBound Union::bound(DocumentNumber target) {
  open(target);
  return members_.size() == 1 ? members_.front().cursor->bound(target) : PostingBound();
}

std::span<std::uint32_t> Union::positions(DocumentNumber document, std::vector<std::uint32_t>& room) const {
  std::size_t size = 0;
  for_each_at(document, [&](const CountedCursor& member) {
    const std::size_t middle = size;
    size += member.cursor->count();
    if (room.size() < size + PostingCursor::most_over) room.resize(2 * size + PostingCursor::most_over);
    member.cursor->read_positions(room.data() + middle);
    const auto at = [&](std::size_t i) { return room.begin() + static_cast<std::ptrdiff_t>(i); };
    if (middle > 0) std::inplace_merge(at(0), at(middle), at(size));
  });
  return std::span(room).first(size);
}

void Union::open(DocumentNumber from) {
  if (is_open_) return;
  is_open_ = true;
  if (counted_ != nullptr) {
    members_ = counted_cursors(*postings_, *counted_, matching_, from);
  } else if (auto cursors = very_ != nullptr ? postings_->word_cursors(*terms_, *very_, from) : std::nullopt) {
    tells_very_ = true;
    for (std::unique_ptr<PostingCursor>& cursor : *cursors) members_.push_back({std::move(cursor)});
  } else {
    for (const std::string& term : *terms_)
      if (std::unique_ptr<PostingCursor> cursor = postings_->cursor(term, from))
        members_.push_back({std::move(cursor)});
  }
  documents_.resize(members_.size());
}

void Union::look_up_positions_of_several(std::span<const DocumentNumber> documents,
                                         std::span<const std::uint32_t> least, PositionLists& lists) {
  any_.assign(documents.size(), 1);
  of_members_.resize(members_.size());
  for (std::size_t i = 0; i < members_.size(); ++i)
    members_[i].cursor->look_up_positions(documents, any_, of_members_[i]);
  next_.assign(members_.size(), 0);
  for (std::size_t document = 0; document < documents.size(); ++document) {
    here_.clear();
    std::uint32_t count = 0, very = 0;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      const PositionLists& mine = of_members_[i];
      if (next_[i] == mine.size() || mine.document(next_[i]) != document) continue;
      very += mine.very(next_[i]);
      here_.push_back(mine[next_[i]++]);
      count += static_cast<std::uint32_t>(here_.back().size());
    }
    if (count == 0 || count < least[document]) continue;
    lists.put(document, count);
    lists.set_very(lists.size() - 1, very);
    write_together(lists.room(lists.size() - 1));
  }
}

/// Of those that are here, with the padding behind them.
void Union::write_together(std::uint32_t* positions) const {
  std::uint32_t* end = positions;
  for (const std::span<const std::uint32_t> some : here_) {
    std::uint32_t* const middle = end;
    end = std::ranges::copy(some, middle).out;
    if (middle != positions) std::inplace_merge(positions, middle, end);
  }
  std::fill_n(end, PositionLists::padding, PositionLists::beyond);
}

/// What they have of a document is added up. REQUIRES no more documents than DocumentBits has.
DocumentNumber Union::take_from_several(DocumentNumber first, DocumentNumber end, Prospects& taken) {
  std::array<DocumentNumber, PostingCursor::most_taken> documents;
  std::array<std::uint32_t, PostingCursor::most_taken> counts;
  DocumentBits any(first);
  alike_.assign(end - first, 0);
  for (std::size_t i = 0; i < members_.size(); ++i) {
    PostingCursor& cursor = *members_[i].cursor;
    while (const std::size_t count = cursor.take(end, documents.data(), counts.data())) {
      for (std::size_t j = 0; j < count; ++j) alike_[documents[j] - first] += counts[j];
      any.set(std::span(documents).first(count));
    }
    documents_[i] = cursor.document();
  }
  first_ = std::ranges::min(documents_);
  taken.make_room(any.count());
  any.for_each([&](DocumentNumber document) { taken.add(document, alike_[document - first]); });
  return end;
}

}  // namespace limier
