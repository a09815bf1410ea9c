#include "sealed/merge.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "sealed/form_table.h"

namespace limier::sealed {
namespace {

/// After how many bytes of lists what was read of the sources is released: they are read from front to back, once.
constexpr std::size_t release_after = 64 << 20;

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
  /// The first document that is left has a number given.
  Source(const MergeSource& from, DocumentNumber first)
      : segment(from.segment), forms(segment->forms()), term(segment->terms()), numbers(segment->documents() + 1) {
    term.move_to(0);
    for (DocumentNumber document = 1; document <= segment->documents(); ++document) {
      if ((*from.deleted)[document]) {
        whole = false;
      } else {
        numbers[document] = first++;
      }
    }
  }

  const Segment* segment;
  FormsByStem forms;
  Dictionary::Cursor term;
  std::vector<DocumentNumber> numbers;  // by the old number; 0 for those that are left out
  bool whole = true;                    // none is
  std::vector<std::uint32_t> handles;   // of the forms of `term`, by their numbers here
};

class Merger {
 public:
  Merger(const std::vector<MergeSource>& sources, const std::string& path) : writer_(path) {
    for (const MergeSource& from : sources) {
      sources_.emplace_back(from, writer_.documents() + 1);
      writer_.add(*from.segment, *from.deleted);
      from.segment->file().release();
    }
  }

  void run() {
    for (std::vector<Source*> having = next_term(); !having.empty(); having = next_term()) {
      const std::string term = having.front()->term.term();
      for (Source* source : having) source->forms.add(source->term.place(), source->whole, table_, source->handles);
      for (Source* source : having) count_forms(*source);
      table_.settle();
      bool any = false;
      for (Source* source : having) any = copy_postings(*source) || any;
      std::vector<FormOfStem> forms = table_.take();
      if (any) {
        list_bytes_.clear();
        const ListShape shape = list_.finish(list_bytes_);
        writer_.add_term({term, shape, std::move(forms)}, list_bytes_);
        copied_ += list_bytes_.size();
      }
      release_some();
      for (Source* source : having) source->term.next();
    }
    writer_.finish();
  }

 private:
  void release_some() {
    if (copied_ < release_after) return;
    for (const Source& source : sources_) source.segment->file().release();
    copied_ = 0;
  }

  /// The sources that have the least term that is left; none at the end.
  std::vector<Source*> next_term() {
    std::vector<Source*> having;
    for (Source& source : sources_) {
      if (source.term.at_end()) continue;
      if (!having.empty() && source.term.term() > having.front()->term.term()) continue;
      if (!having.empty() && source.term.term() < having.front()->term.term()) having.clear();
      having.push_back(&source);
    }
    return having;
  }

  template <typename Visit>
  static void for_each_posting(const Source& source, Visit visit) {
    ListCursor list = source.segment->list(source.term.entry());
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

  bool copy_postings(const Source& source) {
    bool any = false;
    for_each_posting(source, [&](const ListCursor& list, DocumentNumber document) {
      forms_.clear();
      positions_.clear();
      list.append_positions(positions_);
      list.append_forms(forms_);
      occurrences_.clear();
      for (std::size_t i = 0; i < positions_.size(); ++i)
        occurrences_.push_back({positions_[i], table_.number(source.handles[forms_[i]])});
      list_.add(document, occurrences_, writer_.length(document));
      any = true;
    });
    return any;
  }

  SegmentWriter writer_;
  std::vector<Source> sources_;
  FormTable table_;
  PostingListWriter list_;
  std::string list_bytes_;
  std::size_t copied_ = 0;  // of lists, since the last release
  std::vector<std::uint32_t> forms_, positions_;
  std::vector<Occurrence> occurrences_;
};

}  // namespace

void merge_segments(const std::vector<MergeSource>& sources, const std::string& path) { Merger(sources, path).run(); }

}  // namespace limier::sealed
