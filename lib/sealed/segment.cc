#include "sealed/segment.h"

#include <fmt/format.h>

#include "limier/error.h"
#include "shard/similarity.h"
#include "text/calendar.h"
#include "text/message.h"

namespace limier::sealed {

Segment::Segment(const std::string& path)
    : file_(std::make_unique<SegmentFile>(path)),
      terms_(*file_, Section::Terms, Section::TermIndex),
      forms_(*file_, Section::Forms, Section::FormIndex),
      columns_(*file_, Section::Columns),
      lengths_(*file_, Section::Lengths),
      days_(*file_, Section::Days),
      totals_(*file_, Section::Totals),
      id_order_(*file_, Section::IdOrder),
      ids_(*file_, Section::Ids),
      value_names_(*file_, Section::ValueNames),
      files_(*file_, Section::Files),
      value_ends_(*file_, Section::ValueEnds),
      values_(*file_, Section::Values),
      store_(*file_) {}

std::string Segment::values(DocumentNumber document) const {
  std::span<const std::uint32_t> numbers;
  read_pairs({&document, 1}, &numbers);
  std::string values;
  for (const std::uint32_t number : numbers) values += pair(number);
  return values;
}

void Segment::read_pairs(std::span<const DocumentNumber> documents, std::span<const std::uint32_t>* pairs) const {
  const std::span ends = value_ends_.all();
  const std::span values = values_.all();
  for (const DocumentNumber document : documents) {
    const std::uint64_t begin = document == 1 ? 0 : ends[document - 2];
    *pairs++ = values.subspan(begin, ends[document - 1] - begin);
  }
}

std::string_view Segment::stored(DocumentNumber document) const { return store_.text(document); }

std::string_view Segment::file_key(DocumentNumber document) const {
  const std::uint32_t file = columns(document).file;
  return file == 0 ? std::string_view() : files_[file - 1];
}

std::optional<DocumentNumber> Segment::find(std::string_view id) const {
  std::size_t low = 0, high = id_order_.size();  // The first id above.
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (this->id(id_order_[middle]) <= id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0 || this->id(id_order_[low - 1]) != id) return std::nullopt;
  return id_order_[low - 1];
}

IndexedDocument Segment::document(DocumentNumber number) const {
  IndexedDocument document = description(number);
  document.stored = stored(number);
  return document;
}

IndexedDocument Segment::description(DocumentNumber number) const {
  const Columns columns = this->columns(number);
  IndexedDocument document;
  document.id = id(number);
  if (const Days days = this->days(number); days.first > 0)
    document.dates = print_day(days.first) + print_day(days.last);
  document.fingerprint = fingerprint(number);
  document.file = file_key(number);
  document.sketch = print_sketch(columns.sketch);
  document.values = values(number);
  document.lengths = lengths(number);
  return document;
}

ListShape Segment::shape_of(const TermEntry& entry) {
  ListShape shape;
  shape.offset = entry.before;
  shape.size = entry.sum - entry.before;
  shape.documents = static_cast<std::uint32_t>(entry.first);
  shape.has_forms = (entry.second & 1) != 0;
  const std::uint64_t more = entry.second >> 1;
  shape.occurrences = more == 0 ? 0 : more - 1 + shape.documents;
  return shape;
}

const std::vector<DocumentNumber>& Segment::checked(const std::vector<DocumentNumber>& documents) const {
  if (!documents.empty() && documents.back() > this->documents())
    throw Error(ErrorCode::Corrupt, message("{}: is not the segment that the head expects", file_->path()));
  return documents;
}

std::vector<bool> Segment::bits_of(const std::vector<DocumentNumber>& documents) const {
  std::vector<bool> bits(this->documents() + 1);
  for (const DocumentNumber document : checked(documents)) bits[document] = true;
  return bits;
}

}  // namespace limier::sealed
