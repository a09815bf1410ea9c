#include "sealed/segment_postings.h"

#include <boost/sort/spreadsort/integer_sort.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "shard/schema.h"

namespace limier::sealed {
namespace {

/// So many terms are remembered from query to query, and as many beside while one is executed.
constexpr std::size_t many_terms = 2048;

/// Every document of a segment.
class RangeCursor final : public PostingCursor {
 public:
  explicit RangeCursor(DocumentNumber last) : last_(last) {}

  DocumentNumber document() const override { return document_ <= last_ ? document_ : no_document; }
  DocumentNumber advance(DocumentNumber target) override {
    document_ = std::max(document_, target);
    return document();
  }
  std::uint32_t count() const override { return 0; }
  void read_positions(std::uint32_t*) const override {}

 private:
  DocumentNumber document_ = 1, last_;
};

/// The documents of another cursor for which `holds` is true. REQUIRES to be settled once after its making.
template <typename Cursor, typename Holds>
void settle(Cursor& cursor, Holds holds) {
  while (cursor.document() != no_document && !holds()) cursor.advance(cursor.document() + 1);
}

/// A list whose bounds are kept.
class BoundedCursor final : public ListCursor {
 public:
  BoundedCursor(SegmentFile& file, const ListShape& shape, ListBounds& bounds, DocumentNumber from, SomeForms very)
      : ListCursor(file, shape, from, std::move(very)), bounds_(bounds) {}

  std::shared_ptr<const ScoreBounds> score_bounds(const LengthNormalisation& normalisation) const override {
    return bounds_.find(shape(), normalisation);
  }

 private:
  ListBounds& bounds_;
};

/// Every document of a list of which they are kept. The list is read only where their occurrences are asked for.
class DenseCursor final : public PostingCursor {
 public:
  DenseCursor(SegmentFile& file, const ListShape& shape, std::shared_ptr<const DocumentSet> documents,
              ListBounds& bounds, DocumentNumber from, SomeForms very)
      : file_(file),
        shape_(shape),
        bounds_(bounds),
        documents_(std::move(documents)),
        very_(std::move(very)),
        document_(documents_->next(from)) {}

  DocumentNumber document() const override { return document_; }
  DocumentNumber advance(DocumentNumber target) override {
    if (document_ < target) document_ = documents_->next(target);
    return document_;
  }
  std::uint32_t count() const override { return list_here().count(); }
  void read_positions(std::uint32_t* positions) const override { list_here().read_positions(positions); }
  PostingBound bound(DocumentNumber first) override { return list().bound(first); }
  std::span<const std::uint64_t> bits() const override { return documents_->words(); }
  DocumentNumber most_documents() const override { return shape_.documents; }
  std::shared_ptr<const ScoreBounds> score_bounds(const LengthNormalisation& normalisation) const override {
    return bounds_.find(shape_, normalisation);
  }

  std::size_t take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) override {
    const std::size_t taken = list_here().take(end, documents, counts);
    document_ = list_->document();
    return taken;
  }

  void mark(DocumentNumber first, std::span<std::uint64_t> words) override {
    const DocumentNumber end = first + static_cast<DocumentNumber>(64 * words.size());
    if (document_ >= end) return;
    const std::span<const std::uint64_t> all = documents_->words();
    const std::size_t begin = document_ / 64;
    for (std::size_t i = begin; i < std::min<std::size_t>(end / 64, all.size()); ++i)
      words[i - first / 64] |= all[i] & (i == begin ? ~std::uint64_t{0} << document_ % 64 : ~std::uint64_t{0});
    document_ = documents_->next(end);
  }

  /// The list is searched only for those that are there.
  void look_up(std::span<const DocumentNumber> documents, std::uint32_t* counts) override {
    std::fill_n(counts, documents.size(), 0);
    for (const std::size_t i : find_those(documents)) {
      list().advance(documents[i]);
      counts[i] = list_->count();
    }
    if (!documents.empty()) advance(documents.back());
  }

  /// Likewise.
  void look_up_positions(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                         PositionLists& lists) override {
    const std::span<const std::size_t> those = find_those(documents);
    some_.resize(those.size());
    some_least_.resize(those.size());
    for (std::size_t i = 0; i < those.size(); ++i) {
      some_[i] = documents[those[i]];
      some_least_[i] = least[those[i]];
    }
    list().look_up_positions(some_, some_least_, lists);
    lists.place(those);
    if (!documents.empty()) advance(documents.back());
  }

