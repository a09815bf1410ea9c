#include "analysis/acronym_definitions.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::size_t most_bytes = 240;  ///< Of a definition.
constexpr std::size_t least_letters = 2, most_letters = 10;

struct Word {
  std::string folded;
  std::size_t begin = 0, end = 0;  ///< In the text.
  bool stop_word = false;
  bool is_name = false;  ///< Begins with a capital.
};

/// A stretch of a text with its words.
struct Clause {
  std::string_view text;
  std::vector<Word> words;
};

bool is_capital(char32_t point) { return u_isUUppercase(static_cast<UChar32>(point)) != 0; }

Clause analysed(std::string_view text, const Analyzer& analyzer) {
  Clause clause{text, {}};
  analyzer.analyze(text, [&](const Token& token) {
    clause.words.push_back({std::string(token.folded), token.begin, token.end, token.stop_word,
                            is_capital(decode_utf8(text, token.begin).value)});
  });
  return clause;
}

/// Signs over which no name reaches. A point is one where white space follows: not in `O.N.U.`.
bool breaks_at(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 12> signs = {"\n", ",", ";", ":", "!", "?", "(", ")", "«", "“", "–", "—"};
  if (text[at] == '.') return at + 1 < text.size() && (text[at + 1] == ' ' || text[at + 1] == '\n');
  return std::any_of(signs.begin(), signs.end(),
                     [&](std::string_view sign) { return text.substr(at).starts_with(sign); });
}

/// What stands before a parenthesis, back to the last sign.
std::string_view clause_before(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  std::size_t begin = text.size();
  while (begin > 0 && text.size() - begin < most_bytes && !breaks_at(text, begin - 1)) --begin;
  return text.substr(begin);
}

/// What stands in a parenthesis, up to the first sign.
std::string_view clause_in(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && !breaks_at(text, end)) ++end;
  return text.substr(0, end);
}

/// A word as an acronym.
struct Candidate {
  std::string written;  ///< Without points.
  std::string letters;  ///< Folded.
  bool in_capitals = false;
};

/// `ONU`, `O.N.U.`, `BnF`, `ONGs`; also `Cédéao`, a name like any but for what it is said to stand for.
std::optional<Candidate> candidate(const Word& word, std::string_view text) {
  Candidate found{{}, word.folded, false};
  std::size_t letters = 0, capitals = 0;
  bool first_is_capital = false;
  for (std::size_t at = word.begin; at < word.end;) {
    const DecodedCodePoint point = decode_utf8(text, at);
    if (point.value != U'.') found.written += text.substr(at, point.length);
    at += point.length;
    if (point.value == invalid_code_point || u_isUAlphabetic(static_cast<UChar32>(point.value)) == 0) continue;
    const bool capital = is_capital(point.value);
    if (letters++ == 0) first_is_capital = capital;
    capitals += capital ? 1 : 0;
  }
  found.in_capitals = capitals >= least_letters;
  const bool plural =
      found.in_capitals && capitals + 1 == letters && found.letters.ends_with('s') && found.written.ends_with('s');
  if (plural) {
    found.written.pop_back();
    found.letters.pop_back();
    --letters;
  }
  constexpr std::size_t least_letters_of_name = 4;
  const bool fits = letters >= (found.in_capitals ? least_letters : least_letters_of_name) && letters <= most_letters &&
                    first_is_capital;
  return fits ? std::optional(std::move(found)) : std::nullopt;
}

constexpr int worst_cost = 4;

/// How badly `letters` are the beginnings of `words`: 3 for a word that is passed over, unless it is of grammar, 1 for
/// each letter of a word after its first; none where they are not. The first and the last word give letters; of
/// grammar's words only a name's first does (`La France insoumise`).
std::optional<int> cost_of(const std::string& letters, std::span<const Word> words, bool initials_only) {
  constexpr int skipped_word = 3, further_letter = 1, impossible = 1000;
  const bool begins = !words.empty() && (!words.front().stop_word || words.front().is_name);
  if (!begins || words.size() < 2 || words.back().stop_word) return std::nullopt;
  // Of the letters from each one on, by the words behind the one that is looked at.
  std::vector<int> behind(letters.size() + 1, impossible), costs(letters.size() + 1);
  behind.back() = 0;
  for (std::size_t i = words.size(); i-- > 0; behind.swap(costs)) {
    const Word& word = words[i];
    const bool may_skip = i > 0 && i + 1 < words.size() && (word.stop_word || !initials_only);
    const std::size_t most = initials_only ? 1 : word.folded.size();
    for (std::size_t letter = 0; letter <= letters.size(); ++letter) {
      int best = may_skip ? behind[letter] + (word.stop_word ? 0 : skipped_word) : impossible;
      for (std::size_t taken = 0; taken < most && letter + taken < letters.size(); ++taken) {
        if (word.folded[taken] != letters[letter + taken]) break;
        best = std::min(best, behind[letter + taken + 1] + further_letter * static_cast<int>(taken));
      }
      costs[letter] = best;
    }
  }
  return behind.front() <= worst_cost ? std::optional(behind.front()) : std::nullopt;
}

std::string written(const Clause& clause, std::span<const Word> words) {
  return std::string(clause.text.substr(words.front().begin, words.back().end - words.front().begin));
}

/// The last words of a clause that the acronym stands for: those that it fits best, and of these the fewest.
std::optional<std::string> expansion_at_end(const Candidate& acronym, const Clause& clause) {
  const std::span<const Word> words(clause.words);
  const std::size_t most_words = std::min(words.size(), 2 * acronym.letters.size() + 4);
  std::optional<std::string> best;
  int best_cost = worst_cost + 1;
  for (std::size_t count = 2; count <= most_words; ++count) {
    const std::optional<int> cost = cost_of(acronym.letters, words.last(count), !acronym.in_capitals);
    if (!cost || *cost >= best_cost) continue;
    best_cost = *cost;
    best = written(clause, words.last(count));
  }
  return best;
}

}  // namespace

std::vector<AcronymDefinition> find_acronym_definitions(std::string_view text, const Analyzer& analyzer) {
  std::vector<AcronymDefinition> definitions;
  const auto add = [&](const Word& word, const Clause& of, const Clause& expansion, bool whole) {
    const std::optional<Candidate> acronym = candidate(word, of.text);
    if (!acronym) return;
    const bool fits = !whole || (acronym->in_capitals && cost_of(acronym->letters, expansion.words, false));
    std::optional<std::string> found = !fits   ? std::nullopt
                                       : whole ? std::optional(written(expansion, expansion.words))
                                               : expansion_at_end(*acronym, expansion);
    if (found) definitions.push_back({acronym->written, *std::move(found)});
  };
  for (std::size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1)) {
    const std::size_t close = text.find(')', open);
    if (close == std::string_view::npos) break;
    if (close - open > most_bytes) continue;
    const Clause inside = analysed(clause_in(text.substr(open + 1, close - open - 1)), analyzer);
    if (inside.words.empty()) continue;
    const Clause before = analysed(clause_before(text.substr(0, open)), analyzer);
    if (before.words.empty()) continue;
    if (inside.words.size() == 1) {
      add(inside.words.front(), inside, before, false);
    } else {
      add(before.words.back(), before, inside, true);
    }
  }
  return definitions;
}

}  // namespace limier
