#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/form_set.h"
#include "sealed/inverter.h"
#include "sealed/segment_writer.h"

namespace limier::sealed {

/// Makes a segment of documents that come in batches, and joins the runs of these at the end. The same documents give
/// the same bytes whatever the batches and the inverters. Thread rule: one thread at a time.
class SegmentBuilder {
 public:
  explicit SegmentBuilder(std::string path) : writer_(std::move(path)) {}

  void add(InvertedBatch batch);

  std::uint32_t documents() const { return writer_.documents(); }

  /// Writes the segment; encodes on so many threads. REQUIRES that the batches' inverters are gone.
  void finish(unsigned threads = 1);

 private:
  /// The terms of a batch.
  struct Batch {
    DocumentNumber before = 0;  // the document before its first one
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

  struct Encoder;

  std::string_view term_of(const Stem& stem) const { return sets_[stem.set]->stem_term(stem.number); }
  std::vector<Stem> sorted_stems() const;
  Terms join() const;
  template <typename Visit>
  void for_each_run(Visit visit) const;
  EncodedTerms encode(std::span<const Term> terms) const;
  void add_forms(const Term& term, Encoder& encoder) const;
  template <typename Visit>
  void for_each_posting(const Term& term, Encoder& encoder, Visit visit) const;
  EncodedTerm encode_list(const Term& term, Encoder& encoder, std::string& bytes) const;

  SegmentWriter writer_;
  std::vector<std::shared_ptr<const FormSet>> sets_;
  std::vector<Batch> batches_;
};

}  // namespace limier::sealed
