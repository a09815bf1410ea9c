#include "shard/counted_cursors.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace limier {

std::uint64_t sum_of_frequencies(const Postings& postings, const std::vector<CountedTerm>& terms, bool matching) {
  std::uint64_t sum = 0;
  for (const CountedTerm& term : terms)
    if (term.matches == matching) sum += postings.document_frequency(term.term);
  return sum;
}

void for_each_alike(const std::vector<CountedTerm>& terms, bool matching,
                    const std::function<void(double, std::span<const std::string_view>)>& visit) {
  std::vector<double> counts;
  std::vector<std::string_view> alike;
  counts.reserve(terms.size());
  alike.reserve(terms.size());
  for (const CountedTerm& term : terms)
    if (term.matches == matching && (counts.empty() || counts.back() != term.count)) counts.push_back(term.count);
  std::sort(counts.begin(), counts.end());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  for (const double count : counts) {
    alike.clear();
    for (const CountedTerm& term : terms)
      if (term.matches == matching && term.count == count) alike.push_back(term.term);
    visit(count, alike);
  }
}

std::vector<CountedCursor> counted_cursors(const Postings& postings, const std::vector<CountedTerm>& terms,
                                           bool matching, DocumentNumber from) {
  std::vector<CountedCursor> cursors;
  for_each_alike(terms, matching, [&](double count, std::span<const std::string_view> alike) {
    for (std::unique_ptr<PostingCursor>& cursor : postings.cursors(alike, from))
      cursors.push_back({std::move(cursor), count});
  });
  return cursors;
}

}  // namespace limier
