#include "query/plan_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "limier/error.h"
#include "query/expansion.h"
#include "query/query_words.h"
#include "query/related_words.h"
#include "shard/schema.h"
#include "text/ascii.h"
#include "text/calendar.h"
#include "text/decimal.h"
#include "text/message.h"

namespace limier {
namespace {

void check(const RankingOptions& ranking) {
  // Of a rule, a message is only made where it is broken: this is done for every query.
  const auto require = [](bool holds, std::string_view rule) {
    if (!holds) throw Error(ErrorCode::InvalidArgument, make_message(rule));
  };
  const auto is_share = [](double value) { return value >= 0 && value <= 1; };
  const auto is_from = [](double least, double value) { return std::isfinite(value) && value >= least; };
  constexpr double most = 1e6;  // further on, scores lack digits
  require(is_from(0, ranking.k1) && ranking.k1 <= most, translatable("k1 is a number from 0 to 1000000"));
  require(is_share(ranking.b), translatable("b is a number from 0 to 1"));
  require(is_from(1, ranking.title_weight) && ranking.title_weight <= most,
          translatable("the title's weight is a number from 1 to 1000000"));
  require(is_from(0, ranking.exact_share), translatable("the exact form's share is a number from 0"));
  require(is_share(ranking.stop_share), translatable("the share of stop words is a number from 0 to 1"));
  require(is_share(ranking.family_share), translatable("the family's share is a number from 0 to 1"));
  require(is_share(ranking.misspelt_share), translatable("the share of a misspelt word is a number from 0 to 1"));
  require(is_from(0, ranking.lead_share), translatable("the lead's share is a number from 0"));
  require(is_from(0, ranking.pair_share), translatable("the share of pairs is a number from 0"));
  require(is_from(0, ranking.order_share), translatable("the share of neighbours in order is a number from 0"));
  require(is_from(0, ranking.mark_share), translatable("the share of marked words is a number from 0"));
  require(is_from(0, ranking.freshness), translatable("the freshness is a number from 0"));
  require(is_from(0, ranking.half_life) && ranking.half_life > 0, translatable("the half-life is a number above 0"));
}

void set_freshness(QueryPlan& plan, const RankingOptions& ranking) {
  plan.freshness = ranking.freshness;
  plan.half_life = ranking.half_life;
  if (ranking.freshness == 0) return;
  const std::optional<DayRange> today = day_range(ranking.today);
  if (!today || today->first != today->last)
    throw Error(ErrorCode::InvalidArgument, message("freshness counts from a day, YYYY-MM-DD: say which is today"));
  plan.today = parse_day(today->first);
}

/// A part of a query in its canonical spelling, without what is told beside.
std::string label_of(Query part) {
  const bool searches_field = part.kind != Query::Kind::Numbers && part.kind != Query::Kind::Exists;
  if (searches_field) part.field.clear();
  part.weight = 1;
  return to_string(part);
}

/// Builds the tree of a plan: every term in place, how rare they are still to be told.
class PlanBuilder {
 public:
  PlanBuilder(const RelatedWords& words, const SynonymTable& synonyms, const SearchOptions& options)
      : related_(words),
        analyzer_(words.analyzer()),
        vocabulary_(words.vocabulary()),
        synonyms_(synonyms),
        options_(options) {}

  /// Of the whole query.
  PlanNode build(const Query& query) {
    PlanNode root = build(query, 1);
    if (asks_nothing(root) && warnings_.empty()) warn_of_nothing(query);
    return root;
  }

  std::vector<Message> take_warnings() { return std::move(warnings_); }

 private:
  /// `weight` is that of all it is a part of.
  PlanNode build(const Query& query, double weight) {
    if (!(query.weight > 0 && query.weight <= 1000))
      throw Error(ErrorCode::InvalidArgument, message("a weight is a number above 0, up to 1000"));
    PlanNode node = build_unplaced(query, weight * query.weight);
    node.occur = query.occur;
    if (query.kind != Query::Kind::Words && query.kind != Query::Kind::Group) node.label = label_of(query);
    return node;
  }

  PlanNode build_unplaced(const Query& query, double weight) {
    switch (query.kind) {
      case Query::Kind::Words:
        return simplified(build_words(query, weight));
      case Query::Kind::Phrase:
        return build_phrase(query, weight);
      case Query::Kind::Form:
        return build_form(query_words(query.text, analyzer_), find_field(query.field), weight);
      case Query::Kind::Pattern:
      case Query::Kind::Fuzzy:
        return build_expanded(query, weight);
      case Query::Kind::Near: {
        PlanNode near = build_place(query);
        near.weight = weight;
        return near;
      }
      case Query::Kind::Dates:
        return build_dates(query);
      case Query::Kind::Numbers:
        return build_numbers(query);
      case Query::Kind::Exists:
        return build_exists(query);
      case Query::Kind::Id: {
        PlanNode node = make(PlanNode::Kind::Id);
        node.name = query.text;
        return node;
      }
      case Query::Kind::Everything:
        return make(PlanNode::Kind::Everything);
      case Query::Kind::Group:
        return build_group(query, weight);
    }
    return {};
  }

