#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "shard/flat_plan.h"
#include "shard/matcher.h"
#include "shard/saturation.h"
#include "shard/score_bounds.h"
#include "shard/union.h"

namespace limier {

/// Finds the documents that match all parts of a flat plan, ascending, some at a time.
/// Thread rule: one thread at a time.
class Conjunction {
 public:
  /// REQUIRES a plan of which all parts have to match. All it is given outlives it.
  Conjunction(const QueryPlan& plan, const FlatPlan& flat, const Postings& postings);

  /// The next ones, to be scored, or only counted; none at the end.
  std::span<const DocumentNumber> next(bool scored);

  /// Whether more than so many are still to come, if they come as they did.
  bool has_more_than(std::uint64_t documents) const;

  /// Of those found last, which were to be scored, the places of all that do not score less than `enough`, and maybe of
  /// others.
  std::span<const std::size_t> find_good(double enough);

  /// What one of them scores, by its place; equal to the last bit to what a Matcher says.
  double score(std::size_t place) const;

 private:
  static constexpr std::size_t at_once = 64;

  struct Part {
    Part(const QueryPlan& plan, const Postings& postings, const PlanNode& planned);

    const PlanNode* node;
    Union terms;                       // of a word
    std::unique_ptr<Matcher> matcher;  // of what is none, else null
    Saturation saturation;
    LengthNormalisation normalisation;
    float weight = 0;                    // what it scores at most, as a share of what all do
    std::array<double, at_once> values;  // in the documents found: a word's frequencies, of what is none the scores
  };

  DocumentNumber find(DocumentNumber from);
  DocumentNumber find_in_bits(DocumentNumber from) const;
  DocumentNumber find_by_matchers(DocumentNumber from);
  void learn_bits();
  void read_values(DocumentNumber document);

  const Postings& postings_;
  SinglePrecision precision_;  // of the scores of parts
  std::vector<Part> parts_;
  std::vector<Union*> walked_;                        // the rarest first
  std::vector<std::span<const std::uint64_t>> bits_;  // of all other words, once they have been walked
  bool knows_bits_ = false;
  std::unique_ptr<Matcher> filter_;  // null for none
  std::vector<Matcher*> matchers_;   // that, and those of parts

  DocumentNumber next_ = 1;
  std::uint64_t count_ = 0;  // of all that were found
  std::size_t size_ = 0;     // of those found last
  std::array<DocumentNumber, at_once> documents_;
  std::array<DocumentLengths, at_once> lengths_;
  std::array<std::size_t, at_once> good_;
};

}  // namespace limier
