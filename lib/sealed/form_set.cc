#include "sealed/form_set.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace limier::sealed {
namespace {

constexpr std::size_t chunk_size = 1 << 20;

std::uint32_t hash_of(std::string_view stem_term, std::string_view exact_term) {
  const std::uint64_t seed = XXH3_64bits(stem_term.data(), stem_term.size());
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(exact_term.data(), exact_term.size(), seed));
}

}  // namespace

FormSet::FormSet() : slots_(1 << 12) {}

std::uint32_t FormSet::add(std::string_view stem_term, std::string_view exact_term) {
  const std::uint32_t hash = hash_of(stem_term, exact_term);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Form& form = forms_[slots_[at].number - 1];
    if (slots_[at].hash == hash && form.exact_term == exact_term && form.stem_term == stem_term)
      return slots_[at].number - 1;
  }
  forms_.push_back({store(stem_term), store(exact_term)});
  slots_[at] = {hash, size()};
  if (forms_.size() * 2 > slots_.size()) grow();
  return size() - 1;
}

std::string_view FormSet::store(std::string_view text) {
  if (text.empty()) return {};  // Nothing to copy, and perhaps nothing to copy from.
  if (chunks_.empty() || room_ < text.size()) {
    room_ = std::max(chunk_size, text.size());
    stored_ += room_;
    chunks_.push_back(std::make_unique<char[]>(room_));
  }
  // Chunks are filled from their end.
  room_ -= text.size();
  char* const place = chunks_.back().get() + room_;
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

void FormSet::grow() {
  std::vector<Slot> slots(2 * slots_.size());
  for (const Slot& slot : slots_) {
    if (slot.number == 0) continue;
    std::size_t at = slot.hash & (slots.size() - 1);
    while (slots[at].number != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = slot;
  }
  slots_.swap(slots);
}

}  // namespace limier::sealed
