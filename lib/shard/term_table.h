#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shard/hash_slots.h"

namespace limier {

/// Terms and their numbers, from 0 in the order of their coming. Thread rule: one thread at a time.
class TermTable {
 public:
  std::size_t size() const { return ends_.size(); }

  bool has(std::string_view term) const { return find(hash_of(term), term).number != HashSlots::none; }

  /// Its number. A new term is added after `prepare()`, unless that throws.
  template <typename Prepare>
  std::size_t add(std::string_view term, Prepare prepare) {
    const std::uint32_t hash = hash_of(term);
    const HashSlots::Slot& known = find(hash, term);
    if (known.number != HashSlots::none) return known.number;
    make_room(term.size());
    prepare();
    return add(hash, term);
  }

  /// Valid until a term is added.
  std::string_view operator[](std::size_t number) const {
    const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(names_).substr(begin, ends_[number] - begin);
  }

  void clear();

 private:
  static std::uint32_t hash_of(std::string_view term);

  const HashSlots::Slot& find(std::uint32_t hash, std::string_view term) const {
    return slots_.find(hash, [&](std::uint32_t number) { return (*this)[number] == term; });
  }

  /// So that nothing is left half added where there is no memory.
  void make_room(std::size_t term_size);

  std::size_t add(std::uint32_t hash, std::string_view term);

  HashSlots slots_;
  std::string names_;              // one behind the other
  std::vector<std::size_t> ends_;  // of each of them
};

}  // namespace limier
