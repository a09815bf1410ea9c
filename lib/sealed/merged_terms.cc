#include "sealed/merged_terms.h"

namespace limier::sealed {
namespace {

/// After how many bytes of lists what was read of the segments is released: they are read from front to back, once.
constexpr std::uint64_t release_after = 64 << 20;

}  // namespace

void for_each_term(const std::vector<const Segment*>& segments,
                   const std::function<void(const std::vector<SourceTerm>&)>& visit) {
  std::vector<Dictionary::Cursor> terms;
  for (const Segment* segment : segments) terms.emplace_back(segment->terms()).move_to(0);
  std::uint64_t passed = 0;  // bytes, since the last release
  for (std::vector<SourceTerm> having;; having.clear()) {
    for (std::uint32_t segment = 0; segment < terms.size(); ++segment) {
      if (terms[segment].at_end()) continue;
      const int order = having.empty() ? 0 : terms[segment].term().compare(having.front().term->term());
      if (order < 0) having.clear();
      if (order <= 0) having.push_back({segment, &terms[segment]});
    }
    if (having.empty()) return;
    visit(having);
    for (const SourceTerm& each : having) {
      passed += each.term->entry().sum - each.term->entry().before;
      terms[each.segment].next();
    }
    if (passed < release_after) continue;
    for (const Segment* segment : segments) segment->file().release();
    passed = 0;
  }
}

}  // namespace limier::sealed
