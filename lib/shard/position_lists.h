#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace limier {

/// Where a term stands in some of several documents: the positions in one behind those in another. Behind those of each
/// are numbers beyond all positions, so that several can be compared at once.
class PositionLists {
 public:
  static constexpr std::size_t padding = 8;
  static constexpr std::uint32_t beyond = 1U << 30;  ///< No text has so many words, and such sums have no sign.

  /// Makes room for so many documents.
  void clear(std::size_t documents) {
    lists_.resize(documents + 1);
    size_ = behind_ = 0;
  }

  /// Puts so many positions, unless there are none, of the document at this place among all, behind those of the
  /// others.
  void put(std::size_t document, std::uint32_t count) {
    lists_[size_] = {behind_, count, static_cast<std::uint32_t>(document), 0};
    size_ += static_cast<std::size_t>(count > 0);
    behind_ += count + padding * static_cast<std::size_t>(count > 0);
  }

  std::size_t size() const { return size_; }
  std::size_t numbers() const { return behind_; }  ///< Of all lists, with their padding.
  std::size_t document(std::size_t list) const { return lists_[list].document; }
  std::span<const std::uint32_t> operator[](std::size_t list) const {
    return {numbers_.data() + lists_[list].begin, lists_[list].count};
  }

  /// How many of a list's positions hold one of the word's very forms, where that was asked for.
  std::uint32_t very(std::size_t list) const { return lists_[list].very; }
  void set_very(std::size_t list, std::uint32_t count) { lists_[list].very = count; }

  /// Where to write a list and all behind it, with their padding. REQUIRES that all have been put that are written.
  std::uint32_t* room(std::size_t list) {
    if (numbers_.size() < behind_) numbers_.resize(2 * behind_);
    return numbers_.data() + lists_[list].begin;
  }

  /// Leaves the lists of documents of which `holds` is true, by their places.
  template <typename Holds>
  void retain(Holds holds) {
    const auto end = lists_.begin() + static_cast<std::ptrdiff_t>(size_);
    size_ = static_cast<std::size_t>(
        std::remove_if(lists_.begin(), end, [&](const List& list) { return !holds(list.document); }) - lists_.begin());
  }

  /// Makes places among some documents those among others, where these are.
  void place(std::span<const std::size_t> documents) {
    for (List& list : std::span(lists_).first(size_))
      list.document = static_cast<std::uint32_t>(documents[list.document]);
  }

 private:
  struct List {
    std::size_t begin = 0;
    std::uint32_t count = 0, document = 0, very = 0;
  };

  std::vector<std::uint32_t> numbers_;
  std::vector<List> lists_;
  std::size_t size_ = 0, behind_ = 0;
};

/// Positions as PositionLists has them, with their padding, each of which is raised by so many.
struct RaisedPositions {
  std::span<const std::uint32_t> positions;
  std::uint32_t raised = 0;
};

/// How many positions two lists have in common.
std::size_t count_common(const RaisedPositions& one, const RaisedPositions& other);

/// Writes these, raised, with their padding; REQUIRES room for as many as `one` has, and for that.
std::span<const std::uint32_t> write_common(const RaisedPositions& one, const RaisedPositions& other,
                                            std::uint32_t* common);

}  // namespace limier
