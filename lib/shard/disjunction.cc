#include "shard/disjunction.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

#include "shard/counted_cursors.h"

namespace limier {
namespace {

bool is_word(const PlanNode& node) { return node.kind == PlanNode::Kind::Word; }

/// The most that a node can score, and nothing where it does not match; none where nobody knows.
std::optional<double> most_score(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Word:
    case PlanNode::Kind::Phrase:
    case PlanNode::Kind::Near:
      return node.weight * node.idf;
    case PlanNode::Kind::Alternatives: {
      double most = 0;
      for (const PlanNode& child : node.children) {
        const std::optional<double> score = most_score(child);
        if (!score) return std::nullopt;
        most = std::max(most, *score);
      }
      return most;
    }
    case PlanNode::Kind::Group:
      if (node.loose) return 0;
      return std::nullopt;
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
  if (is_word(node)) return {{&node}, {}};
  Disjunction disjunction;
  for (const PlanNode& child : node.children) disjunction.parts.push_back(&child);
  return disjunction;
}

/// A part that has to be looked at document by document, on its way: no match is before `first` that was not found.
struct Slow {
  std::unique_ptr<Matcher> matcher;
  DocumentNumber first = 0;

  /// Adds its matches. What others have matched is passed over, for to find places takes longest.
  void add(DocumentBits& bits) {
    for (first = matcher->may_match_from(std::max(first, bits.first())); first < bits.end();
         first = matcher->may_match_from(first + 1))
      if (!bits.has(first) && matcher->matches(first)) bits.set(first);
  }
};

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

std::vector<const PlanNode*> rarest_words(const Disjunction& disjunction, const Postings& postings,
                                          std::uint64_t documents) {
  if (disjunction.parts.size() < 2) return {};
  std::vector<std::pair<std::uint64_t, const PlanNode*>> words;
  for (const PlanNode* part : disjunction.parts) {
    if (!is_word(*part) || *most_score(*part) == 0) continue;  // What scores nothing says nothing of what is needed.
    if (const std::uint64_t frequency = sum_of_frequencies(postings, part->terms, true); frequency > 0)
      words.emplace_back(frequency, part);
  }
  std::ranges::stable_sort(words, {}, &std::pair<std::uint64_t, const PlanNode*>::first);
  std::vector<const PlanNode*> rarest;
  std::uint64_t sum = 0;
  for (const auto& [frequency, word] : words) {
    if (sum >= documents) return rarest;
    sum += frequency;
    rarest.push_back(word);
  }
  return {};
}

void for_each_match(const QueryPlan& plan, const Disjunction& disjunction, const Postings& postings,
                    const std::function<bool(const DocumentBits&)>& visit) {
  std::vector<std::string_view> terms;
  std::vector<Slow> slow;
  for (const PlanNode* part : disjunction.parts) {
    if (!is_word(*part)) {
      std::unique_ptr<Matcher> matcher = make_matcher(plan, postings, *part);
      const DocumentNumber first = matcher->may_match_from(1);
      slow.push_back({std::move(matcher), first});
      continue;
    }
    for (const CountedTerm& term : part->terms)
      if (term.matches) terms.push_back(term.term);
  }
  const std::vector<std::unique_ptr<PostingCursor>> cursors = postings.cursors(terms, 1);
  const std::unique_ptr<Matcher> filter =
      disjunction.filter ? make_matcher(plan, postings, *disjunction.filter) : nullptr;
  for (;;) {
    DocumentNumber first = no_document;
    for (const auto& cursor : cursors) first = std::min(first, cursor->document());
    for (const Slow& part : slow) first = std::min(first, part.first);
    if (first == no_document) return;
    DocumentBits bits(first - first % DocumentBits::size);
    for (const auto& cursor : cursors) bits.set(*cursor);
    for (Slow& part : slow) part.add(bits);
    if (filter) filter->keep(bits);
    bits.retain_of_64([&](DocumentNumber begin, std::uint64_t some) { return postings.living(begin, some); });
    if (!visit(bits)) return;
  }
}

/// The documents that are looked at together, and room to work in.
struct BestDocuments::Stretch {
  DocumentBits matching;                               // of which parts were read
  std::array<float, DocumentBits::size> all_scores{};  // by place, of these parts; 0 where none was

  std::array<DocumentNumber, DocumentBits::size> candidates;  // that may have enough

  std::array<DocumentNumber, DocumentBits::size> documents;
  std::array<std::uint32_t, DocumentBits::size> counts;
  std::array<DocumentLengths, DocumentBits::size> lengths;
  std::array<float, DocumentBits::size> frequencies, scores;