 private:
  /// The places of those that are there, told without a branch that nobody could foretell.
  std::span<const std::size_t> find_those(std::span<const DocumentNumber> documents) {
    if (there_.size() < documents.size()) there_.resize(documents.size());
    std::size_t found = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      there_[found] = i;
      found += static_cast<std::size_t>(documents_->has(documents[i]));
    }
    return std::span(there_).first(found);
  }

  ListCursor& list() const {
    if (!list_) list_.emplace(file_, shape_, document_, very_);
    return *list_;
  }

  ListCursor& list_here() const {
    list().advance(document_);
    return *list_;
  }

  SegmentFile& file_;
  ListShape shape_;
  ListBounds& bounds_;
  std::shared_ptr<const DocumentSet> documents_;
  SomeForms very_;
  DocumentNumber document_;
  mutable std::optional<ListCursor> list_;  // once it is asked for; where `document_` is, or before
  std::vector<std::size_t> there_;          // of documents that were looked up; and these
  std::vector<DocumentNumber> some_;
  std::vector<std::uint32_t> some_least_;
};

/// Documents in which a stem stands in one of some forms.
class FormCursor final : public PostingCursor {
 public:
  FormCursor(SegmentFile& file, const ListShape& list, SomeForms forms, ListBounds& bounds, DocumentNumber from)
      : list_(file, list, bounds, from, {}), forms_(std::move(forms)) {}

  DocumentNumber document() const override {
    find();
    return list_.document();
  }
  DocumentNumber advance(DocumentNumber target) override {
    approach(target);
    return document();
  }
  DocumentNumber approach(DocumentNumber target) override {
    if (list_.document() < target) {
      list_.advance(target);
      found_ = false;
    }
    return list_.document();
  }
  std::uint32_t count() const override {
    find();
    return count_here();
  }
  void read_positions(std::uint32_t*) const override {}

  std::size_t take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) override {
    found_ = false;
    return list_.take_forms(forms_, end, documents, counts);
  }

  /// What follows the documents that are asked for is not looked for.
  void look_up(std::span<const DocumentNumber> documents, std::uint32_t* counts) override {
    for (const DocumentNumber each : documents) {
      list_.advance(each);
      *counts++ = list_.document() == each ? count_here() : 0;
    }
    found_ = false;
  }
  PostingBound bound(DocumentNumber first) override { return list_.bound(first); }

  DocumentNumber most_documents() const override { return list_.most_documents(); }

  /// Those of the stem in any form.
  std::shared_ptr<const ScoreBounds> score_bounds(const LengthNormalisation& normalisation) const override {
    return list_.score_bounds(normalisation);
  }

 private:
  std::uint32_t count_here() const { return list_.count_forms(forms_); }

  void find() const {
    if (found_) return;
    found_ = true;
    settle(list_, [this] { return count_here() > 0; });
  }

  mutable BoundedCursor list_;
  SomeForms forms_;
  mutable bool found_ = false;  // the first document with such a form from where the list stands on
};

/// The occurrences of several cursors together.
class SumCursor final : public PostingCursor {
 public:
  explicit SumCursor(std::vector<std::unique_ptr<PostingCursor>> cursors) : cursors_(std::move(cursors)) {}

  DocumentNumber document() const override {
    DocumentNumber first = no_document;
    for (const auto& cursor : cursors_) first = std::min(first, cursor->document());
    return first;
  }
  DocumentNumber advance(DocumentNumber target) override {
    DocumentNumber first = no_document;
    for (const auto& cursor : cursors_) first = std::min(first, cursor->advance(target));
    return first;
  }
  std::uint32_t count() const override {
    std::uint32_t sum = 0;
    for (const auto& cursor : cursors_) sum += cursor->document() == document() ? cursor->count() : 0;
    return sum;
  }
  void read_positions(std::uint32_t*) const override {}

 private:
  std::vector<std::unique_ptr<PostingCursor>> cursors_;
};

/// Appends all of a list of some forms.
void append_postings(FormCursor list, std::vector<Posting>& postings) {
  std::array<DocumentNumber, PostingCursor::most_taken> documents;
  std::array<std::uint32_t, PostingCursor::most_taken> counts;
  while (const std::size_t taken = list.take(no_document, documents.data(), counts.data()))
    for (std::size_t i = 0; i < taken; ++i) postings.push_back({documents[i], counts[i]});
}

