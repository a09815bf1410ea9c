#include "sealed/segment_postings.h"

#include <algorithm>
#include <utility>

namespace limier::sealed {
namespace {

/// Every document of a segment.
class RangeCursor final : public PostingCursor {
 public:
  explicit RangeCursor(DocumentNumber last) : last_(last) {}

  DocumentNumber document() const override { return document_ <= last_ ? document_ : no_document; }
  void advance(DocumentNumber target) override { document_ = std::max(document_, target); }
  std::uint32_t count() const override { return 0; }
  void append_positions(std::vector<std::uint32_t>&) const override {}

 private:
  DocumentNumber document_ = 1, last_;
};

/// The documents of another cursor for which `holds` is true. REQUIRES to be settled once after its making.
template <typename Cursor, typename Holds>
void settle(Cursor& cursor, Holds holds) {
  while (cursor.document() != no_document && !holds()) cursor.advance(cursor.document() + 1);
}

/// Documents in which a stem stands in one of its forms.
class FormCursor final : public PostingCursor {
 public:
  FormCursor(ListCursor list, std::uint32_t form) : list_(std::move(list)), form_(form) { find(); }

  DocumentNumber document() const override { return list_.document(); }
  void advance(DocumentNumber target) override {
    list_.advance(target);
    find();
  }
  std::uint32_t count() const override { return list_.count_form(form_); }
  void append_positions(std::vector<std::uint32_t>&) const override {}

  std::size_t take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) override {
    const std::size_t taken = list_.take_form(form_, end, documents, counts);
    find();
    return taken;
  }
  PostingBound bound(DocumentNumber target) override { return list_.bound(target); }

 private:
  void find() {
    settle(list_, [this] { return list_.count_form(form_) > 0; });
  }

  ListCursor list_;
  std::uint32_t form_;
};

/// A form that belongs to several stems.
class SumCursor final : public PostingCursor {
 public:
  explicit SumCursor(std::vector<FormCursor> forms) : forms_(std::move(forms)) {}

  DocumentNumber document() const override {
    DocumentNumber first = no_document;
    for (const FormCursor& form : forms_) first = std::min(first, form.document());
    return first;
  }
  void advance(DocumentNumber target) override {
    for (FormCursor& form : forms_) form.advance(target);
  }
  std::uint32_t count() const override {
    std::uint32_t sum = 0;
    for (const FormCursor& form : forms_) sum += form.document() == document() ? form.count() : 0;
    return sum;
  }
  void append_positions(std::vector<std::uint32_t>&) const override {}

 private:
  std::vector<FormCursor> forms_;
};

class LivingCursor final : public PostingCursor {
 public:
  LivingCursor(std::unique_ptr<PostingCursor> cursor, const std::vector<bool>& deleted)
      : cursor_(std::move(cursor)), deleted_(deleted) {
    find();
  }

  DocumentNumber document() const override { return cursor_->document(); }
  void advance(DocumentNumber target) override {
    cursor_->advance(target);
    find();
  }
  std::uint32_t count() const override { return cursor_->count(); }
  void append_positions(std::vector<std::uint32_t>& positions) const override { cursor_->append_positions(positions); }

  std::size_t take(DocumentNumber end, DocumentNumber* documents, std::uint32_t* counts) override {
    for (std::size_t all = 0; (all = cursor_->take(end, documents, counts)) > 0;) {
      std::size_t living = 0;
      for (std::size_t i = 0; i < all; ++i) {
        if (deleted_[documents[i]]) continue;
        documents[living] = documents[i];
        if (counts != nullptr) counts[living] = counts[i];
        ++living;
      }
      find();
      if (living > 0) return living;
    }
    return 0;
  }
  PostingBound bound(DocumentNumber target) override { return cursor_->bound(target); }

 private:
  void find() {
    settle(*cursor_, [this] { return !deleted_[cursor_->document()]; });
  }

  std::unique_ptr<PostingCursor> cursor_;
  const std::vector<bool>& deleted_;
};

}  // namespace

std::unique_ptr<PostingCursor> SegmentPostings::without_deleted(std::unique_ptr<PostingCursor> cursor) const {
  if (deleted_.empty()) return cursor;
  auto living = std::make_unique<LivingCursor>(std::move(cursor), deleted_);
  if (living->document() == no_document) return nullptr;
  return living;
}

std::unique_ptr<PostingCursor> SegmentPostings::cursor(const std::string& term) const {
  Dictionary::Cursor found(segment_.terms());
  found.seek(term);
  if (!found.at_end() && found.term() == term)
    return without_deleted(std::make_unique<ListCursor>(segment_.list(found.entry())));
  std::vector<FormCursor> forms;
  Dictionary::Cursor form(segment_.forms());
  for (form.seek(term); !form.at_end() && form.term() == term; form.next()) {
    found.move_to(static_cast<std::uint32_t>(form.entry().sum));
    forms.emplace_back(segment_.list(found.entry()), static_cast<std::uint32_t>(form.entry().first));
  }
  if (forms.empty()) return nullptr;
  if (forms.size() == 1) return without_deleted(std::make_unique<FormCursor>(std::move(forms.front())));
  return without_deleted(std::make_unique<SumCursor>(std::move(forms)));
}

std::unique_ptr<PostingCursor> SegmentPostings::all_documents() const {
  return without_deleted(std::make_unique<RangeCursor>(segment_.documents()));
}

std::uint64_t SegmentPostings::document_count() const {
  return segment_.documents() - static_cast<std::uint64_t>(std::count(deleted_.begin(), deleted_.end(), true));
}

/// Counted, where deleted documents have the term or it is a form of several stems; else it is written down.
std::uint64_t SegmentPostings::document_frequency(const std::string& term) const {
  const auto written_down = [&](const Dictionary& dictionary, std::uint64_t TermEntry::*frequency) {
    std::vector<std::uint64_t> found;
    Dictionary::Cursor cursor(dictionary);
    for (cursor.seek(term); !cursor.at_end() && cursor.term() == term; cursor.next())
      found.push_back(cursor.entry().*frequency);
    return found;
  };
  if (deleted_.empty()) {
    std::vector<std::uint64_t> found = written_down(segment_.terms(), &TermEntry::first);
    if (found.empty()) found = written_down(segment_.forms(), &TermEntry::second);
    if (found.size() < 2) return found.empty() ? 0 : found.front();
  }
  std::uint64_t count = 0;
  if (const std::unique_ptr<PostingCursor> documents = cursor(term))
    for (; documents->document() != no_document; documents->advance(documents->document() + 1)) ++count;
  return count;
}

std::optional<DocumentNumber> SegmentPostings::find(std::string_view id) const {
  const std::optional<DocumentNumber> found = segment_.find(id);
  return found && !deleted_.empty() && deleted_[*found] ? std::nullopt : found;
}

DocumentLengths SegmentPostings::lengths(DocumentNumber document) const { return segment_.columns(document).lengths; }

Days SegmentPostings::days(DocumentNumber document) const {
  const Columns columns = segment_.columns(document);
  return {columns.first_day, columns.last_day};
}

std::string SegmentPostings::id(DocumentNumber document) const { return std::string(segment_.id(document)); }
Sketch SegmentPostings::sketch(DocumentNumber document) const { return segment_.columns(document).sketch; }
std::string SegmentPostings::values(DocumentNumber document) const { return segment_.values(document); }

}  // namespace limier::sealed
