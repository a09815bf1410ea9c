#include "search/spelling.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/expansion.h"
#include "query/plan_query.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

// The model and its numbers are those of docs/ranking.md.
constexpr std::uint64_t rare = 1000;  // of so many documents one has a form that may be misspelt
constexpr double edit_probability = 0.001;
constexpr double double_letter_edits = 0.5;  // of letters that stand twice instead of once, or once instead of twice
constexpr double first_letter_edits = 0.5;   // in addition: it is seldom the wrong one
constexpr double space_edits = 0.5;          // of a space or an apostrophe that is missing or too much
constexpr double unseen_form = 0.5;          // documents
constexpr std::size_t most_misspelt = 6;
constexpr std::size_t longest_reading = 2;                                   // words
constexpr std::size_t most_readings = 12;                                    // of all misspelt words together
constexpr std::size_t shortest_word = 4, short_word = 6, longest_word = 40;  // in letters

/// A word of the query that carries meaning.
struct TypedWord {
  Query* part = nullptr;           ///< Whose text it stands in.
  std::size_t begin = 0, end = 0;  ///< Bytes of that text.
  std::string folded;
  std::uint32_t position = 0;
  std::uint64_t documents = 0;  ///< What it finds.
  double frequency = 0;         ///< Documents with this form, whatever its accents.
  bool misspelt = false;        ///< Perhaps.
  bool has_choice = false;      ///< There are readings of it other than the typed one.
};

/// What stands for some of the words, as they were typed or otherwise.
struct Reading {
  std::size_t first = 0, end = 0;  ///< Words.
  std::string text;
  double edits = 0;
  std::uint64_t documents = 0;  ///< What it finds.
  double frequency = 0;         ///< Documents with this form, whatever its accents.

  double likelihood() const { return std::pow(edit_probability, edits) * frequency; }
};

/// Equally likely ones stay in their order.
void sort_by_likelihood(std::vector<Reading>& readings) {
  std::stable_sort(readings.begin(), readings.end(),
                   [](const Reading& a, const Reading& b) { return a.likelihood() > b.likelihood(); });
}

