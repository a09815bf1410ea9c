#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sealed/segment.h"

namespace limier::sealed {

/// Walks the terms that any of some segments has a list of, in order. What is read of the lists on the way does not
/// stay in memory. A copy goes on from the same term. Valid as long as the segments. Thread rule: one thread at a time;
/// copies can walk side by side.
class MergedTerms {
 public:
  explicit MergedTerms(const std::vector<const Segment*>& segments);

  bool at_end() const { return having_.empty(); }

  const std::string& term() const { return in(having_.front()).term(); }

  /// Which segments have it, by their places among them, from 0.
  const std::vector<std::uint32_t>& having() const { return having_; }

  /// Where it stands in one that has it.
  const Dictionary::Cursor& in(std::uint32_t segment) const { return cursors_[segment]; }

  /// Of its lists, in bytes.
  std::uint64_t size() const;

  void next();

 private:
  std::uint64_t size(std::uint32_t segment) const;

  std::vector<const Segment*> segments_;
  std::vector<Dictionary::Cursor> cursors_;
  std::vector<std::uint32_t> having_;
};

}  // namespace limier::sealed
