#include "shard/term_table.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace limier {

void TermTable::clear() {
  slots_ = HashSlots();
  names_.clear();
  ends_.clear();
}

std::uint32_t TermTable::hash_of(std::string_view term) {
  return static_cast<std::uint32_t>(XXH3_64bits(term.data(), term.size()));
}

/// Twice as much each time: to add a term is to take constant time.
void TermTable::make_room(std::size_t term_size) {
  if (names_.capacity() < names_.size() + term_size) names_.reserve(2 * (names_.size() + term_size));
  if (ends_.capacity() == ends_.size()) ends_.reserve(2 * ends_.size() + 16);
  slots_.make_room(size() + 1);
}

std::size_t TermTable::add(std::uint32_t hash, std::string_view term) {
  const std::size_t number = size();
  names_ += term;
  ends_.push_back(names_.size());
  slots_.find(hash, [](std::uint32_t) { return false; }) = {hash, static_cast<std::uint32_t>(number)};
  return number;
}

}  // namespace limier
