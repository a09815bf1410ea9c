#include "shard/disjunction.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "shard/saturation.h"

namespace limier {
namespace {

/// How many documents are looked at together.
constexpr DocumentNumber stretch_size = 2048;

using Bits = std::array<std::uint64_t, stretch_size / 64>;

void set(Bits& bits, DocumentNumber place) { bits[place / 64] |= std::uint64_t{1} << place % 64; }
bool has(const Bits& bits, DocumentNumber place) { return (bits[place / 64] >> place % 64 & 1) != 0; }

template <typename Visit>
void for_each_bit(const Bits& bits, Visit visit) {
  for (std::size_t word = 0; word < bits.size(); ++word)
    for (std::uint64_t left = bits[word]; left != 0; left &= left - 1)
      visit(static_cast<DocumentNumber>(64 * word + static_cast<std::size_t>(std::countr_zero(left))));
}

bool is_word(const PlanNode& node) { return node.kind == PlanNode::Kind::Word; }

bool has_related_words(const PlanNode& word) {
  return !std::all_of(word.terms.begin(), word.terms.end(), [](const CountedTerm& term) { return term.matches; });
}

/// The most that a node can score, and nothing where it does not match, but for a word's related ones; none where
/// nobody knows.
std::optional<double> most_score(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Word:
      return (node.weight + node.exact_weight) * node.idf;
    case PlanNode::Kind::Phrase:
    case PlanNode::Kind::Near:
      return node.weight * node.idf;
    case PlanNode::Kind::Alternatives: {
      double most = 0;
      for (const PlanNode& child : node.children) {
        const std::optional<double> score = most_score(child);
        if (!score || has_related_words(child)) return std::nullopt;
        most = std::max(most, *score);
      }
      return most;
    }
    default:
      return std::nullopt;
  }
}

/// Whether any of a node's children will do.
bool is_disjunction(const PlanNode& node) {
  return node.kind == PlanNode::Kind::Group && !node.children.empty() && node.minimum <= 1 &&
         std::all_of(node.children.begin(), node.children.end(),
                     [](const PlanNode& child) { return child.occur == Occur::Should && most_score(child); });
}

/// Whether a node can only leave out documents.
bool is_filter(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Everything:
    case PlanNode::Kind::Dates:
    case PlanNode::Kind::Id:
    case PlanNode::Kind::Numbers:
      return node.occur != Occur::Should;
    case PlanNode::Kind::Word:
      return node.occur == Occur::MustNot || (node.occur == Occur::Must && node.weight == 0);
    default:
      return node.occur == Occur::MustNot;
  }
}

/// Whether a node is walked document by document, and may be one of many.
bool can_be_disjunction(const PlanNode& node) { return is_word(node) || is_disjunction(node); }

Disjunction disjunction_of(const PlanNode& node) {
  if (is_word(node)) return {{&node}, nullptr, {}};
  Disjunction disjunction{{}, &node, {}};
  for (const PlanNode& child : node.children) disjunction.parts.push_back(&child);
  return disjunction;
}

}  // namespace

std::optional<Disjunction> find_disjunction(const QueryPlan& plan) {
  const PlanNode& root = plan.root;
  if (can_be_disjunction(root)) return disjunction_of(root);
  if (root.kind != PlanNode::Kind::Group || !root.contexts.empty() || root.minimum > 0) return std::nullopt;
  const PlanNode* scored = nullptr;
  PlanNode filter;
  filter.kind = PlanNode::Kind::Group;
  filter.children.emplace_back();  // Where all others are forbidden, all documents are what they are left out of.
  filter.children.back().kind = PlanNode::Kind::Everything;
  filter.children.back().occur = Occur::Must;
  for (const PlanNode& child : root.children) {
    if (is_filter(child)) {
      filter.children.push_back(child);
    } else if (scored == nullptr && child.occur == Occur::Must && can_be_disjunction(child)) {
      scored = &child;
    } else {
      return std::nullopt;
    }
  }
  if (scored == nullptr) return std::nullopt;
  Disjunction disjunction = disjunction_of(*scored);
  disjunction.filter = std::move(filter);
  return disjunction;
}

