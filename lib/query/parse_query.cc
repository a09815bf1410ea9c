#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "limier/error.h"
#include "limier/query.h"
#include "query/parse_query_characters.h"
#include "query/parse_query_dates.h"
#include "query/parse_query_fields.h"
#include "text/message.h"

namespace limier {
namespace {

using namespace query_syntax;

/// Both of parentheses in the text and of groups in the tree, so that the canonical spelling, which puts every inner
/// group in parentheses, can be parsed again.
constexpr std::size_t max_depth = 100;

std::size_t depth(const Query& query) {
  std::size_t deepest = 0;
  for (const Query& child : query.children) deepest = std::max(deepest, depth(child));
  return deepest + (query.kind == Query::Kind::Group ? 1 : 0);
}

/// Gives the field to every part that names none of its own: `titre:(accord OU auteur:Diallo)`.
void put_field(Query& query, std::string_view field) {
  const bool has_text = query.kind != Query::Kind::Dates && query.kind != Query::Kind::Group;
  if (has_text && query.field.empty()) query.field = field;
  for (Query& child : query.children) put_field(child, field);
}

/// Recursive descent over the bytes of a query: one function for each rule of docs/query-syntax.md, each starting at
/// the first byte of its part.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

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
  Occur parse_sign();
  Query parse_fielded(std::size_t name_length);
  Query parse_dates_value();
  Query parse_atom();
  Query parse_phrase(const Quotes& quotes);
  Query parse_parenthesised();
  Query parse_words();
  Query parse_marked_word();
  std::string parse_word();
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
  bool at_bare_word() const {
    return at_operand() && !word_ends_at(text_, at_) && field_name_at(text_, at_) == 0 &&
           word_mark_at(text_, at_) == WordMark::None;
  }
  Operator operator_kind() const { return operator_at(text_, at_).kind; }

  void skip_spaces() { at_ += spaces_at(text_, at_); }
  void take_operator();
  [[noreturn]] void fail(std::size_t offset, const Message& sentence) const {
    throw Error(ErrorCode::QuerySyntax, sentence, offset);
  }
  [[noreturn]] void fail_without_operand() const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t open_parentheses_ = 0;
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
  const Occur occur = parse_sign();
  const std::size_t name_length = field_name_at(text_, at_);
  const bool run = occur == Occur::Should && at_bare_word();
  Query item = name_length > 0 ? parse_fielded(name_length) : run ? parse_words() : parse_atom();
  item.occur = occur;
  return item;
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
  if (field.empty()) {
    fail(begin, message("There is no field {0}. The fields are {1}. Write {0}\\: to search for a word with a colon.",
                        name, known_fields()));
  }
  at_ += name_length + 1;
  if (field == "date") return parse_dates_value();
  if (at_sign()) fail(at_, message("A sign stands before the field: {}{}:…", text_[at_], name));
  Query query = parse_atom();
  put_field(query, field);
  return query;
}

Query Parser::parse_dates_value() {
  const std::size_t begin = at_;
  while (!word_ends_at(text_, at_)) ++at_;
  return parse_dates(text_.substr(begin, at_ - begin), begin);
}

Query Parser::parse_atom() {
  if (const Quotes* const quotes = quotes_at(text_, at_)) return parse_phrase(*quotes);
  if (text_[at_] == '(') return parse_parenthesised();
  return parse_marked_word();
}

Query Parser::parse_marked_word() {
  Query word;
  switch (word_mark_at(text_, at_)) {
    case WordMark::None:
      word.kind = Query::Kind::Words;
      word.text = parse_word();
      break;
    case WordMark::Form:
      word.kind = Query::Kind::Form;
      ++at_;
      word.text = parse_word();
      break;
    case WordMark::Prefix:
      word.kind = Query::Kind::Prefix;
      word.text = parse_word();
      word.text.pop_back();
      break;
  }
  return word;
}

Query Parser::parse_phrase(const Quotes& quotes) {
  const std::size_t begin = at_;
  at_ += quotes.open.size();
  skip_spaces();
  Query phrase;
  phrase.kind = Query::Kind::Phrase;
  std::size_t trimmed_size = 0;
  while (!text_.substr(at_).starts_with(quotes.close)) {
    if (at_end()) fail(begin, message("This quote is not closed; add {} where the phrase ends.", quotes.close));
    if (const std::size_t space = space_at(text_, at_)) {
      phrase.text += text_.substr(at_, space);
      at_ += space;
      continue;
    }
    parse_escaped(phrase.text);
    trimmed_size = phrase.text.size();
  }
  at_ += quotes.close.size();
  phrase.text.resize(trimmed_size);
  return phrase;
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
  Query words;
  words.kind = Query::Kind::Words;
  words.text = parse_word();
  for (;;) {
    const std::size_t end = at_;
    skip_spaces();
    if (!at_bare_word()) {
      at_ = end;
      return words;
    }
    words.text += reduced_spaces(text_.substr(end, at_ - end));
    words.text += parse_word();
  }
}

std::string Parser::parse_word() {
  std::string word;
  for (;;) {
    const bool ends = word_ends_at(text_, at_);
    // Inclusive writing, `étudiant(e)s`, is a word and no group.
    const std::size_t letters = ends && !at_end() ? parenthesised_letters_at(text_, at_) : 0;
    if (ends && letters == 0) return word;
    word += text_.substr(at_, letters);
    at_ += letters;
    if (letters == 0) parse_escaped(word);
  }
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
Query Parser::operand(std::vector<Query> items, Occur occur, std::size_t offset) const {
  const bool lone = items.size() == 1;
  const bool negative = items.front().occur == Occur::MustNot;
  if (lone && negative && occur == Occur::Must) return std::move(items.front());
  Query part = lone && !negative ? std::move(items.front()) : group(std::move(items), offset);
  part.occur = occur;
  return part;
}

Query Parser::group(std::vector<Query> children, std::size_t offset) const {
  Query group;
  group.children = std::move(children);
  if (depth(group) > max_depth) {
    fail(offset, message("Groups are nested more than {} deep; write a flatter query.", max_depth));
  }
  return group;
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

Query parse_query(std::string_view text) { return Parser(text).parse(); }

}  // namespace limier
