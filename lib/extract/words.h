#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace limier::extract {

/// Runs of ASCII white space become one space, none is left at the ends. U+00A0 and U+202F stay where they part words
/// by themselves: they are typography.
std::string collapse_spaces(std::string_view text);

/// True where nothing can be seen: ASCII white space, U+00A0, U+202F, U+200B, U+FEFF.
bool is_blank(std::string_view text);

/// For comparing wordings: lower case, no accents, `'` for every apostrophe, one space for white space of any kind.
/// `À LIRE AUSSI :` gives `a lire aussi :`. Letters outside Latin stay as they are.
std::string folded(std::string_view text);

/// Calls `handle` with each word of a folded text: what stands between ASCII punctuation and spaces.
template <class Handler>
void for_each_word(std::string_view folded_text, const Handler& handle) {
  const auto belongs = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  for (std::size_t at = 0; at < folded_text.size(); ++at) {
    if (!belongs(folded_text[at])) continue;
    const std::size_t begin = at;
    while (at < folded_text.size() && belongs(folded_text[at])) ++at;
    handle(folded_text.substr(begin, at - begin));
  }
}

std::vector<std::string_view> words_of(std::string_view folded_text);

/// A frequent function word of French or English (folded): running text is full of them, menus and titles are not.
bool is_stop_word(std::string_view folded_word);

/// The parts between a separator, collapsed, empty ones left out.
std::vector<std::string> split(std::string_view text, std::string_view separator);

bool contains(std::string_view text, std::string_view part);

}  // namespace limier::extract
