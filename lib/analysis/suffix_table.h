#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace limier {

/// A suffix with what is to be done where a word ends in it.
template <typename Action>
struct Suffix {
  std::string_view text;
  Action action{};
};

/// Finds the longest suffix of a word, as Snowball's `among` does. Made at compile time.
/// Thread rule: a constant.
template <typename Action, std::size_t N>
class SuffixTable {
 public:
  constexpr explicit SuffixTable(const Suffix<Action> (&suffixes)[N]) {
    std::copy(std::begin(suffixes), std::end(suffixes), suffixes_.begin());
    std::sort(suffixes_.begin(), suffixes_.end(), [](const auto& a, const auto& b) {
      if (a.text.back() != b.text.back()) return last_byte(a.text) < last_byte(b.text);
      return a.text.size() > b.text.size();
    });
    for (std::size_t i = 0; i < N; ++i) {
      const auto text = suffixes_[i].text;
      ++first_[last_byte(text) + 1];
      tails_[i].bytes = tail(text);
      tails_[i].mask = text.size() < 8 ? ~(~std::uint64_t{0} >> (8 * text.size())) : ~std::uint64_t{0};
    }
    for (std::size_t byte = 1; byte < first_.size(); ++byte) {
      first_[byte] = static_cast<std::uint8_t>(first_[byte] + first_[byte - 1]);
    }
  }

  /// nullptr where `word` ends in none.
  const Suffix<Action>* longest(std::string_view word) const {
    if (word.empty()) return nullptr;
    const std::size_t last = last_byte(word);
    if (first_[last] == first_[last + 1]) return nullptr;
    const auto bytes = tail(word);
    for (std::size_t i = first_[last]; i < first_[last + 1]; ++i) {
      if (((bytes ^ tails_[i].bytes) & tails_[i].mask) != 0) continue;
      if (word.ends_with(suffixes_[i].text)) return &suffixes_[i];
    }
    return nullptr;
  }

 private:
  /// The last eight bytes, the last one in the highest place, so that one comparison rules a suffix out.
  struct Tail {
    std::uint64_t bytes = 0;
    std::uint64_t mask = 0;
  };

  static constexpr std::size_t last_byte(std::string_view text) { return static_cast<unsigned char>(text.back()); }

  static constexpr std::uint64_t tail(std::string_view text) {
    std::uint64_t bytes = 0;
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little && text.size() >= sizeof bytes) {
      std::memcpy(&bytes, text.data() + text.size() - sizeof bytes, sizeof bytes);
      return bytes;
    }
    const auto size = std::min<std::size_t>(text.size(), 8);
    for (std::size_t i = 0; i < size; ++i) {
      bytes = bytes << 8 | static_cast<unsigned char>(text[text.size() - 1 - i]);
    }
    return bytes << (8 * (8 - std::max<std::size_t>(size, 1)));
  }

  std::array<Suffix<Action>, N> suffixes_{};  // by last byte, the longest first
  std::array<Tail, N> tails_{};               // of the same
  std::array<std::uint8_t, 257> first_{};     // first_[b]: where those that end in byte b begin
};

}  // namespace limier
