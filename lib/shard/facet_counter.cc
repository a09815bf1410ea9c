#include "shard/facet_counter.h"

#include <utility>

#include "shard/schema.h"
#include "text/calendar.h"

namespace limier {
std::size_t date_length(std::string_view facet) {
  if (facet == "year") return std::string_view("YYYY").size();
  if (facet == "month") return std::string_view("YYYY-MM").size();
  return facet == "day" ? std::string_view("YYYY-MM-DD").size() : 0;
}

FacetCounter::FacetCounter(const std::vector<std::string>& fields, const Postings& postings) : postings_(postings) {
  for (const std::string& name : fields) {
    fields_.push_back({name, date_length(name), {}, {}});
    (fields_.back().date_length > 0 ? has_dates_ : has_values_) = true;
  }
}

void FacetCounter::add(DocumentNumber document) {
  if (has_dates_) add_date(document);
  if (has_values_) add_values(document);
}

void FacetCounter::count(Field& field, std::string_view value, DocumentNumber document) {
  auto found = field.values.find(value);
  if (found == field.values.end()) found = field.values.try_emplace(std::string(value)).first;
  found->second.add(document);
  field.any.add(document);
}

void FacetCounter::add_date(DocumentNumber document) {
  const Days days = postings_.days(document);
  if (days.first == 0) return;
  const std::string first = with_hyphens(print_day(days.first)), last = with_hyphens(print_day(days.last));
  for (Field& field : fields_) {
    const std::string_view unit = std::string_view(first).substr(0, field.date_length);
    if (!unit.empty() && last.starts_with(unit)) count(field, unit, document);
  }
}

void FacetCounter::add_values(DocumentNumber document) {
  schema::for_each_value(postings_.values(document), [&](std::string_view name, std::string_view value) {
    for (Field& field : fields_)
      if (field.date_length == 0 && field.name == name) count(field, value, document);
  });
}

std::vector<FacetCounts> FacetCounter::take() {
  std::vector<FacetCounts> counts;
  for (Field& field : fields_) {
    FacetCounts& found = counts.emplace_back();
    found.documents = field.any.documents();
    for (const auto& [value, count] : field.values) found.values.push_back({value, count.documents()});
  }
  return counts;
}

}  // namespace limier
