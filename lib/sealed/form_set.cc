#include "sealed/form_set.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace limier::sealed {
namespace {

constexpr std::size_t chunk_size = 1 << 16;

std::uint32_t hash_of(std::string_view text, std::uint64_t seed = 0) {
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(text.data(), text.size(), seed));
}

}  // namespace

/// `make_terms` gives the stem's term and the exact term of a new form.
template <typename MakeTerms>
FormSet::Form FormSet::add(const Key& key, MakeTerms make_terms) {
  // What differs in its stem alone is rare.
  const std::uint32_t hash = hash_of(key.exact.empty() ? key.stem : key.exact, key.field);
  const std::size_t prefix_size = key.field == 0 ? 0 : fields_[key.field - 1]->prefix.size();
  HashSlots::Slot& slot = form_slots_.find(hash, [&](std::uint32_t number) {
    const Entry& entry = forms_[number];
    return entry.field == key.field && entry.exact() == key.exact && has_stem(entry, key.stem, prefix_size);
  });
  if (slot.number != none) return forms_[slot.number].form;
  slot = {hash, static_cast<std::uint32_t>(forms_.size())};
  const auto [stem_term, exact_term] = make_terms();
  const std::uint32_t number = add_stem(stem_term);
  Stem& stem = stems_[number];
  Entry entry{store(exact_term),
              static_cast<std::uint32_t>(std::string_view(exact_term).size()),
              static_cast<std::uint32_t>(key.exact.size()),
              {number, 0},
              stem.last_form,
              static_cast<std::uint8_t>(key.field)};
  if (entry.term().substr(prefix_size).starts_with(key.stem) && key.stem.size() < elsewhere)
    entry.stem_size = static_cast<std::uint32_t>(key.stem.size()) & elsewhere;
  if (stem.last_form != none) entry.form.ordinal = forms_[stem.last_form].form.ordinal + 1;
  stem.last_form = slot.number;
  forms_.push_back(entry);
  form_slots_.make_room(forms_.size());
  return forms_.back().form;
}

/// A word's stem mostly begins it: then nothing but its exact term has to be read, for no cache may hold the rest.
bool FormSet::has_stem(const Entry& entry, std::string_view stem, std::size_t prefix_size) const {
  if (entry.stem_size != elsewhere)
    return stem.size() == entry.stem_size && entry.term().substr(prefix_size).starts_with(stem);
  return stem_term(entry.form.stem).substr(entry.field == 0 ? 0 : 1 + prefix_size) == stem;
}

/// The fields of most words are the first ones.
void FormSet::move_to(const schema::Field& field) {
  std::uint32_t place = 0;
  while (place < fields_.size() && fields_[place] != &field) ++place;
  if (place == fields_.size()) fields_.push_back(&field);
  last_field_number_ = place + 1;
  last_field_ = &field;
}

FormSet::Form FormSet::find_or_add(const schema::Field& field, const Token& word) {
  return add({number_of(field), word.stem, word.exact}, [&] {
    return std::pair(schema::stem_term(field, word.stem), schema::exact_term(field, word.folded, word.exact));
  });
}

FormSet::Form FormSet::add(std::string_view term) {
  return add({0, term, {}}, [&] { return std::pair(term, std::string_view()); });
}

std::uint32_t FormSet::add_stem(std::string_view term) {
  const std::uint32_t hash = hash_of(term);
  HashSlots::Slot& slot = stem_slots_.find(hash, [&](std::uint32_t number) { return stem_term(number) == term; });
  if (slot.number != none) return slot.number;
  const std::uint32_t number = stems();
  slot = {hash, number};
  stems_.push_back({store(term), static_cast<std::uint32_t>(term.size())});
  stem_slots_.make_room(stems_.size());
  return number;
}

const char* FormSet::store(std::string_view text) {
  if (text.empty()) return nullptr;  // Nothing to copy, and perhaps nothing to copy from.
  if (chunks_.empty() || room_ < text.size()) {
    room_ = std::max(chunk_size, text.size());
    chunks_.push_back(std::make_unique<char[]>(room_));
    chunk_bytes_ += room_;
  }
  // Chunks are filled from their end.
  room_ -= text.size();
  char* const place = chunks_.back().get() + room_;
  std::memcpy(place, text.data(), text.size());
  return place;
}

void FormSet::close() {
  form_slots_.close();
  stem_slots_.close();
  numbered_ = {};
}

}  // namespace limier::sealed
