#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace limier::sealed {

/// Gives the pairs of a stem's term and an exact term numbers, from 0 in the order of their coming.
/// Thread rule: one thread at a time.
class FormSet {
 public:
  struct Form {
    std::string_view stem_term, exact_term;  ///< Valid as long as the set.
  };

  FormSet();

  /// The number of a pair, new or old.
  std::uint32_t add(std::string_view stem_term, std::string_view exact_term);

  std::uint32_t size() const { return static_cast<std::uint32_t>(forms_.size()); }
  const Form& operator[](std::uint32_t number) const { return forms_[number]; }

  std::uint64_t memory() const { return stored_ + forms_.capacity() * sizeof(Form) + slots_.size() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint32_t hash = 0, number = 0;  // from 1; 0 for an empty slot
  };

  std::string_view store(std::string_view text);
  void grow();

  std::vector<Form> forms_;
  std::vector<Slot> slots_;  // a power of two of them, at most half in use
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t room_ = 0;
  std::uint64_t stored_ = 0;
};

}  // namespace limier::sealed