  /// Whether a part of a query holds no word, such as a lone dash.
  static bool asks_nothing(const PlanNode& node) {
    return node.kind == PlanNode::Kind::Nothing || (node.kind == PlanNode::Kind::Group && node.children.empty());
  }

  /// What asks nothing is as if it were not there: whoever requires it would find nothing else.
  PlanNode build_group(const Query& query, double weight) {
    PlanNode group = make(PlanNode::Kind::Group);
    bool only_forbids = !query.children.empty();
    for (const Query& child : query.children) {
      only_forbids = only_forbids && child.occur == Occur::MustNot;
      const bool words = child.kind == Query::Kind::Words && child.occur == Occur::Should && child.match == query.match;
      if (query.match > 0 && words) {
        // Words beside a phrase: each of them is one of the things side by side.
        PlanNode list = build_words(child, weight * child.weight);
        for (Context& context : list.contexts) {
          for (Context::Word& word : context.words) word.part += group.children.size();
          group.contexts.push_back(std::move(context));
        }
        std::ranges::move(list.children, std::back_inserter(group.children));
      } else if (PlanNode part = build(child, weight); !asks_nothing(part)) {
        group.children.push_back(std::move(part));
      } else if (child.occur == Occur::Must) {
        warn_of_nothing(child);
      }
    }
    if (only_forbids) add(group, make(PlanNode::Kind::Everything), Occur::Must);
    require(group, query.match);
    return group;
  }

  /// Sets how many of a group's alternatives have to match.
  static void require(PlanNode& group, double share) {
    if (!(share >= 0 && share <= 1))
      throw Error(ErrorCode::InvalidArgument, message("the share of words that has to match is a number from 0 to 1"));
    const auto alternatives = std::count_if(group.children.begin(), group.children.end(),
                                            [](const PlanNode& child) { return child.occur == Occur::Should; });
    constexpr double rounding = 1e-9;  // three quarters of four words are three
    group.minimum = static_cast<std::size_t>(std::ceil(share * static_cast<double>(alternatives) - rounding));
  }

  static PlanNode build_dates(const Query& query) {
    const auto range = [](const std::string& date, const DayRange& open) {
      if (date.empty()) return open;
      std::optional<DayRange> days = day_range(date);
      if (!days) throw Error(ErrorCode::InvalidArgument, message("'{}' is no date of the form YYYY[-MM[-DD]]", date));
      return *std::move(days);
    };
    PlanNode node = make(PlanNode::Kind::Dates);
    node.first_day = range(query.from, {"00000000", ""}).first;
    node.last_day = range(query.to, {"", "99999999"}).last;
    return node;
  }

  static PlanNode build_numbers(const Query& query) {
    const auto number = [](const std::string& text, double open) {
      if (text.empty()) return open;
      const std::optional<double> value = parse_decimal(text);
      if (!value) throw Error(ErrorCode::InvalidArgument, message("'{}' is no number", text));
      return *value;
    };
    constexpr double infinity = std::numeric_limits<double>::infinity();
    PlanNode node = make(PlanNode::Kind::Numbers);
    node.name = query.field;
    node.least = number(query.from, -infinity);
    node.most = number(query.to, infinity);
    if (query.above) node.least = std::nextafter(node.least, infinity);
    if (query.below) node.most = std::nextafter(node.most, -infinity);
    return node;
  }

  static PlanNode build_exists(const Query& query) {
    PlanNode node = make(PlanNode::Kind::Word);
    node.terms.push_back({std::string(schema::has_prefix) + query.field, 1});
    return node;
  }

  /// Words as alternatives. Grammar's words count only where there are no others, or where they are rare: in `la
  /// présidente du Mali`, `la` and `du` would add every document of the archive to the matches, and nothing to their
  /// order. Words that are a side of a rule together count as one.
  PlanNode build_words(const Query& query, double weight) const {
    const schema::Field& field = find_field(query.field);
    const QueryWords words = query_words(query.text, analyzer_);
    const std::ptrdiff_t of_weight = count_weighty(words);
    const bool only_stop_words = of_weight == 0;
    PlanNode group = make(PlanNode::Kind::Group);
    Context context;
    context.weight = weight;
    const bool has_places =
        &field == &schema::text &&
        ranking().lead_share + ranking().pair_share + ranking().order_share + ranking().mark_share > 0;
    for_each_part(words, [&](std::span<const QueryWord> part, const SynonymTable::Match& synonyms) {
      if (synonyms.length == 0 && part.size() == 1 && part.front().stop_word && !only_stop_words) {
        if (ranking().stop_share > 0 && query.match == 0) add_if_rare(group, part.front(), field, weight);
        return;
      }
      const bool loose = synonyms.length == 0 && query.match == 0 && is_loose(part, words);
      if (has_places) add_places(context, part, group.children.size(), only_stop_words, loose);
      const bool beside_others = query.match == 0 && count_weighty(part) < of_weight;
      add(group,
          synonyms.length > 0 ? build_synonyms(part, synonyms, field, weight, query.match)
                              : build_unit(part, field, weight, beside_others),
          Occur::Should);
      if (loose) add_alternative(group.children.back(), build_apart(part, field, weight));
    });
    if (!context.words.empty()) group.contexts.push_back(std::move(context));
    require(group, query.match);
    return group;
  }

