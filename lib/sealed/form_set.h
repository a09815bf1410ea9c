#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "shard/hash_slots.h"
#include "shard/indexed_document.h"

namespace limier::sealed {

/// Gives the pairs of a stem's term and an exact term numbers, from 0 in the order of their coming, and likewise their
/// stems. A pair is compared as the word that it comes from, so that its terms are put together once; a word that has
/// a number, by this alone.
/// Thread rule: one thread at a time.
class FormSet {
 public:
  struct Form {
    std::uint32_t stem = 0;     ///< Its number.
    std::uint32_t ordinal = 0;  ///< Among the forms of this stem, from 0.
  };

  /// A word's pair, new or old; and that of a term which stands nowhere.
  Form add(const schema::Field& field, const Token& word) {
    if (word.number == 0) return find_or_add(field, word);
    const std::uint32_t in_field = number_of(field);
    Numbered& place = numbered_[(word.number + in_field * (numbered_places / 8)) % numbered_places];
    const auto upper = static_cast<std::uint16_t>(word.number / numbered_places);
    if (place.upper == upper && place.field == in_field) return {place.stem, place.ordinal};
    const Form form = find_or_add(field, word);
    const auto ordinal = static_cast<std::uint8_t>(form.ordinal);
    if (ordinal == form.ordinal) place = {form.stem, upper, static_cast<std::uint8_t>(in_field), ordinal};
    return form;
  }
  Form add(std::string_view term);

  /// No form is added any more: gives the memory back that finds them.
  void close();

  /// Of memory, all that is kept.
  std::size_t bytes() const {
    return forms_.capacity() * sizeof(Entry) + stems_.capacity() * sizeof(Stem) + form_slots_.bytes() +
           stem_slots_.bytes() + numbered_.capacity() * sizeof(Numbered) + chunk_bytes_;
  }

  std::uint32_t stems() const { return static_cast<std::uint32_t>(stems_.size()); }

  /// Valid as long as the set.
  std::string_view stem_term(std::uint32_t stem) const { return stems_[stem].term(); }

  /// Calls `visit` with the ordinal and the exact term, as valid as a stem's, of each form of a stem. The term is empty
  /// for no word.
  template <typename Visit>
  void for_each_form(std::uint32_t stem, Visit visit) const {
    for (std::uint32_t form = stems_[stem].last_form; form != none; form = forms_[form].before)
      visit(forms_[form].form.ordinal, forms_[form].term());
  }

 private:
  static constexpr std::uint32_t none = HashSlots::none;
  static constexpr std::size_t numbered_places = 1 << 16;
  static constexpr std::uint32_t elsewhere = (1 << 24) - 1;

  /// What tells a form from others: for a term which stands nowhere, no field and an exact form without bytes.
  struct Key {
    std::uint32_t field = 0;  // its number, from 1
    std::string_view stem, exact;
  };

  // Of entries and stems there are many, and where a word has no number, some are read that no cache holds: they have
  // as few bytes as they can.
  struct Entry {
    const char* exact_term = nullptr;  // the form ends it
    std::uint32_t size = 0, exact_size = 0;
    Form form;
    std::uint32_t before = none;  // the form of the same stem that came before
    std::uint32_t field : 8 = 0;
    std::uint32_t stem_size : 24 = elsewhere;  // where the stem's own bytes begin the exact form's folded ones

    std::string_view term() const { return {exact_term, size}; }
    std::string_view exact() const { return term().substr(size - exact_size); }
  };

  struct Stem {
    const char* bytes = nullptr;
    std::uint32_t size = 0;
    std::uint32_t last_form = none;

    std::string_view term() const { return {bytes, size}; }
  };

  /// What was found last of words that have numbers, in few bytes: each word of a text asks for one. Frequent words
  /// have low numbers, and so lie side by side.
  struct Numbered {
    std::uint32_t stem = 0;
    std::uint16_t upper = 0;  // half of the word's number; the place tells the lower one
    std::uint8_t field = 0;   // its number, from 1
    std::uint8_t ordinal = 0;
  };

  std::uint32_t number_of(const schema::Field& field) {
    if (&field != last_field_) move_to(field);
    return last_field_number_;
  }
  void move_to(const schema::Field& field);
  bool has_stem(const Entry& entry, std::string_view stem, std::size_t prefix_size) const;
  Form find_or_add(const schema::Field& field, const Token& word);
  template <typename MakeTerms>
  Form add(const Key& key, MakeTerms make_terms);
  std::uint32_t add_stem(std::string_view term);
  const char* store(std::string_view text);

  std::vector<Entry> forms_;
  std::vector<Stem> stems_;
  HashSlots form_slots_, stem_slots_;
  std::vector<Numbered> numbered_ = std::vector<Numbered>(numbered_places);  // by word and field
  std::vector<const schema::Field*> fields_;                                 // by their numbers
  const schema::Field* last_field_ = nullptr;
  std::uint32_t last_field_number_ = 0;
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t chunk_bytes_ = 0;  // of all of them
  std::size_t room_ = 0;         // in the last one
};

}  // namespace limier::sealed
