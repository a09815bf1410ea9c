#include "sealed/batch_joiner.h"

#include <algorithm>
#include <utility>

#include "sealed/bits.h"
#include "sealed/dictionary.h"

namespace limier::sealed {

void BatchJoiner::add(DocumentNumber before, InvertedBatch batch) {
  const auto set = static_cast<std::uint32_t>(std::find(sets_.begin(), sets_.end(), batch.forms) - sets_.begin());
  if (set == sets_.size()) sets_.push_back(std::move(batch.forms));
  batches_.push_back({before, std::move(batch.runs), set});
}

/// By their terms.
std::vector<BatchJoiner::Stem> BatchJoiner::sorted_stems() const {
  std::vector<Stem> stems;
  std::size_t count = 0;
  for (const auto& set : sets_) count += set->stems();
  stems.reserve(count);
  for (std::uint32_t set = 0; set < sets_.size(); ++set)
    for (std::uint32_t number = 0; number < sets_[set]->stems(); ++number)
      stems.push_back({key_of(sets_[set]->stem_term(number)), set, number});
  std::sort(stems.begin(), stems.end(),
            [this](const Stem& a, const Stem& b) { return a.key != b.key ? a.key < b.key : term_of(a) < term_of(b); });
  return stems;
}

/// In the order of the documents.
template <typename Visit>
void BatchJoiner::for_each_run(Visit visit) const {
  for (std::uint32_t batch = 0; batch < batches_.size(); ++batch) {
    RunCursor reader(batches_[batch].runs);
    while (reader.next())
      visit(batches_[batch].set, reader.stem(),
            Run{reader.run().data(), static_cast<std::uint32_t>(reader.run().size()), batch});
  }
}

/// Sorts the runs by counting.
BatchJoiner::Terms BatchJoiner::join() const {
  Terms all;
  all.stems = sorted_stems();
  std::vector<std::vector<std::uint32_t>> terms_of(sets_.size());  // by the numbers of stems in each set
  for (std::size_t set = 0; set < sets_.size(); ++set) terms_of[set].resize(sets_[set]->stems());
  all.terms.reserve(all.stems.size());
  for (auto first = all.stems.begin(), last = first; first != all.stems.end(); first = last) {
    for (; last != all.stems.end() && last->key == first->key && term_of(*last) == term_of(*first); ++last)
      terms_of[last->set][last->number] = static_cast<std::uint32_t>(all.terms.size());
    all.terms.push_back({std::span(first, last), {}});
  }
  std::vector<std::size_t> ends(all.terms.size());
  for_each_run([&](std::uint32_t set, std::uint32_t stem, const Run&) { ++ends[terms_of[set][stem]]; });
  std::size_t begin = 0;
  for (std::size_t& end : ends) begin += std::exchange(end, begin);
  all.runs.resize(begin);
  for_each_run(
      [&](std::uint32_t set, std::uint32_t stem, const Run& run) { all.runs[ends[terms_of[set][stem]]++] = run; });
  for (std::size_t i = 0; i < ends.size(); ++i)
    all.terms[i].runs = std::span(all.runs).subspan(i == 0 ? 0 : ends[i - 1], ends[i] - (i == 0 ? 0 : ends[i - 1]));
  return all;
}

/// A record is: how many sets know the term; for each of these how many forms it has there, and for each form its
/// ordinal, its size and its exact term; then for each run its set, by the place among these, the document before its
/// batch, its size and its bytes.
void BatchJoiner::put_record(const Term& term, std::string& record) const {
  put_varint(record, term.stems.size());
  for (const Stem& stem : term.stems) {
    std::uint64_t forms = 0;
    sets_[stem.set]->for_each_form(stem.number, [&](std::uint32_t, std::string_view) { ++forms; });
    put_varint(record, forms);
    sets_[stem.set]->for_each_form(stem.number, [&](std::uint32_t ordinal, std::string_view exact_term) {
      put_varint(record, ordinal);
      put_varint(record, exact_term.size());
      record += exact_term;
    });
  }
  for (const Run& run : term.runs) {
    const Batch& batch = batches_[run.batch];
    const auto set =
        std::find_if(term.stems.begin(), term.stems.end(), [&](const Stem& stem) { return stem.set == batch.set; });
    put_varint(record, static_cast<std::uint64_t>(set - term.stems.begin()));
    put_varint(record, batch.before);
    put_varint(record, run.size);
    record.append(run.bytes, run.size);
  }
}

void BatchJoiner::spill(Spill& spill) const {
  std::string record;
  for (const Terms all = join(); const Term& term : all.terms) {
    record.clear();
    put_record(term, record);
    spill.add(term_of(term.stems.front()), record);
  }
  spill.end_part();
}

}  // namespace limier::sealed