void for_each_match(const QueryPlan& plan, const Disjunction& disjunction, const Postings& postings,
                    const std::function<bool(DocumentNumber)>& visit) {
  std::vector<std::unique_ptr<PostingCursor>> cursors;
  std::vector<std::unique_ptr<Matcher>> matchers;
  for (const PlanNode* part : disjunction.parts) {
    if (!is_word(*part)) {
      matchers.push_back(make_matcher(plan, postings, *part));
      matchers.back()->advance(1);
      continue;
    }
    for (const CountedTerm& term : part->terms) {
      if (!term.matches) continue;
      if (std::unique_ptr<PostingCursor> cursor = postings.cursor(term.term)) cursors.push_back(std::move(cursor));
    }
  }
  const std::unique_ptr<Matcher> filter =
      disjunction.filter ? make_matcher(plan, postings, *disjunction.filter) : nullptr;
  std::array<DocumentNumber, PostingCursor::most_taken> taken{};
  for (bool going_on = true; going_on;) {
    DocumentNumber first = no_document;
    for (const auto& cursor : cursors) first = std::min(first, cursor->document());
    for (const auto& matcher : matchers) first = std::min(first, matcher->document());
    if (first == no_document) return;
    first -= first % stretch_size;
    Bits bits{};
    const auto add = [&](DocumentNumber document) { set(bits, document - first); };
    for (const auto& cursor : cursors)
      while (const std::size_t count = cursor->take(first + stretch_size, taken.data(), nullptr))
        std::for_each_n(taken.begin(), count, add);
    for (const auto& matcher : matchers)
      for (; matcher->document() < first + stretch_size; matcher->advance(matcher->document() + 1))
        add(matcher->document());
    for_each_bit(bits, [&](DocumentNumber place) {
      const DocumentNumber document = first + place;
      if (filter) filter->advance(document);
      if (going_on && (!filter || filter->document() == document)) going_on = visit(document);
    });
  }
}

/// The documents that are looked at together.
struct BestDocuments::Stretch {
  DocumentNumber first = 0;
  Bits bits{};                                                         // which of them have a part that was read
  Bits matching{};                                                     // and not only words related to it
  std::array<double, stretch_size> least{}, more{}, length_factors{};  // of these; the last 0 until somebody asks

  DocumentNumber end() const { return first + stretch_size; }

  void touch(DocumentNumber place) {
    if (has(bits, place)) return;
    set(bits, place);
    least[place] = more[place] = length_factors[place] = 0;
  }

  double length_factor(DocumentNumber place, const QueryPlan& plan, const Postings& postings) {
    double& factor = length_factors[place];
    if (factor == 0) factor = limier::length_factor(plan, postings.lengths(first + place));
    return factor;
  }
};

/// A part on its way through the documents.
class BestDocuments::Part {
 public:
  /// `more` is what it may add beside its own score.
  explicit Part(double more) : more_(more) {}
  virtual ~Part() = default;

  /// No later than its first document from where it was read on.
  virtual DocumentNumber document() const = 0;

  /// Of the scores of documents from `first` to before `end`.
  virtual double bound(DocumentNumber first, DocumentNumber end) = 0;

  /// Moves behind documents that nobody needs.
  virtual void pass(DocumentNumber end) = 0;

  /// Adds what it scores to all documents of the stretch.
  virtual void read(Stretch& stretch) = 0;

  /// Adds what it scores to one document.
  virtual void look_up(Stretch& stretch, DocumentNumber place) = 0;

 protected:
  double more() const { return more_; }

  void add(Stretch& stretch, DocumentNumber place, double score) const {
    stretch.least[place] += score;
    stretch.more[place] += more_;
  }

 private:
  double more_;
};

