#include "shard/scored_part.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "shard/counted_cursors.h"
#include "shard/matcher.h"
#include "shard/word_bounds.h"

namespace limier {
namespace {

/// A word: the counts of its terms are the score.
class Word final : public ScoredPart {
 public:
  Word(const QueryPlan& plan, const Postings& postings, const FlatPlan::Part& part, bool of_all, double unit,
       const DocumentRanges& ranges)
      : postings_(postings),
        node_(*part.node),
        is_required_(of_all),
        weight_(static_cast<float>(part.most_score / unit)),
        normalisation_(normalisation_of(plan, node_)),
        members_(counted_cursors(postings, node_.terms, true, 1)),
        bounds_(members_, normalisation_, ranges.count()) {}

  void add_bounds(std::span<float> ranges) override { bounds_.add(ranges, weight_); }

  void find_bounds(const Stretch& stretch, std::span<float> bounds) override {
    const std::size_t first = stretch.all_ranges.of(stretch.first());
    std::ranges::fill(bounds, 0);
    bounds_.add(bounds, weight_, [&stretch, first](std::size_t i) { return first + stretch.ranges[i]; });
  }

  void restart() override { is_open_ = false; }

  DocumentNumber next_document(DocumentNumber end) const override {
    if (!is_open_) return 0;
    DocumentNumber next = no_document;
    for (const CountedCursor& member : members_)
      if ((next = std::min(next, member.cursor->approach(0))) < end) break;
    return next;
  }

  bool is_slow() const override { return false; }

  /// Of most documents their occurrences alone tell that they have too few. Of a single term the counts are all there
  /// is; of several, the frequency is a sum, which reaches what is needed once.
  void read(Stretch& stretch, float needed) override {
    open(stretch.first());
    const float least = least_frequency(needed);
    std::size_t reached = 0;
    for_each_taken(stretch, [&](const CountedCursor& member, std::size_t count) {
      if (needed <= 0) stretch.matching.set({stretch.documents.data(), count});  // be there occurrences or not
      if (members_.size() > 1) {
        reached = add_frequencies(stretch, member, count, least, reached);
      } else {
        add_matches(stretch, {stretch.documents.data(), keep_frequent(stretch, member, count, least)}, needed);
      }
    });
    if (members_.size() < 2) return;
    const std::span documents(stretch.reached.data(), reached);
    read_sums(stretch, documents);
    if (least <= frequency(members_.front(), 1)) {  // Then all are listed that have any.
      for (const DocumentNumber document : documents) stretch.sums[document - stretch.first()] = 0;
    } else {
      stretch.clear(stretch.sums);
    }
    add_matches(stretch, documents, needed);
  }

  /// To read all of the stretch takes less time than to look for many.
  void look_up(Stretch& stretch, std::span<const DocumentNumber> documents, float /*needed*/) override {
    constexpr std::size_t many = 64;
    open(stretch.first());
    if (documents.size() >= many) {
      for_each_taken(stretch, [&](const CountedCursor& member, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
          stretch.sums[stretch.documents[i] - stretch.first()] += frequency(member, stretch.counts[i]);
      });
      read_sums(stretch, documents);
      stretch.clear(stretch.sums);
    } else {
      sum_up(stretch, documents);
    }
    add_scores(stretch, documents);
    if (!is_required_) return;
    for (std::size_t i = 0; i < documents.size(); ++i)
      if (stretch.frequencies[i] == 0) stretch.score(documents[i]) = -std::numeric_limits<float>::infinity();
  }

 private:
  void open(DocumentNumber from) {
    if (!std::exchange(is_open_, true)) members_ = counted_cursors(postings_, node_.terms, true, from);
  }

  static float frequency(const CountedCursor& member, std::uint32_t count) {
    return count_of(member) * static_cast<float>(static_cast<std::int32_t>(count));
  }

  /// Reads the stretch into the first places of its room: calls `visit` with a member and how many it has given.
  template <typename Visit>
  void for_each_taken(Stretch& stretch, Visit visit) {
    for (CountedCursor& member : members_) {
      std::size_t count = 0;
      for (const auto& [begin, end] : stretch.runs) {
        member.cursor->approach(begin);
        while (const std::size_t taken =
                   member.cursor->take(end, stretch.documents.data() + count, stretch.counts.data() + count))
          if ((count += taken) >= Stretch::read_at_once) visit(member, std::exchange(count, 0));
      }
      if (count > 0) visit(member, count);
    }
  }