/// Sorts the postings of several lists and adds the counts of a document up. REQUIRES any.
void settle(std::vector<Posting>& postings) {
  if (!std::ranges::is_sorted(postings, {}, &Posting::document))
    boost::sort::spreadsort::integer_sort(
        postings.begin(), postings.end(),
        [](const Posting& posting, unsigned offset) { return posting.document >> offset; },
        [](const Posting& a, const Posting& b) { return a.document < b.document; });
  std::size_t last = 0;
  for (std::size_t i = 1; i < postings.size(); ++i) {
    if (postings[i].document == postings[last].document) {
      postings[last].count += postings[i].count;
    } else {
      postings[++last] = postings[i];
    }
  }
  postings.resize(last + 1);
}

bool is_short(const ListShape& list) { return list.documents < block_size; }

/// Of some ascending documents.
void add_counts(std::span<const Posting> postings, std::span<const DocumentNumber> documents, std::uint32_t* counts) {
  std::size_t place = 0;
  for (const Posting& posting : postings) {
    while (place < documents.size() && documents[place] < posting.document) ++place;
    if (place == documents.size()) return;
    if (documents[place] == posting.document) counts[place] += posting.count;
  }
}

/// Short lists that were read whole, as one.
class ShortCursor final : public PostingCursor {
 public:
  /// Settled ones, with one of no document behind the last.
  ShortCursor(std::shared_ptr<const std::vector<Posting>> all, const ListBounds& bounds, DocumentNumber from)
      : all_(std::move(all)), bounds_(bounds), postings_(*all_) {
    const auto first = std::ranges::lower_bound(postings_, from, {}, &Posting::document);
    at_ = static_cast<std::size_t>(first - postings_.begin());
  }

  DocumentNumber document() const override { return postings_[at_].document; }
  DocumentNumber advance(DocumentNumber target) override {
    while (postings_[at_].document < target) ++at_;
    return document();
  }
  std::uint32_t count() const override { return postings_[at_].count; }
  void read_positions(std::uint32_t*) const override {}

  std::size_t take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) override {
    std::size_t taken = 0;
    for (; taken < most_taken && document() < end; ++at_, ++taken) {
      documents[taken] = postings_[at_].document;
      if (counts != nullptr) counts[taken] = postings_[at_].count;
    }
    return taken;
  }

  PostingBound bound(DocumentNumber first) override {
    constexpr std::size_t some = 64;
    bounded_ = std::max(bounded_, at_);
    while (postings_[bounded_].document < first) ++bounded_;
    PostingBound bound;
    bound.pairs.fill({0, 0});
    std::size_t behind = bounded_;
    for (; behind + 1 < postings_.size() && behind < bounded_ + some; ++behind)
      bound.pairs.front().count = std::max(bound.pairs.front().count, postings_[behind].count);
    bound.last = postings_[behind].document - 1;
    return bound;
  }

  DocumentNumber most_documents() const override { return static_cast<DocumentNumber>(postings_.size() - 1); }

  std::shared_ptr<const ScoreBounds> score_bounds(const LengthNormalisation& normalisation) const override {
    ShortCursor all(all_, bounds_, 1);
    return bounds_.read(all, normalisation);
  }

 private:
  std::shared_ptr<const std::vector<Posting>> all_;
  const ListBounds& bounds_;
  std::span<const Posting> postings_;  // of these
  std::size_t at_ = 0, bounded_ = 0;
};

}  // namespace

SegmentPostings::SegmentPostings(const Segment& segment, std::vector<DocumentNumber> deleted)
    : segment_(segment), deleted_(std::move(deleted)), dense_(segment.file(), segment.documents()), bounds_(segment) {
  if (!deleted_.empty()) deleted_set_.emplace(deleted_, segment.documents());
}

/// Its number. Gives the memory back of what was asked for before, unless the term is of that.
std::size_t SegmentPostings::locate(std::string_view term) const {
  if (located_.size() >= 2 * many_terms && !terms_.has(term)) forget();
  Finder finder = make_finder();
  return locate(term, finder);
}

