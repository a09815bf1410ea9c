#include "sealed/segment_builder.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "sealed/bits.h"
#include "sealed/form_table.h"
#include "sealed/ordered_tasks.h"

namespace limier::sealed {
namespace {

// Marks in the stream; all other numbers are forms, from the first one on, each standing at the position behind the one
// before.
constexpr std::uint32_t document_ends = 0, position_follows = 1, first_form = 2;

/// How many postings are sorted at a time, on all threads together.
constexpr std::uint64_t most_postings = 4 << 20;

}  // namespace

void InvertedBatch::add(IndexedDocument document) {
  documents_.push_back(std::move(document));
  put_varint(stream_, document_ends);
  next_position_ = 1;
}

void InvertedBatch::add_occurrence(const schema::Field& field, const IndexedWord& word, std::uint32_t position) {
  put(forms_.add(field, word), position);
}

void InvertedBatch::add_term(std::string_view term) { put(forms_.add(term), 0); }

void InvertedBatch::put(std::uint32_t form, std::uint32_t position) {
  if (position != next_position_) {
    put_varint(stream_, position_follows);
    put_varint(stream_, position);
  }
  put_varint(stream_, std::uint64_t{form} + first_form);
  next_position_ = position + 1;
  if (form == counts_.size()) counts_.push_back(0);
  ++counts_[form];
}

void SegmentBuilder::add(InvertedBatch batch) {
  for (const IndexedDocument& document : batch.documents_) writer_.add(document);
  batch.stream_.shrink_to_fit();
  Run run{std::move(batch.stream_), {}};
  for (std::uint32_t form = 0; form < batch.forms_.size(); ++form) {
    run.forms.push_back(forms_.add(batch.forms_, form));
    counts_.resize(forms_.size());
    counts_[run.forms.back()] += batch.counts_[form];
  }
  runs_.push_back(std::move(run));
}

std::vector<std::uint32_t> SegmentBuilder::forms_by_stem() const {
  std::vector<std::uint32_t> forms(forms_.size());
  std::iota(forms.begin(), forms.end(), 0);
  std::sort(forms.begin(), forms.end(),
            [this](std::uint32_t a, std::uint32_t b) { return forms_[a].stem_term < forms_[b].stem_term; });
  return forms;
}

/// `forms` in the order of their stems.
std::vector<SegmentBuilder::Stem> SegmentBuilder::stems_of(std::span<const std::uint32_t> forms) const {
  std::vector<Stem> stems;
  for (std::size_t begin = 0, end = 0; begin < forms.size(); begin = end) {
    Stem& stem = stems.emplace_back();
    stem.term = forms_[forms[begin]].stem_term;
    for (; end < forms.size() && forms_[forms[end]].stem_term == stem.term; ++end) stem.postings += counts_[forms[end]];
    stem.forms = forms.subspan(begin, end - begin);
  }
  return stems;
}

template <typename Visit>
void SegmentBuilder::for_each_posting(Visit visit) const {
  DocumentNumber document = 1;
  std::uint32_t position = 1;
  for (const Run& run : runs_) {
    const char* at = run.stream.data();
    for (const char* const end = at + run.stream.size(); at < end;) {
      const std::uint64_t number = take_varint(at);
      if (number == document_ends) {
        ++document;
        position = 1;
      } else if (number == position_follows) {
        position = static_cast<std::uint32_t>(take_varint(at));
      } else {
        visit(Posting{document, position++, run.forms[number - first_form]});
      }
    }
  }
}

void SegmentBuilder::finish(unsigned threads) {
  const std::vector<std::uint32_t> forms = forms_by_stem();
  const std::vector<Stem> stems = stems_of(forms);
  OrderedTasks<EncodedTerms> tasks(threads, [this](const EncodedTerms& encoded) {
    std::string_view lists = encoded.lists;
    for (const EncodedTerm& term : encoded.terms) {
      writer_.add_term(term, lists.substr(0, term.shape.size));
      lists.remove_prefix(term.shape.size);
    }
  });
  for (auto first = stems.begin(), last = first; first != stems.end(); first = last) {
    std::uint64_t postings = 0;
    do postings += last++->postings;
    while (last != stems.end() && postings + last->postings <= most_postings / threads);
    tasks.start([this, some = std::span(first, last)] { return encode(some); });
  }
  tasks.finish();
  writer_.finish();
}

/// What is used again for each list.
struct SegmentBuilder::Encoder {
  std::vector<std::uint32_t> handles;  // in the table, by form
  FormTable table;
  PostingListWriter list;
  std::vector<std::uint32_t> forms;  // of a document
  std::vector<Occurrence> occurrences;
};

/// Sorts the postings of some stems by stem; by document and position they are.
SegmentBuilder::EncodedTerms SegmentBuilder::encode(std::span<const Stem> stems) const {
  constexpr std::uint32_t other = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> next(forms_.size(), other);  // by form: which of `ends` its postings move on
  std::vector<std::uint64_t> ends;
  std::uint64_t all = 0;
  for (const Stem& stem : stems) {
    for (const std::uint32_t form : stem.forms) next[form] = static_cast<std::uint32_t>(ends.size());
    ends.push_back(all);
    all += stem.postings;
  }
  std::vector<Posting> sorted(all);
  for_each_posting([&](const Posting& posting) {
    if (next[posting.form] != other) sorted[ends[next[posting.form]]++] = posting;
  });
  EncodedTerms encoded;
  Encoder encoder{std::vector<std::uint32_t>(forms_.size())};
  std::uint64_t begin = 0;
  for (std::size_t i = 0; i < stems.size(); begin = ends[i++])
    encoded.terms.push_back(
        encode_list(stems[i], std::span(sorted).subspan(begin, ends[i] - begin), encoder, encoded.lists));
  return encoded;
}

/// Calls `visit` with the postings of each document.
template <typename Visit>
void for_each_document(auto postings, Visit visit) {
  for (std::size_t begin = 0, end = 0; begin < postings.size(); begin = end) {
    while (end < postings.size() && postings[end].document == postings[begin].document) ++end;
    visit(postings.subspan(begin, end - begin));
  }
}

EncodedTerm SegmentBuilder::encode_list(const Stem& stem, std::span<const Posting> postings, Encoder& encoder,
                                        std::string& bytes) const {
  auto& [handles, table, list, forms, occurrences] = encoder;
  const bool occurs = !forms_[stem.forms.front()].exact_term.empty();
  if (occurs) {
    for (const std::uint32_t form : stem.forms) handles[form] = table.add(forms_[form].exact_term);
    for_each_document(postings, [&](std::span<const Posting> document) {
      forms.clear();
      for (const Posting& posting : document) forms.push_back(handles[posting.form]);
      table.count(forms);
    });
    table.settle();
  }
  for_each_document(postings, [&](std::span<const Posting> document) {
    occurrences.clear();
    if (occurs)
      for (const Posting& posting : document)
        occurrences.push_back({posting.position, table.number(handles[posting.form])});
    const DocumentNumber number = document.front().document;
    list.add(number, occurrences, writer_.length(number));
  });
  const ListShape shape = list.finish(bytes);
  return {stem.term, shape, table.take()};
}

}  // namespace limier::sealed