  /// Calls `visit` for each longest run of words that is a side of a rule, and for each word or compound between them.
  template <typename Visit>
  void for_each_part(std::span<const QueryWord> words, Visit visit) const {
    while (!words.empty()) {
      const SynonymTable::Match synonyms = synonyms_.match(words);
      const std::size_t length = synonyms.length > 0 ? synonyms.length : unit_length(words);
      visit(words.first(length), synonyms);
      words = words.subspan(length);
    }
  }

  static std::ptrdiff_t count_weighty(std::span<const QueryWord> words) {
    return std::ranges::count_if(words, [](const QueryWord& word) { return !word.stop_word; });
  }

  /// Whether a part of a list is a compound beside others, and has words of weight.
  static bool is_loose(std::span<const QueryWord> part, const QueryWords& words) {
    return part.size() > 1 && part.size() < words.size() && count_weighty(part) > 0;
  }

  /// A way to hold a compound that does not make a document match: its parts wherever they stand. `Lyon-Rennes` means
  /// `de Lyon à Rennes` where another word matches.
  PlanNode build_apart(std::span<const QueryWord> parts, const schema::Field& field, double weight) const {
    PlanNode group = make(PlanNode::Kind::Group);
    group.loose = true;
    if (&field != &schema::text) group.field = field.name;
    for (const QueryWord& part : parts) {
      if (part.stop_word) continue;
      PlanNode word = build_alternative(part, field, weight, true);
      word.loose = true;
      add(group, std::move(word), Occur::Should);
    }
    return group;
  }

  /// What was typed, a word, a compound or several, or what stands for it.
  PlanNode build_synonyms(std::span<const QueryWord> typed, const SynonymTable::Match& synonyms,
                          const schema::Field& field, double weight, double match) const {
    PlanNode group = make(PlanNode::Kind::Group);
    for (auto rest = typed; !rest.empty(); rest = rest.subspan(unit_length(rest))) {
      const auto unit = rest.first(unit_length(rest));
      if (unit.size() > 1 || !unit.front().stop_word) add(group, build_unit(unit, field, weight, false), Occur::Should);
    }
    require(group, match);
    PlanNode node = make_alternatives(label_of(typed, ' '));
    add_alternative(node, simplified(std::move(group)));
    add_synonyms(node, synonyms, field, weight);
    return node;
  }

  /// They were not typed: neither related words nor their very forms get a share.
  void add_synonyms(PlanNode& node, const SynonymTable::Match& synonyms, const schema::Field& field,
                    double weight) const {
    const auto typed = static_cast<std::ptrdiff_t>(node.children.size());
    for (const QueryWords& words : synonyms.alternatives) {
      const bool is_compound = words.size() > 1 && unit_length(words) == words.size();
      add_alternative(node, is_compound ? build_compound(words, field, weight) : build_ordered(words, field, weight));
    }
    for (auto synonym = node.children.begin() + typed; synonym != node.children.end(); ++synonym) {
      synonym->exact_terms.clear();
      synonym->exact_weight = 0;
    }
  }

  static PlanNode make_alternatives(std::string label) {
    PlanNode node = make(PlanNode::Kind::Alternatives);
    node.label = std::move(label);
    return node;
  }

  /// Alternatives among alternatives are alternatives of the whole.
  static void add_alternative(PlanNode& node, PlanNode alternative) {
    node.field = alternative.field;
    if (alternative.kind != PlanNode::Kind::Alternatives) return add(node, std::move(alternative), Occur::Should);
    std::ranges::move(alternative.children, std::back_inserter(node.children));
  }

  PlanNode build_unit(std::span<const QueryWord> unit, const schema::Field& field, double weight,
                      bool beside_others) const {
    return unit.size() > 1 ? build_compound(unit, field, weight)
                           : build_alternative(unit.front(), field, weight, beside_others);
  }

  /// A stop word that tells documents apart, if only a little.
  void add_if_rare(PlanNode& group, const QueryWord& word, const schema::Field& field, double weight) const {
    constexpr std::uint64_t fewest_others = 5;  // It is in no more than a fifth of the documents.
    PlanNode node = build_word(word, field, weight * ranking().stop_share);
    const CollectionStatistics statistics = statistics_of(node.terms);
    if (most_of(statistics) * fewest_others <= statistics.documents) add(group, std::move(node), Occur::Should);
  }