  // For the sum of several terms' occurrences, by place; 0 between words. Those that reach what is needed, in no order,
  // and one more.
  std::array<float, DocumentBits::size> sums{};
  std::array<DocumentNumber, DocumentBits::size + 1> reached;

  DocumentNumber first() const { return matching.first(); }
  DocumentNumber end() const { return matching.end(); }

  float& score(DocumentNumber document) { return all_scores[document - first()]; }

  /// Forgets what was read.
  void finish() { all_scores.fill(0); }
};

/// A part on its way through the documents.
class BestDocuments::Part {
 public:
  /// `bounds` are its own among KnownBounds, and outlive it.
  explicit Part(std::vector<float>& bounds) : stretch_bounds_(bounds) {}
  virtual ~Part() = default;

  /// No later than its first document from where it was read on.
  virtual DocumentNumber document() const = 0;

  /// Of the scores of documents of a stretch.
  float bound(const Stretch& stretch) {
    const std::size_t number = stretch.first() / DocumentBits::size;
    if (stretch_bounds_.size() <= number) stretch_bounds_.resize(number + 1, -1);
    if (stretch_bounds_[number] < 0) stretch_bounds_[number] = find_bound(stretch.first(), stretch.end());
    return stretch_bounds_[number];
  }

  /// Moves behind documents that nobody needs.
  virtual void pass(DocumentNumber end) = 0;

  /// Whether it is looked at document by document: then it had better be read behind the others.
  virtual bool is_slow() const = 0;

  /// Adds what it scores to all documents of the stretch; where they would still have less than is needed, maybe not.
  virtual void read(Stretch& stretch, float needed) = 0;

  /// Likewise to some ascending documents of the stretch.
  virtual void look_up(Stretch& stretch, std::span<const DocumentNumber> documents, float needed) = 0;

 private:
  /// Of the scores of documents from `first` to before `end`.
  virtual float find_bound(DocumentNumber first, DocumentNumber end) = 0;

  std::vector<float>& stretch_bounds_;
};

/// A word: the counts of its terms are the score.
class BestDocuments::Word final : public Part {
 public:
  Word(const QueryPlan& plan, const Postings& postings, const PlanNode& node, double unit, std::vector<float>& bounds)
      : Part(bounds),
        postings_(postings),
        weight_(static_cast<float>(node.weight * node.idf / unit)),
        members_(counted_cursors(postings, node.terms, true, 1)),
        bounds_(members_.size()) {
    const double of_length = node.length_normalised ? plan.k1 * plan.b : 0;
    half_ = static_cast<float>(plan.k1 - of_length);
    half_of_word_ = static_cast<float>(of_length / plan.average_length);
    half_of_title_word_ = static_cast<float>(of_length / plan.average_length * plan.title_length_weight);
  }

  DocumentNumber document() const override {
    DocumentNumber first = no_document;
    for (const CountedCursor& member : members_) first = std::min(first, member.cursor->document());
    return first;
  }

  void pass(DocumentNumber end) override {
    for (CountedCursor& member : members_) member.cursor->advance(end);
  }

  bool is_slow() const override { return false; }

  /// Of most documents their occurrences alone tell that they have too few. Of a single term the counts are all there
  /// is; of several, the frequency is a sum, which reaches what is needed once.
  void read(Stretch& stretch, float needed) override {
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
      stretch.sums.fill(0);
    }
    add_matches(stretch, documents, needed);
  }

  /// Sets the bits of all documents that have any of its terms, be there occurrences or not. REQUIRES ascending ones.
  void mark(DocumentBits& documents) {
    for (CountedCursor& member : members_) {
      member.cursor->advance(documents.first());
      documents.set(*member.cursor);
    }
  }

  /// To read all of the stretch takes less time than to look for many.
  void look_up(Stretch& stretch, std::span<const DocumentNumber> documents, float /*needed*/) override {
    constexpr std::size_t many = 64;
    if (documents.size() >= many) {
      for_each_taken(stretch, [&](const CountedCursor& member, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
          stretch.sums[stretch.documents[i] - stretch.first()] += frequency(member, stretch.counts[i]);
      });
      read_sums(stretch, documents);
      stretch.sums.fill(0);
    } else {
      sum_up(stretch, documents);
    }
    add_scores(stretch, documents);
  }

 private:
  static constexpr float not_nothing = 1e-30F;

  float find_bound(DocumentNumber first, DocumentNumber end) override {
    float share = 0;
    for (std::size_t i = 0; i < members_.size(); ++i)
      if (const DocumentNumber document = members_[i].cursor->document(); document < end)
        share += most_saturation(i, std::max(first, document), end);
    return weight_ * std::min(1.0F, share);
  }

  /// The most that one of some documents has.
  struct Bound {
    float saturation = 0;
    DocumentNumber last = 0;  // of them
  };

