#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "limier/error.h"
#include "limier/query.h"
#include "query/parse_query_characters.h"
#include "query/parse_query_fields.h"
#include "query/parse_query_ranges.h"
#include "text/message.h"

namespace limier {
namespace {

using namespace query_syntax;

/// Both of parentheses in the text and of groups in the tree, so that the canonical spelling, which puts every inner
/// group in parentheses, can be parsed again.
constexpr std::size_t max_depth = 100;

/// Words side by side are one part.
constexpr std::size_t max_parts = 1000;

constexpr double min_weight = 0.001;
constexpr double max_weight = 1000;
constexpr unsigned max_distance = 1000;
constexpr unsigned max_edits = 2;

std::size_t depth(const Query& query) {
  std::size_t deepest = 0;
  for (const Query& child : query.children) deepest = std::max(deepest, depth(child));
  const bool group = query.kind == Query::Kind::Group || query.kind == Query::Kind::Near;
  return deepest + (group ? 1 : 0);
}

Query exists(std::string_view field) {
  const std::string_view known = field_named(field);
  Query query;
  query.kind = Query::Kind::Exists;
  query.field = known.empty() ? field : known;
  return query;
}

Query document_of(std::string id) {
  Query query;
  query.kind = Query::Kind::Id;
  query.text = std::move(id);
  return query;
}

bool has_text(const Query& query) {
  switch (query.kind) {
    case Query::Kind::Words:
    case Query::Kind::Phrase:
    case Query::Kind::Form:
    case Query::Kind::Pattern:
    case Query::Kind::Fuzzy:
      return true;
    default:
      return false;
  }
}

/// Gives the field to every part that names none of its own: `titre:(accord OU auteur:Diallo)`.
void put_field(Query& query, std::string_view field) {
  if (has_text(query) && query.field.empty()) query.field = field;
  for (Query& child : query.children) put_field(child, field);
}

/// The field of the first part that names one.
std::string_view first_field(const Query& query) {
  if (!query.field.empty()) return query.field;
  for (const Query& child : query.children)
    if (const std::string_view field = first_field(child); !field.empty()) return field;
  return {};
}

/// What has a place in a text: words, phrases, and alternatives of these, all in one field.
bool has_place(const Query& query, std::string_view field) {
  if (has_text(query)) return query.field == field;
  const bool near = query.kind == Query::Kind::Near;
  const bool alternatives = query.kind == Query::Kind::Group && !query.children.empty();
  return (near || alternatives) && std::all_of(query.children.begin(), query.children.end(), [&](const Query& child) {
           return child.occur == Occur::Should && has_place(child, field);
         });
}

/// Recursive descent over the bytes of a query: one function for each rule of docs/query-syntax.md, each starting at
/// the first byte of its part.
class Parser {
 public:
  Parser(std::string_view text, const QueryOptions& options) : text_(text), options_(options) {}

  Query parse() {
    Query query = parse_query_or_nothing();
    if (!at_end()) fail(at_, message("No parenthesis is open here; remove this one or write \\) to search for it."));
    return query;
  }

 private:
  Query parse_query_or_nothing();
  Query parse_alternatives();
  Query parse_conjunction();
  std::vector<Query> parse_list();
  Query parse_item();
  Query parse_near(Query first, std::size_t offset);
  Query parse_part(bool run);
  Occur parse_sign();
  Query parse_fielded(std::size_t name_length);
  Query parse_named_value(std::string_view name, std::size_t begin);
  std::string parse_value_text();
  Query parse_atom();
  Query parse_phrase(const Quotes& quotes);
  void parse_phrase_text(const Quotes& quotes, std::string& text);
  void parse_suffixes(Query& query);
  void put_weight(Query& query, std::string_view number, std::size_t offset) const;
  Query parse_parenthesised();
  Query parse_words();
  Query parse_marked_word();
  unsigned parse_edits(const MarkedWord& word) const;
  std::string parse_word(std::size_t end);
  std::string parse_pattern(std::size_t end);
  void parse_escaped(std::string& word);

