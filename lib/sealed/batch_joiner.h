#pragma once

#include <cstdint>
#include <memory>
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
  struct Run {
    const char* bytes = nullptr;
    std::uint32_t size = 0;
    std::uint32_t batch = 0;  // in `batches_`
  };
  struct Term {
    std::span<const Stem> stems;  // the same one, in different sets
    std::span<const Run> runs;    // in the order of the documents
  };
  /// All terms in order, and what they refer to.
  struct Terms {
    std::vector<Stem> stems;
    std::vector<Run> runs;
    std::vector<Term> terms;
  };

  std::string_view term_of(const Stem& stem) const { return sets_[stem.set]->stem_term(stem.number); }
  std::vector<Stem> sorted_stems() const;
  Terms join() const;
  template <typename Visit>
  void for_each_run(Visit visit) const;
  void put_record(const Term& term, std::string& record) const;

  std::vector<std::shared_ptr<const FormSet>> sets_;
  std::vector<Batch> batches_;
};

}  // namespace limier::sealed
