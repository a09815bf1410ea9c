#include "shard/matcher.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

namespace limier {
namespace {

/// BM25's saturation of term frequency (Robertson and Zaragoza 2009, eq. 3.15, without the constant factor k1 + 1).
class Saturation {
 public:
  Saturation(const QueryPlan& plan, const Postings& postings, const PlanNode& node)
      : plan_(plan), postings_(postings), node_(node) {}

  /// From 0 for no occurrence towards 1 for ever more.
  double operator()(DocumentNumber document, double frequency) const {
    return frequency == 0 ? 0 : frequency / (frequency + plan_.k1 * length_factor(document));
  }

 private:
  double length_factor(DocumentNumber document) const {
    if (!node_.length_normalised) return 1;
    const DocumentLengths lengths = postings_.lengths(document);
    return 1 - plan_.b + plan_.b * (lengths.text + plan_.title_length_weight * lengths.title) / plan_.average_length;
  }

  const QueryPlan& plan_;
  const Postings& postings_;
  const PlanNode& node_;
};

class AllMatcher final : public Matcher {
 public:
  explicit AllMatcher(const Postings& postings)
      : documents_(postings.all_documents()), cost_(postings.document_count()) {}

  double score() override { return 0; }
  std::uint64_t cost() const override { return cost_; }

 private:
  DocumentNumber seek(DocumentNumber target) override {
    documents_->advance(target);
    return documents_->document();
  }

  std::unique_ptr<PostingCursor> documents_;
  std::uint64_t cost_;
};

/// The documents of several terms.
class Union {
 public:
  Union(const Postings& postings, const std::vector<CountedTerm>& terms) {
    for (const CountedTerm& counted : terms) add(postings, counted.term, counted.count);
  }
  Union(const Postings& postings, const std::vector<std::string>& terms) {
    for (const std::string& term : terms) add(postings, term, 1);
  }

  std::uint64_t cost() const { return cost_; }

  DocumentNumber advance(DocumentNumber target) {
    DocumentNumber first = no_document;
    for (Member& member : members_) {
      member.cursor->advance(target);
      first = std::min(first, member.cursor->document());
    }
    return first;
  }

  double frequency(DocumentNumber document) const {
    double sum = 0;
    for (const Member& member : members_)
      if (member.cursor->document() == document) sum += member.count * member.cursor->count();
    return sum;
  }

  /// Where any of the terms stands, ascending.
  void positions(DocumentNumber document, std::vector<std::uint32_t>& positions) const {
    positions.clear();
    for (const Member& member : members_) {
      if (member.cursor->document() != document) continue;
      const auto middle = static_cast<std::ptrdiff_t>(positions.size());
      member.cursor->append_positions(positions);
      std::inplace_merge(positions.begin(), positions.begin() + middle, positions.end());
    }
  }

 private:
  struct Member {
    std::unique_ptr<PostingCursor> cursor;
    double count;
  };

  void add(const Postings& postings, const std::string& term, double count) {
    std::unique_ptr<PostingCursor> cursor = postings.cursor(term);
    if (!cursor) return;
    members_.push_back({std::move(cursor), count});
    cost_ += postings.document_frequency(term);
  }

  std::vector<Member> members_;
  std::uint64_t cost_ = 0;
};

class WordMatcher final : public Matcher {
 public:
  WordMatcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node)
      : node_(node),
        terms_(postings, node.terms),
        exact_terms_(postings, node.exact_terms),
        saturation_(plan, postings, node) {}

  double score() override {
    exact_terms_.advance(document());
    return node_.weight * saturation_(document(), terms_.frequency(document())) +
           node_.exact_weight * saturation_(document(), exact_terms_.frequency(document()));
  }
  std::uint64_t cost() const override { return terms_.cost(); }

 private:
  DocumentNumber seek(DocumentNumber target) override { return terms_.advance(target); }

  const PlanNode& node_;
  Union terms_, exact_terms_;
  Saturation saturation_;
};

/// Moves all members to the first document from `target` on that every one of them has.
template <typename Members, typename Advance>
DocumentNumber intersect(Members& members, DocumentNumber target, Advance advance) {
  for (std::size_t agreeing = 0, i = 0; agreeing < members.size(); i = (i + 1) % members.size()) {
    const DocumentNumber document = advance(members[i], target);
    if (document == no_document) return no_document;
    agreeing = document == target ? agreeing + 1 : 1;
    target = document;
  }
  return target;
}

class PhraseMatcher final : public Matcher {
 public:
  PhraseMatcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node)
      : node_(node), last_offset_(node.slots.back().offset), saturation_(plan, postings, node) {
    for (const PlanNode::Slot& slot : node.slots) words_.push_back({Union(postings, slot.terms), slot.offset});
    std::stable_sort(words_.begin(), words_.end(),
                     [](const Word& a, const Word& b) { return a.terms.cost() < b.terms.cost(); });
  }

  double score() override { return node_.weight * saturation_(document(), static_cast<double>(starts_.size())); }

  std::uint64_t cost() const override { return words_.front().terms.cost(); }

 private:
  struct Word {
    Union terms;
    std::uint32_t offset;
  };

  DocumentNumber seek(DocumentNumber target) override {
    for (;; ++target) {
      target = intersect(words_, target, [](Word& word, DocumentNumber t) { return word.terms.advance(t); });
      if (target == no_document || find_starts(target)) return target;
    }
  }

