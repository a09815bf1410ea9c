#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "limier/query.h"
#include "limier/searcher.h"

namespace limier::test {

/// `YYYY-MM-DD`, the first day that the date may mean; empty without a date.
std::string first_day(const Document& document);

/// The oracle of every kind of shard: docs/ranking.md read aloud, document by document, with no index at all.
class NaiveSearch {
 public:
  explicit NaiveSearch(const std::vector<Document>& documents, std::vector<SynonymRule> rules = {});

  /// Every match with its document, in order.
  SearchResult search(const Query& query, const SearchOptions& options) const;

  using Positions = std::set<std::uint32_t>;

  /// Gives the positions of the words that a snippet of a text, which is a title or a body, lights up.
  std::function<Positions(const std::string& text)> lit(const Query& query, bool is_title) const;

  struct Word {
    std::string exact, folded, stem;
    std::uint32_t position = 0;
    bool stop_word = false, joined = false;
    bool in_capitals = false;  // as it is written
    bool marked = false;       // as a name, or by quotation marks
  };

 private:
  struct Entry {
    std::string id, date;
    Document document;
    std::map<std::string, std::vector<Word>> fields;  // "" is title and body
  };

  struct Scored {
    Scored(bool matching = false, double adds = 0) : matches(matching), score(adds), full(adds) {}
    Scored(bool matching, double adds, double adds_to_best) : matches(matching), score(adds), full(adds_to_best) {}

    bool matches;
    double score;  // what it adds where it matches
    double full;   // what it adds to one of the best documents, whether it matches itself or not
  };

  using Words = std::vector<Word>;

  /// How many words from `at` on are a side of a rule, the longest, and what else they may be.
  struct Match {
    std::size_t length = 0;
    std::vector<Words> others;
  };
  static bool meet(const Word& typed, const Word& of_rule);
  Match match(const Words& words, std::size_t at) const;

  /// One of several ways to say the same.
  struct Way {
    Scored scored;
    double rarity = 0;
  };
  static Scored best(const std::vector<Way>& ways);
  std::vector<Way> ways(const Words& words, const std::string& field, const Entry& entry,
                        const RankingOptions& ranking) const;
  std::vector<Way> other_ways(const Match& match, const std::string& field, const Entry& entry,
                              RankingOptions ranking) const;
  Scored phrase_or_synonym(const Words& words, const std::string& field, const Entry& entry,
                           const RankingOptions& ranking) const;
  Scored row_or_synonym(const Words& words, const Match& match, const Query& query, const Entry& entry,
                        const RankingOptions& ranking) const;

  std::vector<Word> words_of(const std::string& text) const;
  std::vector<Word> words_of_values(const std::vector<std::string>& values) const;
  std::set<std::string> stems(const Word& word, const std::string& field) const;
  std::set<std::string> exact_forms(const Word& word, const std::string& field) const;
  std::size_t most_documents(const std::set<std::string>& values, std::string Word::*form,
                             const std::string& field) const;
  double rarity(const std::set<std::string>& values, std::string Word::*form, const std::string& field) const;
  double saturation(const Entry& entry, double frequency, bool normalised, const RankingOptions& ranking) const;

  static double freshness(const Entry& entry, const RankingOptions& ranking);
  Scored evaluate(const Query& query, const Entry& entry, const RankingOptions& ranking) const;
  Scored evaluate_words(const Query& query, const Entry& entry, const RankingOptions& ranking) const;
  bool asks_nothing(const Query& query) const;
  Scored evaluate_group(const Query& query, const Entry& entry, const RankingOptions& ranking) const;
  Scored evaluate_dates(const Query& query, const Entry& entry) const;
  Scored evaluate_numbers(const Query& query, const Entry& entry) const;
  Scored evaluate_exists(const Query& query, const Entry& entry) const;
  Scored evaluate_unweighted(const Query& query, const Entry& entry, const RankingOptions& ranking) const;
  std::vector<Scored> alternatives(const Query& query, const Entry& entry, const RankingOptions& ranking) const;
  Scored word(const Word& word, const std::string& field, const Entry& entry, const RankingOptions& ranking) const;
  double frequency(const std::set<std::string>& values, std::string Word::*form, const std::string& field,
                   const Entry& entry, const RankingOptions& ranking) const;
  bool is_known(const std::set<std::string>& stems, const std::string& field) const;
  bool is_rare(const std::set<std::string>& stems, const std::string& field) const;
  std::set<std::string> family(const Word& word, const std::string& field) const;
  std::map<std::string, unsigned> nearest(const Word& word, const std::string& field) const;
  Way alternative(const Word& word, const std::string& field, const Entry& entry, const RankingOptions& ranking,
                  bool beside_others) const;
  std::vector<Way> typed_ways(const Words& unit, const std::string& field, const Entry& entry,
                              const RankingOptions& ranking, bool beside_others) const;
  static constexpr std::size_t anywhere = static_cast<std::size_t>(-1);
  double places(const std::vector<std::pair<Word, std::size_t>>& words, const std::vector<Scored>& parts,
                const Entry& entry, const RankingOptions& ranking) const;
  Scored any_form(const std::map<std::string, double>& forms, const std::string& field, const Entry& entry,
                  const RankingOptions& ranking) const;
  std::map<std::string, double> expanded(const Query& query) const;

  /// Where something stands: first and last position.
  using Spans = std::set<std::pair<std::uint32_t, std::uint32_t>>;
  struct Place {
    Spans spans;
    double rarity = 0;
  };
  Place sequence(const std::vector<Word>& words, const std::string& field, const Entry& entry) const;
  Place forms(const std::set<std::string>& forms, const std::string& field, const Entry& entry) const;
  static Place near(const std::vector<Place>& places, unsigned distance);
  Place place(const Query& query, const Entry& entry) const;
  Scored evaluate_marked(const Query& query, const Entry& entry, const RankingOptions& ranking) const;
  Scored phrase(const std::vector<Word>& words, const std::string& field, const Entry& entry,
                const RankingOptions& ranking) const;

  /// Whether a word of a text is a certain one; and what a part of a query lights among words that follow one another,
  /// nothing where it does not stand there.
  using Test = std::function<bool(const Word&)>;
  using Lighter = std::function<Positions(const std::vector<Word>&)>;
  Lighter lighter(const Query& query, bool is_title, bool in_near) const;
  Lighter lighter_of_words(const Query& query, bool in_near) const;
  Lighter lighter_of_children(const Query& query, bool is_title, bool in_near) const;
  Lighter lighter_of_sequence(const std::vector<Word>& words, const std::string& field) const;
  static Lighter sequence_of(const std::vector<Test>& tests);
  static Lighter any_of(const std::vector<Lighter>& parts);
  static Lighter near_of(const std::vector<Lighter>& parts, unsigned distance);

  Analyzer analyzer_;
  std::vector<Entry> entries_;
  std::vector<SynonymRule> rules_;
};

}  // namespace limier::test
