#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "limier/analyzer.h"
#include "limier/synonyms.h"
#include "query/query_words.h"

namespace limier {

/// Reads what a synonyms file holds; any bytes are accepted. `path` is for rules and problems to name. A side has to
/// have a word that is none of grammar: those do not count in a query.
Synonyms parse_synonyms(std::string_view text, const std::string& path, const Analyzer& analyzer);

/// Finds the sides of rules in a query. Thread rule: as a plain value.
class SynonymTable {
 public:
  void add(const SynonymRule& rule, const Analyzer& analyzer);

  struct Match {
    std::size_t length = 0;                ///< How many words are a side of a rule; 0 for none.
    std::vector<QueryWords> alternatives;  ///< What stands for them too, each once.
  };

  /// The longest side that `words` begin with, and that ends where a word or compound does. A word meets those of its
  /// stem, as it does in documents, and those of its letters, whatever their accents; words of grammar, and what a rule
  /// has in capitals, are met by their letters alone. The first word is not tied to one before.
  Match match(std::span<const QueryWord> words) const;

  /// Whether `other` stands for all of `words`.
  bool joins(const QueryWords& words, const QueryWords& other) const;

 private:
  struct Side {
    QueryWords words;
    std::vector<QueryWords> alternatives;
  };

  std::vector<Side> sides_;
  std::unordered_multimap<std::string, std::size_t> by_first_word_;  // its folded form, and its stem
};

}  // namespace limier
