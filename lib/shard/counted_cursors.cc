#include "shard/counted_cursors.h"

#include <map>
#include <string>
#include <utility>

namespace limier {

std::vector<CountedCursor> counted_cursors(const Postings& postings, const std::vector<CountedTerm>& terms,
                                           bool matching, DocumentNumber from) {
  std::map<double, std::vector<std::string>> alike;
  for (const CountedTerm& term : terms)
    if (term.matches == matching) alike[term.count].push_back(term.term);
  std::vector<CountedCursor> cursors;
  for (const auto& [count, names] : alike)
    for (std::unique_ptr<PostingCursor>& cursor : postings.cursors(names, from))
      cursors.push_back({std::move(cursor), count});
  return cursors;
}

}  // namespace limier
