#include "limier/searcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

#include "index/index_directory.h"
#include "limier/error.h"
#include "live/xapian_errors.h"
#include "query/describe_plan.h"
#include "query/plan_query.h"
#include "query/query_like.h"
#include "query/query_words.h"
#include "query/related_words.h"
#include "query/synonyms.h"
#include "query/wanted.h"
#include "search/acronyms.h"
#include "search/completion.h"
#include "search/facets.h"
#include "search/open_index.h"
#include "search/shard_set.h"
#include "search/spelling.h"
#include "search/synonyms_file.h"
#include "shard/schema.h"
#include "text/calendar.h"
#include "text/message.h"

namespace limier {
namespace {

/// Xapian keeps the blocks of two commits: a reader that took longer than two of a writer's starts again on the newest.
/// `path` is told where that never ends.
template <typename Action>
std::invoke_result_t<Action> retried(const std::string& path, Action action) {
  constexpr int attempts = 100;
  for (int attempt = 1;; ++attempt) {
    try {
      return action();
    } catch (const live::SnapshotExpired&) {
      if (attempt == attempts)
        throw Error(ErrorCode::Io, message("{}: the index changes faster than it can be read", path));
    }
  }
}

std::size_t saturated_sum(std::size_t a, std::size_t b) {
  return a > std::numeric_limits<std::size_t>::max() - b ? std::numeric_limits<std::size_t>::max() : a + b;
}

std::vector<ShardHit> leaders_of(std::vector<ShardHit>& hits, Collapse collapse) {
  std::vector<ShardHit> leaders;
  for (ShardHit& hit : hits) {
    const bool hidden = std::any_of(leaders.begin(), leaders.end(),
                                    [&](const ShardHit& leader) { return is_hidden(hit, leader, collapse); });
    if (!hidden) leaders.push_back(std::move(hit));
  }
  return leaders;
}

/// `days` as in schema::DatesSlot.
void add_dates(IndexInfo& info, const std::string& days) {
  if (days.empty()) return;
  const std::string first = with_hyphens(days.substr(0, 8)), last = with_hyphens(days.substr(8));
  if (info.first_date.empty() || first < info.first_date) info.first_date = first;
  info.last_date = std::max(info.last_date, last);
}

std::vector<OpenIndex> open_indexes(const std::vector<std::string>& paths) {
  if (paths.empty()) throw Error(ErrorCode::InvalidArgument, message("there is no index to search"));
  std::vector<OpenIndex> indexes;
  indexes.reserve(paths.size());
  for (const std::string& path : paths) {
    indexes.push_back(retried(path, [&] { return OpenIndex(path); }));
    const AnalyzerOptions &first = indexes.front().settings().analyzer, &other = indexes.back().settings().analyzer;
    if (other != first)
      throw Error(ErrorCode::InvalidArgument,
                  message("{} cannot be searched together with {}: its analyzer is {}, not {}", path, paths.front(),
                          print_analyzer_options(other), print_analyzer_options(first)));
  }
  return indexes;
}

}  // namespace

class Searcher::Impl {
 public:
  explicit Impl(const std::vector<std::string>& paths)
      : indexes_(open_indexes(paths)), analyzer_(indexes_.front().settings().analyzer) {
    for (const OpenIndex& index : indexes_) {
      shards_.add(index.shard());
      synonyms_files_.emplace_back(index.path());
    }
  }

  SearchResult search(const Query& query, const SearchOptions& options) {
    return ask([&] {
      const QueryPlan plan = make_plan(query, options);
      const TopRequest request{saturated_sum(options.offset, options.top), options.sort, options.count_limit,
                               facet_fields(options.facets), options.collapse};
      ShardResult found = options.collapse == Collapse::None ? top(plan, request) : top_leaders(plan, request);
      SearchResult result;
      result.total = found.total;
      result.total_is_exact = found.total_is_exact;
      result.facets = make_facets(options.facets, std::move(found.facets));
      result.warnings = plan.warnings;
      warn_of_synonyms(result.warnings);
      if (options.count_words) count_words(plan, result);
      for (std::size_t i = options.offset; i < found.hits.size(); ++i) {
        Hit hit{found.hits[i].id, found.hits[i].score, {}, found.hits[i].shard};
        if (options.documents) hit.document = shards_.document(found.hits[i]);
        result.hits.push_back(std::move(hit));
      }
      if (options.collapse != Collapse::None) count_hidden(plan, found.hits, options.collapse, result.hits);
      if (options.documents) {
        result.wanted_in_title = wanted_in_title(plan);
        result.wanted_in_body = wanted_in_body(plan);
        result.acronyms = unknown(acronyms_in(result.hits, query, analyzer_));
      }
      return result;
    });
  }

