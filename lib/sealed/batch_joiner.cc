#include "sealed/batch_joiner.h"

#include <algorithm>
#include <utility>

#include "sealed/bits.h"
#include "sealed/dictionary.h"

namespace limier::sealed {

void BatchJoiner::add(DocumentNumber before, InvertedBatch batch) {
  const auto set = static_cast<std::uint32_t>(std::find(sets_.begin(), sets_.end(), batch.forms) - sets_.begin());
  if (set == sets_.size()) sets_.push_back(std::move(batch.forms));
  set_bytes_.resize(sets_.size());
  set_bytes_[set] = batch.form_bytes;
  run_bytes_ += batch.runs.size();
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
    const std::string& runs = batches_[batch].runs;
    for (RunCursor reader(runs); reader.next();)
      visit(batches_[batch].set, reader.stem(),
            Run{batch, static_cast<std::uint32_t>(reader.sized_run().data() - runs.data())});
  }
}

/// Sorts the runs by counting.
BatchJoiner::Terms BatchJoiner::join() const {
  Terms all;
  all.stems = sorted_stems();
  std::vector<std::vector<std::uint32_t>> terms_of(sets_.size());  // by the numbers of stems in each set
  for (std::size_t set = 0; set < sets_.size(); ++set) terms_of[set].resize(sets_[set]->stems());
  all.terms.reserve(all.stems.size());
  for (std::size_t at = 0; at < all.stems.size(); ++at) {
    const Stem &stem = all.stems[at], &before = all.stems[at > 0 ? at - 1 : 0];
    if (at == 0 || stem.key != before.key || term_of(stem) != term_of(before)) all.terms.emplace_back();
    all.terms.back().stems = at + 1;
    terms_of[stem.set][stem.number] = static_cast<std::uint32_t>(all.terms.size() - 1);
  }
  for_each_run([&](std::uint32_t set, std::uint32_t stem, const Run&) { ++all.terms[terms_of[set][stem]].runs; });
  std::size_t begin = 0;
  for (Term& term : all.terms) begin += std::exchange(term.runs, begin);
  all.runs.resize(begin);
  for_each_run([&](std::uint32_t set, std::uint32_t stem, const Run& run) {
    all.runs[all.terms[terms_of[set][stem]].runs++] = run;
  });
  return all;
}

/// A record is: how many sets know the term; for each of these how many forms it has there, and for each form its
/// ordinal, its size and its exact term; then for each run its set, by the place among these, the document before its
/// batch, its size and its bytes.
void BatchJoiner::put_record(std::span<const Stem> stems, std::span<const Run> runs, std::string& record) const {
  put_varint(record, stems.size());
  for (const Stem& stem : stems) {
    std::uint64_t forms = 0;
    sets_[stem.set]->for_each_form(stem.number, [&](std::uint32_t, std::string_view) { ++forms; });
    put_varint(record, forms);
    sets_[stem.set]->for_each_form(stem.number, [&](std::uint32_t ordinal, std::string_view exact_term) {
      put_varint(record, ordinal);
      put_varint(record, exact_term.size());
      record += exact_term;
    });
  }
  for (const Run& run : runs) {
    const Batch& batch = batches_[run.batch];
    const auto set = std::find_if(stems.begin(), stems.end(), [&](const Stem& stem) { return stem.set == batch.set; });
    put_varint(record, static_cast<std::uint64_t>(set - stems.begin()));
    put_varint(record, batch.before);
    const char *const begin = batch.runs.data() + run.at, *at = begin;
    take_sized(at);
    record.append(begin, at);
  }
}

void BatchJoiner::spill(Spill& spill) const {
  const Terms all = join();
  for (Term begin; const Term& end : all.terms) {
    const auto stems = std::span(all.stems).subspan(begin.stems, end.stems - begin.stems);
    const auto runs = std::span(all.runs).subspan(begin.runs, end.runs - begin.runs);
    spill.add(term_of(stems.front()), [&](std::string& record) { put_record(stems, runs, record); });
    begin = end;
  }
  spill.end_part();
}

}  // namespace limier::sealed