/// A word: the counts of its terms are the score.
class BestDocuments::Word final : public Part {
 public:
  Word(const QueryPlan& plan, const Postings& postings, const PlanNode& node, double more)
      : Part(more + node.exact_weight * node.idf),
        plan_(plan),
        postings_(postings),
        node_(node),
        weight_(node.weight * node.idf) {
    for (const CountedTerm& term : node.terms)
      if (std::unique_ptr<PostingCursor> cursor = postings.cursor(term.term))
        members_.push_back({std::move(cursor), term.count, term.matches});
    if (members_.size() > 1) frequencies_.resize(stretch_size);
  }

  DocumentNumber document() const override {
    DocumentNumber first = no_document;
    for (const Member& member : members_) first = std::min(first, member.cursor->document());
    return first;
  }

  double bound(DocumentNumber first, DocumentNumber end) override {
    double share = 0;
    for (Member& member : members_)
      if (member.cursor->document() < end)
        share += most_saturation(member, std::max(first, member.cursor->document()), end);
    return share > 0 ? weight_ * std::min(1.0, share) + more() : 0;
  }

  void pass(DocumentNumber end) override {
    for (Member& member : members_) member.cursor->advance(end);
  }

  void read(Stretch& stretch) override {
    for (Member& member : members_) {
      member.cursor->advance(stretch.first);
      while (const std::size_t count = member.cursor->take(stretch.end(), documents_.data(), counts_.data()))
        for (std::size_t i = 0; i < count; ++i)
          add_frequency(stretch, documents_[i] - stretch.first, member, counts_[i]);
    }
    if (frequencies_.empty()) return;
    for_each_bit(touched_,
                 [&](DocumentNumber place) { add_score(stretch, place, std::exchange(frequencies_[place], 0)); });
    touched_ = {};
  }

  void look_up(Stretch& stretch, DocumentNumber place) override {
    const DocumentNumber document = stretch.first + place;
    double frequency = 0;
    for (Member& member : members_) {
      member.cursor->advance(document);
      if (member.cursor->document() != document) continue;
      frequency += member.count * member.cursor->count();
      if (member.matches) set(stretch.matching, place);
    }
    if (frequency > 0) add_score(stretch, place, frequency);
  }

 private:
  struct Member {
    std::unique_ptr<PostingCursor> cursor;
    double count = 1;
    bool matches = true;  // not one that is only related
  };

  double half(double length_factor) const { return plan_.k1 * (node_.length_normalised ? length_factor : 1); }

  double most_saturation(Member& member, DocumentNumber first, DocumentNumber end) const {
    double most = 0;
    for (DocumentNumber at = first; at < end;) {
      const PostingBound bound = member.cursor->bound(at);
      for (const auto& [count, length] : bound.pairs)
        most = std::max(
            most, count == no_document ? 1 : saturated(member.count * count, half(length_factor(plan_, {length, 0}))));
      if (bound.last >= end - 1) break;
      at = bound.last + 1;
    }
    return most;
  }

  /// Of a single term this is all there is; of several, the frequency is a sum.
  void add_frequency(Stretch& stretch, DocumentNumber place, const Member& member, std::uint32_t count) {
    const double frequency = member.count * count;
    stretch.touch(place);
    if (member.matches) set(stretch.matching, place);
    if (frequencies_.empty()) return add_score(stretch, place, frequency);
    set(touched_, place);
    frequencies_[place] += frequency;
  }

  void add_score(Stretch& stretch, DocumentNumber place, double frequency) const {
    add(stretch, place, weight_ * saturated(frequency, half(stretch.length_factor(place, plan_, postings_))));
  }

  const QueryPlan& plan_;
  const Postings& postings_;
  const PlanNode& node_;
  double weight_;
  std::vector<Member> members_;
  std::vector<double> frequencies_;  // of several terms, by place
  Bits touched_{};
  std::array<DocumentNumber, PostingCursor::most_taken> documents_{};
  std::array<std::uint32_t, PostingCursor::most_taken> counts_{};
};

