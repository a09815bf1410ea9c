#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace limier {

/// Numbers by the hashes of what they stand for: a power of two of slots, at most half in use.
/// Thread rule: one thread at a time.
class HashSlots {
 public:
  static constexpr std::uint32_t none = ~0U;

  struct Slot {
    std::uint32_t hash = 0, number = none;
  };

  HashSlots() : slots_(1 << 12) {}

  /// The slot of the number that is wanted, or the empty one that is to have it.
  template <typename IsWanted>
  Slot& find(std::uint32_t hash, IsWanted is_wanted) {
    return slots_[place(hash, is_wanted)];
  }
  template <typename IsWanted>
  const Slot& find(std::uint32_t hash, IsWanted is_wanted) const {
    return slots_[place(hash, is_wanted)];
  }

  /// Called when so many are used.
  void make_room(std::size_t used) {
    if (used * 2 <= slots_.size()) return;
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.number != none) find(slot.hash, [](std::uint32_t) { return false; }) = slot;
  }

  std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

  /// Nothing is looked for any more: gives the memory back.
  void close() { slots_ = {}; }

 private:
  template <typename IsWanted>
  std::size_t place(std::uint32_t hash, IsWanted is_wanted) const {
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].number != none && !(slots_[at].hash == hash && is_wanted(slots_[at].number)))
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  std::vector<Slot> slots_;
};

}  // namespace limier
