#pragma once

#include <xapian.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "live/reading.h"
#include "shard/shard.h"
#include "shard/term_table.h"

namespace limier::live {

/// Sums over all documents of a live shard, kept in its metadata.
struct Totals {
  std::uint64_t text_length = 0;
  std::uint64_t title_length = 0;
};

Totals parse_totals(const std::string& json);
std::string print_totals(const Totals& totals);

/// How many documents of a database have each of some terms, until it is forgotten. Most terms of queries are in none
/// of a small head, where Xapian would look for each again and again. Thread rule: one thread at a time.
class TermFrequencies {
 public:
  std::uint64_t of(const Xapian::Database& database, std::string_view term);
  void forget();

 private:
  TermTable terms_;
  std::vector<std::uint64_t> frequencies_;  // by their numbers
};

/// A snapshot of a Xapian database with our schema. Any member throws SnapshotExpired once a writer has committed twice
/// since it was opened.
class LiveShard final : public Shard {
 public:
  explicit LiveShard(std::string path);

  /// Moves on to the newest commit, which writers leave alone while what is returned lives.
  [[nodiscard]] Reading refresh();

  /// The number of the commit: no other of this database has it.
  std::uint64_t commit() const { return database_.get_revision(); }

  /// Whether no writer has committed since.
  bool is_newest() const { return commit_.is_newest(); }

  /// For its own commit what `refresh` returns for the newest; throws SnapshotExpired where there is a newer one.
  [[nodiscard]] Reading hold() const;

  CollectionStatistics statistics(std::span<const std::string_view> terms) const override;
  std::unique_ptr<TermCursor> terms(const std::string& prefix) const override;
  ShardResult top(const QueryPlan& plan, const TopRequest& request) const override;

  std::vector<std::uint64_t> count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders,
                                          Collapse collapse) const override;
  std::optional<ScoreShare> explain(const QueryPlan& plan, std::string_view id) const override;
  std::optional<Document> document(std::string_view id) const override;
  void visit_documents(const DocumentVisitor& visit) const override;

  bool is_empty() const;

  /// Empty for a key that is not set.
  std::string metadata(std::string_view key) const;

  /// How many metadata keys begin with `prefix`.
  std::uint64_t count_metadata(std::string_view prefix) const;

  /// First and last day of any document, `YYYYMMDD` twice; empty where no document has a date.
  std::string dates() const;

 private:
  std::string path_;
  Xapian::Database database_;
  CommitFile commit_;  // that it stands on
  // Of the same, once they are asked for:
  mutable std::optional<Totals> totals_;
  mutable TermFrequencies frequencies_;
};

}  // namespace limier::live