/// A term that was not asked for by now is found on from the one before it.
std::size_t SegmentPostings::locate(std::string_view term, Finder& finder) const {
  return terms_.add(term,
                    [&] { located_.push_back(find(term, schema::is_exact_term(term) ? finder.forms : finder.stems)); });
}

void SegmentPostings::forget() const {
  terms_.clear();
  located_.clear();
  forms_.clear();
  opened_.clear();
}

std::span<const SegmentPostings::FormOf> SegmentPostings::forms_of(const Located& located) const {
  return std::span(forms_).subspan(located.first_form, located.forms);
}

/// `cursor` is over the dictionary that has such terms.
SegmentPostings::Located SegmentPostings::find(std::string_view term, Dictionary::Cursor& cursor) const {
  Located located{.first_form = forms_.size()};
  cursor.seek(term);
  if (schema::is_exact_term(term)) {
    for (; !cursor.at_end() && cursor.term() == term; cursor.next()) {
      const FormEntry entry(cursor.entry());
      forms_.push_back({entry.stem, entry.number, entry.forms});
      located.documents = entry.documents;
    }
    located.forms = forms_.size() - located.first_form;
  } else {
    if (!cursor.at_end() && cursor.term() == term) {
      located.list = Segment::shape_of(cursor.entry());
      located.place = cursor.place();
    }
    if (located.list) located.documents = located.list->documents;
  }
  if (located.forms < 2 && (deleted_.empty() || located.documents == 0)) located.frequency = located.documents;
  return located;
}

std::unique_ptr<PostingCursor> SegmentPostings::read(const ListShape& list, DocumentNumber from, SomeForms very) const {
  if (std::shared_ptr<const DocumentSet> documents = dense_.find(list))
    return std::make_unique<DenseCursor>(segment_.file(), list, std::move(documents), bounds_, from, std::move(very));
  return std::make_unique<BoundedCursor>(segment_.file(), list, bounds_, from, std::move(very));
}

/// Forms are counted in the lists of their stems, of which each belongs to one.
std::optional<std::vector<std::unique_ptr<PostingCursor>>> SegmentPostings::word_cursors(
    std::span<const std::string> stems, std::span<const std::string> forms, DocumentNumber from) const {
  std::vector<std::pair<Located, SomeForms>> words;
  for (const std::string& stem : stems) {
    if (schema::is_exact_term(stem)) return std::nullopt;
    if (const Located& located = located_[locate(stem)]; located.list) words.emplace_back(located, SomeForms());
  }
  for (const std::string& form : forms) {
    for (const FormOf& each : forms_of(located_[locate(form)])) {
      const auto has = [&](const auto& word) { return word.first.place == each.stem; };
      const auto word = std::ranges::find_if(words, has);
      if (word == words.end()) return std::nullopt;
      word->second.add(each.number);
    }
  }
  std::vector<std::unique_ptr<PostingCursor>> cursors;
  for (auto& [located, very] : words) cursors.push_back(read(*located.list, from, std::move(very)));
  return cursors;
}

std::unique_ptr<PostingCursor> SegmentPostings::cursor(std::string_view term, DocumentNumber from) const {
  const Located& located = located_[locate(term)];
  if (located.list) return read(*located.list, from);
  std::vector<std::unique_ptr<PostingCursor>> found = cursors(open({}, forms_of(located)), from);
  if (found.size() < 2) return found.empty() ? nullptr : std::move(found.front());
  return std::make_unique<SumCursor>(std::move(found));
}

SegmentPostings::Places SegmentPostings::places_of(std::span<const std::string_view> terms) const {
  Places places;
  places.numbers.reserve(terms.size());
  places.lists.reserve(terms.size());
  Finder finder = make_finder();
  for (const std::string_view term : terms) {
    places.numbers.push_back(locate(term, finder));
    const Located& located = located_[places.numbers.back()];
    if (located.list) places.lists.push_back(*located.list);
    std::ranges::copy(forms_of(located), std::back_inserter(places.forms));
  }
  return places;
}

std::vector<std::unique_ptr<PostingCursor>> SegmentPostings::cursors(std::span<const std::string_view> terms,
                                                                     DocumentNumber from) const {
  return cursors(places_of(terms), from);
}