  /// What is said of the places of a part's words; of a word that is there twice, only once.
  void add_places(Context& context, std::span<const QueryWord> words, std::size_t part, bool stop_words,
                  bool loose) const {
    for (const QueryWord& word : words) {
      if (word.stop_word && !stop_words) continue;
      Context::Word place{part, word.typed, {}, 0, word.position, word.marked, loose};
      for (const std::string& stem : stems(word, related_.spellings(word, schema::text)))
        place.terms.push_back(schema::stem_term(schema::text, stem));
      const auto is_same = [&](const Context::Word& other) { return other.terms == place.terms; };
      if (std::none_of(context.words.begin(), context.words.end(), is_same)) context.words.push_back(std::move(place));
    }
  }

  /// `porte-avions`: its parts side by side, however they are tied, or written as one.
  PlanNode build_compound(std::span<const QueryWord> parts, const schema::Field& field, double weight) const {
    std::string solid;
    for (const QueryWord& part : parts) solid += part.exact;
    PlanNode node = make_alternatives(label_of(parts, '-'));
    add_alternative(node, build_ordered(parts, field, weight));
    const QueryWords joined = query_words(solid, analyzer_);
    if (joined.size() == 1) add_alternative(node, build_word(joined.front(), field, weight));
    return node;
  }

  /// A word among others, for which related ones count as well, but less: those of its family, of which what is
  /// derived from it matches as well, and where the index has neither, what it may be a misspelling of. Beside others,
  /// where enough documents have the word itself, what is derived from it only raises the score of the best.
  PlanNode build_alternative(const QueryWord& word, const schema::Field& field, double weight,
                             bool beside_others) const {
    PlanNode node = build_word(word, field, weight);
    if (word.stop_word || (ranking().family_share == 0 && ranking().misspelt_share == 0)) return node;
    const std::uint64_t known = most_of(statistics_of(node.terms));
    const bool is_enough = known >= std::max<std::size_t>(ranking().rerank, 1);
    if (ranking().family_share > 0) add_family(node, word, field, !(beside_others && is_enough));
    const auto is_derivative = [](const CountedTerm& counted) { return counted.related && counted.matches; };
    if (ranking().misspelt_share > 0 && known == 0 && std::ranges::none_of(node.terms, is_derivative))
      add_nearest(node, word, field);
    return node;
  }

  void add_family(PlanNode& node, const QueryWord& word, const schema::Field& field, bool may_match) const {
    const std::size_t own = node.terms.size();
    for (const auto& [stem, derived] : related_.family(word, field)) {
      const std::string term = schema::stem_term(field, stem);
      const auto is_same = [&](const CountedTerm& counted) { return counted.term == term; };
      if (std::ranges::none_of(std::span(node.terms).first(own), is_same))
        node.terms.push_back({term, ranking().family_share, true, derived && may_match});
    }
  }

  void add_nearest(PlanNode& node, const QueryWord& word, const schema::Field& field) const {
    for (const ExpandedForm& form : related_.nearest(word, field)) {
      const double times = std::pow(ranking().misspelt_share, form.edits);
      node.terms.push_back({schema::exact_term(field, form.folded, form.exact), times, true});
    }
  }

  /// How many documents have the most frequent of the terms, one or more.
  static std::uint64_t most_of(const CollectionStatistics& statistics) {
    return std::ranges::max(statistics.document_frequencies);
  }

  CollectionStatistics statistics_of(const std::vector<CountedTerm>& terms) const {
    std::vector<std::string_view> names;
    for (const CountedTerm& counted : terms) names.push_back(counted.term);
    return vocabulary_.statistics(names);
  }

  /// The title's words are in the text's field too, where they count once; in the title they make no difference to what
  /// matches. `times` tells how often one of the words counts, and `term_in` its term in a field. Terms of a field
  /// follow one another, as they do in a dictionary.
  template <typename Words, typename Times, typename TermIn>
  void add_terms(PlanNode& node, const schema::Field& field, const Words& words, bool titles_match, Times times,
                 TermIn term_in) const {
    for (const auto& word : words) node.terms.push_back({term_in(field, word), times(word)});
    const double more = ranking().title_weight - 1;
    if (&field != &schema::text || more <= 0) return;
    for (const auto& word : words)
      node.terms.push_back({term_in(schema::title, word), times(word) * more, false, titles_match});
  }

  PlanNode build_word(const QueryWord& word, const schema::Field& field, double weight) const {
    const QueryWords& spellings = related_.spellings(word, field);
    PlanNode node = make_word(field);
    node.label = word.typed;
    add_terms(
        node, field, stems(word, spellings), false, [](const std::string&) { return 1.0; }, schema::stem_term);
    node.weight = weight;
    node.exact_weight = weight * ranking().exact_share;
    if (ranking().exact_share > 0)
      for (const std::string& term : exact_terms(word, spellings, field)) node.exact_terms.push_back({term, 1});
    return node;
  }

