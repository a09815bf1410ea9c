#include "sealed/segment_builder.h"

#include <algorithm>
#include <limits>
#include <map>

namespace limier::sealed {
namespace {

// Marks in the stream; all other numbers are forms, each standing at the position behind the one before.
constexpr std::uint32_t document_ends = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t position_follows = document_ends - 1;

/// How many postings are sorted at a time.
constexpr std::uint64_t most_postings = 4 << 20;

}  // namespace

void SegmentBuilder::add(const IndexedDocument& document) {
  writer_.add(document);
  stream_.push_back(document_ends);
  next_position_ = 1;
}

void SegmentBuilder::add_occurrence(std::string_view stem_term, std::string_view exact_term, std::uint32_t position) {
  put(forms_.add(stem_term, exact_term), position);
}

void SegmentBuilder::add_term(std::string_view term) { put(forms_.add(term, {}), 0); }

void SegmentBuilder::put(std::uint32_t form, std::uint32_t position) {
  if (position != next_position_) {
    stream_.push_back(position_follows);
    stream_.push_back(position);
  }
  stream_.push_back(form);
  next_position_ = position + 1;
  counts_.resize(forms_.size());
  ++counts_[form];
}

std::vector<SegmentBuilder::Stem> SegmentBuilder::stems_in_order() const {
  std::map<std::string_view, Stem> stems;
  for (std::uint32_t form = 0; form < forms_.size(); ++form) {
    Stem& stem = stems[forms_[form].stem_term];
    stem.term = forms_[form].stem_term;
    stem.postings += counts_[form];
    stem.forms.push_back(form);
  }
  std::vector<Stem> ordered;
  for (auto& [term, stem] : stems) ordered.push_back(std::move(stem));
  return ordered;
}

template <typename Visit>
void SegmentBuilder::for_each_posting(Visit visit) const {
  DocumentNumber document = 1;
  std::uint32_t position = 1;
  for (std::size_t at = 0; at < stream_.size(); ++at) {
    if (stream_[at] == document_ends) {
      ++document;
      position = 1;
    } else if (stream_[at] == position_follows) {
      position = stream_[++at];
    } else {
      visit(Posting{document, position++, stream_[at]});
    }
  }
}

void SegmentBuilder::finish() {
  const std::vector<Stem> stems = stems_in_order();
  handles_.resize(forms_.size());
  for (std::size_t first = 0, last = 0; first < stems.size(); first = last) {
    std::uint64_t postings = 0;
    do postings += stems[last++].postings;
    while (last < stems.size() && postings + stems[last].postings <= most_postings);
    write_lists(stems, first, last);
  }
  writer_.finish();
}

/// Sorts the postings of some stems by stem; by document and position they are.
void SegmentBuilder::write_lists(const std::vector<Stem>& stems, std::size_t first, std::size_t last) {
  constexpr std::uint64_t other = std::numeric_limits<std::uint64_t>::max();
  std::vector<std::uint64_t> next(forms_.size(), other);  // by form: which of `ends` its postings move on
  std::vector<std::uint64_t> ends;
  std::uint64_t all = 0;
  for (std::size_t i = first; i < last; ++i) {
    for (const std::uint32_t form : stems[i].forms) next[form] = ends.size();
    ends.push_back(all);
    all += stems[i].postings;
  }
  std::vector<Posting> sorted(all);
  for_each_posting([&](const Posting& posting) {
    if (next[posting.form] != other) sorted[ends[next[posting.form]]++] = posting;
  });
  std::uint64_t begin = 0;
  for (std::size_t i = first; i < last; ++i) {
    const std::uint64_t end = ends[i - first];
    write_list(stems[i], std::span(sorted).subspan(begin, end - begin));
    begin = end;
  }
}

/// Calls `visit` with the postings of each document.
template <typename Visit>
void for_each_document(auto postings, Visit visit) {
  for (std::size_t begin = 0, end = 0; begin < postings.size(); begin = end) {
    while (end < postings.size() && postings[end].document == postings[begin].document) ++end;
    visit(postings.subspan(begin, end - begin));
  }
}

void SegmentBuilder::write_list(const Stem& stem, std::span<const Posting> postings) {
  const bool occurs = !forms_[stem.forms.front()].exact_term.empty();
  if (occurs) {
    for (const std::uint32_t form : stem.forms) handles_[form] = table_.add(forms_[form].exact_term);
    std::vector<std::uint32_t> forms;
    for_each_document(postings, [&](std::span<const Posting> document) {
      forms.clear();
      for (const Posting& posting : document) forms.push_back(handles_[posting.form]);
      table_.count(forms);
    });
    table_.settle();
  }
  std::vector<Occurrence> occurrences;
  for_each_document(postings, [&](std::span<const Posting> document) {
    occurrences.clear();
    if (occurs)
      for (const Posting& posting : document)
        occurrences.push_back({posting.position, table_.number(handles_[posting.form])});
    const DocumentNumber number = document.front().document;
    writer_.list().add(number, occurrences, writer_.length(number));
  });
  table_.write(writer_.finish_term(stem.term), writer_);
}

}  // namespace limier::sealed