  std::optional<ScoreShare> explain(const Query& query, std::string_view id, const SearchOptions& options,
                                    std::size_t index) {
    if (index >= indexes_.size()) throw Error(ErrorCode::InvalidArgument, message("there are not so many indexes"));
    return ask([&] {
      QueryPlan plan = make_plan(query, options);
      ShardResult found = shards_.top(plan, {.count = plan.reranked});
      const std::span<ShardHit> best = reranked(plan, found);
      const auto is_asked = [&](const ShardHit& hit) { return hit.id == id && hit.shard == index; };
      if (std::none_of(best.begin(), best.end(), is_asked)) leave_first_stage(plan);
      return indexes_[index].shard().explain(plan, id);
    });
  }

  std::vector<PlanLine> describe(const Query& query, const SearchOptions& options) {
    return ask([&] { return describe_plan(make_plan(query, options)); });
  }

  std::optional<Suggestion> suggest(const Query& query, const SearchOptions& options) {
    return ask([&] { return correct_spelling(query, {words_, shards_, synonyms_, options}); });
  }

  std::vector<Completion> complete(std::string_view text, std::size_t top) {
    return ask([&] { return complete_text(text, top, {words_, shards_, synonyms_, SearchOptions()}); });
  }

  std::optional<Document> document(std::string_view id) {
    return ask([&] { return shards_.document(id); });
  }

  Query query_like(const Document& document, std::size_t words) {
    return ask([&] { return limier::query_like(document, words, analyzer_, shards_); });
  }

  Synonyms synonyms() {
    return ask([&] {
      Synonyms all;
      for (const SynonymsFile& file : synonyms_files_) {
        const auto& [rules, problems] = file.synonyms();
        all.rules.insert(all.rules.end(), rules.begin(), rules.end());
        all.problems.insert(all.problems.end(), problems.begin(), problems.end());
      }
      return all;
    });
  }

  std::vector<Acronym> acronyms() {
    return ask([&] {
      AcronymCounter counter(analyzer_);
      shards_.visit_documents([&](const Document& document) { counter.add(document); });
      return counter.counts();
    });
  }

  const Analyzer& analyzer() const { return analyzer_; }

  IndexInfo info() {
    return ask([&] {
      const CollectionStatistics statistics = shards_.statistics({});
      const IndexSettings& settings = indexes_.front().settings();
      IndexInfo info;
      info.documents = statistics.documents;
      info.words = statistics.text_length;
      info.format_version = settings.format_version;
      info.analyzer_version = settings.analyzer_version;
      info.analyzer = settings.analyzer;
      for (const OpenIndex& index : indexes_) {
        info.sources += index.sources();
        info.bytes += directory_bytes(index.path());
        info.segments += index.segments();
        add_dates(info, index.dates());
      }
      return info;
    });
  }

 private:
  /// Of hits in the order of the first stage, those that are ranked again.
  static std::span<ShardHit> reranked(const QueryPlan& plan, ShardResult& found) {
    const std::span most = std::span(found.hits).first(std::min(plan.reranked, found.hits.size()));
    const auto is_near = [&](const ShardHit& hit) { return hit.score >= near_share * most.front().score; };
    const auto others = most.begin() + static_cast<std::ptrdiff_t>(std::min(always_near, most.size()));
    return {most.begin(), std::partition_point(others, most.end(), is_near)};
  }

  /// The scores of the best are raised, and no others, so that these stay the best.
  ShardResult top(const QueryPlan& plan, TopRequest request) const {
    const std::size_t asked = request.count;
    if (asked > 0 && asked < plan.reranked) {
      request.count = plan.reranked;
      request.only_near = asked <= always_near;
    }
    ShardResult found = shards_.top(plan, request);
    const std::span<ShardHit> best = reranked(plan, found);
    for (ShardHit& hit : best) hit.score = hit.full_score;
    std::sort(best.begin(), best.end(), Before{request.sort});
    if (found.hits.size() > asked) found.hits.resize(asked);
    return found;
  }

  /// The first of the hits that are hidden behind no other that is left.
  ShardResult top_leaders(const QueryPlan& plan, const TopRequest& request) const {
    ShardResult found = top(plan, request);
    for (std::size_t asked = request.count;; asked = saturated_sum(asked, asked)) {
      const bool all = found.hits.size() < asked;
      found.hits = leaders_of(found.hits, request.collapse);
      if (all || found.hits.size() >= request.count) break;
      found.hits =
          top(plan, {.count = saturated_sum(asked, asked), .sort = request.sort, .collapse = request.collapse}).hits;
    }
    if (found.hits.size() > request.count) found.hits.resize(request.count);
    return found;
  }

