#include "sealed/merge.h"

#include <algorithm>
#include <span>
#include <utility>

#include "sealed/form_table.h"
#include "sealed/merged_terms.h"
#include "sealed/ordered_tasks.h"

namespace limier::sealed {
namespace {

/// How many bytes of lists are merged at a time.
constexpr std::uint64_t task_bytes = 256 << 10;

/// Which forms each stem of a segment has: the dictionary of forms the other way round.
class FormsByStem {
 public:
  explicit FormsByStem(const Dictionary& forms) : forms_(&forms) {
    Dictionary::Cursor form(forms);
    for (form.move_to(0); !form.at_end(); form.next()) {
      const FormEntry entry(form.entry());
      entries_.push_back({entry.stem, entry.number, form.place()});
    }
    std::sort(entries_.begin(), entries_.end());
  }

  /// Adds the forms of a stem to a table, with their documents if they are `counted`; the handles by the forms'
  /// numbers.
  void add(std::uint32_t stem, bool counted, FormTable& table, std::vector<std::uint32_t>& handles) const {
    handles.clear();
    Dictionary::Cursor form(*forms_);
    for (auto entry = std::lower_bound(entries_.begin(), entries_.end(), Entry{stem, 0, 0});
         entry != entries_.end() && entry->stem == stem; ++entry) {
      form.move_to(entry->place);
      handles.resize(entry->number + 1);
      const auto documents = static_cast<std::uint32_t>(form.entry().second);
      handles[entry->number] = table.add(form.term(), counted ? documents : 0);
    }
  }

 private:
  struct Entry {
    std::uint32_t stem = 0, number = 0, place = 0;

    auto operator<=>(const Entry&) const = default;
  };

  const Dictionary* forms_;
  std::vector<Entry> entries_;
};

/// A segment on its way into another.
struct Source {
  explicit Source(const Segment& from) : segment(&from), forms(from.forms()), numbers(from.documents() + 1) {}

  const Segment* segment;
  FormsByStem forms;
  std::vector<DocumentNumber> numbers;  // by the old number; 0 for those that are left out
  bool whole = true;                    // none is
};

/// Postings of a term on their way to their new places.
class MovedPostings {
 public:
  /// How many bytes a list takes here.
  static std::uint64_t bytes(const ListShape& list) {
    return list.documents * sizeof(Posting) + list.occurrences * sizeof(Occurrence);
  }

  void add(DocumentNumber document, std::span<const Occurrence> occurrences) {
    postings_.push_back({document, static_cast<std::uint32_t>(occurrences.size()), occurrences_.size()});
    occurrences_.insert(occurrences_.end(), occurrences.begin(), occurrences.end());
  }

  /// Hands them over in the order of their documents: `visit(document, occurrences)`.
  template <typename Visit>
  void take(Visit visit) {
    std::sort(postings_.begin(), postings_.end(),
              [](const Posting& a, const Posting& b) { return a.document < b.document; });
    for (const Posting& posting : postings_)
      visit(posting.document, std::span(occurrences_).subspan(posting.begin, posting.count));
    postings_.clear();
    occurrences_.clear();
  }

 private:
  struct Posting {
    DocumentNumber document = 0;
    std::uint32_t count = 0;
    std::size_t begin = 0;
  };

  std::vector<Posting> postings_;
  std::vector<Occurrence> occurrences_;
};

/// Merges one list after another. Thread rule: one thread at a time; others can work with the same sources.
class ListMerger {
 public:
  /// All outlive it.
  ListMerger(const std::vector<Source>& sources, const SegmentWriter& writer, bool in_order, std::uint64_t memory)
      : sources_(sources), writer_(writer), in_order_(in_order), memory_(memory), forms_of_(sources.size()) {}

  /// Appends the list of a term, unless none of its documents is left.
  void merge(const MergedTerms& term, EncodedTerms& encoded) {
    for (const std::uint32_t segment : term.having())
      sources_[segment].forms.add(term.in(segment).place(), sources_[segment].whole, table_, forms_of_[segment]);
    for (const std::uint32_t segment : term.having()) count_forms(term, segment);
    table_.settle();
    for (const std::uint32_t segment : term.having())
      for (std::uint32_t& form : forms_of_[segment]) form = table_.number(form);
    copy_postings(term);
    const std::uint32_t forms = table_.take(encoded.forms);
    const ListShape shape = list_.finish(encoded.lists);
    if (shape.documents > 0) encoded.terms.push_back({std::string(term.term()), shape, forms});
  }

 private:
  template <typename Visit>
  void for_each_posting(const MergedTerms& term, std::uint32_t segment, Visit visit) const {
    const Source& source = sources_[segment];
    ListCursor list = source.segment->list(term.in(segment).entry());
    for (; list.document() != no_document; list.advance(list.document() + 1))
      if (const DocumentNumber document = source.numbers[list.document()]; document != 0) visit(list, document);
  }

