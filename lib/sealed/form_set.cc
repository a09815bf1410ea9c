#include "sealed/form_set.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace limier::sealed {
namespace {

constexpr std::size_t chunk_size = 1 << 16;

}  // namespace

FormSet::FormSet() : slots_(1 << 12) {}

/// Of a form and its field. What differs in its stem alone is rare.
std::uint32_t FormSet::hash_of(const Key& key) {
  const std::string_view text = key.exact.empty() ? key.stem : key.exact;
  return static_cast<std::uint32_t>(
      XXH3_64bits_withSeed(text.data(), text.size(), reinterpret_cast<std::uintptr_t>(key.field)));
}

/// Its slot, or the empty one that is to be its own.
std::size_t FormSet::find(const Key& key, std::uint32_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].number != 0 && !(slots_[at].hash == hash && keys_[slots_[at].number - 1] == key))
    at = (at + 1) & (slots_.size() - 1);
  return at;
}

/// `make_form` gives the terms of a new one.
template <typename MakeForm>
std::uint32_t FormSet::add(const Key& key, MakeForm make_form) {
  const std::uint32_t hash = hash_of(key);
  const std::size_t slot = find(key, hash);
  if (slots_[slot].number != 0) return slots_[slot].number - 1;
  const Form form = make_form();
  forms_.push_back(form);
  keys_.push_back({key.field, form.stem_term.substr(form.stem_term.size() - key.stem.size()),
                   form.exact_term.substr(form.exact_term.size() - key.exact.size())});
  slots_[slot] = {hash, size()};
  if (forms_.size() * 2 > slots_.size()) grow();
  return size() - 1;
}

std::uint32_t FormSet::add(const schema::Field& field, const IndexedWord& word) {
  return add({&field, word.stem, word.exact}, [&] {
    return Form{store(schema::stem_term(field, word.stem)), store(schema::exact_term(field, word.folded, word.exact))};
  });
}

std::uint32_t FormSet::add(std::string_view term) {
  return add({nullptr, term, {}}, [&] { return Form{store(term), {}}; });
}

std::uint32_t FormSet::add(const FormSet& other, std::uint32_t number) {
  const Form& form = other.forms_[number];
  return add(other.keys_[number], [&] { return Form{store(form.stem_term), store(form.exact_term)}; });
}

std::string_view FormSet::store(std::string_view text) {
  if (text.empty()) return {};  // Nothing to copy, and perhaps nothing to copy from.
  if (chunks_.empty() || room_ < text.size()) {
    room_ = std::max(chunk_size, text.size());
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