  bool accept_or();
  std::optional<Occur> accept_conjunction();
  Query operand(std::vector<Query> items, Occur occur, std::size_t offset) const;
  Query group(std::vector<Query> children, std::size_t offset) const;

  bool at_end() const { return at_ == text_.size(); }
  bool at_close() const { return !at_end() && text_[at_] == ')'; }
  bool at_sign() const { return !at_end() && is_sign(text_[at_]); }
  bool at_operand() const {
    return !at_end() && !at_close() && space_at(text_, at_) == 0 && !at_sign() && !at_operator();
  }
  bool at_operator() const { return operator_kind() != Operator::None; }
  /// A word that belongs to those beside it: without a field, a mark, or NEAR behind it.
  bool at_bare_word() const {
    if (!at_operand() || word_ends_at(text_, at_) || field_name_at(text_, at_) > 0) return false;
    const MarkedWord word = marked_word_at(text_, at_);
    const std::size_t next = word.whole_end + spaces_at(text_, word.whole_end);
    return !word.is_marked() && operator_at(text_, next).kind != Operator::Near;
  }
  /// Whether a bare word comes after the word here.
  bool followed_by_word() const {
    Parser next = *this;
    next.at_ = marked_word_at(text_, at_).whole_end;
    next.skip_spaces();
    return next.at_bare_word();
  }
  bool at_lone_star() const { return text_[at_] == '*' && marked_word_at(text_, at_).whole_end == at_ + 1; }
  Operator operator_kind() const { return operator_at(text_, at_).kind; }

  void skip_spaces() { at_ += spaces_at(text_, at_); }
  void take_operator();
  [[noreturn]] void fail(std::size_t offset, const Message& sentence) const {
    throw Error(ErrorCode::QuerySyntax, sentence, offset);
  }
  [[noreturn]] void fail_without_operand() const;
  [[noreturn]] void fail_too_deep(std::size_t offset) const;