  /// A word in its very form; several, as in `=porte-avions`, are a phrase of forms.
  PlanNode build_form(const QueryWords& words, const schema::Field& field, double weight) const {
    if (words.size() == 1) return build_forms({{words.front().exact, words.front().folded}}, field, weight);
    PlanNode phrase = build_ordered(words, field, weight);
    for (std::size_t i = 0; i < words.size(); ++i)
      phrase.slots[i].forms = {schema::exact_term(field, words[i].folded, words[i].exact)};
    return phrase;
  }

  /// Documents with any of these forms; those with letters that differ count half as much for each. They are scored at
  /// once, titles too: nothing else would be left for a second stage.
  PlanNode build_forms(const std::vector<ExpandedForm>& forms, const schema::Field& field, double weight) const {
    PlanNode node = make_word(field);
    add_terms(
        node, field, forms, true,
        [](const ExpandedForm& form) { return std::ldexp(1.0, -static_cast<int>(form.edits)); },
        [](const schema::Field& of, const ExpandedForm& form) {
          return schema::exact_term(of, form.folded, form.exact);
        });
    node.weight = weight;
    return node;
  }

  /// What stands before the last apostrophe or hyphen of a pattern without signs there, as in `l'établ*`, is words in
  /// their very form.
  PlanNode build_expanded(const Query& query, double weight) {
    const schema::Field& field = find_field(query.field);
    if (is_misspelt_nothing(query)) return {};
    const auto [head, tail] = split_head(query);
    PlanNode expanded = build_forms(expansions(query, tail, field), field, weight);
    const QueryWords words = query_words(head, analyzer_);
    if (words.empty()) return expanded;
    PlanNode group = make(PlanNode::Kind::Group);
    add(group, build_form(words, field, weight), Occur::Must);
    add(group, std::move(expanded), Occur::Must);
    return group;
  }

  static std::pair<std::string_view, std::string_view> split_head(const Query& query) {
    const std::string_view text = query.text;
    const std::string_view before =
        text.substr(0, query.kind == Query::Kind::Pattern ? text.find_first_of("*?\\") : text.size());
    std::size_t begin = 0;
    for (const std::string_view tie : {"'", "’", "-"}) {
      const std::size_t at = before.rfind(tie);
      if (at != std::string_view::npos && at + tie.size() < text.size()) begin = std::max(begin, at + tie.size());
    }
    return {text.substr(0, begin), text.substr(begin)};
  }

  /// Any short word would be like it.
  bool is_misspelt_nothing(const Query& query) const {
    return query.kind == Query::Kind::Fuzzy && query_words(query.text, analyzer_).empty();
  }

  std::vector<ExpandedForm> expansions(const Query& query, std::string_view text, const schema::Field& field) {
    if (is_misspelt_nothing(query)) return {};
    const std::size_t most = options_.most_expansions;
    Expansion expansion = query.kind == Query::Kind::Pattern
                              ? expand_pattern(text, field, vocabulary_, most)
                              : expand_fuzzy(text, check_edits(query.distance), field, vocabulary_, most);
    if (expansion.cut && !options_.cut_expansions)
      throw Error(ErrorCode::InvalidArgument,
                  message("more than {} words are like '{}'; write more of it", most, query.text));
    if (expansion.cut)
      warnings_.push_back(message("only the {} most frequent of the words like '{}' are looked for", most, query.text));
    std::erase_if(expansion.forms, [this](const ExpandedForm& form) { return !is_word_alone(form); });
    return std::move(expansion.forms);
  }

  /// Whether a form of the index would be the same as a word that was typed. Only one that is not all letters may be
  /// another there, as `1.000` is a thousand.
  bool is_word_alone(const ExpandedForm& form) const {
    const auto is_sign = [](char c) { return static_cast<unsigned char>(c) < 0x80 && !is_ascii_letter(c); };
    return std::none_of(form.exact.begin(), form.exact.end(), is_sign) || !words_of({form}).empty();
  }

  /// Forms of the index as words that were typed.
  QueryWords words_of(const std::vector<ExpandedForm>& forms) const {
    QueryWords words;
    for (const ExpandedForm& form : forms) {
      for (QueryWord& word : query_words(form.exact, analyzer_))
        if (word.exact == form.exact) words.push_back(std::move(word));
    }
    return words;
  }

  static unsigned check_edits(unsigned edits) {
    if (edits != 1 && edits != 2)
      throw Error(ErrorCode::InvalidArgument, message("a word may be misspelt in 1 or 2 places"));
    return edits;
  }

  PlanNode build_phrase(const Query& query, double weight) const {
    const schema::Field& field = find_field(query.field);
    const QueryWords words = query_words(query.text, analyzer_);
    if (query.distance == 0 || words.size() < 2) return build_whole(words, field, weight);
    PlanNode near = make_near(query.distance);
    near.weight = weight;
    for (const QueryWord& word : words) add_place(near, build_sequence(std::span(&word, 1), field));
    return near;
  }

