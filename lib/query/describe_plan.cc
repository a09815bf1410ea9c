#include "query/describe_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "shard/schema.h"
#include "text/message.h"

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

/// The name of one of `schema::query_fields`, which is translated, or of a value, which is not.
Message field_name(const std::string& field) {
  const bool is_known = std::any_of(std::begin(schema::query_fields), std::end(schema::query_fields),
                                    [&](const schema::Field& known) { return known.name == field; });
  return is_known ? make_message(field) : to_argument(field);
}

Message factor(double value) { return decimal(fmt::format("{:.4g}", value)); }

Message with_factors(const Message& text, const PlanNode& node) {
  if (node.weight == 0) return text;
  return message("{}; weight {}, idf {}", text, factor(node.weight), factor(node.idf));
}

/// A name, what it is about and where.
Message heading(Message text, const PlanNode& node) {
  if (!node.label.empty()) text = message("{} {}", text, node.label);
  if (!node.field.empty()) text = message("{} in {}", text, field_name(node.field));
  return text;
}

Message describe_word(const PlanNode& node) {
  if (node.weight == 0) return heading(message("filter"), node);
  const bool by_stem = !node.terms.empty() && node.terms.front().term.starts_with('Z');
  const Message word = heading(message("word"), node);
  const std::string words = words_of(node.terms);
  Message text = by_stem ? message("{}: stems {}", word, words) : message("{}: forms {}", word, words);
  if (!node.exact_terms.empty()) text = message("{}; very forms {}", text, words_of(node.exact_terms));
  return with_factors(text, node);
}

Message describe_phrase(const PlanNode& node) {
  std::string slots;
  for (const PlanNode::Slot& slot : node.slots)
    slots += fmt::format("{}[{}]", slots.empty() ? "" : " ", words_of(slot));
  return with_factors(message("{}: words {}", heading(message("phrase"), node), slots), node);
}

Message describe_near(const PlanNode& node) {
  return with_factors(message("{}, within {} words", heading(message("near"), node), node.distance), node);
}

Message describe_group(const PlanNode& node) {
  const bool has_must = std::any_of(node.children.begin(), node.children.end(),
                                    [](const PlanNode& child) { return child.occur == Occur::Must; });
  if (node.minimum > 1) return heading(message("at least {} of", node.minimum), node);
  return heading(has_must && node.minimum == 0 ? message("all with +") : message("any of"), node);
}

Message describe_node(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Nothing:
      return heading(message("nothing"), node);
    case PlanNode::Kind::Word:
      return describe_word(node);
    case PlanNode::Kind::Phrase:
      return describe_phrase(node);
    case PlanNode::Kind::Near:
      return describe_near(node);
    case PlanNode::Kind::Alternatives:
      return heading(message("one of"), node);
    case PlanNode::Kind::Group:
      return describe_group(node);
    default:
      return heading(message("filter"), node);
  }
}

Message with_sign(Occur occur, Message text) {
  if (occur == Occur::Should) return text;
  return message("{}{}", occur == Occur::Must ? "+" : "-", text);
}

void append(const QueryPlan& plan, const PlanNode& node, std::size_t depth, std::vector<PlanLine>& lines) {
  lines.push_back({depth, with_sign(node.occur, describe_node(node))});
  for (const PlanNode& child : node.children) append(plan, child, depth + 1, lines);
  for (const Context& context : node.contexts) {
    if (plan.lead_share > 0)
      lines.push_back({depth + 1, message("leads: weight {}", factor(context.weight * plan.lead_share))});
    if (plan.pair_share > 0 && context.words.size() > 1)
      lines.push_back({depth + 1, message("pairs: weight {}", factor(context.weight * plan.pair_share))});
    if (plan.order_share > 0 && context.words.size() > 1)
      lines.push_back({depth + 1, message("order: weight {}", factor(context.weight * plan.order_share))});
    const bool has_marks =
        std::any_of(context.words.begin(), context.words.end(), [](const auto& word) { return word.marked; });
    if (plan.mark_share > 0 && has_marks)
      lines.push_back({depth + 1, message("marks: weight {}", factor(context.weight * plan.mark_share))});
  }
}

}  // namespace

std::vector<PlanLine> describe_plan(const QueryPlan& plan) {
  std::vector<PlanLine> lines;
  append(plan, plan.root, 0, lines);
  return lines;
}

}  // namespace limier