  void count_forms(const MergedTerms& term, std::uint32_t segment) {
    if (sources_[segment].whole || forms_of_[segment].empty()) return;
    for_each_posting(term, segment, [&](const ListCursor& list, DocumentNumber document) {
      forms_.clear();
      list.append_forms(forms_);
      for (const std::uint32_t form : forms_) table_.count_document(forms_of_[segment][form], document);
    });
  }

  /// Where documents change places, postings are sorted, so many at a time as memory holds.
  void copy_postings(const MergedTerms& term) {
    std::uint64_t bytes = 0;
    for (const std::uint32_t segment : term.having())
      bytes += MovedPostings::bytes(Segment::shape_of(term.in(segment).entry()));
    const std::uint64_t passes = in_order_ ? 1 : 1 + bytes / memory_;
    for (std::uint64_t pass = 0; pass < passes; ++pass) {
      const auto first = static_cast<DocumentNumber>(1 + writer_.documents() * pass / passes);
      const auto end = static_cast<DocumentNumber>(1 + writer_.documents() * (pass + 1) / passes);
      for (const std::uint32_t segment : term.having()) copy_postings(term, segment, first, end);
      moved_.take(
          [this](DocumentNumber document, std::span<const Occurrence> occurrences) { write(document, occurrences); });
    }
  }

  /// Those of documents whose new numbers lie within bounds.
  void copy_postings(const MergedTerms& term, std::uint32_t segment, DocumentNumber first, DocumentNumber end) {
    for_each_posting(term, segment, [&](const ListCursor& list, DocumentNumber document) {
      if (document < first || document >= end) return;
      forms_.clear();
      positions_.clear();
      list.append_positions(positions_);
      list.append_forms(forms_);
      occurrences_.clear();
      for (std::size_t i = 0; i < positions_.size(); ++i)
        occurrences_.push_back({positions_[i], forms_of_[segment][forms_[i]]});
      if (in_order_) {
        write(document, occurrences_);
      } else {
        moved_.add(document, occurrences_);
      }
    });
  }

  void write(DocumentNumber document, std::span<const Occurrence> occurrences) {
    list_.add(document, occurrences, writer_.length(document));
  }

  const std::vector<Source>& sources_;
  const SegmentWriter& writer_;
  bool in_order_;  // of the segments
  std::uint64_t memory_;
  std::vector<std::vector<std::uint32_t>> forms_of_;  // by segment and number there: handles, then numbers
  FormTable table_;
  PostingListWriter list_;
  MovedPostings moved_;
  std::vector<std::uint32_t> forms_, positions_;
  std::vector<Occurrence> occurrences_;
};

std::vector<Source> make_sources(const std::vector<const Segment*>& segments, const DocumentOrder& order) {
  std::vector<Source> sources;
  for (const Segment* segment : segments) sources.emplace_back(*segment);
  DocumentNumber number = 0;
  for (const SourceDocument& each : order) sources[each.segment].numbers[each.document] = ++number;
  for (Source& source : sources)
    source.whole = std::find(source.numbers.begin() + 1, source.numbers.end(), 0) == source.numbers.end();
  return sources;
}

}  // namespace

DocumentOrder living_documents(const std::vector<const std::vector<bool>*>& deleted) {
  DocumentOrder order;
  for (std::uint32_t segment = 0; segment < deleted.size(); ++segment)
    for (DocumentNumber document = 1; document < deleted[segment]->size(); ++document)
      if (!(*deleted[segment])[document]) order.push_back({segment, document});
  return order;
}

void merge_segments(const std::vector<const Segment*>& segments, const DocumentOrder& order, const std::string& path,
                    std::uint64_t memory, unsigned threads) {
  SegmentWriter writer(path);
  const std::vector<Source> sources = make_sources(segments, order);
  writer.add(segments, order, memory);
  for (const Segment* segment : segments) segment->file().release();
  const bool in_order = std::is_sorted(order.begin(), order.end());
  OrderedTasks<EncodedTerms> tasks(threads, [&](EncodedTerms encoded) { writer.add(std::move(encoded)); });
  for (MergedTerms terms(segments); !terms.at_end();) {
    const MergedTerms first = terms;
    std::size_t count = 0;
    for (std::uint64_t bytes = 0; !terms.at_end() && bytes < task_bytes; terms.next(), ++count) bytes += terms.size();
    tasks.start([&, first, count] {
      EncodedTerms encoded;
      ListMerger merger(sources, writer, in_order, 1 + memory / threads);
      MergedTerms term = first;
      for (std::size_t i = 0; i < count; ++i, term.next()) merger.merge(term, encoded);
      return encoded;
    });
  }
  tasks.finish();
  writer.finish(threads);
}

}  // namespace limier::sealed