  /// A phrase, or what stands for it as a whole.
  PlanNode build_whole(const QueryWords& words, const schema::Field& field, double weight) const {
    PlanNode phrase = build_ordered(words, field, weight);
    const SynonymTable::Match synonyms = synonyms_of_all(words);
    if (synonyms.length == 0) return phrase;
    PlanNode node = make_alternatives("");
    add_alternative(node, std::move(phrase));
    add_synonyms(node, synonyms, field, weight);
    return node;
  }

  SynonymTable::Match synonyms_of_all(std::span<const QueryWord> words) const {
    SynonymTable::Match synonyms = words.empty() ? SynonymTable::Match() : synonyms_.match(words);
    return synonyms.length == words.size() ? std::move(synonyms) : SynonymTable::Match();
  }

  /// Words that follow one another; one alone is a word like any.
  PlanNode build_ordered(std::span<const QueryWord> words, const schema::Field& field, double weight) const {
    if (words.empty()) return {};
    if (words.size() == 1) return build_word(words.front(), field, weight);
    PlanNode node = build_sequence(words, field);
    node.weight = weight;
    return node;
  }

  PlanNode build_sequence(std::span<const QueryWord> words, const schema::Field& field) const {
    PlanNode node = make_word(field);
    node.kind = PlanNode::Kind::Phrase;
    node.label = label_of(words, ' ');
    for (const QueryWord& word : words) {
      PlanNode::Slot slot{word.position - words.front().position, {}, {}};
      for (const std::string& stem : stems(word, related_.spellings(word, field)))
        slot.terms.push_back(schema::stem_term(field, stem));
      node.slots.push_back(std::move(slot));
    }
    return node;
  }

  /// What a part of a Near looks for: a Phrase (of one word, too), a Near, or Alternatives of these.
  PlanNode build_place(const Query& query) {
    const schema::Field& field = find_field(query.field);
    switch (query.kind) {
      case Query::Kind::Words: {
        PlanNode alternatives = make(PlanNode::Kind::Alternatives);
        const QueryWords words = query_words(query.text, analyzer_);
        for_each_part(words, [&](std::span<const QueryWord> typed, const SynonymTable::Match& synonyms) {
          for (; !typed.empty(); typed = typed.subspan(unit_length(typed)))
            add_place(alternatives, build_sequence(typed.first(unit_length(typed)), field));
          for (const QueryWords& synonym : synonyms.alternatives)
            add_place(alternatives, build_sequence(synonym, field));
        });
        return simplified(std::move(alternatives));
      }
      case Query::Kind::Phrase:
        return place_of_phrase(query, field);
      case Query::Kind::Form:
        return place_of_forms(query_words(query.text, analyzer_), field);
      case Query::Kind::Pattern:
      case Query::Kind::Fuzzy:
        return place_of_forms(words_of(expansions(query, split_head(query).second, field)), field);
      case Query::Kind::Near: {
        PlanNode near = make_near(query.distance);
        for (const Query& child : query.children) add_place(near, build_place(child));
        return near;
      }
      case Query::Kind::Group: {
        PlanNode alternatives = make(PlanNode::Kind::Alternatives);
        for (const Query& child : query.children) add_place(alternatives, build_place(child));
        return alternatives;
      }
      default:
        throw Error(ErrorCode::InvalidArgument,
                    message("only words, phrases and alternatives of these can be near each other"));
    }
  }

  PlanNode place_of_phrase(const Query& query, const schema::Field& field) const {
    const QueryWords words = query_words(query.text, analyzer_);
    if (words.empty()) return {};
    if (query.distance == 0) {
      PlanNode alternatives = make(PlanNode::Kind::Alternatives);
      add_place(alternatives, build_sequence(words, field));
      for (const QueryWords& synonym : synonyms_of_all(words).alternatives)
        add_place(alternatives, build_sequence(synonym, field));
      return simplified(std::move(alternatives));
    }
    PlanNode near = make_near(query.distance);
    for (const QueryWord& word : words) add_place(near, build_sequence(std::span(&word, 1), field));
    return near;
  }

  /// Positions are those of stems: a form stands where its stem does, in a document that has the form.
  PlanNode place_of_forms(const QueryWords& words, const schema::Field& field) const {
    if (words.empty()) return {};
    PlanNode node = make_word(field);
    node.kind = PlanNode::Kind::Phrase;
    std::set<std::string> stems;
    PlanNode::Slot slot;
    for (const QueryWord& word : words) {
      stems.insert(word.stem);
      slot.forms.push_back(schema::exact_term(field, word.folded, word.exact));
    }
    for (const std::string& stem : stems) slot.terms.push_back(schema::stem_term(field, stem));
    node.slots.push_back(std::move(slot));
    return node;
  }

