#include "query/synonyms.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "text/message.h"
#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

/// A `#` behind a letter belongs to a word: `C#`.
std::string_view without_comment(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
    if (at == 0 || blanks.find(line[at - 1]) != std::string_view::npos) return line.substr(0, at);
  return line;
}

std::vector<std::string> split(std::string_view text, char sign) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(sign);
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool has_content(const std::string& side, const Analyzer& analyzer) {
  const QueryWords words = query_words(side, analyzer);
  return std::any_of(words.begin(), words.end(), [](const QueryWord& word) { return !word.stop_word; });
}

/// `line` has no comment and is not empty.
void parse_line(std::string_view line, const std::string& path, std::size_t number, const Analyzer& analyzer,
                Synonyms& synonyms) {
  const bool equal = line.find('=') != std::string_view::npos, one_way = line.find('>') != std::string_view::npos;
  const auto complain = [&](Message problem) { synonyms.problems.push_back(std::move(problem)); };
  if (!is_valid_utf8(line)) return complain(message("{}:{}: this line is not UTF-8", path, number));
  if (!equal && !one_way)
    return complain(
        message("{}:{}: a rule has = or > between its words: FMI = Fonds monétaire international", path, number));
  if (equal && one_way) return complain(message("{}:{}: a rule has either = or >, not both", path, number));
  SynonymRule rule{split(line, equal ? '=' : '>'), one_way, path, number};
  for (const std::string& side : rule.sides) {
    if (side.empty()) return complain(message("{}:{}: a side of the rule is empty", path, number));
    if (!has_content(side, analyzer))
      return complain(message("{}:{}: there is no word in '{}', save those of grammar", path, number, side));
  }
  synonyms.rules.push_back(std::move(rule));
}

/// `DEA`, not `Dea`: an acronym, of which no rule for endings knows anything (its stem is `de`).
bool is_in_capitals(const QueryWord& word) {
  for (std::size_t at = 0; at < word.typed.size();) {
    const DecodedCodePoint point = decode_utf8(word.typed, at);
    if (u_isULowercase(static_cast<UChar32>(point.value)) != 0) return false;
    at += point.length;
  }
  return true;
}

/// What a word of a query is looked up by to be met by this word of a rule: an acronym by its letters, also with the
/// `s` of a plural.
std::vector<std::string> keys_of(const QueryWord& word) {
  if (is_in_capitals(word)) return {word.folded, word.folded + 's'};
  if (word.stop_word || word.stem == word.folded) return {word.folded};
  return {word.folded, word.stem};
}

/// Whether a word of a query meets one of a rule.
bool meet(const QueryWord& word, const QueryWord& of_rule) {
  if (word.folded == of_rule.folded) return true;
  if (is_in_capitals(of_rule)) return word.folded == of_rule.folded + 's';
  return word.stem == of_rule.stem && !word.stop_word && !of_rule.stop_word;
}

bool are_same(const QueryWords& a, const QueryWords& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const QueryWord& x, const QueryWord& y) { return x.exact == y.exact; });
}

/// Whether words begin with a side, which ends where one of their words or compounds does.
bool begin_with(std::span<const QueryWord> words, const QueryWords& side) {
  return side.size() <= words.size() && (side.size() == words.size() || !words[side.size()].joined) &&
         std::equal(side.begin(), side.end(), words.begin(),
                    [](const QueryWord& of_rule, const QueryWord& word) { return meet(word, of_rule); });
}

}  // namespace

Synonyms parse_synonyms(std::string_view text, const std::string& path, const Analyzer& analyzer) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Synonyms synonyms;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(without_comment(text.substr(0, end)));
    if (!line.empty()) parse_line(line, path, number, analyzer, synonyms);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return synonyms;
}

void SynonymTable::add(const SynonymRule& rule, const Analyzer& analyzer) {
  std::vector<QueryWords> sides;
  for (const std::string& side : rule.sides) sides.push_back(query_words(side, analyzer));
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Side side{sides[i], {}};
    for (std::size_t j = rule.one_way ? i + 1 : 0; j < sides.size(); ++j)
      if (j != i) side.alternatives.push_back(sides[j]);
    if (side.alternatives.empty()) continue;
    for (std::string& key : keys_of(side.words.front())) by_first_word_.emplace(std::move(key), sides_.size());
    sides_.push_back(std::move(side));
  }
}

SynonymTable::Match SynonymTable::match(std::span<const QueryWord> words) const {
  Match longest;
  std::vector<std::size_t> found;  // sides of that length
  const auto look_up = [&](const std::string& key) {
    const auto [begin, end] = by_first_word_.equal_range(key);
    for (auto entry = begin; entry != end; ++entry) {
      const std::size_t length = sides_[entry->second].words.size();
      if (length < longest.length || !begin_with(words, sides_[entry->second].words)) continue;
      if (length > longest.length) found.clear();
      longest.length = length;
      found.push_back(entry->second);
    }
  };
  look_up(words.front().stem);
  look_up(words.front().folded);
  std::sort(found.begin(), found.end());  // the order of the file, whatever that of the hash table
  const QueryWords typed(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(longest.length));
  for (const std::size_t side : found) {
    for (const QueryWords& alternative : sides_[side].alternatives) {
      const bool known = are_same(alternative, typed) ||
                         std::any_of(longest.alternatives.begin(), longest.alternatives.end(),
                                     [&](const QueryWords& other) { return are_same(alternative, other); });
      if (!known) longest.alternatives.push_back(alternative);
    }
  }
  return longest;
}

bool SynonymTable::joins(const QueryWords& words, const QueryWords& other) const {
  if (words.empty()) return false;
  const Match found = match(words);
  return found.length == words.size() &&
         std::any_of(found.alternatives.begin(), found.alternatives.end(), [&](const QueryWords& known) {
           return std::equal(other.begin(), other.end(), known.begin(), known.end(), meet);
         });
}

}  // namespace limier
