#include "query/plan_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "limier/error.h"
#include "shard/schema.h"
#include "text/calendar.h"
#include "text/message.h"

namespace limier {
namespace {

void check(const RankingOptions& ranking) {
  const auto require = [](bool holds, const Message& rule) {
    if (!holds) throw Error(ErrorCode::InvalidArgument, rule);
  };
  require(std::isfinite(ranking.k1) && ranking.k1 >= 0, message("k1 is a number from 0"));
  require(ranking.b >= 0 && ranking.b <= 1, message("b is a number from 0 to 1"));
  require(std::isfinite(ranking.title_weight) && ranking.title_weight >= 1,
          message("the title's weight is a number from 1"));
  require(std::isfinite(ranking.exact_share) && ranking.exact_share >= 0,
          message("the exact form's share is a number from 0"));
}

const schema::Field& find_field(const std::string& name) {
  if (name.empty()) return schema::text;
  for (const schema::Field& field : schema::query_fields)
    if (field.name == name) return field;
  throw Error(ErrorCode::InvalidArgument, message("there is no field '{}'", name));
}

/// A token that outlives the analysis.
struct QueryWord {
  std::string exact, folded, stem;
  std::uint32_t position = 0;
  bool stop_word = false, joined = false;
};

std::vector<QueryWord> words_of(std::string_view text, const Analyzer& analyzer) {
  std::vector<QueryWord> words;
  analyzer.analyze(text, [&](const Token& token) {
    words.push_back({std::string(token.exact), std::string(token.folded), std::string(token.stem), token.position,
                     token.stop_word, token.joined});
  });
  return words;
}

/// Builds the tree of a plan: every term in place, weights still to come.
class PlanBuilder {
 public:
  PlanBuilder(const Analyzer& analyzer, const Vocabulary& vocabulary, const RankingOptions& ranking)
      : analyzer_(analyzer), vocabulary_(vocabulary), ranking_(ranking) {}

  PlanNode build(const Query& query) const {
    PlanNode node = build_unplaced(query);
    node.occur = query.occur;
    return node;
  }

 private:
  PlanNode build_unplaced(const Query& query) const {
    switch (query.kind) {
      case Query::Kind::Words:
        return build_words(words_of(query.text, analyzer_), find_field(query.field));
      case Query::Kind::Phrase:
        return build_phrase(words_of(query.text, analyzer_), find_field(query.field));
      case Query::Kind::Form:
        return build_form(words_of(query.text, analyzer_), find_field(query.field));
      case Query::Kind::Prefix:
        return build_prefix(words_of(query.text, analyzer_), find_field(query.field));
      case Query::Kind::Dates:
        return build_dates(query);
      case Query::Kind::Group:
        return build_group(query);
    }
    return {};
  }

  PlanNode build_group(const Query& query) const {
    PlanNode group = make_group();
    bool only_forbids = !query.children.empty();
    for (const Query& child : query.children) {
      group.children.push_back(build(child));
      only_forbids = only_forbids && child.occur == Occur::MustNot;
    }
    if (only_forbids) {
      PlanNode everything;
      everything.kind = PlanNode::Kind::Everything;
      add(group, std::move(everything), Occur::Must);
    }
    return group;
  }

  static PlanNode build_dates(const Query& query) {
    const auto range = [](const std::string& date, const DayRange& open) {
      if (date.empty()) return open;
      std::optional<DayRange> days = day_range(date);
      if (!days) throw Error(ErrorCode::InvalidArgument, message("'{}' is no date of the form YYYY[-MM[-DD]]", date));
      return *std::move(days);
    };
    PlanNode node;
    node.kind = PlanNode::Kind::Dates;
    node.first_day = range(query.from, {"00000000", ""}).first;
    node.last_day = range(query.to, {"", "99999999"}).last;
    return node;
  }

  /// Words as alternatives. Grammar's words count only where there are no others: in `la présidente du Mali`, `la` and
  /// `du` would add every document of the archive to the matches, and nothing to their order.
  PlanNode build_words(const std::vector<QueryWord>& words, const schema::Field& field) const {
    const bool only_stop_words =
        std::all_of(words.begin(), words.end(), [](const QueryWord& word) { return word.stop_word; });
    PlanNode group = make_group();
    for (auto begin = words.begin(); begin != words.end();) {
      const auto end = std::find_if(begin + 1, words.end(), [](const QueryWord& word) { return !word.joined; });
      if (end - begin > 1) {
        add(group, build_compound({begin, end}, field), Occur::Should);
      } else if (!begin->stop_word || only_stop_words) {
        add(group, build_word(*begin, field), Occur::Should);
      }
      begin = end;
    }
    return simplified(std::move(group));
  }

  /// `porte-avions`: its parts side by side, however they are tied, or written as one.
  PlanNode build_compound(const std::vector<QueryWord>& parts, const schema::Field& field) const {
    std::string solid;
    for (const QueryWord& part : parts) solid += part.exact;
    PlanNode group = make_group();
    add(group, build_phrase(parts, field), Occur::Should);
    const std::vector<QueryWord> joined = words_of(solid, analyzer_);
    if (joined.size() == 1) add(group, build_word(joined.front(), field), Occur::Should);
    return group;
  }