/// Forms, which have to be looked for in the lists of their stems, and short lists are opened once.
std::vector<std::unique_ptr<PostingCursor>> SegmentPostings::cursors(Places places, DocumentNumber from) const {
  if (places.forms.empty() && std::ranges::none_of(places.lists, is_short))
    return cursors(open(places.lists, {}), from);
  if (const auto known = opened_.find(places.numbers); known != opened_.end()) return cursors(known->second, from);
  Opened opened = open(places.lists, places.forms);
  return cursors(opened_.try_emplace(std::move(places.numbers), std::move(opened)).first->second, from);
}

/// Short lists that were not opened are read one by one: to put them together would take longer.
void SegmentPostings::count(std::span<const std::string_view> terms, std::span<const DocumentNumber> documents,
                            std::uint32_t* counts) const {
  Places places = places_of(terms);
  const bool is_opened = !places.forms.empty() || opened_.contains(places.numbers);
  const auto not_short = std::ranges::partition(places.lists, is_short);
  if (is_opened || not_short.size() == places.lists.size())
    return add_up(cursors(std::move(places), documents.front()), documents, counts);
  std::vector<std::unique_ptr<PostingCursor>> others;
  for (const ListShape& list : not_short) others.push_back(read(list, documents.front()));
  add_up(others, documents, counts);
  std::vector<Posting> few;
  for (const ListShape& list : std::span(places.lists.begin(), not_short.begin())) {
    few.clear();
    append_short_list(segment_.file(), list, few);
    add_counts(few, documents, counts);
  }
}

std::vector<std::unique_ptr<PostingCursor>> SegmentPostings::cursors(const Opened& opened, DocumentNumber from) const {
  std::vector<std::unique_ptr<PostingCursor>> cursors;
  cursors.reserve(opened.lists.size() + opened.forms.size() + 1);
  for (const ListShape& list : opened.lists) cursors.push_back(read(list, from));
  for (const auto& [list, forms] : opened.forms)
    cursors.push_back(std::make_unique<FormCursor>(segment_.file(), list, forms, bounds_, from));
  if (opened.few) cursors.push_back(std::make_unique<ShortCursor>(opened.few, bounds_, from));
  return cursors;
}

/// The forms of a stem are read together, as its list where they are all there are.
SegmentPostings::Opened SegmentPostings::open(std::span<const ListShape> lists,
                                              std::span<const FormOf> some_forms) const {
  Opened opened;
  std::vector<Posting> few;
  const auto add = [&](const ListShape& list) {
    if (is_short(list)) {
      append_short_list(segment_.file(), list, few);
    } else {
      opened.lists.push_back(list);
    }
  };
  std::ranges::for_each(lists, add);
  std::vector<FormOf> forms(some_forms.begin(), some_forms.end());
  std::ranges::sort(forms, {}, &FormOf::stem);
  for (auto first = forms.begin(), next = first; first != forms.end(); first = next) {
    SomeForms some;
    std::uint32_t all = 0;
    for (; next != forms.end() && next->stem == first->stem; ++next) {
      some.add(next->number);
      if (next->number == 0) all = next->of;
    }
    const ListShape list = Segment::shape_of(segment_.terms().entry(first->stem));
    if (some.size() == all) {
      add(list);
    } else if (is_short(list)) {
      append_postings(FormCursor(segment_.file(), list, std::move(some), bounds_, 1), few);
    } else {
      opened.forms.emplace_back(list, std::move(some));
    }
  }
  if (!few.empty()) {
    settle(few);
    few.push_back({no_document, 0});
    opened.few = std::make_shared<const std::vector<Posting>>(std::move(few));
  }
  return opened;
}

std::unique_ptr<PostingCursor> SegmentPostings::all_documents() const {
  return std::make_unique<RangeCursor>(segment_.documents());
}

std::uint64_t SegmentPostings::document_count() const { return segment_.documents() - deleted_.size(); }

std::uint64_t SegmentPostings::document_frequency(std::string_view term) const { return frequency_of(locate(term)); }

/// Written down, but for the deleted documents that have the term, and for a form of several stems: these are counted.
std::uint64_t SegmentPostings::frequency_of(std::size_t term) const {
  Located& located = located_[term];
  if (located.frequency) return *located.frequency;
  if (located.forms > 1) {
    std::uint64_t count = 0;
    const std::unique_ptr<PostingCursor> documents = cursor(terms_[term], 1);
    for (; documents->document() != no_document; documents->advance(documents->document() + 1))
      if (is_living(documents->document())) ++count;
    located.frequency = count;
  } else if (located.list) {
    located.frequency = located.documents - deleted_in(*located.list).size();
  } else {
    located.frequency = located.documents - count_deleted(forms_of(located).front());
  }
  return *located.frequency;
}