  /// The fewest occurrences with which a document, be it as short as may be, scores so much; above 0.
  float least_frequency(float needed) const {
    if (needed >= weight_) return std::numeric_limits<float>::infinity();
    return std::max(not_nothing, needed * normalisation_.of_document / (weight_ - needed));
  }

  /// Of what was taken from a member, moves to the front what is not below `least`; how many these are.
  [[gnu::noinline]] static std::size_t keep_frequent(Stretch& stretch, const CountedCursor& member, std::size_t count,
                                                     float least) {
    DocumentNumber* const documents = stretch.documents.data();
    float* const frequencies = stretch.frequencies.data();
    for (std::size_t i = 0; i < count; ++i) frequencies[i] = frequency(member, stretch.counts[i]);
    if (least <= frequency(member, 1)) return count;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
      documents[kept] = documents[i];
      frequencies[kept] = frequencies[i];
      kept += static_cast<std::size_t>(frequencies[kept] >= least);
    }
    return kept;
  }

  /// Adds what was taken from a member to the sums; lists those that reach `least` behind so many that did.
  /// Inlined, the loop would lack registers.
  [[gnu::noinline]] static std::size_t add_frequencies(Stretch& stretch, const CountedCursor& member, std::size_t count,
                                                       float least, std::size_t reached) {
    const DocumentNumber first = stretch.first();
    float* const sums = stretch.sums.data();
    DocumentNumber* const list = stretch.reached.data();
    for (std::size_t i = 0; i < count; ++i) {
      const DocumentNumber document = stretch.documents[i];
      const float before = sums[document - first], sum = before + frequency(member, stretch.counts[i]);
      sums[document - first] = sum;
      list[reached] = document;
      reached += static_cast<std::size_t>(sum >= least);
      reached -= static_cast<std::size_t>(before >= least);
    }
    return reached;
  }

  /// What was summed up of some documents, to the first frequencies of the stretch's room.
  static void read_sums(Stretch& stretch, std::span<const DocumentNumber> documents) {
    for (std::size_t i = 0; i < documents.size(); ++i)
      stretch.frequencies[i] = stretch.sums[documents[i] - stretch.first()];
  }

  /// Looks ascending documents up: their frequencies, summed up over all members, in the first of the stretch's room.
  void sum_up(Stretch& stretch, std::span<const DocumentNumber> documents) {
    std::fill_n(stretch.frequencies.begin(), documents.size(), 0.0F);
    for (CountedCursor& member : members_) {
      if (documents.empty() || member.cursor->document() > documents.back()) continue;  // Rare words are far away.
      member.cursor->look_up(documents, stretch.counts.data());
      for (std::size_t i = 0; i < documents.size(); ++i) stretch.frequencies[i] += frequency(member, stretch.counts[i]);
    }
  }

  /// Where nothing is needed, all that was taken matches by now.
  void add_matches(Stretch& stretch, std::span<const DocumentNumber> documents, float needed) const {
    if (needed > 0) stretch.matching.set(documents);
    add_scores(stretch, documents);
  }

  /// By the first frequencies of the stretch's room.
  void add_scores(Stretch& stretch, std::span<const DocumentNumber> documents) const {
    postings_.read_lengths(documents, stretch.lengths.data());
    for (std::size_t i = 0; i < documents.size(); ++i)
      stretch.added[i] = weight_ * saturation(stretch.frequencies[i], normalisation_.half(stretch.lengths[i]));
    for (std::size_t i = 0; i < documents.size(); ++i) stretch.score(documents[i]) += stretch.added[i];
  }