bool is_letters(std::string_view folded) {
  return std::all_of(folded.begin(), folded.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// With every letter that stands twice or more standing once.
std::string without_doubles(std::string_view folded) {
  std::string single(folded);
  single.erase(std::unique(single.begin(), single.end()), single.end());
  return single;
}

/// How far a form is from what was typed, both folded.
double weigh_edits(std::string_view typed, const ExpandedForm& form) {
  if (without_doubles(typed) == without_doubles(form.folded)) return form.edits * double_letter_edits;
  const bool other_start = decode_utf8(form.folded, 0).value != decode_utf8(typed, 0).value;
  return form.edits + (other_start ? first_letter_edits : 0);
}

/// With all of its words and other parts that stand side by side.
Query with_all_parts(Query query) {
  if (query.kind == Query::Kind::Words || query.kind == Query::Kind::Group) query.match = 1;
  if (query.kind != Query::Kind::Group) return query;
  for (Query& child : query.children)
    if (child.occur != Occur::MustNot) child = with_all_parts(std::move(child));
  return query;
}

/// Finds the most likely readings of the words of a query: a noisy channel over pairs of neighbours.
class Speller {
 public:
  Speller(Query& query, const WordCounts& counts)
      : counts_(counts), documents_(counts.shard().statistics({}).documents) {
    collect_words(query);
  }

  /// Replaces the misspelt words in the query; false where there are none.
  bool correct() {
    if (misspelt_ == 0) return false;
    const std::size_t most = most_readings / misspelt_;
    for (std::size_t i = 0; i < words_.size(); ++i) add_readings(i, most);
    const std::vector<std::size_t> path = most_likely_path();
    bool corrected = false;
    for (std::size_t i = path.size(); i-- > 0;) {
      if (readings_[path[i]].edits == 0 || !is_backed(path, i)) continue;
      replace(readings_[path[i]]);
      corrected = true;
    }
    return corrected;
  }

 private:
  void collect_words(Query& query) {
    if (query.kind == Query::Kind::Words || query.kind == Query::Kind::Phrase) {
      counts_.analyzer().analyze(query.text, [&](const Token& token) {
        if (!token.stop_word) add_word(query, token);
      });
    }
    for (Query& child : query.children)
      if (child.occur != Occur::MustNot) collect_words(child);
  }

  void add_word(Query& part, const Token& token) {
    TypedWord word{&part, token.begin, token.end, std::string(token.folded), token.position};
    word.documents = counts_.of_word(part.field, part.text.substr(word.begin, word.end - word.begin));
    const std::uint64_t forms = counts_.spelling(part.field, word.folded).documents;
    // A form that no document has, of a word that some have, is not impossible.
    word.frequency = forms > 0 ? static_cast<double>(forms) : word.documents > 0 ? unseen_form : 0;
    const std::size_t letters = letters_in(word.folded);
    word.misspelt = forms * rare <= documents_ && is_letters(word.folded) && letters >= shortest_word &&
                    letters <= longest_word && misspelt_ < most_misspelt;
    if (word.misspelt) ++misspelt_;
    words_.push_back(std::move(word));
  }

  /// Those that begin with word `i`: as it was typed, and the most likely others.
  void add_readings(std::size_t i, std::size_t most) {
    const TypedWord& word = words_[i];
    Reading typed{i, i + 1, "", 0, word.documents, word.frequency};
    typed.text = typed_text(typed);
    readings_.push_back(std::move(typed));
    std::vector<Reading> others;
    if (word.misspelt) {
      add_similar(i, others);
      add_split(i, others);
    }
    if (i + 1 < words_.size()) add_joined(i, others);
    sort_by_likelihood(others);
    const std::size_t end = readings_.size() + most;
    for (std::size_t r = 0; r < others.size() && readings_.size() < end; ++r) take(std::move(others[r]));
  }

  /// Words of grammar are what is left of many a word with a letter less; and what finds less is no better.
  void take(Reading reading) {
    std::size_t tokens = 0, meaningful = 0;
    counts_.analyzer().analyze(reading.text, [&](const Token& token) {
      ++tokens;
      if (!token.stop_word) ++meaningful;
    });
    if (meaningful == 0) return;
    const std::string& field = words_[reading.first].part->field;
    reading.documents = tokens == 1 ? counts_.of_word(field, reading.text) : counts_.of_query(query_of(reading));
    const std::string typed = typed_text(reading);
    const bool is_word = reading.first + 1 == reading.end;
    const std::uint64_t found = is_word ? words_[reading.first].documents : counts_.of_query(all_words(field, typed));
    if (reading.documents <= found) return;
    if (capitalised(typed) == typed) reading.text = capitalised(reading.text);
    for (std::size_t i = reading.first; i < reading.end; ++i) words_[i].has_choice = true;
    readings_.push_back(std::move(reading));
  }

  /// Words that differ by few letters.
  void add_similar(std::size_t i, std::vector<Reading>& readings) const {
    constexpr std::size_t most_forms = 1000, most_likely = 20;
    const TypedWord& word = words_[i];
    const unsigned edits = letters_in(word.folded) < short_word ? 1 : 2;
    std::vector<Reading> similar;
    for (const ExpandedForm& form :
         expand_fuzzy(word.folded, edits, find_field(word.part->field), counts_.shard(), most_forms).forms) {
      if (form.edits == 0 || !is_letters(form.folded)) continue;
      const auto frequency = static_cast<double>(form.frequency);
      similar.push_back({i, i + 1, form.exact, weigh_edits(word.folded, form), 0, frequency});
    }
    sort_by_likelihood(similar);
    if (similar.size() > most_likely) similar.resize(most_likely);
    std::ranges::move(similar, std::back_inserter(readings));
  }

  /// `paludismegrave`, `laccord`: two words without their space, or their apostrophe.
  void add_split(std::size_t i, std::vector<Reading>& readings) const {
    const std::string &folded = words_[i].folded, &field = words_[i].part->field;
    const auto add = [&](const std::string& text, std::uint64_t documents) {
      readings.push_back({i, i + 1, text, space_edits, 0, static_cast<double>(documents)});
    };
    for (std::size_t at = 1; at < folded.size(); ++at) {
      if (utf8_boundary(folded, at) != at) continue;
      const std::string head = folded.substr(0, at), tail = folded.substr(at);
      const Spelling second = counts_.spelling(field, tail);
      if (letters_in(tail) < 2 || second.documents == 0) continue;
      if (is_elision(head, tail)) {
        add(head + "'" + second.text, second.documents);
      } else if (letters_in(head) >= 2) {
        const Spelling first = counts_.spelling(field, head);
        const std::string text = first.text + " " + second.text;
        if (first.documents > 0) add(text, counts_.of_query(phrase(field, text)));
      }
    }
  }

  /// `porte feuille`: one word with a space in it.
  void add_joined(std::size_t i, std::vector<Reading>& readings) const {
    const TypedWord &word = words_[i], &next = words_[i + 1];
    const bool adjacent = word.part == next.part && word.position + 1 == next.position && word.end + 1 == next.begin &&
                          word.part->text[word.end] == ' ';
    if (!adjacent || !(word.misspelt || next.misspelt)) return;
    const Spelling whole = counts_.spelling(word.part->field, word.folded + next.folded);
    readings.push_back({i, i + 2, whole.text, space_edits, 0, static_cast<double>(whole.documents)});
  }

  bool is_elision(const std::string& head, const std::string& tail) const {
    std::size_t tokens = 0;
    bool is_tail = false;
    counts_.analyzer().analyze(head + "'" + tail, [&](const Token& token) {
      ++tokens;
      is_tail = token.folded == tail;
    });
    return tokens == 1 && is_tail;
  }

  /// Viterbi's algorithm over readings that follow one another.
  std::vector<std::size_t> most_likely_path() {
    constexpr double impossible = -std::numeric_limits<double>::infinity();
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    std::vector<double> best(readings_.size(), impossible);
    std::vector<std::size_t> before(readings_.size(), none);
    std::size_t last = none;
    for (std::size_t r = 0; r < readings_.size(); ++r) {
      const double noise = readings_[r].edits * std::log(edit_probability);
      if (readings_[r].first == 0) best[r] = noise + log_probability(r);
      for (std::size_t q = r; q-- > 0 && readings_[q].first + longest_reading >= readings_[r].first;) {
        if (readings_[q].end != readings_[r].first || best[q] == impossible) continue;
        const double log = best[q] + noise + log_probability(q, r);
        if (before[r] == none || log > best[r]) {
          best[r] = log;
          before[r] = q;
        }
      }
      if (readings_[r].end == words_.size() && (last == none || best[r] > best[last])) last = r;
    }
    std::vector<std::size_t> path;
    for (std::size_t r = last; r != none; r = before[r]) path.push_back(r);
    std::reverse(path.begin(), path.end());
    return path;
  }

  /// Whether there is nothing to choose in its place.
  bool is_certain(std::size_t reading) const {
    const auto begin = words_.begin() + static_cast<std::ptrdiff_t>(readings_[reading].first);
    const auto end = words_.begin() + static_cast<std::ptrdiff_t>(readings_[reading].end);
    return std::none_of(begin, end, [](const TypedWord& word) { return word.has_choice; });
  }

  double share(double documents) const { return documents / static_cast<double>(documents_); }

  double log_probability(std::size_t reading) const {
    return is_certain(reading) ? 0 : std::log(share(readings_[reading].frequency));
  }

  /// Of a reading behind another: how many times as often as by chance documents have both, by what the two find,
  /// smoothed by one document that has them as chance has it.
  double log_probability(std::size_t before, std::size_t reading) {
    if (is_certain(reading) && is_certain(before)) return 0;
    const auto found_before = static_cast<double>(readings_[before].documents);
    const auto found = static_cast<double>(readings_[reading].documents);
    if (found_before == 0 || found == 0) return log_probability(reading);
    const double by_chance = share(found);
    return log_probability(reading) +
           std::log((static_cast<double>(together(before, reading)) + by_chance) / (found_before + 1) / by_chance);
  }

  std::uint64_t together(std::size_t a, std::size_t b) {
    const auto [found, is_new] = together_.try_emplace({a, b}, 0);
    if (is_new && readings_[a].documents > 0 && readings_[b].documents > 0)
      found->second = counts_.of_query(both(query_of(readings_[a]), query_of(readings_[b])));
    return found->second;
  }

  std::string typed_text(const Reading& reading) const {
    const TypedWord& first = words_[reading.first];
    return first.part->text.substr(first.begin, words_[reading.end - 1].end - first.begin);
  }

  Query query_of(const Reading& reading) const { return all_words(words_[reading.first].part->field, reading.text); }

  /// Whether a document has the reading together with one beside it, if there is one that any has.
  bool is_backed(const std::vector<std::size_t>& path, std::size_t i) {
    bool alone = true, backed = false;
    const auto look_at = [&](std::size_t a, std::size_t b, std::size_t beside) {
      if (readings_[beside].documents == 0) return;
      alone = false;
      backed = backed || together(a, b) > 0;
    };
    if (i > 0) look_at(path[i - 1], path[i], path[i - 1]);
    if (i + 1 < path.size()) look_at(path[i], path[i + 1], path[i + 1]);
    return alone || backed;
  }

  /// To be called for the last words first: what it replaces moves what is behind.
  void replace(const Reading& reading) {
    const TypedWord &first = words_[reading.first], &last = words_[reading.end - 1];
    first.part->text.replace(first.begin, last.end - first.begin, reading.text);
  }

  const WordCounts& counts_;
  std::uint64_t documents_;
  std::vector<TypedWord> words_;
  std::size_t misspelt_ = 0;
  std::vector<Reading> readings_;  // in the order of their first words
  std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> together_;
};

/// Whether more documents hold any, or all, of the words of `other` than of `query`, and fewer neither.
bool finds_more(const Query& other, const Query& query, const WordCounts& counts) {
  const std::uint64_t any = counts.of_query(query), other_any = counts.of_query(other);
  const std::uint64_t all = counts.of_query(with_all_parts(query));
  const std::uint64_t other_all = counts.of_query(with_all_parts(other));
  return other_any >= any && other_all >= all && (other_any > any || other_all > all);
}

}  // namespace

std::optional<Suggestion> correct_spelling(const Query& query, const WordCounts& counts) {
  Query corrected = query;
  if (!Speller(corrected, counts).correct() || !finds_more(corrected, query, counts)) return std::nullopt;
  const std::uint64_t total = counts.found(corrected);
  if (total < counts.found(query)) return std::nullopt;
  return Suggestion{std::move(corrected), total};
}

}  // namespace limier