/// Of the deleted documents in the stem's list those that have the form.
std::uint64_t SegmentPostings::count_deleted(const FormOf& form) const {
  const ListShape list = Segment::shape_of(segment_.terms().entry(form.stem));
  const std::vector<DocumentNumber>& deleted = deleted_in(list);
  if (deleted.empty()) return 0;
  SomeForms one;
  one.add(form.number);
  std::vector<std::uint32_t> counts(deleted.size());
  FormCursor(segment_.file(), list, std::move(one), bounds_, 1).look_up(deleted, counts.data());
  return static_cast<std::uint64_t>(std::ranges::count_if(counts, [](std::uint32_t count) { return count > 0; }));
}

/// The deleted documents that a list has: they are looked for where they are few, else all of it is read. Forms of one
/// stem follow one another.
const std::vector<DocumentNumber>& SegmentPostings::deleted_in(const ListShape& list) const {
  constexpr std::uint64_t few = 4;  // times fewer
  auto& [last_list, found] = deleted_in_;
  if (last_list == list.offset) return found;
  last_list.reset();
  found.clear();
  const std::unique_ptr<PostingCursor> cursor = read(list, 1);
  if (deleted_.size() * few < list.documents) {
    std::ranges::copy_if(deleted_, std::back_inserter(found),
                         [&](DocumentNumber document) { return cursor->advance(document) == document; });
  } else {
    std::array<DocumentNumber, PostingCursor::most_taken> documents;
    while (const std::size_t taken = cursor->take(no_document, documents.data(), nullptr))
      std::ranges::copy_if(std::span(documents).first(taken), std::back_inserter(found),
                           [this](DocumentNumber document) { return !is_living(document); });
  }
  last_list = list.offset;
  return found;
}

/// What a query opened is forgotten, and there is room for what it asks for beside.
std::vector<std::uint64_t> SegmentPostings::document_frequencies(std::span<const std::string_view> terms) const {
  if (terms.empty()) return {};
  opened_.clear();
  if (located_.size() >= many_terms) forget();
  Finder finder = make_finder();
  std::vector<std::uint64_t> frequencies;
  frequencies.reserve(terms.size());
  for (const std::string_view term : terms) frequencies.push_back(frequency_of(locate(term, finder)));
  return frequencies;
}

std::optional<DocumentNumber> SegmentPostings::find(std::string_view id) const {
  const std::optional<DocumentNumber> found = segment_.find(id);
  return found && is_living(*found) ? found : std::nullopt;
}

std::uint64_t SegmentPostings::living(DocumentNumber first, std::uint64_t documents) const {
  return deleted_set_ ? documents & ~deleted_set_->words()[first / 64] : documents;
}

DocumentLengths SegmentPostings::lengths(DocumentNumber document) const { return segment_.lengths(document); }

Days SegmentPostings::days(DocumentNumber document) const { return segment_.days(document); }

void SegmentPostings::read_lengths(std::span<const DocumentNumber> documents, DocumentLengths* lengths) const {
  for (const DocumentNumber document : documents) *lengths++ = segment_.lengths(document);
}

/// What lies before the first document or behind the last has no days.
std::uint64_t SegmentPostings::within(const Days& range, DocumentNumber first, std::uint64_t documents) const {
  constexpr DocumentNumber size = 64;
  const DocumentNumber begin = std::max(first, 1U), end = std::min(first + size, segment_.documents() + 1);
  const std::span<const Days> days = segment_.all_days().subspan(begin - 1, end - begin);
  if (days.size() == size) return kernels().within(days.data(), documents, range);
  std::array<Days, size> some;
  std::ranges::copy(days, some.begin() + (begin - first));
  return kernels().within(some.data(), documents, range);
}

std::string SegmentPostings::id(DocumentNumber document) const { return std::string(segment_.id(document)); }
Sketch SegmentPostings::sketch(DocumentNumber document) const { return segment_.columns(document).sketch; }
std::string SegmentPostings::values(DocumentNumber document) const { return segment_.values(document); }

}  // namespace limier::sealed