  static PlanNode make_near(unsigned distance) {
    PlanNode near = make(PlanNode::Kind::Near);
    near.distance = distance;
    return near;
  }

  /// A part of a Near or of alternatives in one. All parts are in one field.
  static void add_place(PlanNode& whole, PlanNode place) {
    whole.length_normalised = whole.length_normalised || place.length_normalised;
    whole.field = place.field;
    add(whole, std::move(place), Occur::Should);
  }

  static std::set<std::string> stems(const QueryWord& word, const QueryWords& spellings) {
    std::set<std::string> stems{word.stem};
    for (const QueryWord& spelling : spellings) stems.insert(spelling.stem);
    return stems;
  }

  static std::set<std::string> exact_terms(const QueryWord& word, const QueryWords& spellings,
                                           const schema::Field& field) {
    std::set<std::string> terms{schema::exact_term(field, word.folded, word.exact)};
    if (word.exact == word.folded)
      for (const QueryWord& spelling : spellings)
        terms.insert(schema::exact_term(field, spelling.folded, spelling.exact));
    return terms;
  }

  /// Articles are long or short; names of authors, sites and tags are not held back for their number.
  static PlanNode make_word(const schema::Field& field) {
    PlanNode node = make(PlanNode::Kind::Word);
    node.length_normalised = &field == &schema::text;
    if (&field != &schema::text) node.field = field.name;
    return node;
  }

  static PlanNode make(PlanNode::Kind kind) {
    PlanNode node;
    node.kind = kind;
    return node;
  }

  const RankingOptions& ranking() const { return options_.ranking; }

  static void add(PlanNode& group, PlanNode child, Occur occur) {
    child.occur = occur;
    group.children.push_back(std::move(child));
  }

  static PlanNode simplified(PlanNode group) {
    if (group.children.size() != 1 || !group.contexts.empty()) return group;
    PlanNode only = std::move(group.children.front());
    return only;
  }

  void warn_of_nothing(const Query& query) {
    const std::string typed = label_of(query);
    if (!typed.empty()) warnings_.push_back(message("there is no word to look for in '{}'", typed));
  }

  const RelatedWords& related_;
  const Analyzer& analyzer_;
  const Vocabulary& vocabulary_;
  const SynonymTable& synonyms_;
  const SearchOptions& options_;
  std::vector<Message> warnings_;
};

const std::string& term_of(const std::string& term) { return term; }
const std::string& term_of(const CountedTerm& counted) { return counted.term; }

/// Calls `visit` for all lists of terms that decide what matches in `node`, its parts aside.
template <typename Visit>
void for_each_list(const PlanNode& node, Visit visit) {
  visit(node.terms);
  for (const PlanNode::Slot& slot : node.slots) visit(slot.terms);
  for (const Context& context : node.contexts)
    for (const Context::Word& word : context.words) visit(word.terms);
}

template <typename Visit>
void for_each_node(const PlanNode& node, Visit visit) {
  visit(node);
  for (const PlanNode& child : node.children) for_each_node(child, visit);
}

/// Sets how rare what words and phrases look for is.
class Weigher {
 public:
  /// The lists of terms in the tree stay where they are as long as it lives. All are asked for together, for a shard
  /// looks them up on one way.
  Weigher(const PlanNode& root, const Vocabulary& vocabulary) {
    std::vector<std::string_view> terms;
    for_each_node(root, [&](const PlanNode& node) {
      for_each_list(node, [&](const auto& list) {
        firsts_.emplace(&list, terms.size());
        for (const auto& term : list) terms.push_back(term_of(term));
      });
    });
    statistics_ = vocabulary.statistics(terms);
  }

  const CollectionStatistics& statistics() const { return statistics_; }

  void weigh(PlanNode& node) const {
    node.idf = rarity_of(node);
    if (node.loose)
      for (CountedTerm& counted : node.terms) counted.matches = false;
    for (Context& context : node.contexts)
      for (Context::Word& word : context.words) word.idf = rarity(word.terms);
    if (node.kind == PlanNode::Kind::Near) return;
    for (PlanNode& child : node.children) {
      weigh(child);
      if (node.kind == PlanNode::Kind::Alternatives && child.kind != PlanNode::Kind::Group) child.idf = node.idf;
    }
  }

 private:
  double rarity_of(const PlanNode& node) const {
    switch (node.kind) {
      case PlanNode::Kind::Word:
        return rarity_of_word(node.terms);
      case PlanNode::Kind::Phrase:
        return sum_over(node.slots, [&](const PlanNode::Slot& slot) { return rarity(slot.terms); });
      case PlanNode::Kind::Near:
      case PlanNode::Kind::Group:
        return sum_over(node.children, [&](const PlanNode& child) { return rarity_of(child); });
      case PlanNode::Kind::Alternatives:
        return rarity_of_alternatives(node.children);
      default:
        return 0;
    }
  }

