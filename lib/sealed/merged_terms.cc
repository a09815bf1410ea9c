#include "sealed/merged_terms.h"

#include "sealed/least_terms.h"

namespace limier::sealed {

MergedTerms::MergedTerms(const std::vector<const Segment*>& segments) : segments_(segments) {
  for (const Segment* segment : segments_) cursors_.emplace_back(segment->terms()).move_to(0);
  find_least(cursors_, having_);
}

std::uint64_t MergedTerms::size(std::uint32_t segment) const {
  return in(segment).entry().sum - in(segment).entry().before;
}

std::uint64_t MergedTerms::size() const {
  std::uint64_t bytes = 0;
  for (const std::uint32_t segment : having_) bytes += size(segment);
  return bytes;
}

void MergedTerms::next() {
  for (const std::uint32_t segment : having_) {
    segments_[segment]->file().pass(size(segment));
    cursors_[segment].next();
  }
  find_least(cursors_, having_);
}

}  // namespace limier::sealed
