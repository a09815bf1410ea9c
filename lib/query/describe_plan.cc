#include "query/describe_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "shard/schema.h"

namespace limier {
namespace {

/// The words in terms, each once; of very many the first.
class WordList {
 public:
  void add(std::string_view term) {
    const std::string_view word = schema::word_in(term);
    if (std::find(words_.begin(), words_.end(), word) != words_.end()) return;
    if (words_.size() < most) {
      words_.push_back(word);
    } else {
      is_cut_ = true;
    }
  }

  std::string text() const { return fmt::format("{}{}", fmt::join(words_, " "), is_cut_ ? " …" : ""); }

 private:
  static constexpr std::size_t most = 20;

  std::vector<std::string_view> words_;
  bool is_cut_ = false;
};

std::string words_of(const std::vector<CountedTerm>& terms) {
  WordList words;
  for (const CountedTerm& term : terms) words.add(term.term);
  return words.text();
}

std::string words_of(const PlanNode::Slot& slot) {
  WordList words;
  for (const std::string& term : slot.forms.empty() ? slot.terms : slot.forms) words.add(term);
  return words.text();
}

std::string factors(const PlanNode& node) { return fmt::format("weight {:g}, idf {:.4g}", node.weight, node.idf); }

/// A name, what it is about and where.
std::string heading(std::string_view kind, const PlanNode& node) {
  std::string text(kind);
  if (!node.label.empty()) text += ' ' + node.label;
  if (!node.field.empty()) text += " in " + node.field;
  return text;
}

std::string describe_word(const PlanNode& node) {
  if (node.weight == 0) return heading("filter", node);
  const bool by_stem = !node.terms.empty() && node.terms.front().term.starts_with('Z');
  std::string text = heading("word", node) + (by_stem ? ": stems " : ": forms ") + words_of(node.terms);
  if (!node.exact_terms.empty()) text += "; very forms " + words_of(node.exact_terms);
  return text + "; " + factors(node);
}

std::string describe_phrase(const PlanNode& node) {
  std::string text = heading("phrase", node) + ':';
  for (const PlanNode::Slot& slot : node.slots) text += fmt::format(" [{}]", words_of(slot));
  return node.weight > 0 ? text + "; " + factors(node) : text;
}

std::string describe_group(const PlanNode& node) {
  const bool has_must = std::any_of(node.children.begin(), node.children.end(),
                                    [](const PlanNode& child) { return child.occur == Occur::Must; });
  const std::string minimum = node.minimum > 1 ? fmt::format("at least {} of", node.minimum) : "any of";
  return heading(has_must && node.minimum == 0 ? "all with +" : minimum, node);
}

std::string describe_node(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Nothing:
      return heading("nothing", node);
    case PlanNode::Kind::Word:
      return describe_word(node);
    case PlanNode::Kind::Phrase:
      return describe_phrase(node);
    case PlanNode::Kind::Near:
      return heading("near", node) + fmt::format(", within {} words", node.distance) +
             (node.weight > 0 ? "; " + factors(node) : "");
    case PlanNode::Kind::Alternatives:
      return heading("one of", node);
    case PlanNode::Kind::Group:
      return describe_group(node);
    default:
      return heading("filter", node);
  }
}

void append(const PlanNode& node, std::size_t depth, std::string& text) {
  const std::string_view sign = node.occur == Occur::Must ? "+" : node.occur == Occur::MustNot ? "-" : "";
  text += fmt::format("{:{}}{}{}\n", "", 2 * depth, sign, describe_node(node));
  for (const PlanNode& child : node.children) append(child, depth + 1, text);
}

}  // namespace

std::string describe_plan(const QueryPlan& plan) {
  std::string text;
  append(plan.root, 0, text);
  return text;
}

}  // namespace limier
