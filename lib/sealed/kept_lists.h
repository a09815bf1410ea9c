#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>

#include "sealed/posting_list.h"

namespace limier::sealed {

/// What is made of the lists that are asked for most often, each of one size. Bounded in memory. Thread rule: one
/// thread at a time.
template <typename Made>
class KeptLists {
 public:
  /// `room` for so many.
  explicit KeptLists(std::size_t room) : room_(room) {}

  /// Null where it is not kept. What is asked for `often` times is worth `make(list)`, which may take its place from
  /// what is asked for half as much; each so many times that is tried again.
  template <typename Make>
  std::shared_ptr<const Made> find(const ListShape& list, std::uint64_t often, Make make) {
    if (asked_.size() == most_asked) std::erase_if(asked_, [](const auto& each) { return !each.second.made; });
    Asked& asked = asked_[list.offset];
    asked.postings += list.documents;
    if (!asked.made && asked.postings % (often * list.documents) == 0 && make_room(asked.postings)) {
      asked.made = make(list);
      ++kept_;
    }
    return asked.made;
  }

  /// Forgets what was made, and what was asked for.
  void clear() {
    asked_.clear();
    kept_ = 0;
    least_ = 0;
  }

 private:
  struct Asked {
    std::uint64_t postings = 0;  // those of the list, each time
    std::shared_ptr<const Made> made;
  };

  bool make_room(std::uint64_t postings) {
    if (kept_ < room_) return true;
    if (room_ == 0 || 2 * least_ > postings) return false;
    Asked* least = nullptr;
    for (auto& [place, each] : asked_)
      if (each.made && (least == nullptr || each.postings < least->postings)) least = &each;
    if (least == nullptr) return false;
    least_ = least->postings;
    if (2 * least_ > postings) return false;
    least->made.reset();
    --kept_;
    return true;
  }

  /// Of what is not kept it is forgotten then how often it was asked for.
  static constexpr std::size_t most_asked = 16'384;

  std::size_t room_, kept_ = 0;
  std::uint64_t least_ = 0;                         // where there is no room, none that is kept was asked for less
  std::unordered_map<std::uint64_t, Asked> asked_;  // by the list's place
};

}  // namespace limier::sealed