/// What has to be looked at document by document, such as a phrase.
class BestDocuments::Other final : public Part {
 public:
  Other(const QueryPlan& plan, const Postings& postings, const PlanNode& node, double more)
      : Part(more), most_(*most_score(node) + more), matcher_(make_matcher(plan, postings, node)) {
    matcher_->advance(1);
  }

  DocumentNumber document() const override { return matcher_->document(); }
  double bound(DocumentNumber, DocumentNumber end) override { return matcher_->document() < end ? most_ : 0; }
  void pass(DocumentNumber end) override { matcher_->advance(end); }

  void read(Stretch& stretch) override {
    for (matcher_->advance(stretch.first); matcher_->document() < stretch.end();
         matcher_->advance(matcher_->document() + 1)) {
      const DocumentNumber place = matcher_->document() - stretch.first;
      stretch.touch(place);
      set(stretch.matching, place);
      add(stretch, place, matcher_->score(matcher_->document()));
    }
  }

  void look_up(Stretch& stretch, DocumentNumber place) override {
    const DocumentNumber document = stretch.first + place;
    matcher_->advance(document);
    if (matcher_->document() != document) return;
    set(stretch.matching, place);
    add(stretch, place, matcher_->score(document));
  }

 private:
  double most_;
  std::unique_ptr<Matcher> matcher_;
};

BestDocuments::BestDocuments(const QueryPlan& plan, const Disjunction& disjunction, const Postings& postings,
                             const std::vector<double>& part_bounds)
    : stretch_(std::make_unique<Stretch>()) {
  for (std::size_t i = 0; i < disjunction.parts.size(); ++i) {
    const PlanNode& node = *disjunction.parts[i];
    const double more = part_bounds.empty() ? 0 : part_bounds[i];
    if (is_word(node)) {
      parts_.push_back(std::make_unique<Word>(plan, postings, node, more));
    } else {
      parts_.push_back(std::make_unique<Other>(plan, postings, node, more));
    }
  }
}

BestDocuments::~BestDocuments() = default;

const std::vector<Candidate>& BestDocuments::next(double enough) {
  found_.clear();
  while (found_.empty()) {
    DocumentNumber first = no_document;
    for (const auto& part : parts_) first = std::min(first, part->document());
    if (first == no_document) break;
    stretch_->first = std::max(next_, first - first % stretch_size);
    next_ = stretch_->end();
    evaluate(enough);
  }
  return found_;
}

void BestDocuments::evaluate(double enough) {
  Stretch& stretch = *stretch_;
  std::vector<std::pair<double, Part*>> bounds;
  for (const auto& part : parts_)
    if (const double bound = part->bound(stretch.first, stretch.end()); bound > 0 || enough == 0)
      bounds.emplace_back(bound, part.get());
  std::sort(bounds.begin(), bounds.end());
  std::size_t rest = 0;  // so many parts cannot reach it together
  std::vector<double> sums;
  double sum = 0;
  for (const auto& [bound, part] : bounds) {
    sums.push_back(sum);
    sum += bound;
    if (sum < enough) ++rest;
  }
  if (rest == bounds.size()) {
    for (const auto& part : parts_) part->pass(stretch.end());
    return;
  }
  stretch.bits = stretch.matching = {};
  for (std::size_t i = rest; i < bounds.size(); ++i) bounds[i].second->read(stretch);
  for_each_bit(stretch.bits, [&](DocumentNumber place) {
    const auto most = [&] { return stretch.least[place] + stretch.more[place]; };
    for (std::size_t i = rest; i-- > 0;) {
      if (most() + sums[i] + bounds[i].first < enough) return;
      bounds[i].second->look_up(stretch, place);
    }
    if (most() >= enough && has(stretch.matching, place))
      found_.push_back({stretch.first + place, stretch.least[place], most()});
  });
}

}  // namespace limier
