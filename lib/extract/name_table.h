#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace limier::extract {

/// A set of known names as small numbers, found without regard to ASCII case. 0 stands for all others.
template <std::size_t Count>
class NameTable {
 public:
  constexpr explicit NameTable(const std::array<std::string_view, Count>& names) : names_(names) {
    for (std::size_t i = 1; i < Count; ++i) {
      std::size_t slot = hash(names_[i]);
      while (slots_[slot] != 0) slot = (slot + 1) % slots_.size();
      slots_[slot] = static_cast<std::uint8_t>(i);
    }
  }

  constexpr std::uint8_t find(std::string_view name) const {
    if (name.empty()) return 0;
    for (std::size_t slot = hash(name); slots_[slot] != 0; slot = (slot + 1) % slots_.size()) {
      if (equal(name, names_[slots_[slot]])) return slots_[slot];
    }
    return 0;
  }

 private:
  static_assert(Count < 256, "a name is one byte");

  // The bit that parts capitals from small letters; digits, `-` and `:` have it.
  static constexpr char lower(char c) { return static_cast<char>(c | 0x20); }

  static constexpr std::size_t hash(std::string_view name) {
    auto value = static_cast<std::uint32_t>(name.size());
    for (const char c : {name.front(), name[name.size() / 2], name.back()})
      value = value * 31 + static_cast<std::uint8_t>(lower(c));
    return (value ^ (value >> 9)) % slot_count;
  }

  static constexpr bool equal(std::string_view name, std::string_view known) {
    if (name.size() != known.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
      if (lower(name[i]) != known[i]) return false;
    }
    return true;
  }

  static constexpr std::size_t slot_count = 512;
  std::array<std::string_view, Count> names_;
  std::array<std::uint8_t, slot_count> slots_{};
};

}  // namespace limier::extract
