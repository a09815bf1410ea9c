#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "query/related_words.h"
#include "query/synonyms.h"
#include "shard/shard.h"

namespace limier {

/// A form of the index, accents aside.
struct Spelling {
  std::string text;             ///< The most frequent of its spellings; empty where there is none.
  std::uint64_t documents = 0;  ///< Those of all its spellings added up.
};

/// How many documents words and queries find. What it refers to outlives it; `words` are those of the shard.
class WordCounts {
 public:
  /// `options` are those of the search that is asked about.
  WordCounts(const RelatedWords& words, const Shard& shard, const SynonymTable& synonyms, const SearchOptions& options);

  const Analyzer& analyzer() const { return words_.analyzer(); }
  const Shard& shard() const { return shard_; }

  /// Those with the most frequent of the stems that a word stands for, as in ranking, synonyms aside.
  std::uint64_t of_word(const std::string& field, const std::string& word) const;

  /// Those that match by the words themselves, without words of their families and what they may be misspellings of; no
  /// more than `most` are counted, unless that is 0.
  std::uint64_t of_query(const Query& query, std::uint64_t most = 0) const;

  /// Those that the search finds.
  std::uint64_t found(const Query& query) const;

  /// The form of `field` that is `folded` without its accents.
  Spelling spelling(const std::string& field, const std::string& folded) const;

  /// The best documents for a query, at most `most`.
  std::vector<Document> best(const Query& query, std::size_t most) const;

 private:
  const RelatedWords& words_;
  const Shard& shard_;
  const SynonymTable& synonyms_;
  SearchOptions asked_, own_words_;
};

/// Words all of which a document has to hold.
Query all_words(const std::string& field, std::string_view text);

/// Words that a document has to hold one behind the other.
Query phrase(const std::string& field, std::string_view text);

/// What both find.
Query both(Query a, Query b);

}  // namespace limier