  static float frequency(const CountedCursor& member, std::uint32_t count) {
    return static_cast<float>(member.count) * static_cast<float>(static_cast<std::int32_t>(count));
  }

  /// Reads the stretch into the first places of its room: calls `visit` with a member and how many it has given.
  template <typename Visit>
  void for_each_taken(Stretch& stretch, Visit visit) {
    for (CountedCursor& member : members_) {
      member.cursor->advance(stretch.first());
      while (const std::size_t count =
                 member.cursor->take(stretch.end(), stretch.documents.data(), stretch.counts.data()))
        visit(member, count);
    }
  }

  /// The fewest occurrences with which a document, be it as short as may be, scores so much; above 0.
  float least_frequency(float needed) const {
    if (needed >= weight_) return std::numeric_limits<float>::infinity();
    return std::max(not_nothing, needed * half_ / (weight_ - needed));
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

  /// As `saturated`, without a branch; `half_` may be 0.
  float saturation(float frequency, DocumentLengths lengths) const {
    const float half = half_ + half_of_word_ * static_cast<float>(static_cast<std::int32_t>(lengths.text)) +
                       half_of_title_word_ * static_cast<float>(static_cast<std::int32_t>(lengths.title));
    return frequency / std::max(frequency + half, not_nothing);
  }

  /// Blocks of rare words reach over many stretches.
  float most_saturation(std::size_t member, DocumentNumber first, DocumentNumber end) {
    Bound& known = bounds_[member];
    if (known.last < end - 1) known = find_bound(members_[member], first, end);
    return known.saturation;
  }

  Bound find_bound(const CountedCursor& member, DocumentNumber first, DocumentNumber end) const {
    const PostingBound bound = member.cursor->bound(first, end);
    float most = 0;
    for (const auto& [count, length] : bound.pairs)
      most = std::max(most, count == no_document ? 1 : saturation(frequency(member, count), {length, 0}));
    return {most, bound.last};
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
      stretch.scores[i] = weight_ * saturation(stretch.frequencies[i], stretch.lengths[i]);
    for (std::size_t i = 0; i < documents.size(); ++i) stretch.score(documents[i]) += stretch.scores[i];
  }

  const Postings& postings_;
  float weight_;
  std::vector<CountedCursor> members_;
  // The number of occurrences that scores half of what endless repetition does: in a document without words, and what
  // each word adds.
  float half_ = 0, half_of_word_ = 0, half_of_title_word_ = 0;
  std::vector<Bound> bounds_;  // of each member where it was asked for last
};

/// What has to be looked at document by document, such as a phrase.
class BestDocuments::Other final : public Part {
 public:
  Other(const QueryPlan& plan, const Postings& postings, const PlanNode& node, double unit, std::vector<float>& bounds)
      : Part(bounds),
        postings_(postings),
        unit_(unit),
        most_(*most_score(node)),
        matcher_(make_matcher(plan, postings, node)),
        first_(matcher_->may_match_from(1)) {}

  DocumentNumber document() const override { return std::max(first_, matcher_->document()); }

  void pass(DocumentNumber end) override { first_ = matcher_->may_match_from(end); }

  bool is_slow() const override { return true; }

  void read(Stretch& stretch, float needed) override {
    for (first_ = matcher_->may_match_from(std::max(first_, stretch.first())); first_ < stretch.end();
         first_ = matcher_->may_match_from(first_ + 1))
      add_score(stretch, needed);
  }

  void look_up(Stretch& stretch, std::span<const DocumentNumber> documents, float needed) override {
    for (const DocumentNumber document : documents) {
      first_ = matcher_->may_match_from(std::max(first_, document));
      if (first_ == document) add_score(stretch, needed);
    }
  }

