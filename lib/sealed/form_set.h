#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "shard/indexed_document.h"

namespace limier::sealed {

/// Gives the pairs of a stem's term and an exact term numbers, from 0 in the order of their coming.
/// A pair is compared as the word that it comes from, so that its terms are put together once.
/// Thread rule: one thread at a time.
class FormSet {
 public:
  struct Form {
    std::string_view stem_term, exact_term;  ///< Valid as long as the set; the latter empty for no word.
  };

  FormSet();

  /// The number of a word's pair, new or old; and that of a term which stands nowhere.
  std::uint32_t add(const schema::Field& field, const IndexedWord& word);
  std::uint32_t add(std::string_view term);

  /// The number of a form of another set.
  std::uint32_t add(const FormSet& other, std::uint32_t number);

  std::uint32_t size() const { return static_cast<std::uint32_t>(forms_.size()); }
  const Form& operator[](std::uint32_t number) const { return forms_[number]; }

 private:
  struct Slot {
    std::uint32_t hash = 0, number = 0;  // from 1; 0 for an empty slot
  };

  /// What tells a form from others: for a term which stands nowhere, an exact form without bytes.
  struct Key {
    const schema::Field* field = nullptr;
    std::string_view stem, exact;

    bool operator==(const Key&) const = default;
  };

  static std::uint32_t hash_of(const Key& key);
  std::size_t find(const Key& key, std::uint32_t hash) const;
  template <typename MakeForm>
  std::uint32_t add(const Key& key, MakeForm make_form);
  std::string_view store(std::string_view text);
  void grow();

  std::vector<Form> forms_;
  std::vector<Key> keys_;
  std::vector<Slot> slots_;  // a power of two of them, at most half in use
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t room_ = 0;
};

}  // namespace limier::sealed
