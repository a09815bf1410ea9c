#include "sealed/merge.h"

#include <algorithm>
#include <span>

#include "sealed/form_table.h"
#include "sealed/merged_terms.h"

namespace limier::sealed {
namespace {

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
  const Dictionary::Cursor* term = nullptr;
  std::vector<std::uint32_t> handles;  // of the forms of `term`, by their numbers here
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

class Merger {
 public:
  Merger(const std::vector<const Segment*>& segments, const DocumentOrder& order, const std::string& path,
         std::uint64_t memory)
      : writer_(path), in_order_(std::is_sorted(order.begin(), order.end())), memory_(memory) {
    for (const Segment* segment : segments) sources_.emplace_back(*segment);
    DocumentNumber number = 0;
    for (const SourceDocument& each : order) sources_[each.segment].numbers[each.document] = ++number;
    for (Source& source : sources_)
      source.whole = std::find(source.numbers.begin() + 1, source.numbers.end(), 0) == source.numbers.end();
    writer_.add(segments, order, memory);
    for (const Segment* segment : segments) segment->file().release();
  }

  void run(const std::vector<const Segment*>& segments) {
    for_each_term(segments, [this](const std::vector<SourceTerm>& having) { merge_term(having); });
    writer_.finish();
  }

 private:
  void merge_term(const std::vector<SourceTerm>& terms) {
    std::vector<Source*> having;
    for (const SourceTerm& each : terms) {
      having.push_back(&sources_[each.segment]);
      having.back()->term = each.term;
    }
    for (Source* source : having) source->forms.add(source->term->place(), source->whole, table_, source->handles);
    for (Source* source : having) count_forms(*source);
    table_.settle();
    const bool any = copy_postings(having);
    std::vector<FormOfStem> forms = table_.take();
    if (!any) return;
    list_bytes_.clear();
    const ListShape shape = list_.finish(list_bytes_);
    writer_.add_term({having.front()->term->term(), shape, std::move(forms)}, list_bytes_);
  }

  template <typename Visit>
  static void for_each_posting(const Source& source, Visit visit) {
    ListCursor list = source.segment->list(source.term->entry());
    for (; list.document() != no_document; list.advance(list.document() + 1))
      if (const DocumentNumber document = source.numbers[list.document()]; document != 0) visit(list, document);
  }

  void count_forms(const Source& source) {
    if (source.whole || source.handles.empty()) return;
    for_each_posting(source, [&](const ListCursor& list, DocumentNumber) {
      forms_.clear();
      list.append_forms(forms_);
      for (std::uint32_t& form : forms_) form = source.handles[form];
      table_.count(forms_);
    });
  }

  /// Whether there are any. Where documents change places, postings are sorted, so many at a time as memory holds.
  bool copy_postings(const std::vector<Source*>& having) {
    std::uint64_t bytes = 0;
    for (const Source* source : having) bytes += MovedPostings::bytes(Segment::shape_of(source->term->entry()));
    const std::uint64_t passes = in_order_ ? 1 : 1 + bytes / memory_;
    bool any = false;
    for (std::uint64_t pass = 0; pass < passes; ++pass) {
      const auto first = static_cast<DocumentNumber>(1 + writer_.documents() * pass / passes);
      const auto end = static_cast<DocumentNumber>(1 + writer_.documents() * (pass + 1) / passes);
      for (const Source* source : having) any = move_postings(*source, first, end) || any;
      write_moved();
    }
    return any;
  }

  /// Those of documents whose new numbers lie within bounds.
  bool move_postings(const Source& source, DocumentNumber first, DocumentNumber end) {
    bool any = false;
    for_each_posting(source, [&](const ListCursor& list, DocumentNumber document) {
      if (document < first || document >= end) return;
      forms_.clear();
      positions_.clear();
      list.append_positions(positions_);
      list.append_forms(forms_);
      occurrences_.clear();
      for (std::size_t i = 0; i < positions_.size(); ++i)
        occurrences_.push_back({positions_[i], table_.number(source.handles[forms_[i]])});
      moved_.add(document, occurrences_);
      if (in_order_) write_moved();
      any = true;
    });
    return any;
  }

  void write_moved() {
    moved_.take([this](DocumentNumber document, std::span<const Occurrence> occurrences) {
      list_.add(document, occurrences, writer_.length(document));
    });
  }

  SegmentWriter writer_;
  bool in_order_;  // of the segments
  std::uint64_t memory_;
  std::vector<Source> sources_;
  FormTable table_;
  PostingListWriter list_;
  std::string list_bytes_;
  MovedPostings moved_;
  std::vector<std::uint32_t> forms_, positions_;
  std::vector<Occurrence> occurrences_;
};

}  // namespace

DocumentOrder living_documents(const std::vector<const std::vector<bool>*>& deleted) {
  DocumentOrder order;
  for (std::uint32_t segment = 0; segment < deleted.size(); ++segment)
    for (DocumentNumber document = 1; document < deleted[segment]->size(); ++document)
      if (!(*deleted[segment])[document]) order.push_back({segment, document});
  return order;
}

void merge_segments(const std::vector<const Segment*>& segments, const DocumentOrder& order, const std::string& path,
                    std::uint64_t memory) {
  Merger(segments, order, path, memory).run(segments);
}

}  // namespace limier::sealed
