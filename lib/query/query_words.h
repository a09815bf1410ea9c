#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"

namespace limier {

/// A token that outlives the analysis.
struct QueryWord {
  std::string typed, exact, folded, stem;
  std::uint32_t position = 0;
  bool stop_word = false, joined = false;
  bool marked = false;  ///< As a name, by a capital that begins no sentence where not all words have one; or by
                        ///< quotation marks around it.
};

using QueryWords = std::vector<QueryWord>;

QueryWords query_words(std::string_view text, const Analyzer& analyzer);

/// The words as they were typed, a sign between them.
std::string label_of(std::span<const QueryWord> words, char sign);

/// How many of the words, from the first, hyphens tie into one: a word, or a compound. REQUIRES a word.
std::size_t unit_length(std::span<const QueryWord> words);

}  // namespace limier
