#pragma once

#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/form_set.h"
#include "sealed/inverter.h"
#include "sealed/spill.h"

namespace limier::sealed {

/// Joins the runs of batches by their terms. Thread rule: one thread at a time.
class BatchJoiner {
 public:
  /// The next batch, whose documents follow `before`.
  void add(DocumentNumber before, InvertedBatch batch);

  /// Of memory, what the batches and their forms take.
  std::size_t bytes() const { return std::accumulate(set_bytes_.begin(), set_bytes_.end(), run_bytes_); }

  /// Adds all terms to a spill, as a part of it. REQUIRES that the batches' inverters are gone.
  void spill(Spill& spill) const;

 private:
  /// The terms of a batch.
  struct Batch {
    DocumentNumber before = 0;
    std::string runs;
    std::uint32_t set = 0;  // of forms, in `sets_`
  };
  /// A stem as one of the sets knows it.
  struct Stem {
    std::uint64_t key = 0;  // of its term
    std::uint32_t set = 0, number = 0;
  };
  /// Of few bytes, for a part has more than a million.
  struct Run {
    std::uint32_t batch = 0;  // in `batches_`
    std::uint32_t at = 0;     // where its size stands among the runs of that
  };
  /// Where what belongs to a term ends; it begins where that of the one before ends.
  struct Term {
    std::size_t stems = 0, runs = 0;
  };
  /// All terms in order.
  struct Terms {
    std::vector<Term> terms;
    std::vector<Stem> stems;  // those of a term in different sets
    std::vector<Run> runs;    // those of a term in the order of the documents
  };

  std::string_view term_of(const Stem& stem) const { return sets_[stem.set]->stem_term(stem.number); }
  std::vector<Stem> sorted_stems() const;
  Terms join() const;
  template <typename Visit>
  void for_each_run(Visit visit) const;
  void put_record(std::span<const Stem> stems, std::span<const Run> runs, std::string& record) const;

  std::vector<std::shared_ptr<const FormSet>> sets_;
  std::vector<std::size_t> set_bytes_;  // of each of these by now
  std::vector<Batch> batches_;
  std::size_t run_bytes_ = 0;  // of all of these
};

}  // namespace limier::sealed
