#include "query/query_words.h"

#include <algorithm>

namespace limier {

QueryWords query_words(std::string_view text, const Analyzer& analyzer) {
  QueryWords words;
  analyzer.analyze(text, [&](const Token& token) {
    words.push_back({std::string(text.substr(token.begin, token.end - token.begin)), std::string(token.exact),
                     std::string(token.folded), std::string(token.stem), token.position, token.stop_word,
                     token.joined});
  });
  return words;
}

std::string label_of(std::span<const QueryWord> words, char sign) {
  std::string label;
  for (const QueryWord& word : words) {
    if (!label.empty()) label += sign;
    label += word.typed;
  }
  return label;
}

std::size_t unit_length(std::span<const QueryWord> words) {
  const auto end = std::find_if(words.begin() + 1, words.end(), [](const QueryWord& word) { return !word.joined; });
  return static_cast<std::size_t>(end - words.begin());
}

}  // namespace limier
