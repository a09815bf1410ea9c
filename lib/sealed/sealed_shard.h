#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/segment.h"
#include "sealed/segment_postings.h"
#include "shard/shard.h"

namespace limier::sealed {

/// A segment without its deleted documents, as a searcher sees it.
/// Thread rule: one thread at a time.
class SealedShard final : public Shard {
 public:
  /// `deleted` in ascending order. Throws as Segment does.
  SealedShard(const std::string& path, const std::vector<DocumentNumber>& deleted);

  CollectionStatistics statistics(std::span<const std::string_view> terms) const override;
  std::unique_ptr<TermCursor> terms(const std::string& prefix) const override;
  ShardResult top(const QueryPlan& plan, const TopRequest& request) const override;
  std::vector<std::uint64_t> count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders,
                                          Collapse collapse) const override;
  std::optional<ScoreShare> explain(const QueryPlan& plan, std::string_view id) const override;
  std::optional<Document> document(std::string_view id) const override;
  void visit_documents(const DocumentVisitor& visit) const override;

  /// First and last day of any document, `YYYYMMDD` twice; empty where no document has a date.
  std::string dates() const;

  const Segment& segment() const { return segment_; }

 private:
  bool any_deleted() const { return documents_ < segment_.documents(); }

  Segment segment_;
  SegmentPostings postings_;
  Totals totals_;  // without them
  std::uint64_t documents_ = 0;
};

}  // namespace limier::sealed
