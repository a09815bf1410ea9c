#include "search/facets.h"

#include <algorithm>
#include <utility>

#include "limier/error.h"
#include "shard/facet_counter.h"
#include "text/calendar.h"
#include "text/message.h"

namespace limier {
namespace {

void check(const FacetOptions& options) {
  const auto refuse = [&](const Message& reason) {
    throw Error(ErrorCode::InvalidArgument, message("no facet of '{}': {}", options.field, reason));
  };
  if (options.field.empty()) refuse(message("it names no field"));
  if (options.field == "title") refuse(message("titles are not counted"));
  if (options.field == "date") refuse(message("dates are counted by year, month or day"));
  if (options.timeline && date_length(options.field) == 0) refuse(message("only year, month and day make a timeline"));
}

bool is_more_frequent(const FacetValue& a, const FacetValue& b) {
  return a.count != b.count ? a.count > b.count : a.value < b.value;
}

void keep_most_frequent(std::vector<FacetValue>& values, std::size_t top) {
  const auto kept = std::min(top, values.size());
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(kept);
  std::partial_sort(values.begin(), end, values.end(), is_more_frequent);
  values.resize(kept);
}

void set_in_time(std::vector<FacetValue>& dates) {
  std::sort(dates.begin(), dates.end(), [](const FacetValue& a, const FacetValue& b) { return a.value < b.value; });
  std::vector<FacetValue> all;
  for (FacetValue& date : dates) {
    while (!all.empty() && next_date(all.back().value) != date.value) all.push_back({next_date(all.back().value), 0});
    all.push_back(std::move(date));
  }
  dates = std::move(all);
}

}  // namespace

std::vector<std::string> facet_fields(const std::vector<FacetOptions>& options) {
  std::vector<std::string> fields;
  for (const FacetOptions& facet : options) {
    check(facet);
    fields.push_back(facet.field);
  }
  return fields;
}

std::vector<Facet> make_facets(const std::vector<FacetOptions>& options, std::vector<FacetCounts> counts) {
  std::vector<Facet> facets;
  for (std::size_t i = 0; i < options.size(); ++i) {
    Facet facet{options[i].field, std::move(counts[i].values), 0, counts[i].documents};
    facet.distinct = facet.values.size();
    if (options[i].timeline) {
      set_in_time(facet.values);
    } else {
      keep_most_frequent(facet.values, options[i].top);
    }
    facets.push_back(std::move(facet));
  }
  return facets;
}

}  // namespace limier