  /// Leaves in `starts_` the positions at which the phrase begins, each raised by the last word's offset lest it fall
  /// below 0.
  bool find_starts(DocumentNumber document) {
    for (const Word& word : words_) {
      word.terms.positions(document, positions_);
      for (std::uint32_t& position : positions_) position += last_offset_ - word.offset;
      if (&word == words_.data()) {
        starts_ = positions_;
      } else {
        common_.clear();
        std::set_intersection(starts_.begin(), starts_.end(), positions_.begin(), positions_.end(),
                              std::back_inserter(common_));
        starts_.swap(common_);
      }
      if (starts_.empty()) return false;
    }
    return true;
  }

  const PlanNode& node_;
  std::vector<Word> words_;
  std::uint32_t last_offset_;
  Saturation saturation_;
  std::vector<std::uint32_t> starts_, positions_, common_;
};

class DatesMatcher final : public Matcher {
 public:
  DatesMatcher(const Postings& postings, const PlanNode& node)
      : documents_(postings.all_documents()), postings_(postings), node_(node) {}

  double score() override { return 0; }
  std::uint64_t cost() const override { return postings_.document_count(); }

 private:
  DocumentNumber seek(DocumentNumber target) override {
    for (documents_->advance(target); documents_->document() != no_document;
         documents_->advance(documents_->document() + 1)) {
      if (holds(postings_.dates(documents_->document()))) break;
    }
    return documents_->document();
  }

  bool holds(const std::string& dates) const {
    return dates.size() == 16 && node_.first_day.compare(0, 8, dates, 0, 8) <= 0 &&
           node_.last_day.compare(0, 8, dates, 8, 8) >= 0;
  }

  std::unique_ptr<PostingCursor> documents_;
  const Postings& postings_;
  const PlanNode& node_;
};

using Matchers = std::vector<std::unique_ptr<Matcher>>;

/// A group: all of `required`, or else any of `optional`, and none of `forbidden`.
class GroupMatcher final : public Matcher {
 public:
  GroupMatcher(Matchers required, Matchers optional, Matchers forbidden)
      : required_(std::move(required)), optional_(std::move(optional)), forbidden_(std::move(forbidden)) {
    for (const auto& matcher : required_) by_cost_.push_back(matcher.get());
    std::stable_sort(by_cost_.begin(), by_cost_.end(),
                     [](const Matcher* a, const Matcher* b) { return a->cost() < b->cost(); });
  }

  double score() override {
    double sum = 0;
    for (const auto& matcher : required_) sum += matcher->score();
    for (const auto& matcher : optional_) {
      matcher->advance(document());
      if (matcher->document() == document()) sum += matcher->score();
    }
    return sum;
  }

  std::uint64_t cost() const override {
    if (!by_cost_.empty()) return by_cost_.front()->cost();
    return std::accumulate(optional_.begin(), optional_.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& matcher) { return sum + matcher->cost(); });
  }

 private:
  DocumentNumber seek(DocumentNumber target) override {
    for (;; ++target) {
      target = required_.empty() ? first_optional(target) : first_required(target);
      if (target == no_document || !is_forbidden(target)) return target;
    }
  }

  DocumentNumber first_required(DocumentNumber target) {
    return intersect(by_cost_, target, [](Matcher* matcher, DocumentNumber t) {
      matcher->advance(t);
      return matcher->document();
    });
  }

  DocumentNumber first_optional(DocumentNumber target) {
    DocumentNumber first = no_document;
    for (const auto& matcher : optional_) {
      matcher->advance(target);
      first = std::min(first, matcher->document());
    }
    return first;
  }

  bool is_forbidden(DocumentNumber document) {
    return std::any_of(forbidden_.begin(), forbidden_.end(), [&](const auto& matcher) {
      matcher->advance(document);
      return matcher->document() == document;
    });
  }

  Matchers required_, optional_, forbidden_;
  std::vector<Matcher*> by_cost_;
};

class NothingMatcher final : public Matcher {
 public:
  double score() override { return 0; }
  std::uint64_t cost() const override { return 0; }

 private:
  DocumentNumber seek(DocumentNumber) override { return no_document; }
};

std::unique_ptr<Matcher> make_node(const QueryPlan& plan, const Postings& postings, const PlanNode& node);

std::unique_ptr<Matcher> make_group(const QueryPlan& plan, const Postings& postings, const PlanNode& node) {
  Matchers required, optional, forbidden;
  for (const PlanNode& child : node.children) {
    Matchers& part = child.occur == Occur::Must ? required : child.occur == Occur::MustNot ? forbidden : optional;
    part.push_back(make_node(plan, postings, child));
  }
  return std::make_unique<GroupMatcher>(std::move(required), std::move(optional), std::move(forbidden));
}

std::unique_ptr<Matcher> make_node(const QueryPlan& plan, const Postings& postings, const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Nothing:
      break;
    case PlanNode::Kind::Everything:
      return std::make_unique<AllMatcher>(postings);
    case PlanNode::Kind::Word:
      return std::make_unique<WordMatcher>(plan, postings, node);
    case PlanNode::Kind::Phrase:
      return std::make_unique<PhraseMatcher>(plan, postings, node);
    case PlanNode::Kind::Dates:
      return std::make_unique<DatesMatcher>(postings, node);
    case PlanNode::Kind::Group:
      return make_group(plan, postings, node);
  }
  return std::make_unique<NothingMatcher>();
}

}  // namespace

std::unique_ptr<Matcher> make_matcher(const QueryPlan& plan, const Postings& postings) {
  return make_node(plan, postings, plan.root);
}

}  // namespace limier