  /// Counts the documents with any and with all of the alternatives that the query sets side by side.
  void count_words(const QueryPlan& plan, SearchResult& result) const {
    const std::vector<PlanNode>& parts = plan.root.children;
    const auto alternatives =
        std::count_if(parts.begin(), parts.end(), [](const PlanNode& part) { return part.occur == Occur::Should; });
    if (plan.root.kind != PlanNode::Kind::Group || alternatives < 2) return;
    const auto count = [&](std::size_t minimum) {
      QueryPlan changed = plan;
      changed.root.minimum = minimum;
      const bool is_counted = minimum == plan.root.minimum && result.total_is_exact;
      return is_counted ? result.total : shards_.top(changed, {}).total;
    };
    result.any = plan.root.minimum <= 1 ? result.total : count(1);
    result.all = count(static_cast<std::size_t>(alternatives));
  }

  /// `hits` are the last of `leaders`.
  void count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders, Collapse collapse,
                    std::vector<Hit>& hits) const {
    const std::vector<std::uint64_t> counts = shards_.count_hidden(plan, leaders, collapse);
    const std::size_t first = leaders.size() - hits.size();
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const std::uint64_t count = counts[first + i];
      hits[i].hidden = count - (count > 0 ? 1 : 0);  // itself aside
    }
  }

  QueryPlan make_plan(const Query& query, const SearchOptions& options) const {
    return plan_query(query, words_, synonyms_, options);
  }

  /// Of each file that is not all rules the first problem.
  void warn_of_synonyms(std::vector<Message>& warnings) const {
    for (const SynonymsFile& file : synonyms_files_) {
      const std::vector<Message>& problems = file.synonyms().problems;
      if (!problems.empty()) warnings.push_back(problems.front());
    }
  }

  /// Those that no rule has.
  std::vector<Acronym> unknown(std::vector<Acronym> acronyms) const {
    std::erase_if(acronyms, [&](const Acronym& found) {
      return synonyms_.joins(query_words(found.acronym, analyzer_), query_words(found.expansion, analyzer_));
    });
    return acronyms;
  }

  void refresh_synonyms() {
    bool changed = false;
    for (SynonymsFile& file : synonyms_files_) changed = file.refresh(analyzer_) || changed;
    if (!changed) return;
    synonyms_ = SynonymTable();
    for (const SynonymsFile& file : synonyms_files_)
      for (const SynonymRule& rule : file.synonyms().rules) synonyms_.add(rule, analyzer_);
  }

  /// Asks a question of the newest commit of every index.
  template <typename Question>
  std::invoke_result_t<Question> ask(Question question) {
    refresh_synonyms();
    return retried(indexes_.front().path(), [&] {
      std::vector<live::Reading> readings;
      std::vector<std::uint64_t> commits;
      for (OpenIndex& index : indexes_) {
        readings.push_back(index.refresh());
        commits.push_back(index.commit());
      }
      if (commits != std::exchange(commits_, commits)) words_.forget();
      return question();
    });
  }

  std::vector<OpenIndex> indexes_;
  ShardSet shards_;
  Analyzer analyzer_;
  RelatedWords words_{analyzer_, shards_};  // of these commits
  std::vector<std::uint64_t> commits_;
  std::vector<SynonymsFile> synonyms_files_;  // one for each index
  SynonymTable synonyms_;
};

Searcher::Searcher(const std::string& path) : Searcher(std::vector{path}) {}
Searcher::Searcher(const std::vector<std::string>& paths) : impl_(std::make_unique<Impl>(paths)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

SearchResult Searcher::search(const Query& query, const SearchOptions& options) {
  return impl_->search(query, options);
}
std::optional<ScoreShare> Searcher::explain(const Query& query, std::string_view id, const SearchOptions& options,
                                            std::size_t index) {
  return impl_->explain(query, id, options, index);
}
std::vector<PlanLine> Searcher::describe(const Query& query, const SearchOptions& options) {
  return impl_->describe(query, options);
}
std::optional<Suggestion> Searcher::suggest(const Query& query, const SearchOptions& options) {
  return impl_->suggest(query, options);
}
std::vector<Completion> Searcher::complete(std::string_view text, std::size_t top) {
  return impl_->complete(text, top);
}
std::optional<Document> Searcher::document(std::string_view id) { return impl_->document(id); }
Query Searcher::query_like(const Document& document, std::size_t words) { return impl_->query_like(document, words); }
Synonyms Searcher::synonyms() { return impl_->synonyms(); }
std::vector<Acronym> Searcher::acronyms() { return impl_->acronyms(); }
const Analyzer& Searcher::analyzer() const { return impl_->analyzer(); }
IndexInfo Searcher::info() { return impl_->info(); }

}  // namespace limier
