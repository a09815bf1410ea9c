#include "sealed/merged_terms.h"

namespace limier::sealed {
namespace {

/// After how many bytes of lists what was read of the segments is released: they are read from front to back, once.
constexpr std::uint64_t release_after = 64 << 20;

}  // namespace

MergedTerms::MergedTerms(const std::vector<const Segment*>& segments) : segments_(segments) {
  for (const Segment* segment : segments_) cursors_.emplace_back(segment->terms()).move_to(0);
  find();
}

void MergedTerms::find() {
  having_.clear();
  for (std::uint32_t segment = 0; segment < cursors_.size(); ++segment) {
    if (cursors_[segment].at_end()) continue;
    const int order = having_.empty() ? 0 : cursors_[segment].term().compare(term());
    if (order < 0) having_.clear();
    if (order <= 0) having_.push_back(segment);
  }
}

std::uint64_t MergedTerms::size() const {
  std::uint64_t bytes = 0;
  for (const std::uint32_t segment : having_) bytes += in(segment).entry().sum - in(segment).entry().before;
  return bytes;
}

void MergedTerms::next() {
  passed_ += size();
  for (const std::uint32_t segment : having_) cursors_[segment].next();
  find();
  if (passed_ < release_after) return;
  for (const Segment* segment : segments_) segment->file().release();
  passed_ = 0;
}

}  // namespace limier::sealed
