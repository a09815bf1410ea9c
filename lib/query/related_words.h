#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "limier/analyzer.h"
#include "query/expansion.h"
#include "query/query_words.h"
#include "shard/schema.h"
#include "shard/shard.h"

namespace limier {

/// Whether two stems of a family are of words derived from one another, as `ouvert` and `ouvertur` are, but not `coton`
/// and `cotonou`: behind what they share, each has at most an ending of French, a letter before it doubled or not.
bool is_derived(std::string_view stem, std::string_view other);

/// What words of queries stand for in a vocabulary beside themselves. The same words are asked for again and again:
/// what was found is remembered, in some MiB. Thread rule: one thread at a time.
class RelatedWords {
 public:
  /// A stem of a word's family.
  struct Kindred {
    std::string stem;
    bool derived = false;  ///< As `is_derived` has it.
  };

  /// Both outlive it.
  RelatedWords(const Analyzer& analyzer, const Vocabulary& vocabulary) : analyzer_(analyzer), vocabulary_(vocabulary) {}

  const Analyzer& analyzer() const { return analyzer_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }

  /// Of a word that was typed without accents, all of the vocabulary that are the same but for them (`réfugiés` of
  /// `refugies`, whose stem is another); of another, the one without, as in `REFUGIES`. Valid, as all that is found,
  /// until `forget` or `make_room`.
  const QueryWords& spellings(const QueryWord& word, const schema::Field& field) const {
    return remembered(spellings_, word, field, &RelatedWords::find_spellings);
  }

  /// The stems that begin with the word's first five letters, its own too, as `ministeriel` begins like `ministere`;
  /// those that are not derived only where enough documents have them. A short word and a number have none. Ascending.
  const std::vector<Kindred>& family(const QueryWord& word, const schema::Field& field) const {
    return remembered(families_, word, field, &RelatedWords::find_family);
  }

  /// The forms that the word may be a misspelling of: the nearest of those that begin with the same letter, one edit
  /// away, or two where the word has eight letters. A word of less than six letters and a number have none. In byte
  /// order.
  const std::vector<ExpandedForm>& nearest(const QueryWord& word, const schema::Field& field) const {
    return remembered(nearest_, word, field, &RelatedWords::find_nearest);
  }

  /// Called between queries.
  void make_room() const;

  /// Called when the vocabulary has changed.
  void forget() const;

 private:
  template <typename Found>
  using Memory = std::unordered_map<std::string, Found>;  // by field, word and stem

  template <typename Found>
  const Found& remembered(Memory<Found>& memory, const QueryWord& word, const schema::Field& field,
                          Found (RelatedWords::*find)(const QueryWord&, const schema::Field&) const) const {
    std::string key = std::string(field.prefix) + word.exact + ' ' + word.stem;
    if (const auto known = memory.find(key); known != memory.end()) return known->second;
    Found found = (this->*find)(word, field);  // which may throw: then nothing is remembered
    remembered_ += 1 + found.size();
    return memory.emplace(std::move(key), std::move(found)).first->second;
  }

  QueryWords find_spellings(const QueryWord& word, const schema::Field& field) const;
  std::vector<Kindred> find_family(const QueryWord& word, const schema::Field& field) const;
  std::vector<ExpandedForm> find_nearest(const QueryWord& word, const schema::Field& field) const;

  const Analyzer& analyzer_;
  const Vocabulary& vocabulary_;
  mutable std::size_t remembered_ = 0;  // words, and what was found of them
  mutable Memory<QueryWords> spellings_;
  mutable Memory<std::vector<Kindred>> families_;
  mutable Memory<std::vector<ExpandedForm>> nearest_;
};

}  // namespace limier
