#include "sealed/segment.h"

#include <fmt/format.h>

#include "shard/similarity.h"
#include "text/calendar.h"

namespace limier::sealed {

Segment::Segment(const std::string& path)
    : file_(std::make_unique<SegmentFile>(path)),
      terms_(*file_, Section::Terms, Section::TermIndex),
      forms_(*file_, Section::Forms, Section::FormIndex),
      columns_(*file_, Section::Columns),
      totals_(*file_, Section::Totals),
      id_order_(*file_, Section::IdOrder),
      ids_(*file_, Section::Ids),
      value_names_(*file_, Section::ValueNames),
      files_(*file_, Section::Files),
      value_ends_(*file_, Section::ValueEnds),
      values_(*file_, Section::Values),
      store_(*file_) {}

std::string Segment::fingerprint(DocumentNumber document) const {
  return fmt::format("{:016x}", columns(document).fingerprint);
}

std::string Segment::values(DocumentNumber document) const {
  std::string values;
  for (std::uint64_t i = document == 1 ? 0 : value_ends_[document - 2]; i < value_ends_[document - 1]; ++i)
    values += value_names_[values_[i]];
  return values;
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
  if (columns.first_day > 0) document.dates = print_day(columns.first_day) + print_day(columns.last_day);
  document.fingerprint = fingerprint(number);
  document.file = file_key(number);
  document.sketch = print_sketch(columns.sketch);
  document.values = values(number);
  document.lengths = columns.lengths;
  return document;
}

ListCursor Segment::list(const TermEntry& entry) const {
  ListShape shape;
  shape.offset = entry.before;
  shape.size = entry.sum - entry.before;
  shape.documents = static_cast<std::uint32_t>(entry.first);
  shape.has_forms = (entry.second & 1) != 0;
  const std::uint64_t more = entry.second >> 1;
  shape.occurrences = more == 0 ? 0 : more - 1 + shape.documents;
  return ListCursor(*file_, shape);
}

}  // namespace limier::sealed