  std::string_view text_;
  const QueryOptions& options_;
  std::size_t at_ = 0;
  std::size_t open_parentheses_ = 0;
  std::size_t parts_ = 0;
  std::size_t last_operator_ = 0;  ///< Where it stands.
};

Query Parser::parse_query_or_nothing() {
  skip_spaces();
  return at_end() || at_close() ? Query{} : parse_alternatives();
}

Query Parser::parse_alternatives() {
  const std::size_t begin = at_;
  std::vector<Query> alternatives;
  do {
    alternatives.push_back(parse_conjunction());
  } while (accept_or());
  return alternatives.size() == 1 ? std::move(alternatives.front()) : group(std::move(alternatives), begin);
}

Query Parser::parse_conjunction() {
  const std::size_t begin = at_;
  std::vector<Query> items = parse_list();
  std::optional<Occur> occur = accept_conjunction();
  if (!occur) return operand(std::move(items), Occur::Should, begin);
  std::vector<Query> operands;
  operands.push_back(operand(std::move(items), Occur::Must, begin));
  for (; occur; occur = accept_conjunction()) {
    const std::size_t offset = at_;
    operands.push_back(operand(parse_list(), *occur, offset));
  }
  return group(std::move(operands), begin);
}

std::vector<Query> Parser::parse_list() {
  const bool negated = operator_kind() == Operator::Not;
  if (at_end() || at_close() || (at_operator() && !negated)) fail_without_operand();
  std::vector<Query> items;
  do {
    items.push_back(parse_item());
    skip_spaces();
  } while (!at_end() && !at_close() && !at_operator());
  return items;
}

Query Parser::parse_item() {
  const std::size_t begin = at_;
  if (++parts_ > max_parts) fail(begin, message("A query has at most {} parts; write a shorter one.", max_parts));
  const Occur occur = parse_sign();
  Query item = parse_part(occur == Occur::Should);
  const std::size_t end = at_;
  skip_spaces();
  if (operator_kind() == Operator::Near) {
    item = parse_near(std::move(item), begin);
  } else {
    at_ = end;
  }
  item.occur = occur;
  return item;
}

/// `run`: whether words side by side may be one part.
Query Parser::parse_part(bool run) {
  const std::size_t name_length = field_name_at(text_, at_);
  if (name_length > 0) return parse_fielded(name_length);
  return run && at_bare_word() ? parse_words() : parse_atom();
}

Query Parser::parse_near(Query first, std::size_t offset) {
  Query near;
  near.kind = Query::Kind::Near;
  near.distance = operator_at(text_, at_).distance;
  if (near.distance == 0 || near.distance > max_distance)
    fail(at_, message("NEAR reaches over 1 to {} words.", max_distance));
  near.children.push_back(std::move(first));
  while (operator_kind() == Operator::Near) {
    if (operator_at(text_, at_).distance != near.distance)
      fail(at_, message("Parts that are near each other over different distances need parentheses."));
    take_operator();
    if (!at_operand()) fail_without_operand();
    near.children.push_back(parse_part(false));
    const std::size_t end = at_;
    skip_spaces();
    if (operator_kind() != Operator::Near) at_ = end;
  }
  put_field(near, first_field(near));
  if (!has_place(near, first_field(near)))
    fail(offset, message("NEAR joins words, phrases and alternatives of these (a OU b), all in one field."));
  if (depth(near) > max_depth) fail_too_deep(offset);
  return near;
}

Occur Parser::parse_sign() {
  const std::size_t begin = at_;
  if (operator_kind() == Operator::Not) {
    take_operator();
    if (!at_operand()) fail_without_operand();
    return Occur::MustNot;
  }
  if (!at_sign()) return Occur::Should;
  const char sign = text_[at_++];
  if (!at_operand()) {
    fail(begin, message("The sign {0} needs a word right after it; write \\{0} to search for it.", sign));
  }
  return sign == '+' ? Occur::Must : Occur::MustNot;
}

Query Parser::parse_fielded(std::size_t name_length) {
  const std::size_t begin = at_;
  const std::string_view name = text_.substr(at_, name_length);
  const std::string_view field = field_named(name);
  const std::size_t value = begin + name_length + 1;
  at_ = value;
  if (field == exists_field) return exists(parse_value_text());
  if (field == id_field) return document_of(parse_value_text());
  if (field.empty()) return parse_named_value(name, begin);
  if (at_sign()) fail(at_, message("A sign stands before the field: {}{}:…", text_[at_], name));
  if (at_lone_star()) {
    ++at_;
    return exists(field);
  }
  if (field == "date") return parse_dates(parse_value_text(), value, options_.today);
  Query query = parse_atom();
  put_field(query, field);
  return query;
}

/// `lectures:>500`: a name that is no field can be one of Document::values, if a number or `*` follows.
Query Parser::parse_named_value(std::string_view name, std::size_t begin) {
  const std::string value = parse_value_text();
  if (value == "*") return exists(name);
  if (std::optional<Query> numbers = parse_numbers(value, at_ - value.size())) {
    numbers->field = name;
    return *std::move(numbers);
  }
  fail(begin, message("There is no field {0}. The fields are {1}. Write {0}\\: to search for a word with a colon.",
                      name, known_fields()));
}

/// A value that is no query: up to where a word ends, or in quotes.
std::string Parser::parse_value_text() {
  std::string value;
  if (const Quotes* const quotes = quotes_at(text_, at_)) {
    parse_phrase_text(*quotes, value);
    return value;
  }
  const std::size_t begin = at_;
  while (!word_ends_at(text_, at_)) ++at_;
  return std::string(text_.substr(begin, at_ - begin));
}

Query Parser::parse_atom() {
  Query query;
  if (const Quotes* const quotes = quotes_at(text_, at_)) {
    query = parse_phrase(*quotes);
  } else if (text_[at_] == '(') {
    query = parse_parenthesised();
  } else {
    return parse_marked_word();
  }
  parse_suffixes(query);
  return query;
}

Query Parser::parse_marked_word() {
  const MarkedWord marked = marked_word_at(text_, at_);
  Query word;
  if (at_lone_star()) {
    word.kind = Query::Kind::Everything;
  } else if (marked.mark == WordMark::Pattern) {
    word.kind = Query::Kind::Pattern;
    word.text = parse_pattern(marked.end);
  } else {
    word.kind = marked.mark == WordMark::Form    ? Query::Kind::Form
                : marked.mark == WordMark::Fuzzy ? Query::Kind::Fuzzy
                                                 : Query::Kind::Words;
    if (word.kind == Query::Kind::Words) word.match = options_.match;
    at_ = marked.begin;
    word.text = parse_word(marked.end);
  }
  if (marked.mark == WordMark::Fuzzy) word.distance = parse_edits(marked);
  if (!marked.weight.empty()) put_weight(word, marked.weight, marked.whole_end - marked.weight.size());
  at_ = marked.whole_end;
  return word;
}

unsigned Parser::parse_edits(const MarkedWord& word) const {
  if (word.edits.empty() || word.edits == "1") return 1;
  if (word.edits == "2") return 2;
  fail(word.end, message("A word may be misspelt in 1 or {} places: ~ or ~2.", max_edits));
}

Query Parser::parse_phrase(const Quotes& quotes) {
  Query phrase;
  phrase.kind = Query::Kind::Phrase;
  parse_phrase_text(quotes, phrase.text);
  return phrase;
}

/// What stands in quotes, without the white space just inside them.
void Parser::parse_phrase_text(const Quotes& quotes, std::string& text) {
  const std::size_t begin = at_;
  at_ += quotes.open.size();
  skip_spaces();
  std::size_t trimmed_size = 0;
  while (!text_.substr(at_).starts_with(quotes.close)) {
    if (at_end() && options_.forgive_quotes) return text.resize(trimmed_size);
    if (at_end()) fail(begin, message("This quote is not closed; add {} where the phrase ends.", quotes.close));
    if (const std::size_t space = space_at(text_, at_)) {
      text += text_.substr(at_, space);
      at_ += space;
      continue;
    }
    parse_escaped(text);
    trimmed_size = text.size();
  }
  at_ += quotes.close.size();
  text.resize(trimmed_size);
}

/// `"…"~5^2`, `(…)^2`, right behind the quote or parenthesis.
void Parser::parse_suffixes(Query& query) {
  if (query.kind == Query::Kind::Phrase && !at_end() && text_[at_] == '~') {
    const std::size_t digits = number_at(text_, at_ + 1, false);
    const unsigned long distance =
        digits == 0 || digits > 9 ? 0 : std::stoul(std::string(text_.substr(at_ + 1, digits)));
    if (distance == 0 || distance > max_distance)
      fail(at_, message("Behind the quote, ~ says within how many words, 1 to {}: \"…\"~5.", max_distance));
    query.distance = static_cast<unsigned>(distance);
    at_ += 1 + digits;
  }
  if (at_end() || text_[at_] != '^') return;
  const std::size_t digits = number_at(text_, at_ + 1, true);
  if (digits == 0) return;
  put_weight(query, text_.substr(at_ + 1, digits), at_ + 1);
  at_ += 1 + digits;
}

void Parser::put_weight(Query& query, std::string_view number, std::size_t offset) const {
  double weight = 0;
  std::from_chars(number.data(), number.data() + number.size(), weight);
  weight *= query.weight;
  if (!(weight >= min_weight && weight <= max_weight))
    fail(offset, message("A weight is a number from {} to {}.", min_weight, max_weight));
  // What only filters has none.
  if (has_text(query) || query.kind == Query::Kind::Near || query.kind == Query::Kind::Group) query.weight = weight;
}

Query Parser::parse_parenthesised() {
  const std::size_t begin = at_++;
  if (++open_parentheses_ > max_depth) {
    fail(begin, message("Parentheses are nested more than {} deep; write a flatter query.", max_depth));
  }
  Query query = parse_query_or_nothing();
  if (!at_close()) fail(begin, message("This parenthesis is not closed; add ) where the group ends."));
  ++at_;
  --open_parentheses_;
  return query;
}

/// Adjacent words are one text: only together does the analyzer see the number in `590 000`.
Query Parser::parse_words() {
  if (at_lone_star() && !followed_by_word()) return parse_marked_word();
  Query words;
  words.kind = Query::Kind::Words;
  words.match = options_.match;
  words.text = parse_word(marked_word_at(text_, at_).end);
  for (;;) {
    const std::size_t end = at_;
    skip_spaces();
    if (!at_bare_word()) {
      at_ = end;
      return words;
    }
    words.text += reduced_spaces(text_.substr(end, at_ - end));
    words.text += parse_word(marked_word_at(text_, at_).end);
  }
}

/// Inclusive writing, `étudiant(e)s`, is a word and no group: the end is known before.
std::string Parser::parse_word(std::size_t end) {
  std::string word;
  while (at_ < end) parse_escaped(word);
  return word;
}

/// A word whose `*` and `?` keep what backslashes say of them.
std::string Parser::parse_pattern(std::size_t end) {
  const std::size_t begin = at_;
  const std::string_view whole = text_.substr(begin, end - begin);
  std::string pattern;
  while (at_ < end) {
    const char c = text_[at_];
    const bool escaped = c == '\\' && at_ + 1 < end;
    const char meant = escaped ? text_[at_ + 1] : c;
    const bool literal_sign =
        (meant == '*' || meant == '?' || meant == '\\') && (escaped || !is_wildcard(whole, at_ - begin));
    if (literal_sign) pattern += '\\';
    parse_escaped(pattern);
  }
  return pattern;
}

/// Takes one byte, or a whole character that a backslash stands before; a backslash at the end stands for itself.
void Parser::parse_escaped(std::string& word) {
  const bool escaped = text_[at_] == '\\' && at_ + 1 < text_.size();
  if (escaped) ++at_;
  word += text_[at_++];
  while (escaped && !at_end() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) word += text_[at_++];
}

bool Parser::accept_or() {
  if (operator_kind() != Operator::Or) return false;
  take_operator();
  return true;
}

std::optional<Occur> Parser::accept_conjunction() {
  const Operator first = operator_kind();
  if (first != Operator::And && first != Operator::Not) return std::nullopt;
  take_operator();
  const bool negated = first == Operator::And && operator_kind() == Operator::Not;
  if (negated) take_operator();
  return first == Operator::Not || negated ? Occur::MustNot : Occur::Must;
}

/// A list as a part of what stands around it: a lone item is that part itself (`a ET -b` is `a SAUF b`).
/// Things side by side, unlike alternatives, are what the share of options_.match is of, where any of them need not be.
Query Parser::operand(std::vector<Query> items, Occur occur, std::size_t offset) const {
  const bool lone = items.size() == 1;
  const bool negative = items.front().occur == Occur::MustNot;
  const bool any_optional = std::ranges::find(items, Occur::Should, &Query::occur) != items.end();
  if (lone && negative && occur == Occur::Must) return std::move(items.front());
  Query part = lone && !negative ? std::move(items.front()) : group(std::move(items), offset);
  if (!lone && any_optional) part.match = options_.match;
  part.occur = occur;
  return part;
}

Query Parser::group(std::vector<Query> children, std::size_t offset) const {
  Query group;
  group.children = std::move(children);
  if (depth(group) > max_depth) {
    fail_too_deep(offset);
  }
  return group;
}

void Parser::fail_too_deep(std::size_t offset) const {
  fail(offset, message("Groups are nested more than {} deep; write a flatter query.", max_depth));
}

void Parser::take_operator() {
  last_operator_ = at_;
  at_ += operator_at(text_, at_).length;
  skip_spaces();
}

void Parser::fail_without_operand() const {
  const bool first = operator_kind() == Operator::And || operator_kind() == Operator::Or;
  const std::size_t offset = first ? at_ : last_operator_;
  const std::string_view name = text_.substr(offset, operator_at(text_, offset).length);
  fail(offset, first ? message("{0} needs something before it; write \\{0} to search for the word.", name)
                     : message("{0} needs something after it; write \\{0} to search for the word.", name));
}

}  // namespace

Query parse_query(std::string_view text, const QueryOptions& options) {
  if (!(options.match >= 0 && options.match <= 1))
    throw Error(ErrorCode::InvalidArgument, message("the share of words that has to match is a number from 0 to 1"));
  return Parser(text, options).parse();
}

}  // namespace limier
