#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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
    for (const auto& suffix : suffixes_) ++first_[last_byte(suffix.text) + 1];
    for (std::size_t byte = 1; byte < first_.size(); ++byte) {
      first_[byte] = static_cast<std::uint8_t>(first_[byte] + first_[byte - 1]);
    }
  }

  /// nullptr where `word` ends in none.
  const Suffix<Action>* longest(std::string_view word) const {
    if (word.empty()) return nullptr;
    const std::size_t last = last_byte(word);
    for (std::size_t i = first_[last]; i < first_[last + 1]; ++i) {
      if (word.ends_with(suffixes_[i].text)) return &suffixes_[i];
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t last_byte(std::string_view text) { return static_cast<unsigned char>(text.back()); }

  std::array<Suffix<Action>, N> suffixes_{};  // by last byte, the longest first
  std::array<std::uint8_t, 257> first_{};     // first_[b]: where those that end in byte b begin
};

}  // namespace limier
