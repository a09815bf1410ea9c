#pragma once

#include <unicode/uchar.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"
#include "text/utf8.h"

// What holds for the tokens of every text, for the tests and the fuzzers.
namespace limier {

/// A token that outlives the sink.
struct OwnedToken {
  explicit OwnedToken(const Token& token)
      : stem(token.stem),
        exact(token.exact),
        folded(token.folded),
        position(token.position),
        begin(token.begin),
        end(token.end),
        stop_word(token.stop_word),
        joined(token.joined) {}

  std::string stem, exact, folded;
  std::uint32_t position, begin, end;
  bool stop_word, joined;

  bool operator==(const OwnedToken&) const = default;
};

inline std::vector<OwnedToken> tokens_of(std::string_view text, const Analyzer& analyzer) {
  std::vector<OwnedToken> tokens;
  analyzer.analyze(text, [&](const Token& token) { tokens.emplace_back(token); });
  return tokens;
}

/// The same without known words: every word goes through every rule. Words that are dropped have position 0.
inline std::vector<OwnedToken> explained_words_of(std::string_view text, const Analyzer& analyzer) {
  std::vector<OwnedToken> words;
  analyzer.explain(text, [&](const Explanation& word) { words.emplace_back(word.token); });
  return words;
}

inline bool is_term(std::string_view term) {
  if (term.empty() || !is_valid_utf8(term)) return false;
  for (std::size_t at = 0; at < term.size();) {
    const auto [value, length] = decode_utf8(term, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(value))) return false;
    at += length;
  }
  return true;
}

/// Of code points and of ill-formed bytes.
inline std::vector<bool> boundaries_of(std::string_view text) {
  std::vector<bool> boundaries(text.size() + 1, false);
  std::size_t at = 0;
  for (; at < text.size(); at += decode_utf8(text, at).length) boundaries[at] = true;
  boundaries[at] = true;
  return boundaries;
}

/// The first breach in the order and the ranges of words, or nothing.
inline std::string_view breach_of_order(std::string_view text, const std::vector<OwnedToken>& words) {
  const auto boundaries = boundaries_of(text);
  std::uint32_t position = 0, end = 0;
  for (const auto& word : words) {
    if (word.position != 0 && word.position != ++position) return "positions ascend by one, from one";
    if (word.begin < end || word.end <= word.begin || word.end > text.size()) return "ranges ascend in the text";
    if (!boundaries[word.begin] || !boundaries[word.end]) return "ranges lie on code points";
    end = word.end;
  }
  return {};
}

inline std::string_view breach_of_terms(const std::vector<OwnedToken>& tokens) {
  for (const auto& token : tokens) {
    if (!is_term(token.exact) || !is_term(token.folded) || !is_term(token.stem)) return "terms are words";
    if (token.exact.size() > 64) return "exact forms have at most 64 bytes";
  }
  return !tokens.empty() && tokens.front().joined ? "the first word is joined to none" : std::string_view();
}

/// The first breach in what holds for every text, or nothing.
inline std::string_view breach_in(std::string_view text, const Analyzer& analyzer) {
  const auto tokens = tokens_of(text, analyzer);
  auto words = explained_words_of(text, analyzer);
  if (const auto breach = breach_of_order(text, words); !breach.empty()) return breach;
  std::erase_if(words, [](const OwnedToken& word) { return word.position == 0; });
  if (tokens != words) return "known words are cut out as unknown ones";
  return breach_of_terms(tokens);
}

}  // namespace limier
