#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shard/counted_cursors.h"
#include "shard/position_lists.h"
#include "shard/postings.h"
#include "shard/query_plan.h"

namespace limier {

/// Documents in which something may stand, ascending; how many places there are at most in each, and how many matter.
struct Prospects {
  std::size_t size = 0;
  std::vector<DocumentNumber> documents;  // with room for more
  std::vector<std::uint32_t> most_places, least_places;

  void make_room(std::size_t more) {
    if (documents.size() >= size + more) return;
    documents.resize(2 * (size + more));
    most_places.resize(documents.size());
    least_places.resize(documents.size());
  }

  void add(DocumentNumber document, std::uint32_t most) {
    make_room(1);
    documents[size] = document;
    most_places[size++] = most;
  }

  void move(std::size_t from, std::size_t to) {
    documents[to] = documents[from];
    most_places[to] = most_places[from];
    least_places[to] = least_places[from];
  }

  std::span<const DocumentNumber> numbers() const { return std::span(documents).first(size); }
  std::span<const std::uint32_t> least() const { return std::span(least_places).first(size); }
};

/// The documents of several terms, whose lists are only opened where documents are first asked for.
class Union {
 public:
  /// Without positions. All of them outlive it.
  Union(const Postings& postings, const std::vector<CountedTerm>& terms, bool matching = true)
      : postings_(&postings), counted_(&terms), matching_(matching) {}

  Union(const Postings& postings, const std::vector<std::string>& terms) : postings_(&postings), terms_(&terms) {}

  /// Of a word's stems, which are read with some of its very forms where the shard can.
  Union(const Postings& postings, const std::vector<std::string>& stems, const std::vector<std::string>& very)
      : postings_(&postings), terms_(&stems), very_(&very) {}

  std::uint64_t cost() const;

  /// Members that stand behind `target` are left alone, and so are all where none of them can be there.
  DocumentNumber advance(DocumentNumber target) {
    if (target <= first_) return first_;
    if (first_ == 0) open(target);
    if (members_.size() == 1) return first_ = documents_.front() = members_.front().cursor->advance(target);
    first_ = no_document;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (documents_[i] < target) {
        documents_[i] = members_[i].cursor->advance(target);
      }
      first_ = std::min(first_, documents_[i]);
    }
    return first_;
  }

  /// Of all terms together, where it stands.
  std::uint32_t occurrences(DocumentNumber document) const {
    std::uint32_t sum = 0;
    for_each_at(document, [&](const CountedCursor& member) { sum += member.cursor->count(); });
    return sum;
  }

  /// By what they count, where it stands. Of terms that count alike, the occurrences are added up first: not every
  /// shard reads the same of them together, and sums of products would not be equal to the last bit.
  double frequency(DocumentNumber document) const;

  /// The same in ascending documents, none before those that it was moved over.
  void look_up(std::span<const DocumentNumber> documents, std::vector<double>& frequencies);

  /// Moves over some of the documents from `from` to before `end`, the first of which is behind by less than `stretch`,
  /// and adds these with their occurrences; gives the document before which none is left.
  DocumentNumber take(DocumentNumber from, DocumentNumber end, DocumentNumber stretch, Prospects& taken);

  /// As of PostingCursor.
  void look_up_positions(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                         PositionLists& lists);

  /// Whether `look_up_positions` has told the occurrences of very forms.
  bool tells_very() const { return tells_very_; }

  /// As of PostingCursor, once documents have been asked for; none of several terms.
  std::span<const std::uint64_t> bits() const {
    return members_.size() == 1 ? members_.front().cursor->bits() : std::span<const std::uint64_t>();
  }

  /// As of PostingCursor; nothing is said of several terms together.
  PostingBound bound(DocumentNumber target);

  /// Where any of the terms stands, ascending; in `room`, which is made larger where it has to be.
  std::span<std::uint32_t> positions(DocumentNumber document, std::vector<std::uint32_t>& room) const;

 private:
  void open(DocumentNumber from);

  /// Each of them by itself, then those of each document together.
  void look_up_positions_of_several(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                                    PositionLists& lists);

  void write_together(std::uint32_t* positions) const;

  DocumentNumber take_from_several(DocumentNumber first, DocumentNumber end, Prospects& taken);

  template <typename Visit>
  void for_each_at(DocumentNumber document, Visit visit) const {
    if (document < first_) return;
    for (std::size_t i = 0; i < members_.size(); ++i)
      if (documents_[i] == document) visit(members_[i]);
  }

  const Postings* postings_;
  const std::vector<CountedTerm>* counted_ = nullptr;
  const std::vector<std::string>* terms_ = nullptr;  // or these
  const std::vector<std::string>* very_ = nullptr;   // with these forms
  bool matching_ = true;
  mutable std::optional<std::uint64_t> cost_;  // once it is asked for
  bool is_open_ = false, tells_very_ = false;
  std::vector<CountedCursor> members_;
  std::vector<DocumentNumber> documents_;            // where each of them stood when it was last moved on
  DocumentNumber first_ = 0;                         // the least of these; 0 where that is not known
  std::vector<std::uint32_t> counts_, alike_, any_;  // of a batch
  std::vector<PositionLists> of_members_;            // likewise; the next list of each, and those of one document
  std::vector<std::size_t> next_;
  std::vector<std::span<const std::uint32_t>> here_;
};

}  // namespace limier