  PlanNode build_word(const QueryWord& word, const schema::Field& field) const {
    const std::vector<QueryWord> spellings = spellings_of(word, field);
    PlanNode node = make_word(field);
    const std::set<std::string> wanted = stems(word, spellings);
    show(node, field, wanted);
    for (const std::string& stem : wanted) {
      node.terms.push_back({schema::stem_term(field, stem), 1});
      // The title's words are in the text's family too, where they count once.
      if (&field == &schema::text && ranking_.title_weight > 1)
        node.terms.push_back({schema::stem_term(schema::title, stem), ranking_.title_weight - 1});
    }
    node.weight = 1;
    node.exact_weight = ranking_.exact_share;
    for (const std::string& term : exact_terms(word, spellings, field)) node.exact_terms.push_back({term, 1});
    return node;
  }

  /// Every word in its very form; several, as in `=porte-avions`, follow one another too.
  PlanNode build_form(const std::vector<QueryWord>& words, const schema::Field& field) const {
    PlanNode group = make_group();
    if (words.size() > 1) add(group, build_phrase(words, field), Occur::Must);
    for (const QueryWord& word : words) add(group, build_exact({word}, field), Occur::Must);
    return simplified(std::move(group));
  }

  /// The words that begin as the last one does; those before it stand in their very form.
  PlanNode build_prefix(std::vector<QueryWord> words, const schema::Field& field) const {
    if (words.empty()) return {};
    PlanNode expanded = build_exact(expansions(words.back(), field), field);
    words.pop_back();
    if (words.empty()) return expanded;
    PlanNode group = make_group();
    add(group, build_form(words, field), Occur::Must);
    add(group, std::move(expanded), Occur::Must);
    return group;
  }

  /// Documents with any of these forms.
  PlanNode build_exact(const std::vector<QueryWord>& forms, const schema::Field& field) const {
    PlanNode node = make_word(field);
    for (const QueryWord& form : forms) {
      node.terms.push_back({schema::exact_term(field, form.folded, form.exact), 1});
      if (&field == &schema::text && ranking_.title_weight > 1)
        node.terms.push_back({schema::exact_term(schema::title, form.folded, form.exact), ranking_.title_weight - 1});
      show(node, field, {form.stem});
    }
    node.weight = 1;
    return node;
  }

  /// The forms of the index that begin as `word` does: typed with accents, with those; without, with any.
  std::vector<QueryWord> expansions(const QueryWord& word, const schema::Field& field) const {
    constexpr std::size_t most = 10'000;
    std::vector<QueryWord> forms;
    for (const std::string& term : vocabulary_.terms_with_prefix(std::string(field.prefix) + word.folded)) {
      const std::string_view form = schema::exact_form(field, term);
      if (word.exact != word.folded && !form.starts_with(word.exact)) continue;
      if (forms.size() == most)
        throw Error(ErrorCode::InvalidArgument,
                    message("more than {} words begin with '{}'; write more of it", most, word.exact));
      for (QueryWord& analysed : words_of(form, analyzer_))
        if (analysed.exact == form) forms.push_back(std::move(analysed));
    }
    return forms;
  }

  /// What a snippet shows are words of title and body.
  static void show(PlanNode& node, const schema::Field& field, const std::set<std::string>& stems) {
    if (&field == &schema::text || &field == &schema::title)
      node.stems.insert(node.stems.end(), stems.begin(), stems.end());
  }

  PlanNode build_phrase(const std::vector<QueryWord>& words, const schema::Field& field) const {
    if (words.empty()) return {};
    if (words.size() == 1) return build_word(words.front(), field);
    PlanNode node = make_word(field);
    node.kind = PlanNode::Kind::Phrase;
    node.weight = 1;
    for (const QueryWord& word : words) {
      PlanNode::Slot slot{word.position - words.front().position, {}};
      const std::set<std::string> wanted = stems(word, spellings_of(word, field));
      for (const std::string& stem : wanted) slot.terms.push_back(schema::stem_term(field, stem));
      show(node, field, wanted);
      node.slots.push_back(std::move(slot));
    }
    return node;
  }

  /// Other forms of the index that a typed one stands for. Typed without accents it stands for every accented spelling
  /// (`refugies` for `réfugiés`, whose stem is another); typed with accents, for the one without, as in `REFUGIES`.
  std::vector<QueryWord> spellings_of(const QueryWord& word, const schema::Field& field) const {
    if (word.exact != word.folded) return words_of(word.folded, analyzer_);
    std::vector<QueryWord> spellings;
    const std::string prefix = std::string(field.prefix) + word.folded + schema::spelling_mark;
    for (const std::string& term : vocabulary_.terms_with_prefix(prefix))
      std::ranges::move(words_of(std::string_view(term).substr(prefix.size()), analyzer_),
                        std::back_inserter(spellings));
    return spellings;
  }

  static std::set<std::string> stems(const QueryWord& word, const std::vector<QueryWord>& spellings) {
    std::set<std::string> stems{word.stem};
    for (const QueryWord& spelling : spellings) stems.insert(spelling.stem);
    return stems;
  }

