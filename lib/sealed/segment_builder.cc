#include "sealed/segment_builder.h"

#include <algorithm>
#include <utility>

#include "sealed/dictionary.h"
#include "sealed/form_table.h"
#include "sealed/ordered_tasks.h"

namespace limier::sealed {
namespace {

/// How many bytes of runs are encoded at a time: some 400,000 postings.
constexpr std::uint64_t task_bytes = 1 << 20;

}  // namespace

void SegmentBuilder::add(InvertedBatch batch) {
  const auto set = static_cast<std::uint32_t>(std::find(sets_.begin(), sets_.end(), batch.forms) - sets_.begin());
  if (set == sets_.size()) sets_.push_back(batch.forms);
  batches_.push_back({writer_.documents(), std::move(batch.runs), set});
  for (const IndexedDocument& document : batch.documents) writer_.add(document);
}

/// By their terms.
std::vector<SegmentBuilder::Stem> SegmentBuilder::sorted_stems() const {
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
void SegmentBuilder::for_each_run(Visit visit) const {
  for (std::uint32_t batch = 0; batch < batches_.size(); ++batch) {
    RunCursor reader(batches_[batch].runs);
    while (reader.next())
      visit(batches_[batch].set, reader.stem(),
            Run{reader.run().data(), static_cast<std::uint32_t>(reader.run().size()), batch});
  }
}

/// Sorts the runs by counting.
SegmentBuilder::Terms SegmentBuilder::join() const {
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

void SegmentBuilder::finish(unsigned threads) {
  const Terms all = join();
  OrderedTasks<EncodedTerms> tasks(threads, [this](EncodedTerms encoded) { writer_.add(std::move(encoded)); });
  for (auto first = all.terms.begin(), last = first; first != all.terms.end(); first = last) {
    for (std::uint64_t bytes = 0; last != all.terms.end() && bytes < task_bytes; ++last)
      for (const Run& run : last->runs) bytes += run.size;
    tasks.start([this, some = std::span(first, last)] { return encode(some); });
  }
  tasks.finish();
  writer_.finish();
}

/// What is used again for each list.
struct SegmentBuilder::Encoder {
  std::vector<std::vector<std::uint32_t>> handles;  // in the table, by set and ordinal
  FormTable table;
  PostingListWriter list;
  std::vector<Occurrence> occurrences;  // in a document
  std::vector<std::uint32_t> forms;
};

EncodedTerms SegmentBuilder::encode(std::span<const Term> terms) const {
  EncodedTerms encoded;
  Encoder encoder{std::vector<std::vector<std::uint32_t>>(sets_.size())};
  for (const Term& term : terms) encoded.terms.push_back(encode_list(term, encoder, encoded.lists));
  return encoded;
}

void SegmentBuilder::add_forms(const Term& term, Encoder& encoder) const {
  for (const Stem& stem : term.stems) {
    std::vector<std::uint32_t>& handles = encoder.handles[stem.set];
    sets_[stem.set]->for_each_form(stem.number, [&](std::uint32_t ordinal, std::string_view exact_term) {
      if (exact_term.empty()) return;
      if (handles.size() <= ordinal) handles.resize(ordinal + 1);
      handles[ordinal] = encoder.table.add(exact_term);
    });
  }
}

/// Calls `visit` with each document and its occurrences, whose forms are handles.
template <typename Visit>
void SegmentBuilder::for_each_posting(const Term& term, Encoder& encoder, Visit visit) const {
  for (const Run& run : term.runs) {
    const Batch& batch = batches_[run.batch];
    const std::vector<std::uint32_t>& handles = encoder.handles[batch.set];
    for_each_document({run.bytes, run.size}, encoder.occurrences,
                      [&](DocumentNumber document, std::vector<Occurrence>& occurrences) {
                        for (Occurrence& occurrence : occurrences) occurrence.form = handles[occurrence.form];
                        visit(batch.before + document, occurrences);
                      });
  }
}

EncodedTerm SegmentBuilder::encode_list(const Term& term, Encoder& encoder, std::string& bytes) const {
  FormTable& table = encoder.table;
  add_forms(term, encoder);
  if (table.size() > 1) {
    for_each_posting(term, encoder, [&](DocumentNumber, const std::vector<Occurrence>& occurrences) {
      encoder.forms.clear();
      for (const Occurrence& occurrence : occurrences) encoder.forms.push_back(occurrence.form);
      table.count(encoder.forms);
    });
  }
  table.settle();
  for_each_posting(term, encoder, [&](DocumentNumber document, std::vector<Occurrence>& occurrences) {
    for (Occurrence& occurrence : occurrences) occurrence.form = table.number(occurrence.form);
    encoder.list.add(document, occurrences, writer_.length(document));
  });
  const ListShape shape = encoder.list.finish(bytes);
  if (table.size() == 1) table.count(0, shape.documents);
  return {std::string(term_of(term.stems.front())), shape, table.take()};
}

}  // namespace limier::sealed
