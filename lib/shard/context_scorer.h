#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "limier/searcher.h"
#include "shard/position_lists.h"
#include "shard/postings.h"
#include "shard/query_plan.h"
#include "shard/union.h"

namespace limier {

/// What the places of words add to a score: standing early in the body, and standing near each other. Pairs are scored
/// as words are, with the lesser of two weights (Rasolofo and Savoy 2003).
class ContextScorer {
 public:
  /// All of them outlive it.
  ContextScorer(const QueryPlan& plan, const Postings& postings, const Context& context);

  /// Places that the words' own matchers keep are not read again. `matcher_of` gives that of a part; it outlives this.
  template <typename MatcherOf>
  void share_places(MatcherOf matcher_of) {
    for (Word& word : words_) word.kept = matcher_of(word.planned.part).keep_places(word.planned.terms);
  }

  /// Reads the places in a batch that the matchers of all parts have scored in full. `matches` says whether a part
  /// matches a document, by its place in the batch.
  template <typename Matches>
  void read(const std::vector<DocumentNumber>& documents, Matches matches) {
    for (Word& word : words_) {
      word.list = 0;
      if (word.kept != nullptr) continue;
      least_.assign(documents.size(), 1);
      for (std::size_t i = 0; i < documents.size(); ++i)
        if (!word.planned.loose && !matches(word.planned.part, i)) least_[i] = PositionLists::beyond;
      word.terms.look_up_positions(documents, least_, word.lists);
    }
  }

  /// Of a document of the batch, by its place. REQUIRES ascending ones.
  double score(std::size_t document, const DocumentLengths& lengths);

  /// Adds the same to `sum`, share by share, of the only document of a batch.
  void explain(const DocumentLengths& lengths, ScoreShare& sum);

 private:
  struct Word {
    const Context::Word& planned;
    Union terms;
    PositionLists lists{};                // in the batch
    const PositionLists* kept = nullptr;  // by its matcher, instead
    std::size_t list = 0;                 // the first that is of no document before
    // In the document:
    std::span<const std::uint32_t> positions{};
    std::uint32_t before = 0;  // words of the body before its first occurrence there
  };

  struct Pair {
    const Context::Word &first, &second;
    double weight = 0, idf = 0;
    double order_weight = 0;     // of standing as they were typed
    std::uint32_t distance = 0;  // in what was typed
  };

  /// How often a pair stands near each other in the document, and how often just as it was typed.
  struct Found {
    std::uint32_t near = 0, as_typed = 0;
  };

  /// A position in the document, and which word stands there, in one number: such are sorted without branches.
  using Place = std::uint64_t;
  static Place place_of(std::uint32_t position, std::uint32_t word) { return Place{position} << 32 | word; }
  static std::uint32_t position_of(Place place) { return static_cast<std::uint32_t>(place >> 32); }
  static std::uint32_t word_of(Place place) { return static_cast<std::uint32_t>(place); }

  double mark_weight(const Word& word) const { return word.planned.marked ? mark_weight_ : 0; }

  static void add_share(ScoreShare& sum, std::string_view kind, std::string label, double weight, double idf,
                        double frequency, double saturation);

  static void find_places(std::size_t document, const DocumentLengths& lengths, Word& word);

  /// From 1 for the first word of the body towards 0.
  static double earliness(const Word& word);

  /// Of the places that were found. All pairs at once: of places in their order, those near each other follow closely.
  void find_pairs();

  /// Both may stand at once where their stems are the same.
  void add(Place one, Place other);

  static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

  const QueryPlan& plan_;
  double lead_weight_, mark_weight_;
  std::vector<Word> words_;    // which the others refer to
  std::vector<Pair> pairs_;    // each first one with all behind it
  std::vector<Found> found_;   // of each of them
  std::vector<Place> places_;  // of all words in the document, in their order
  std::vector<std::uint32_t> least_;
};

}  // namespace limier