 private:
  float find_bound(DocumentNumber first, DocumentNumber end) override {
    first = std::max(first, document());
    return first < end ? static_cast<float>(std::min(most_, matcher_->bound(first, end)) / unit_) : 0;
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

  const Postings& postings_;
  double unit_, most_;
  std::unique_ptr<Matcher> matcher_;
  DocumentNumber first_ = 0;  // where it may match, behind what was passed
};

BestDocuments::BestDocuments(const QueryPlan& plan, const Disjunction& disjunction, const Postings& postings,
                             const std::vector<const PlanNode*>& rarest, Among among, KnownBounds& known)
    : postings_(postings), stretch_(std::make_unique_for_overwrite<Stretch>()) {
  for (const PlanNode* node : disjunction.parts) {
    unit_ += *most_score(*node);
    most_terms_ = std::max(most_terms_, node->terms.size());
  }
  if (!(unit_ > 0)) unit_ = 1;
  const auto make_word = [&](const PlanNode& node) {
    return std::make_unique<Word>(plan, postings, node, unit_, known[&node]);
  };
  for (const PlanNode* node : rarest) {
    if (among == Among::WithRarest) parts_.push_back(make_word(*node));
    if (among == Among::WithoutRarest) excluded_.push_back(make_word(*node));
  }
  leading_ = parts_.size();
  for (const PlanNode* node : disjunction.parts) {
    if (std::ranges::count(rarest, node) > 0) continue;
    if (is_word(*node)) {
      parts_.push_back(make_word(*node));
    } else {
      parts_.push_back(std::make_unique<Other>(plan, postings, *node, unit_, known[node]));
    }
  }
  if (among == Among::WithoutRarest) leading_ = parts_.size();
}

BestDocuments::~BestDocuments() = default;

/// Each of the parts adds a rounding, which for very small scores is absolute, and so does each term to its part.
double BestDocuments::rounded_down(double score) const {
  const double roundings = static_cast<double>(parts_.size() + most_terms_ + 8) * std::numeric_limits<float>::epsilon();
  constexpr double least = 1e-30;
  return score * (1 - 2 * roundings) - least * unit_;
}

const std::vector<Candidate>& BestDocuments::next(double enough) {
  found_.clear();
  while (found_.empty()) {
    DocumentNumber first = no_document;
    for (std::size_t i = 0; i < leading_; ++i) first = std::min(first, parts_[i]->document());
    if (first == no_document) break;
    stretch_->matching = DocumentBits(std::max(next_, first - first % DocumentBits::size));
    next_ = stretch_->end();
    evaluate(std::max(0.0F, static_cast<float>(enough / unit_)));
  }
  return found_;
}

/// Reads parts in their order; documents need so much from them and those before.
void BestDocuments::read(std::span<const Bound> parts, float enough) {
  for (const Bound& bound : parts)
    if (!bound.part->is_slow()) bound.part->read(*stretch_, enough - (bound.before + bound.behind));
  const float needed = enough - parts.front().before;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].part->is_slow()) continue;
    float unread = 0;
    for (std::size_t j = i + 1; j < parts.size(); ++j)
      if (parts[j].part->is_slow()) unread += parts[j].score;
    parts[i].part->read(*stretch_, needed - unread);
  }
}

void BestDocuments::evaluate(float enough) {
  Stretch& stretch = *stretch_;
  bounds_.clear();
  for (std::size_t i = 0; i < parts_.size(); ++i)
    if (const float score = parts_[i]->bound(stretch); score > 0 || enough == 0)
      bounds_.push_back({score, 0, 0, i < leading_, parts_[i].get()});
  // What takes long had better be looked up in the end, in few documents, unless more others would have to lead
  // instead.
  const auto waits = [enough](const Bound& bound) { return bound.part->is_slow() && bound.score < enough / 4; };
  std::ranges::sort(bounds_, {},
                    [&](const Bound& bound) { return std::tuple(bound.leads, !waits(bound), bound.score); });
  std::size_t rest = 0;  // so many parts do not lead, or cannot reach it together
  float sum = 0;
  for (Bound& bound : bounds_) {
    bound.before = sum;
    sum += bound.score;
    if (!bound.leads || sum < enough) ++rest;
  }
  if (rest == bounds_.size()) {
    for (const auto& part : parts_) part->pass(stretch.end());
    return;
  }
  float behind = 0;
  for (std::size_t i = bounds_.size(); i > rest; --i) {
    bounds_[i - 1].behind = behind;
    behind += bounds_[i - 1].score;
  }
  const float unread = bounds_[rest].before;
  read(std::span(bounds_).subspan(rest), enough);
  std::size_t count = 0;
  const auto keep = [&](DocumentNumber document, float more) {  // without a branch, which nobody could foretell
    stretch.candidates[count] = document;
    count += static_cast<std::size_t>(stretch.score(document) + more >= enough);
  };
  stretch.matching.for_each([&](DocumentNumber document) { keep(document, unread); });
  for (std::size_t i = rest; i > 0 && count > 0; --i) {
    const std::span documents(stretch.candidates.data(), count);
    bounds_[i - 1].part->look_up(stretch, documents, enough - bounds_[i - 1].before);
    count = 0;
    for (const DocumentNumber document : documents) keep(document, bounds_[i - 1].before);
  }
  if (count > 0) {
    DocumentBits excluded(stretch.first());
    for (const auto& word : excluded_) word->mark(excluded);
    for (const DocumentNumber document : std::span(stretch.candidates).first(count))
      if (!excluded.has(document) && postings_.is_living(document))
        found_.push_back({document, stretch.score(document) * unit_});
  }
  stretch.finish();
}

}  // namespace limier
