#include "shard/flat_plan.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

#include "shard/counted_cursors.h"
#include "shard/matcher.h"
#include "shard/score_bounds.h"

namespace limier {
namespace {

bool is_word(const PlanNode& node) { return node.kind == PlanNode::Kind::Word; }

/// The most that a node can score, where it scores nothing unless it matches; none where nobody knows.
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

/// Whether a node, one of those of which it takes all, can only leave out documents.
bool is_filter(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Everything:
    case PlanNode::Kind::Dates:
    case PlanNode::Kind::Id:
    case PlanNode::Kind::Numbers:
      return true;
    case PlanNode::Kind::Word:
      return node.occur == Occur::MustNot || node.weight == 0;
    default:
      return node.occur == Occur::MustNot;
  }
}

/// Whether any of what a node holds will do, be it one word.
bool can_be_disjunction(const PlanNode& node) { return is_word(node) || is_disjunction(node); }

/// Without what is around a single part, and adds to its full score alone.
const PlanNode& unwrapped(const PlanNode& node) {
  const bool is_wrapped = node.kind == PlanNode::Kind::Group && !node.loose && node.children.size() == 1 &&
                          node.minimum <= 1 && node.children.front().occur != Occur::MustNot;
  return is_wrapped ? unwrapped(node.children.front()) : node;
}

/// Whether nodes, of which it takes all, are words, and maybe others that score nothing unless they match; and whether
/// scores are summed up in the order in which they stand.
bool are_alike(const std::vector<const PlanNode*>& nodes) {
  return std::ranges::any_of(nodes, [](const PlanNode* node) { return is_word(unwrapped(*node)); }) &&
         std::ranges::all_of(nodes, [&](const PlanNode* node) {
           return most_score(unwrapped(*node)) && node->occur == nodes.front()->occur;
         });
}

FlatPlan disjunction_of(const PlanNode& node) {
  if (is_word(node)) return {.parts = {{&node, *most_score(node)}}};
  FlatPlan flat;
  for (const PlanNode& child : node.children) flat.parts.push_back({&child, *most_score(child)});
  return flat;
}

/// Of a group of which it takes all children: one that can be a disjunction, or several, within filters.
std::optional<FlatPlan> conjunction_of(const PlanNode& group) {
  const auto optional = std::ranges::count(group.children, Occur::Should, &PlanNode::occur);
  if (group.kind != PlanNode::Kind::Group || group.minimum != static_cast<std::size_t>(optional)) return std::nullopt;
  std::vector<const PlanNode*> scored;
  PlanNode filter;
  filter.kind = PlanNode::Kind::Group;
  filter.children.emplace_back();  // Where all others are forbidden, all documents are what they are left out of.
  filter.children.back().kind = PlanNode::Kind::Everything;
  filter.children.back().occur = Occur::Must;
  for (const PlanNode& child : group.children) {
    if (is_filter(child)) {
      filter.children.push_back(child);
      if (child.occur == Occur::Should) filter.children.back().occur = Occur::Must;
    } else {
      scored.push_back(&child);
    }
  }
  FlatPlan flat;
  if (scored.size() == 1 && can_be_disjunction(*scored.front())) {
    flat = disjunction_of(*scored.front());
  } else if (!are_alike(scored)) {
    return std::nullopt;
  } else {
    flat.all = true;
    for (const PlanNode* node : scored) flat.parts.push_back({&unwrapped(*node), *most_score(unwrapped(*node))});
  }
  if (filter.children.size() > 1) flat.filter = std::move(filter);
  return flat;
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

SinglePrecision::SinglePrecision(const FlatPlan& flat) {
  std::size_t most_terms = 0;  // of a part
  for (const FlatPlan::Part& part : flat.parts) {
    unit_ += part.most_score;
    most_terms = std::max(most_terms, part.node->terms.size());
  }
  if (!(unit_ > 0)) unit_ = 1;
  roundings_ = static_cast<double>(flat.parts.size() + most_terms + 16) * std::numeric_limits<float>::epsilon();
}

double SinglePrecision::rounded_down(double score) const { return score * (1 - 2 * roundings_) - not_nothing * unit_; }

std::optional<FlatPlan> flatten(const QueryPlan& plan) {
  if (can_be_disjunction(plan.root)) return disjunction_of(plan.root);
  return conjunction_of(plan.root);
}

void for_each_match(const QueryPlan& plan, const FlatPlan& disjunction, const Postings& postings,
                    const std::function<bool(const DocumentBits&)>& visit) {
  std::vector<std::string_view> terms;
  std::vector<Slow> slow;
  for (const FlatPlan::Part& part : disjunction.parts) {
    if (!part.is_word()) {
      std::unique_ptr<Matcher> matcher = make_matcher(plan, postings, *part.node);
      const DocumentNumber first = matcher->may_match_from(1);
      slow.push_back({std::move(matcher), first});
      continue;
    }
    for (const CountedTerm& term : part.node->terms)
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

}  // namespace limier
