#include "query/wanted.h"

#include <string>
#include <string_view>
#include <utility>

#include "shard/schema.h"

namespace limier {
namespace {

void add_term(const std::string& term, Wanted::Word& word) {
  (term.starts_with('Z') ? word.stems : word.forms).emplace_back(schema::word_in(term));
}

/// Terms of other fields are the title's share of the same words.
Wanted::Word make_word(const PlanNode& node) {
  Wanted::Word word;
  for (const CountedTerm& counted : node.terms)
    if (schema::field_of(counted.term) == node.field) add_term(counted.term, word);
  return word;
}

Wanted::Word make_word(const PlanNode::Slot& slot) {
  Wanted::Word word;
  for (const std::string& term : slot.forms.empty() ? slot.terms : slot.forms) add_term(term, word);
  return word;
}

/// Calls `visit` for the words, phrases and distances in `node`.
template <typename Visit>
void for_each_wanted(const PlanNode& node, Visit visit) {
  if (node.occur == Occur::MustNot) return;
  if (node.kind == PlanNode::Kind::Group || node.kind == PlanNode::Kind::Alternatives) {
    for (const PlanNode& child : node.children) for_each_wanted(child, visit);
  } else if (node.kind == PlanNode::Kind::Word || node.kind == PlanNode::Kind::Phrase ||
             node.kind == PlanNode::Kind::Near) {
    visit(node);
  }
}

Wanted make_wanted(const PlanNode& node) {
  Wanted wanted;
  wanted.distance = node.distance;
  wanted.weight = node.weight * node.idf;
  if (node.kind == PlanNode::Kind::Word) wanted.words.push_back(make_word(node));
  for (const PlanNode::Slot& slot : node.slots) wanted.words.push_back(make_word(slot));
  for (const PlanNode& child : node.children) {
    std::vector<Wanted>& alternatives = wanted.parts.emplace_back();
    for_each_wanted(child, [&](const PlanNode& alternative) { alternatives.push_back(make_wanted(alternative)); });
  }
  return wanted;
}

template <typename IsShown>
std::vector<Wanted> wanted_in(const QueryPlan& plan, IsShown is_shown) {
  std::vector<Wanted> all;
  for_each_wanted(plan.root, [&](const PlanNode& node) {
    const bool is_filter = node.weight == 0;
    if (!is_filter && is_shown(node.field)) all.push_back(make_wanted(node));
  });
  return all;
}

bool is_text(const std::string& field) { return field.empty(); }
bool is_text_or_title(const std::string& field) { return field.empty() || field == schema::title.name; }

}  // namespace

std::vector<Wanted> wanted_in_body(const QueryPlan& plan) { return wanted_in(plan, is_text); }
std::vector<Wanted> wanted_in_title(const QueryPlan& plan) { return wanted_in(plan, is_text_or_title); }

}  // namespace limier
