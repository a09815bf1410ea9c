#include "query/query_words.h"

#include <algorithm>

#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// Of `œ`, which is folded to two letters, the capital tells.
bool begins_in_capital(std::string_view word) {
  const DecodedCodePoint first = decode_utf8(word, 0);
  FoldingBuffer buffer;
  return first.value != invalid_code_point && fold_case(first.value, buffer) != word.substr(0, first.length) &&
         capitalised(word) == word;
}

/// What the signs between words say of the word that follows.
class Signs {
 public:
  void read(std::string_view between) {
    begins_sentence_ = is_first_;
    is_first_ = false;
    for (std::size_t at = 0; at < between.size();) {
      const DecodedCodePoint sign = decode_utf8(between, at);
      at += sign.length;
      if (sign.value == U'"' || sign.value == U'«' || sign.value == U'“') {
        is_quoted_ = sign.value != U'"' || !is_quoted_;
      } else if (sign.value == U'»' || sign.value == U'”') {
        is_quoted_ = false;
      } else if (sign.value != U'.' && sign.value != U':' && sign.value != U'?' && sign.value != U'!' &&
                 sign.value != U'…') {
        continue;
      }
      begins_sentence_ = true;
    }
  }

  bool is_quoted() const { return is_quoted_; }
  bool begins_sentence() const { return begins_sentence_; }

 private:
  bool is_first_ = true, is_quoted_ = false, begins_sentence_ = false;
};

}  // namespace

QueryWords query_words(std::string_view text, const Analyzer& analyzer) {
  QueryWords words;
  std::vector<char> names;
  Signs signs;
  std::size_t end = 0;
  bool only_capitals = true;
  analyzer.analyze(text, [&](const Token& token) {
    const std::string_view typed = text.substr(token.begin, token.end - token.begin);
    signs.read(text.substr(end, token.begin - end));
    end = token.end;
    const bool capital = begins_in_capital(typed);
    only_capitals = only_capitals && capital;
    names.push_back(capital && !signs.begins_sentence() ? 1 : 0);
    words.push_back({std::string(typed), std::string(token.exact), std::string(token.folded), std::string(token.stem),
                     token.position, token.stop_word, token.joined, signs.is_quoted()});
  });
  if (!only_capitals)
    for (std::size_t i = 0; i < words.size(); ++i) words[i].marked = words[i].marked || names[i] != 0;
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
