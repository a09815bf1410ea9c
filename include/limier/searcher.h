#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "limier/export.h"
#include "limier/message.h"
#include "limier/query.h"
#include "limier/synonyms.h"

namespace limier {

/// Parameters of the ranking; docs/ranking.md gives the formulas.
struct RankingOptions {
  double k1 = 0.9;              ///< BM25: how fast further occurrences stop counting. From 0 to 1,000,000.
  double b = 0.75;              ///< BM25: how much long documents are held back, from 0 to 1.
  double title_weight = 3;      ///< How many times an occurrence of a word in the title counts. From 1 to 1,000,000.
  double exact_share = 0.15;    ///< What the very form that was typed adds, as a share of the word's score. From 0.
  double stop_share = 0.2;      ///< What a word of grammar counts beside others, if no more than a fifth of the
                                ///< documents have it; 0 to 1. More frequent ones never count beside others.
  double family_share = 0.3;    ///< How much an occurrence counts of a word of the same family as one of the query,
                                ///< `ministériel` for `ministère`, in documents that match; 0 to 1.
  double misspelt_share = 0.8;  ///< How much an occurrence counts, for each letter that differs, of a word that one of
                                ///< the query may be a misspelling of where the index has none of its family; 0 to 1.
  double lead_share = 1.6;   ///< What being the body's first word adds, as a share of the word's score; the later its
                             ///< first occurrence, the less, and less, or nothing, where documents are short. From 0.
  double pair_share = 0.4;   ///< What standing near each other adds to a pair of words, as a share of the rarer one's
                             ///< score. From 0.
  double order_share = 0.3;  ///< What neighbours add, likewise, that stand anywhere in the order and at the distance
                             ///< in which they were typed. From 0.
  double mark_share = 0.6;   ///< What a word adds, likewise, that was marked as a name by a capital, or by quotation
                             ///< marks around it, in documents that have it. From 0.
  std::size_t rerank = 60;   ///< To how many documents at most, the best without it, the very form, words that are only
                             ///< related, what words count more in titles, and these four shares add, where hits are
                             ///< sorted by relevance; they stay before all others. Beyond the best 20 only to those
                             ///< that have 0.65 of the best one's score.
  double freshness = 0;      ///< What a document of today gains, as a share of its score. From 0.
  double half_life = 30;     ///< After how many days half of that is left. Above 0.
  std::string today;         ///< `YYYY-MM-DD`, from which these days count; has to be given where freshness is above 0.
};

/// The order of hits. Where two are equal in it, the better score goes first, then the smaller id, byte by byte; so
/// that one commit's pages (SearchOptions::offset) neither overlap nor leave anything out.
enum class Sort {
  Relevance,
  Newest,  ///< By the first day that the date may mean, `2022` as `2022-01-01`; documents without a date go last.
  Oldest,  ///< Likewise; documents without a date go last here too.
};

/// A field whose values are to be counted over all matches.
struct FacetOptions {
  std::string field;      ///< `author`, `site`, `section`, `tag`, `source`, `language`; `year`, `month` or `day` of the
                          ///< date; else the name of one of Document::values.
  std::size_t top = 10;   ///< How many values, the most frequent ones.
  bool timeline = false;  ///< Of `year`, `month` and `day`: instead, all from the first to the last in the order of
                          ///< time, also those between that no match has.
};

/// Of which hits the first stands for all.
enum class Collapse {
  None,
  Similar,  ///< Of those whose bodies are nearly the same; docs/ranking.md says how near.
  Site,     ///< Of those of one Document::site; documents without one stand for themselves.
};

struct SearchOptions {
  std::size_t top = 10;    ///< How many hits.
  std::size_t offset = 0;  ///< How many of the best to leave out before.
  bool documents = true;   ///< Whether hits bring their documents, and the result what snippets of them need; ids and
                           ///< scores alone are faster.
  Sort sort = Sort::Relevance;
  Collapse collapse = Collapse::None;
  std::size_t most_expansions = 10'000;  ///< How many words a pattern or a misspelling may stand for.
  bool cut_expansions = false;    ///< Of more, the most frequent are taken, with a warning; otherwise it is an error.
  bool count_words = false;       ///< Whether SearchResult::any and ::all are counted.
  std::uint64_t count_limit = 0;  ///< Counting may stop there, where nothing else needs every match; 0 for never.
  std::vector<FacetOptions> facets;  ///< What SearchResult::facets counts.
  RankingOptions ranking;
};

struct Hit {
  std::string id;
  double score = 0;          ///< Above 0 where a word of the query matched; comparable within one result only.
  Document document;         ///< Empty where SearchOptions::documents is false.
  std::size_t index = 0;     ///< Of a Searcher over several indexes: the place of this hit's among their paths.
  std::uint64_t hidden = 0;  ///< How many further matches SearchOptions::collapse left out for this one.
};

struct FacetValue {
  std::string value;        ///< As documents have it; of dates `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
  std::uint64_t count = 0;  ///< Matches that have it.
};

/// The values of a field, counted exactly over all matches, hidden ones too. Values of more than 200 bytes are not
/// counted, nor are dates that are less precise than the facet (`2022` is in no month).
struct Facet {
  std::string field;
  std::vector<FacetValue> values;  ///< The most frequent first, equally frequent ones in byte order.
  std::uint64_t distinct = 0;      ///< How many values there are.
  std::uint64_t documents = 0;     ///< Matches that have any of them.
};

/// Something that a query looks for in a text, so that `make_snippet` can light it up: words that follow one another,
/// or a single one; or parts that stand near each other. Thread rule: a plain value.
struct Wanted {
  /// A word of the text is this one where its stem or its form is listed.
  struct Word {
    std::vector<std::string> stems;  ///< Token::stem
    std::vector<std::string> forms;  ///< Token::exact