  const Postings& postings_;
  const PlanNode& node_;
  bool is_required_;
  float weight_;
  LengthNormalisation normalisation_;
  std::vector<CountedCursor> members_;
  WordBounds bounds_;
  bool is_open_ = true;  // else members are opened where they are read first
};

/// What a node may score in each range of documents. A phrase stands no more often than any of its words.
std::vector<float> bounds_of(const QueryPlan& plan, const Postings& postings, const PlanNode& node, double unit,
                             std::size_t ranges) {
  const auto weight = std::max(static_cast<float>(node.weight * node.idf / unit), not_nothing);
  switch (node.kind) {
    case PlanNode::Kind::Word: {
      std::vector<float> bounds(ranges);
      WordBounds(counted_cursors(postings, node.terms, true, 1), normalisation_of(plan, node), ranges)
          .add(bounds, weight);
      return bounds;
    }
    case PlanNode::Kind::Phrase: {
      std::vector<float> bounds(ranges, weight), of_word;
      for (const PlanNode::Slot& slot : node.slots) {
        std::vector<CountedCursor> members;
        for (auto& cursor : postings.cursors(std::vector<std::string_view>(slot.terms.begin(), slot.terms.end()), 1))
          members.push_back({std::move(cursor)});
        of_word.assign(ranges, 0);
        WordBounds(members, normalisation_of(plan, node), ranges).add(of_word, weight);
        for (std::size_t i = 0; i < ranges; ++i) bounds[i] = std::min(bounds[i], of_word[i]);
      }
      return bounds;
    }
    case PlanNode::Kind::Alternatives: {
      std::vector<float> bounds(ranges);
      for (const PlanNode& child : node.children) {
        const std::vector<float> of_child = bounds_of(plan, postings, child, unit, ranges);
        for (std::size_t i = 0; i < ranges; ++i) bounds[i] = std::max(bounds[i], of_child[i]);
      }
      return bounds;
    }
    default:
      return std::vector<float>(ranges, weight);
  }
}

/// What has to be looked at document by document, such as a phrase.
class Other final : public ScoredPart {
 public:
  Other(const QueryPlan& plan, const Postings& postings, const FlatPlan::Part& part, double unit,
        const DocumentRanges& ranges)
      : plan_(plan),
        postings_(postings),
        node_(*part.node),
        unit_(unit),
        bounds_(bounds_of(plan, postings, node_, unit, ranges.count())) {}

  void add_bounds(std::span<float> ranges) override {
    for (std::size_t i = 0; i < ranges.size(); ++i) ranges[i] += bounds_[i];
  }

  void find_bounds(const Stretch& stretch, std::span<float> bounds) override {
    const std::size_t first = stretch.all_ranges.of(stretch.first());
    for (std::size_t i = 0; i < bounds.size(); ++i) bounds[i] = bounds_[first + stretch.ranges[i]];
  }

  void restart() override {
    matcher_.reset();
    first_ = 1;
  }

  DocumentNumber next_document(DocumentNumber /*end*/) const override { return first_; }

  bool is_slow() const override { return true; }

  void read(Stretch& stretch, float needed) override {
    open();
    for (const auto& [begin, end] : stretch.runs)
      for (first_ = matcher_->may_match_from(std::max(first_, begin)); first_ < end;
           first_ = matcher_->may_match_from(first_ + 1))
        add_score(stretch, needed);
  }

  void look_up(Stretch& stretch, std::span<const DocumentNumber> documents, float needed) override {
    open();
    for (const DocumentNumber document : documents) {
      first_ = matcher_->may_match_from(std::max(first_, document));
      if (first_ == document) add_score(stretch, needed);
    }
  }

 private:
  void open() {
    if (!matcher_) matcher_ = make_matcher(plan_, postings_, node_);
  }

  /// Of the document in which it may match. To find places takes longest.
  void add_score(Stretch& stretch, float needed) {
    const DocumentLengths lengths = postings_.lengths(first_);
    if (stretch.score(first_) + of_unit(matcher_->most_score(first_, lengths)) < needed) return;
    if (!matcher_->matches(first_)) return;
    stretch.matching.set(first_);
    stretch.score(first_) += of_unit(matcher_->score(first_, lengths));
  }

  float of_unit(double score) const { return static_cast<float>(score / unit_); }

  const QueryPlan& plan_;
  const Postings& postings_;
  const PlanNode& node_;
  double unit_;
  std::vector<float> bounds_;
  std::unique_ptr<Matcher> matcher_;  // null until it is needed
  DocumentNumber first_ = 1;          // where it may match, behind what was passed
};

}  // namespace

std::unique_ptr<ScoredPart> make_scored_part(const QueryPlan& plan, const Postings& postings,
                                             const FlatPlan::Part& part, bool of_all, double unit,
                                             const DocumentRanges& ranges) {
  if (part.is_word()) return std::make_unique<Word>(plan, postings, part, of_all, unit, ranges);
  return std::make_unique<Other>(plan, postings, part, unit, ranges);
}

}  // namespace limier
