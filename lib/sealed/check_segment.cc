#include "sealed/check_segment.h"

#include <string_view>

#include "sealed/segment.h"
#include "text/message.h"

namespace limier::sealed {
namespace {

/// As docs/index-format.md calls them.
std::string_view name_of(Section section) {
  constexpr std::string_view names[section_count] = {
      "Store", "StoreIndex", "Postings",  "Terms",  "TermIndex", "Forms",  "FormIndex", "Columns", "IdOrder",
      "Ids",   "ValueNames", "ValueEnds", "Values", "Files",     "Totals", "Lengths",   "Days",    "Reaches"};
  return names[static_cast<std::size_t>(section) - 1];
}

/// Compares the parts of a segment whose bytes are as they were written: what is wrong here was written so.
class CrossCheck {
 public:
  explicit CrossCheck(const Segment& segment) : segment_(segment) {}

  bool documents() const {
    Totals sums;
    const Bytes reaches = segment_.file().read(Section::Reaches);
    if (reaches.size() != segment_.documents()) return false;
    for (DocumentNumber document = 1; document <= segment_.documents(); ++document) {
      const DocumentLengths lengths = segment_.lengths(document);
      sums.text_length += lengths.text;
      sums.title_length += lengths.title;
      if (static_cast<std::uint8_t>(reaches[document - 1]) != reach_of(lengths.text)) return false;
      const std::string_view stored = segment_.stored(document);
      segment_.file().pass(stored.size());
      if (!segment_.find(segment_.id(document)) || stored.empty()) return false;
    }
    const Totals totals = segment_.totals();
    return sums.text_length == totals.text_length && sums.title_length == totals.title_length;
  }

  bool terms() const {
    Dictionary::Cursor term(segment_.terms());
    std::string last;
    for (term.move_to(0); !term.at_end(); term.next()) {
      if (term.term() <= last && term.place() > 0) return false;
      last = term.term();
      if (!list(term.entry())) return false;
      segment_.file().pass(term.entry().sum - term.entry().before);
    }
    return true;
  }

  bool forms() const {
    Dictionary::Cursor form(segment_.forms());
    for (form.move_to(0); !form.at_end(); form.next())
      if (form.entry().sum >= segment_.terms().size()) return false;
    return true;
  }

 private:
  bool list(const TermEntry& entry) const {
    ListCursor list = segment_.list(entry);
    DocumentNumber last = 0;
    std::uint64_t documents = 0;
    std::vector<std::uint32_t> positions;
    for (; list.document() != no_document; list.advance(last + 1), ++documents) {
      if (list.document() <= last || list.document() > segment_.documents()) return false;
      last = list.document();
      positions.clear();
      list.append_positions(positions);
      for (std::size_t i = 1; i < positions.size(); ++i)
        if (positions[i] <= positions[i - 1]) return false;
    }
    return documents == entry.first;
  }

  const Segment& segment_;
};

}  // namespace

std::vector<Message> check_segment(const std::string& path) {
  std::string damaged;
  for (const Section section : SegmentFile(path).damaged_sections())
    damaged.append(damaged.empty() ? "" : ", ").append(name_of(section));
  if (!damaged.empty()) return {message("{}: the file is damaged, in {}", path, damaged)};
  const Segment segment(path);
  const CrossCheck check(segment);
  std::vector<Message> problems;
  if (!check.documents()) problems.push_back(message("{}: the documents do not agree with their numbers", path));
  if (!check.terms()) problems.push_back(message("{}: the terms do not agree with where they stand", path));
  if (!check.forms()) problems.push_back(message("{}: the forms do not agree with their stems", path));
  return problems;
}

}  // namespace limier::sealed
