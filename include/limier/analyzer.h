#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "limier/export.h"

namespace limier {

/// One occurrence of a word in a text. The views live until the sink returns.
/// Thread rule: a plain value.
struct Token {
  std::string_view stem;     ///< What matching compares: the stem with its accents folded (`pech` for `pêches`).
  std::string_view exact;    ///< The very form: lower case, accents kept (`pêches`).
  std::string_view folded;   ///< The very form, accents folded (`peches`).
  std::uint32_t number = 0;  ///< Tokens that share one other than 0 have the same three forms, whatever analysed them.
  std::uint32_t position = 0;  ///< From 1, ascending by 1 from word to word.
  std::uint32_t begin = 0;     ///< First byte of the word in the text that was given, elision not included.
  std::uint32_t end = 0;       ///< One past its last byte.
  bool stop_word = false;      ///< A word of grammar (`le`, `que`, `dans`): carries no weight beside other words.
  bool joined = false;  ///< Tied to the word before by a hyphen (`Bissau` in `Guinée-Bissau`, not `il` in `a-t-il`).
};

/// Called once for each token, in the order of the text.
using TokenSink = std::function<void(const Token&)>;

/// Why a word of a text became its token, or gives none. The views of the token live until the sink returns.
/// Thread rule: a plain value.
struct Explanation {
  Token token;  ///< Of a word that gives none, its range alone, the apostrophe of an elision included; position is 0.

  /// What cut the word out of the text, as docs/analysis.md has it: `elision` and `euphonic t` give no token, nor does
  /// `address` for `https`; `apostrophe`, `inclusive`, `address`, `acronym`, `name` and `number` take in signs;
  /// `dictionary` is ICU's, for scripts without spaces. Empty where the word is a run of letters and digits.
  std::string_view rule;

  /// What gave the stem: `lexicon`, `ordinal` (`2e` for `2ème`), or the stemmer, by its name. Else why none was asked:
  /// `as written` (numbers, addresses, names), `digits`, `script`. Empty where there is no token.
  std::string_view stemmed_by;
};

/// Called once for each word, in the order of the text.
using ExplanationSink = std::function<void(const Explanation&)>;

/// Which rules cut a word's endings. The values are not on disk, their names are: `none`, `snowball`, `light`,
/// `minimal`.
enum class Stemmer {
  None,      ///< Words as they are.
  Snowball,  ///< Martin Porter's French algorithm, https://snowballstem.org/algorithms/french/stemmer.html.
  Light,     ///< Jacques Savoy's light algorithm, as Lucene's FrenchAnalyzer has it.
  Minimal,   ///< Jacques Savoy's minimal algorithm: plurals and feminines.
};

/// Stored in an index when it is made; a searcher analyses queries with what it finds there. Each step of the chain can
/// be left out, so that one can measure what it is good for; docs/analysis-ablation.md has the figures.
/// Thread rule: a plain value.
struct AnalyzerOptions {
  Stemmer stemmer = Stemmer::Snowball;
  bool lexicon = true;  ///< Words that no rule reaches have stems of their own (`yeux`, `malien`); not with None.
  bool accent_folding = true;  ///< `état` and `etat` are one; else no form loses its accents but in the lexicon.
  bool elision = true;         ///< `l’homme` is `homme`; else `l'homme` is one word.
  bool compounds = true;       ///< Hyphens tie words (Token::joined).
  bool numbers = true;         ///< `590 000` is one number; else runs of digits are words.
  bool stop_words = true;      ///< Words of grammar are marked (Token::stop_word).

  bool operator==(const AnalyzerOptions&) const = default;
};

/// The options as `stemmer=snowball,lexicon=on,elision=off`, all of them, in the order of the struct.
LIMIER_EXPORT std::string print_analyzer_options(const AnalyzerOptions& options);

/// Reads what print_analyzer_options writes; what `text` does not name has its default. Throws Error{InvalidArgument},
/// with what is possible, for names and values that there are not, and for a name given twice.
LIMIER_EXPORT AnalyzerOptions parse_analyzer_options(std::string_view text);

/// Splits French text into tokens: normalise -> segment -> elision -> fold case -> stem -> fold accents.
/// The same text gives the same tokens everywhere; docs/analysis.md says which.
/// Thread rule: `analyze` and `explain` may be called from several threads at once.
class LIMIER_EXPORT Analyzer {
 public:
  /// Grows by one whenever any text gives other tokens than before; an index made with another version is refused.
  static constexpr int version = 3;

  explicit Analyzer(const AnalyzerOptions& options = {});
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  const AnalyzerOptions& options() const;

  /// Hands every token of `text` to `sink`. Any bytes are accepted: what is not UTF-8 separates words. At most 4 GiB -
  /// 1 bytes, else Error{InvalidArgument}; nothing else is thrown but what the sink throws.
  void analyze(std::string_view text, const TokenSink& sink) const;

  /// The same tokens with the rules that made them, and the words that were dropped. Several times slower: for people
  /// who want to see why a word is found.
  void explain(std::string_view text, const ExplanationSink& sink) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limier