    bool operator==(const Word&) const = default;
  };

  std::vector<Word> words;
  std::vector<std::vector<Wanted>> parts;  ///< If any, instead of `words`: of each of them one, in any order.
  std::uint32_t distance = 0;              ///< Of `parts`: how many positions the last word may stand behind the first.
  double weight = 0;  ///< How much it matters: its weight in the query × its idf. Those in `parts` have none.

  bool operator==(const Wanted&) const = default;
};

/// Thread rule: a plain value.
struct SearchResult {
  std::vector<Hit> hits;       ///< In the order of SearchOptions::sort.
  std::uint64_t total = 0;     ///< How many documents match, hidden ones too.
  bool total_is_exact = true;  ///< Otherwise there are more; only with SearchOptions::count_limit.
  std::vector<Facet> facets;   ///< One for each of SearchOptions::facets, in their order.
  std::optional<std::uint64_t> any,
      all;  ///< How many have any, and how many all, of the words and other parts that
            ///< stand side by side; where there are several, and SearchOptions::count_words.
  std::vector<Wanted> wanted_in_title, wanted_in_body;  ///< What the query looks for there, for `make_snippet`; empty
                                                        ///< where SearchOptions::documents is false.
  std::vector<Message> warnings;                        ///< What was done otherwise than was asked for.
  std::vector<Acronym> acronyms;  ///< What the first ten hits, if they bring their documents, say that words of the
                                  ///< query stand for; without what the index's synonyms have already.
};

/// What a part of a query adds to a document's score. docs/ranking.md has the formulas.
/// Thread rule: a plain value.
struct ScoreShare {
  /// Occurrences of a stem or of a form.
  struct Term {
    std::string text;
    std::string field;        ///< As in Query.
    std::uint32_t count = 0;  ///< In this document.
    double times = 1;         ///< How many times each counts.
  };