  static std::set<std::string> exact_terms(const QueryWord& word, const std::vector<QueryWord>& spellings,
                                           const schema::Field& field) {
    std::set<std::string> terms{schema::exact_term(field, word.folded, word.exact)};
    if (word.exact == word.folded)
      for (const QueryWord& spelling : spellings)
        terms.insert(schema::exact_term(field, spelling.folded, spelling.exact));
    return terms;
  }

  /// Articles are long or short; names of authors, sites and tags are not held back for their number.
  static PlanNode make_word(const schema::Field& field) {
    PlanNode node;
    node.kind = PlanNode::Kind::Word;
    node.length_normalised = &field == &schema::text;
    return node;
  }

  static PlanNode make_group() {
    PlanNode node;
    node.kind = PlanNode::Kind::Group;
    return node;
  }

  static void add(PlanNode& group, PlanNode child, Occur occur) {
    child.occur = occur;
    group.children.push_back(std::move(child));
  }

  static PlanNode simplified(PlanNode group) {
    if (group.children.size() != 1) return group;
    PlanNode only = std::move(group.children.front());
    return only;
  }

  const Analyzer& analyzer_;
  const Vocabulary& vocabulary_;
  const RankingOptions& ranking_;
};

/// Calls `visit` for every term that decides what matches in `node`, its parts aside.
template <typename Visit>
void for_each_term(const PlanNode& node, Visit visit) {
  for (const CountedTerm& counted : node.terms) visit(counted.term);
  for (const PlanNode::Slot& slot : node.slots)
    for (const std::string& term : slot.terms) visit(term);
}

template <typename Visit>
void for_each_node(const PlanNode& node, Visit visit) {
  visit(node);
  for (const PlanNode& child : node.children) for_each_node(child, visit);
}

/// Multiplies the weights of words and phrases with the rarity of what they look for.
class Weigher {
 public:
  Weigher(const PlanNode& root, const Vocabulary& vocabulary) {
    std::vector<std::string> terms;
    for_each_node(root, [&](const PlanNode& node) {
      for_each_term(node, [&](const std::string& term) {
        if (frequencies_.try_emplace(term, 0).second) terms.push_back(term);
      });
    });
    statistics_ = vocabulary.statistics(terms);
    for (std::size_t i = 0; i < terms.size(); ++i) frequencies_[terms[i]] = statistics_.document_frequencies[i];
  }

  const CollectionStatistics& statistics() const { return statistics_; }

  void weigh(PlanNode& node) const {
    const double rarity = rarity_of(node);
    node.weight *= rarity;
    node.exact_weight *= rarity;
    for (PlanNode& child : node.children) weigh(child);
  }

 private:
  double rarity_of(const PlanNode& node) const {
    if (node.kind == PlanNode::Kind::Word) return rarity(node.terms, &CountedTerm::term);
    double sum = 0;
    for (const PlanNode::Slot& slot : node.slots) sum += rarity(slot.terms, std::identity{});
    return sum;
  }

  /// BM25's inverse document frequency, as Lucene has it lest common words count below 0: ln(1 + (N - n + 0.5) / (n +
  /// 0.5)). For alternatives n is that of the most frequent: the union's would depend on how documents lie in shards.
  template <typename Alternatives, typename Projection>
  double rarity(const Alternatives& alternatives, Projection term) const {
    std::uint64_t frequency = 0;
    for (const auto& alternative : alternatives)
      frequency = std::max(frequency, frequencies_.at(std::invoke(term, alternative)));
    const auto documents = static_cast<double>(statistics_.documents);
    const auto n = static_cast<double>(frequency);
    return std::log1p((documents - n + 0.5) / (n + 0.5));
  }

  CollectionStatistics statistics_;
  std::unordered_map<std::string, std::uint64_t> frequencies_;
};

void collect_stems(const PlanNode& node, std::set<std::string>& stems) {
  if (node.occur == Occur::MustNot) return;
  stems.insert(node.stems.begin(), node.stems.end());
  for (const PlanNode& child : node.children) collect_stems(child, stems);
}

}  // namespace

QueryPlan plan_query(const Query& query, const Analyzer& analyzer, const Vocabulary& vocabulary,
                     const RankingOptions& ranking) {
  check(ranking);
  QueryPlan plan;
  plan.root = PlanBuilder(analyzer, vocabulary, ranking).build(query);
  plan.k1 = ranking.k1;
  plan.b = ranking.b;
  plan.title_length_weight = ranking.title_weight - 1;

  const Weigher weigher(plan.root, vocabulary);
  weigher.weigh(plan.root);
  const CollectionStatistics& statistics = weigher.statistics();
  const double length = static_cast<double>(statistics.text_length) +
                        plan.title_length_weight * static_cast<double>(statistics.title_length);
  if (length > 0) plan.average_length = length / static_cast<double>(statistics.documents);
  return plan;
}

std::vector<std::string> stems_of(const QueryPlan& plan) {
  std::set<std::string> stems;
  collect_stems(plan.root, stems);
  return {stems.begin(), stems.end()};
}

}  // namespace limier
