#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "limier/message.h"
#include "limier/query.h"

namespace limier {

/// A term whose occurrences count `count` times each.
struct CountedTerm {
  std::string term;
  double count = 1;
  bool related = false;  ///< Another word's, which does not say how rare this one is.
  bool matches = true;   ///< Whether it makes a document match; otherwise it raises the score of the best that do.
};

/// The words of a list, whose places in a document tell more about it than their number: near its beginning, near each
/// other, or there at all.
struct Context {
  struct Word {
    std::size_t part = 0;  ///< Which of the group's children it belongs to; it counts where this matches.
    std::string label;     ///< As ScoreShare has it.
    std::vector<std::string> terms;
    double idf = 0;
    std::uint32_t position = 0;  ///< In what was typed.
    bool marked = false;         ///< As a name or by quotation marks.
    bool loose = false;          ///< It counts wherever it stands.
  };

  double weight = 0;  ///< By the query.
  std::vector<Word> words;
};

/// A part of a query with everything settled that a shard cannot know alone: which terms, and their final weights.
struct PlanNode {
  enum class Kind {
    Nothing,
    Everything,    ///< Every document, score 0.
    Word,          ///< Documents with any of `terms`; where they hold one of `exact_terms`, the score is higher.
    Phrase,        ///< Documents in which terms of `slots` stand in the given order.
    Near,          ///< Documents in which `children` stand near each other: Phrases, Nears, and Alternatives of these.
    Dates,         ///< Documents whose dates lie in [`first_day`, `last_day`], score 0.
    Id,            ///< The document whose id is `name`, score 0.
    Numbers,       ///< Documents that have, for `name`, a number in [`least`, `most`], score 0.
    Alternatives,  ///< Documents with any of `children`, which mean the same; the score is the best of theirs.
    Group,  ///< `children`, each with its `occur`, as in Query; the score is the sum over the children that match.
  };

  /// One place of a phrase: any of `terms`, `offset` positions after the phrase's first word.
  struct Slot {
    std::uint32_t offset = 0;
    std::vector<std::string> terms;
    std::vector<std::string> forms;  ///< If any, the document has to have one of these, which have no positions.
  };

  Kind kind = Kind::Nothing;
  Occur occur = Occur::Should;
  std::string label;  ///< As ScoreShare has it.
  std::string field;  ///< As in Query.
  double weight = 0;  ///< Of Word, Phrase and Near: by the query. With `idf`, the score that endless repetition would
                      ///< approach.
  double idf = 0;     ///< How rare it is among all documents.
  bool length_normalised = false;  ///< Whether long documents are held back.
  std::vector<CountedTerm> terms;
  bool loose = false;                    ///< Of Word, and of a Group of such: makes no document match.
  std::vector<CountedTerm> exact_terms;  ///< Of Word: the very form; every document of theirs is one of `terms` too.
  double exact_weight = 0;               ///< What endless repetition of it would add.
  std::vector<Slot> slots;
  std::uint32_t distance = 0;       ///< Of Near: how many positions the last word may stand behind the first.
  std::size_t minimum = 0;          ///< Of Group: how many Shoulds have to match, if more than it takes anyway.
  std::string first_day, last_day;  ///< `YYYYMMDD`.
  std::string name;                 ///< Of Numbers and Id.
  double least = 0, most = 0;       ///< Of Numbers; infinite where the range is open.
  std::vector<PlanNode> children;
  std::vector<Context> contexts;  ///< Of Group: what raises the score of the best where children stand well.
};

/// After how many words of a body half of its lead's weight is left; how far apart words are near each other, and
/// neighbours may have been typed, at most.
inline constexpr std::uint32_t lead_words = 100, pair_window = 5, order_window = 4;

/// What every shard executes alike.
struct QueryPlan {
  PlanNode root;
  double k1 = 0;
  double b = 0;
  double title_length_weight = 0;  ///< A document's length is its text's + this × its title's.
  double average_length = 1;       ///< Over all shards.
  double lead_share = 0;           ///< What being the body's first word adds to a word.
  double pair_share = 0;           ///< What endless repetition near each other would add to a pair of neighbours.
  double order_share = 0;          ///< What standing as they were typed adds to a pair of neighbours.
  double mark_share = 0;           ///< What standing there at all adds to a marked word.
  std::size_t reranked = 0;        ///< To how many documents, the best by all else, contexts add to the score.
  double freshness = 0;            ///< A score is multiplied with 1 + this × 2^(−age / half_life), by the first day.
  double half_life = 1;            ///< In days.
  std::chrono::sys_days today;     ///< From which ages count; what is later has none.
  std::vector<Message> warnings;   ///< For the person who asks.
};

}  // namespace limier
