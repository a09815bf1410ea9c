#include "shard/facet_counter.h"

#include "shard/schema.h"
#include "text/calendar.h"

namespace limier {
namespace {

constexpr std::size_t year_length = std::string_view("YYYY").size(), month_length = std::string_view("YYYY-MM").size(),
                      day_length = std::string_view("YYYY-MM-DD").size();

}  // namespace

std::size_t date_length(std::string_view facet) {
  if (facet == "year") return year_length;
  if (facet == "month") return month_length;
  return facet == "day" ? day_length : 0;
}

FacetCounter::FacetCounter(const std::vector<std::string>& fields, const Postings& postings)
    : names_(fields), postings_(postings) {
  for (const std::string& name : fields) {
    Field& field = fields_[name];
    field.date_length = date_length(name);
    field.unit = field.date_length == year_length ? 10000 : field.date_length == month_length ? 100 : 1;
    (field.date_length > 0 ? has_dates_ : has_pairs_) = true;
  }
}

void FacetCounter::add(std::span<const DocumentNumber> documents) {
  if (has_dates_)
    for (const DocumentNumber document : documents) add_dates(document);
  if (has_pairs_) add_pairs(documents);
}

void FacetCounter::add_dates(DocumentNumber document) {
  const Days days = postings_.days(document);
  if (days.first == 0) return;
  for (auto& [name, field] : fields_) {
    if (field.date_length == 0 || days.first / field.unit != days.last / field.unit) continue;
    ++field.units[days.first / field.unit];
    field.any.add(document);
  }
}

void FacetCounter::add_pairs(std::span<const DocumentNumber> documents) {
  found_.resize(documents.size());
  postings_.read_pairs(documents, found_.data());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const std::uint32_t number : found_[i]) {
      if (number >= pairs_.size()) pairs_.resize(number + 1);
      Pair& pair = pairs_[number];
      if (!pair.is_known) pair = {true, field_of(number), {}};
      if (pair.field == nullptr) continue;
      pair.count.add(documents[i]);
      pair.field->any.add(documents[i]);
    }
  }
}

FacetCounter::Field* FacetCounter::field_of(std::uint32_t pair) {
  Field* found = nullptr;
  schema::for_each_value(postings_.pair(pair), [&](std::string_view name, std::string_view) {
    const auto field = fields_.find(std::string(name));
    if (field != fields_.end() && field->second.date_length == 0) found = &field->second;
  });
  return found;
}

std::vector<FacetCounts> FacetCounter::take() {
  std::vector<FacetCounts> counts;
  for (const std::string& name : names_) {
    const Field& field = fields_.at(name);
    FacetCounts& found = counts.emplace_back();
    found.documents = field.any.documents();
    for (const auto& [unit, documents] : field.units)
      found.values.push_back({with_hyphens(print_day(unit * field.unit)).substr(0, field.date_length), documents});
    for (std::uint32_t number = 0; number < pairs_.size(); ++number) {
      if (pairs_[number].field != &field) continue;
      schema::for_each_value(postings_.pair(number), [&](std::string_view, std::string_view value) {
        found.values.push_back({std::string(value), pairs_[number].count.documents()});
      });
    }
  }
  return counts;
}

}  // namespace limier