  std::string kind;  ///< `group`, the sum of its parts; `alternatives`, the best of its parts, the only one that is
                     ///< here; `word`, of `stem` and `form`, what the stems or listed forms and what the very form
                     ///< adds; `lead` and `pair`, what standing in the lead and near each other adds; `phrase`; `near`;
                     ///< `filter`, nothing; `freshness`.
  std::string label;  ///< The part of the query, as it was typed, without its field, or its synonym; empty where none
                      ///< was.
  std::string field;  ///< As in Query.
  double score = 0;   ///< The sum of the parts' scores; without parts, weight × idf × saturation.
  double weight = 0;  ///< By the query, for a `form` by RankingOptions::exact_share too.
  double idf = 0;     ///< How rare it is. Of `freshness`: the score without it.
  double frequency = 0;     ///< Occurrences, each as many times as it counts; for `phrase` and `near`, places; for
                            ///< `lead`, words of the body before the first.
  double saturation = 0;    ///< From 0 to 1, what the frequency makes of the weight. Of `freshness`: what age leaves.
  std::vector<Term> terms;  ///< Of `stem` and `form`: those that the document has.
  std::vector<ScoreShare> parts;  ///< Those that match.
};

/// A line of what a query looks for, for people to read.
/// Thread rule: a plain value.
struct PlanLine {
  std::size_t depth = 0;  ///< Below the line before it that has one less.
  Message text;
};

/// Another spelling of a query.
/// Thread rule: a plain value.
struct Suggestion {
  Query query;              ///< As it was, but for the words that are spelt otherwise.
  std::uint64_t total = 0;  ///< How many documents it finds.
};

/// How a text may go on.
/// Thread rule: a plain value.
struct Completion {
  std::string text;             ///< As it was typed up to its last word; that word, or it and one more, whole.
  std::uint64_t documents = 0;  ///< How many documents hold all of its words; of a single word, its most frequent stem.
};

/// The state of an index, or of several: sums, and the first and last date of all.
struct IndexInfo {
  std::uint64_t documents = 0;
  std::uint64_t sources = 0;   ///< Files that the documents came from.
  std::uint64_t words = 0;     ///< Tokens in titles and bodies.
  std::uint64_t bytes = 0;     ///< On the disk.
  std::uint64_t segments = 0;  ///< Sealed ones.
  int format_version = 0;
  int analyzer_version = 0;
  AnalyzerOptions analyzer;
  std::string first_date, last_date;  ///< `YYYY-MM-DD`; empty where no document has a date.
};

/// Answers queries. Every call sees the index as of some commit, wholly, and never an older one than the call before; a
/// writer beside is never waited for.
///
/// Several indexes are searched as if their documents were in one: the same hits, scores and counts. Documents of the
/// same id in two of them are two documents.
///
/// The synonyms that the indexes' directories hold (`synonyms.txt`, docs/query-syntax.md) stand for words and phrases
/// of every query; of several indexes, those of all. A file that has changed is read anew with the next call.
///
/// Every member throws Error: Io, Corrupt.
/// Thread rule: one thread at a time; open one for each thread.
class LIMIER_EXPORT Searcher {
 public:
  /// Opens the index in directory `path`. Throws NotFound, Incompatible, Corrupt, Io.
  explicit Searcher(const std::string& path);

  /// Opens several, at least one. Throws InvalidArgument also where they were made with different analyzers.
  explicit Searcher(const std::vector<std::string>& paths);
  ~Searcher();
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;

  /// Throws InvalidArgument for options out of range, a field that does not exist, and one that cannot be counted:
  /// `title`, `date`, or a timeline of anything but `year`, `month` and `day`.
  SearchResult search(const Query& query, const SearchOptions& options = {});

  /// Why the document of this id has the score that `search` gives it: a tree whose leaves add up to it, but for
  /// rounding. None where there is no such document or it does not match. Of several indexes, `index` is the one that
  /// is meant. Throws as `search` does, and InvalidArgument for an index that there is not.
  std::optional<ScoreShare> explain(const Query& query, std::string_view id, const SearchOptions& options = {},
                                    std::size_t index = 0);

  /// What `search` looks for: the words with the stems and forms they stand for, and what each weighs. Throws as
  /// `search` does.
  std::vector<PlanLine> describe(const Query& query, const SearchOptions& options = {});

  /// What may have been meant where words are misspelt: the most likely spelling of the whole by the words of the index
  /// (docs/ranking.md#spelling), if it finds more documents, as it is asked or with all of its parts, and by neither
  /// fewer. What related words find is left aside there; with it the suggestion may find as many. Takes some
  /// milliseconds where a word is rare, next to nothing where none is. Throws as `search` does.
  std::optional<Suggestion> suggest(const Query& query, const SearchOptions& options = {});

  /// How the last word of `text` may go on, for a search box: words of titles and bodies that begin so, whatever their
  /// accents and case, and with frequent words behind them, the one that most documents hold first; after other words
  /// those that stand behind these, what does so in most documents first, if there are any. Of words that find the
  /// same (singular and plural) the most frequent. At most `top`. Any bytes are accepted.
  std::vector<Completion> complete(std::string_view text, std::size_t top = 10);

  /// The document of this id, if there is one; of several indexes, in the first that has it.
  std::optional<Document> document(std::string_view id);

  /// A query for documents that say much the same as this one, which need not be in the index: those of its words that
  /// tell it best from others, at most so many, weighted by how often it has them (docs/ranking.md). The document of
  /// its id is left out. To be searched alone or as a part of another query.
  Query query_like(const Document& document, std::size_t words = 30);

  /// The rules in force, and what else is in their files.
  Synonyms synonyms();

  /// What all documents say that acronyms stand for, the most frequent first. Reads every document.
  std::vector<Acronym> acronyms();

  /// The analyzer that the index, or each of them, was made with.
  const Analyzer& analyzer() const;

  IndexInfo info();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limier
