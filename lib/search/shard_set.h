#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shard/shard.h"

namespace limier {

/// Several shards as one: statistics add up, answers are merged. The shards outlive it.
/// Thread rule: one thread at a time.
class ShardSet final : public Shard {
 public:
  void add(const Shard& shard) { shards_.push_back(&shard); }

  CollectionStatistics statistics(std::span<const std::string_view> terms) const override;
  std::unique_ptr<TermCursor> terms(const std::string& prefix) const override;
  ShardResult top(const QueryPlan& plan, const TopRequest& request) const override;
  std::vector<std::uint64_t> count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders,
                                          Collapse collapse) const override;

  /// In the first shard in which it matches.
  std::optional<ScoreShare> explain(const QueryPlan& plan, std::string_view id) const override;

  /// In the first shard that has it.
  std::optional<Document> document(std::string_view id) const override;
  void visit_documents(const DocumentVisitor& visit) const override;

  Document document(const ShardHit& hit) const { return shards_[hit.shard]->document(hit.id).value(); }

 private:
  std::vector<std::size_t> largest_first() const;

  std::vector<const Shard*> shards_;
};

}  // namespace limier
