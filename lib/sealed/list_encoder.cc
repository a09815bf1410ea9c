#include "sealed/list_encoder.h"

#include <span>
#include <utility>

#include "sealed/bits.h"
#include "sealed/form_table.h"

namespace limier::sealed {
namespace {

/// Encodes one list after another. Thread rule: one thread at a time.
class ListEncoder {
 public:
  explicit ListEncoder(const SegmentWriter& writer) : writer_(writer) {}

  void encode(std::string_view term, std::span<const std::string_view> records, EncodedTerms& encoded) {
    find_runs(records);
    if (table_.size() > 1) count_forms();
    table_.settle();
    if (table_.size() > 1) {
      for (std::size_t set = 0; set < sets_; ++set)
        for (std::uint32_t& form : forms_of_sets_[set]) form = table_.number(form);
      for (const Run& run : runs_)
        add_run(run, [forms = forms_of_sets_[run.set].data()](std::uint32_t ordinal) { return forms[ordinal]; });
    } else {
      for (const Run& run : runs_) add_run(run, [](std::uint32_t) { return 0U; });
    }
    const ListShape shape = list_.finish(encoded.lists);
    if (table_.size() == 1) table_.count(0, shape.documents);
    encoded.terms.push_back({std::string(term), shape, table_.take(encoded.forms)});
  }

 private:
  struct Run {
    std::size_t set = 0;        // in `forms_of_sets_`
    DocumentNumber before = 0;  // its first document
    std::string_view bytes;
  };

  void find_runs(std::span<const std::string_view> records) {
    runs_.clear();
    sets_ = 0;
    for (const std::string_view record : records) {
      const char* at = record.data();
      const char* const end = at + record.size();
      const std::size_t first = sets_;
      sets_ += take_varint(at);
      if (forms_of_sets_.size() < sets_) forms_of_sets_.resize(sets_);
      for (std::size_t set = first; set < sets_; ++set) take_forms(at, forms_of_sets_[set]);
      while (at < end) {
        const std::size_t set = first + take_varint(at);
        const auto before = static_cast<DocumentNumber>(take_varint(at));
        runs_.push_back({set, before, take_sized(at)});
      }
    }
  }

  void take_forms(const char*& at, std::vector<std::uint32_t>& handles) {
    handles.clear();
    for (std::uint64_t left = take_varint(at); left > 0; --left) {
      const std::size_t ordinal = take_varint(at);
      const std::string_view form = take_sized(at);
      if (handles.size() <= ordinal) handles.resize(ordinal + 1);
      if (!form.empty()) handles[ordinal] = table_.add(form);
    }
  }

  void count_forms() {
    for (const Run& run : runs_) {
      const std::vector<std::uint32_t>& forms = forms_of_sets_[run.set];
      for_each_ordinal(run.bytes, [&](DocumentNumber document, std::uint32_t ordinal) {
        table_.count_document(forms[ordinal], run.before + document);
      });
    }
  }

  template <typename FormOf>
  void add_run(const Run& run, FormOf form_of) {
    for_each_document(run.bytes, form_of, list_.room(run.bytes.size()),
                      [&](DocumentNumber document, std::span<const Occurrence> occurrences) {
                        list_.add(run.before + document, occurrences.size(), writer_.length(run.before + document));
                        return list_.room(0);
                      });
  }

  const SegmentWriter& writer_;
  std::size_t sets_ = 0;                                   // that know the term
  std::vector<std::vector<std::uint32_t>> forms_of_sets_;  // by ordinal: handles in the table, then numbers
  std::vector<Run> runs_;
  FormTable table_;
  PostingListWriter list_;
};

}  // namespace

EncodedTerms encode(SpilledTerms spilled, const SegmentWriter& writer) {
  EncodedTerms encoded;
  ListEncoder encoder(writer);
  encoded.terms.reserve(spilled.terms.size());
  spilled.bytes.append(reader_margin, '\0');
  std::string_view left = spilled.bytes;
  const auto take = [&left](std::uint32_t size) {
    const std::string_view taken = left.substr(0, size);
    left.remove_prefix(size);
    return taken;
  };
  std::vector<std::string_view> records;
  for (auto record = spilled.record_sizes.begin(); const SpilledTerms::Term& each : spilled.terms) {
    const std::string_view term = take(each.size);
    records.clear();
    for (std::uint32_t count = each.records; count > 0; --count) records.push_back(take(*record++));
    encoder.encode(term, records, encoded);
  }
  return encoded;
}

}  // namespace limier::sealed