  /// Of each term of a list, in its order, how many documents have it.
  std::span<const std::uint64_t> frequencies_of(const auto& terms) const {
    return std::span(statistics_.document_frequencies).subspan(firsts_.at(&terms), terms.size());
  }

  /// Related words tell it only where the index has no other.
  double rarity_of_word(const std::vector<CountedTerm>& terms) const {
    const std::span<const std::uint64_t> frequencies = frequencies_of(terms);
    std::uint64_t own = 0, related = 0;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      std::uint64_t& most = terms[i].related ? related : own;
      if (terms[i].matches) most = std::max(most, frequencies[i]);
    }
    return rarity(own > 0 ? own : related);
  }

  template <typename Parts, typename Rarity>
  static double sum_over(const Parts& parts, Rarity rarity) {
    double sum = 0;
    for (const auto& part : parts) sum += rarity(part);
    return sum;
  }

  /// As for the stems of a word: that of the most frequent.
  double rarity_of_alternatives(const std::vector<PlanNode>& alternatives) const {
    double least = alternatives.empty() ? 0 : std::numeric_limits<double>::infinity();
    for (const PlanNode& alternative : alternatives) least = std::min(least, rarity_of(alternative));
    return least;
  }

  /// BM25's inverse document frequency, as Lucene has it lest common words count below 0: ln(1 + (N - n + 0.5) / (n +
  /// 0.5)). For alternatives n is that of the most frequent: the union's would depend on how documents lie in shards.
  double rarity(const std::vector<std::string>& alternatives) const {
    std::uint64_t most = 0;
    for (const std::uint64_t frequency : frequencies_of(alternatives)) most = std::max(most, frequency);
    return rarity(most);
  }

  double rarity(std::uint64_t frequency) const {
    const auto documents = static_cast<double>(statistics_.documents);
    const auto n = static_cast<double>(frequency);
    return std::log1p((documents - n + 0.5) / (n + 0.5));
  }

  CollectionStatistics statistics_;
  std::unordered_map<const void*, std::size_t> firsts_;  // of each list, where its frequencies begin
};

/// Whether anything raises the scores of the best alone.
bool is_reranked(const PlanNode& node) {
  const auto matches = [](const CountedTerm& term) { return term.matches; };
  return !node.contexts.empty() || !node.exact_terms.empty() ||
         !std::all_of(node.terms.begin(), node.terms.end(), matches) ||
         std::any_of(node.children.begin(), node.children.end(), is_reranked);
}

void leave_first_stage(PlanNode& node) {
  node.contexts.clear();
  node.exact_terms.clear();
  node.exact_weight = 0;
  std::erase_if(node.terms, [](const CountedTerm& term) { return !term.matches; });
  std::erase_if(node.children, [](const PlanNode& child) { return child.loose; });
  for (PlanNode& child : node.children) leave_first_stage(child);
}

/// A lead stands out only in documents that are much longer.
double lead_importance(const CollectionStatistics& statistics) {
  constexpr double shortest_with_lead = 120;  // words of a body on the mean
  const auto words = static_cast<double>(statistics.text_length - statistics.title_length);
  return words == 0 ? 0 : std::max(0.0, 1 - shortest_with_lead * static_cast<double>(statistics.documents) / words);
}

}  // namespace

const schema::Field& find_field(const std::string& name) {
  if (name.empty()) return schema::text;
  for (const schema::Field& field : schema::query_fields)
    if (field.name == name) return field;
  throw Error(ErrorCode::InvalidArgument, message("there is no field '{}'", name));
}

void leave_first_stage(QueryPlan& plan) { leave_first_stage(plan.root); }

QueryPlan plan_query(const Query& query, const RelatedWords& words, const SynonymTable& synonyms,
                     const SearchOptions& options) {
  const RankingOptions& ranking = options.ranking;
  check(ranking);
  QueryPlan plan;
  words.make_room();
  PlanBuilder builder(words, synonyms, options);
  plan.root = builder.build(query);
  plan.warnings = builder.take_warnings();
  plan.k1 = ranking.k1;
  plan.b = ranking.b;
  plan.title_length_weight = ranking.title_weight - 1;
  set_freshness(plan, ranking);

  const Weigher weigher(plan.root, words.vocabulary());
  weigher.weigh(plan.root);
  const CollectionStatistics& statistics = weigher.statistics();
  const double length = static_cast<double>(statistics.text_length) +
                        plan.title_length_weight * static_cast<double>(statistics.title_length);
  plan.lead_share = ranking.lead_share * lead_importance(statistics);
  plan.pair_share = ranking.pair_share;
  plan.order_share = ranking.order_share;
  plan.mark_share = ranking.mark_share;
  if (options.sort != Sort::Relevance || ranking.rerank == 0) leave_first_stage(plan);
  plan.reranked = is_reranked(plan.root) ? ranking.rerank : 0;
  if (length > 0) plan.average_length = length / static_cast<double>(statistics.documents);
  return plan;
}

}  // namespace limier
