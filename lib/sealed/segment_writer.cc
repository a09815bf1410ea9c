#include "sealed/segment_writer.h"

#include <algorithm>
#include <charconv>
#include <future>
#include <numeric>
#include <utility>

#include "sealed/segment.h"
#include "shard/schema.h"
#include "shard/similarity.h"

namespace limier::sealed {
namespace {

/// Of digits that the caller has checked.
std::uint32_t parse(std::string_view digits) {
  std::uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// As schema::DatesSlot has them.
Days parse_days(std::string_view dates) {
  if (dates.empty()) return {};
  return {parse(dates.substr(0, 8)), parse(dates.substr(8))};
}

/// Names get numbers in the order of their coming; this is the place of each in the order of their bytes.
std::vector<std::uint32_t> ranks(const std::map<std::string, std::uint32_t, std::less<>>& names) {
  std::vector<std::uint32_t> places(names.size());
  std::uint32_t place = 0;
  for (const auto& [name, number] : names) places[number] = place++;
  return places;
}

StringsWriter strings_of(const std::map<std::string, std::uint32_t, std::less<>>& names) {
  StringsWriter strings;
  for (const auto& [name, number] : names) strings.add(name);
  return strings;
}

}  // namespace

SegmentWriter::SegmentWriter(std::string path) : file_(std::move(path)), store_(file_) {}

void SegmentWriter::add(const IndexedDocument& document) {
  describe(document);
  store_.add(document.stored);
}

void SegmentWriter::add(const std::vector<const Segment*>& segments, const DocumentOrder& order, std::uint64_t memory) {
  for (const SourceDocument& each : order) describe(segments[each.segment]->description(each.document));
  std::vector<DocumentStore*> stores;
  for (const Segment* segment : segments) stores.push_back(&segment->store());
  store_.add(stores, order, memory);
}

/// Takes all of a document but its text.
void SegmentWriter::describe(const IndexedDocument& document) {
  Columns columns;
  columns.sketch = parse_sketch(document.sketch);
  columns.fingerprint = document.fingerprint;
  if (!document.file.empty())
    columns.file = files_.try_emplace(document.file, static_cast<std::uint32_t>(files_.size())).first->second + 1;
  columns_.push_back(columns);
  lengths_.push_back(document.lengths);
  coded_lengths_.emplace_back(document.lengths.text);
  days_.push_back(parse_days(document.dates));
  ids_.add(document.id);
  schema::for_each_value(document.values, [&](std::string_view name, std::string_view value) {
    const std::string pair = schema::pair_of(name, value);
    values_of_documents_.push_back(values_.try_emplace(pair, static_cast<std::uint32_t>(values_.size())).first->second);
  });
  values_ends_.push_back(values_of_documents_.size());
}

void SegmentWriter::add(EncodedTerms encoded) {
  if (!in_postings_) {
    store_.finish();
    file_.begin(Section::Postings);
    in_postings_ = true;
  }
  std::string_view lists = encoded.lists;
  std::span<const FormOfStem> forms = encoded.forms;
  for (const EncodedTerm& term : encoded.terms) {
    add_term(term, forms.first(term.forms), lists.substr(0, term.shape.size));
    forms = forms.subspan(term.forms);
    lists.remove_prefix(term.shape.size);
  }
}

void SegmentWriter::add_term(const EncodedTerm& term, std::span<const FormOfStem> forms, std::string_view list) {
  file_.append(list);
  const ListShape& shape = term.shape;
  const std::uint64_t more = shape.occurrences == 0 ? 0 : 1 + shape.occurrences - shape.documents;
  const std::uint32_t stem =
      terms_.add(term.term, file_.size(), shape.documents, more << 1 | (shape.has_forms ? 1 : 0));
  for (const FormOfStem& form : forms) {
    form_terms_.add(form.term);
    forms_.push_back({stem, form.number, form.documents});
  }
  forms_of_stems_.resize(stem + 1, term.forms);
}

void SegmentWriter::finish(unsigned threads) {
  const std::launch launch = threads > 1 ? std::launch::async : std::launch::deferred;
  std::future<DictionaryWriter> forms = std::async(launch, [this] { return dictionary_of_forms(); });
  std::future<std::vector<DocumentNumber>> ids = std::async(launch, [this] { return order_of_ids(); });
  if (!in_postings_) store_.finish();
  terms_.write(file_, Section::Terms, Section::TermIndex);
  forms.get().write(file_, Section::Forms, Section::FormIndex);
  write_columns();
  write_ids(ids.get());
  write_values();
  file_.begin(Section::Files);
  strings_of(files_).write(file_);
  write_totals();
  file_.finish();
}

/// The same form of several stems stays in the order of these.
DictionaryWriter SegmentWriter::dictionary_of_forms() const {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;  // keys, so that few terms are compared; places
  order.reserve(forms_.size());
  for (std::uint32_t place = 0; place < forms_.size(); ++place) order.emplace_back(key_of(form_terms_[place]), place);
  std::sort(order.begin(), order.end(), [this](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const int terms = form_terms_[a.second].compare(form_terms_[b.second]);
    return terms != 0 ? terms < 0 : a.second < b.second;
  });
  DictionaryWriter dictionary;
  for (const auto& [key, place] : order) {
    const Form& form = forms_[place];
    dictionary.add(form_terms_[place], form.stem, FormEntry::packed(form.number, forms_of_stems_[form.stem]),
                   form.documents);
  }
  return dictionary;
}

void SegmentWriter::write_columns() {
  const std::vector<std::uint32_t> places = ranks(files_);
  for (Columns& columns : columns_)
    if (columns.file > 0) columns.file = places[columns.file - 1] + 1;
  file_.begin(Section::Columns);
  append(file_, columns_);
  file_.begin(Section::Lengths);
  append(file_, lengths_);
  file_.begin(Section::Days);
  append(file_, days_);
  std::string reaches;
  for (const CodedLength& length : coded_lengths_) reaches.push_back(static_cast<char>(length.reach));
  file_.begin(Section::Reaches);
  file_.append(reaches);
}

void SegmentWriter::write_totals() {
  Totals totals;
  for (const DocumentLengths& lengths : lengths_) {
    totals.text_length += lengths.text;
    totals.title_length += lengths.title;
  }
  for (const Days& days : days_) totals.days.include(days);
  file_.begin(Section::Totals);
  file_.append(bytes_of(std::vector{totals}));
}

std::vector<DocumentNumber> SegmentWriter::order_of_ids() const {
  std::vector<DocumentNumber> order(ids_.size());
  std::iota(order.begin(), order.end(), 1);
  std::stable_sort(order.begin(), order.end(),
                   [&](DocumentNumber a, DocumentNumber b) { return ids_[a - 1] < ids_[b - 1]; });
  return order;
}

void SegmentWriter::write_ids(const std::vector<DocumentNumber>& order) {
  file_.begin(Section::IdOrder);
  file_.append(bytes_of(order));
  file_.begin(Section::Ids);
  ids_.write(file_);
}

void SegmentWriter::write_values() {
  file_.begin(Section::ValueNames);
  strings_of(values_).write(file_);
  const std::vector<std::uint32_t> places = ranks(values_);
  for (std::uint32_t& value : values_of_documents_) value = places[value];
  file_.begin(Section::ValueEnds);
  append(file_, values_ends_);
  file_.begin(Section::Values);
  append(file_, values_of_documents_);
}

}  // namespace limier::sealed
