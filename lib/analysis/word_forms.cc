#include "analysis/word_forms.h"

#include <algorithm>
#include <iterator>

#include "analysis/analyzer_options.h"
#include "analysis/lexicon.h"
#include "analysis/stemming.h"
#include "analysis/stop_words.h"
#include "text/folding.h"
#include "text/message.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// `n'djaména` -> `ndjaména`.
void drop_apostrophes(std::string_view word, Term& out) {
  out.clear();
  for (const char byte : word)
    if (byte != '\'') out.append(byte);
}

/// `pêches` -> `peches`.
void drop_accents(std::string_view word, Term& out) {
  out.clear();
  for (std::size_t at = 0; at < word.size();) {
    if (static_cast<unsigned char>(word[at]) < 0x80) {  // has none
      out.append(word[at++]);
      continue;
    }
    const auto [code_point, length] = decode_utf8(word, at);
    FoldingBuffer buffer;
    out.append(fold_accents(code_point, buffer));
    at += length;
  }
}

constexpr std::string_view ordinal_endings[] = {"e", "è", "ème", "eme", "ième", "ieme", "nd", "nde"};

/// `2ème`, `2è`, `2nd` -> `2e`; `1ère`, `1re` -> `1er`. False for all but ordinal numbers.
bool find_ordinal(std::string_view word, Term& out) {
  const auto digits = word.substr(0, word.find_first_not_of("0123456789"));
  const auto ending = word.substr(digits.size());
  if (digits.empty() || ending.empty()) return false;
  const bool is_first = digits == "1" && (ending == "er" || ending == "ère" || ending == "ere" || ending == "re");
  if (!is_first && std::ranges::find(ordinal_endings, ending) == std::end(ordinal_endings)) return false;
  out.assign(digits);
  out.append(is_first ? "er" : "e");
  return true;
}

/// `mère` -> `mere`.
bool find_known_stem(std::string_view plain, Term& out) {
  const std::string_view known = find_in_lexicon(plain);
  if (known.empty()) return false;
  out.assign(known);
  return true;
}

/// What the stemmer makes of a word: `réfugiés` -> `refugi`.
void cut_stem(const Term& plain, const AnalyzerOptions& options, Term& out) {
  Term cut = plain;
  cut.resize(stem(options.stemmer, cut.data(), plain.view().size()));
  if (!options.accent_folding) return out.assign(cut.view());
  // Fold after the stem: `réfugiés` -> `réfugi` -> `refugi`, and `refuges` -> `refug` stays apart.
  drop_accents(cut.view(), out);
}

/// Why a word that no stemmer is asked for has the stem that it has.
std::string_view reason_of(const Word& word) {
  if (word.as_written) return translatable("as written");
  return word.digits > 0 ? translatable("digits") : translatable("script");
}

/// Fills `forms.stem`, whose other forms are there, and says which rule gave it.
std::string_view find_stem(const Word& word, const Term& plain, const AnalyzerOptions& options, WordForms& forms) {
  if (options.stemmer != Stemmer::None) {
    if (find_ordinal(plain.view(), forms.stem)) return translatable("ordinal");
    if (word.is_french()) {
      if (options.lexicon && find_known_stem(plain.view(), forms.stem)) return translatable("lexicon");
      cut_stem(plain, options, forms.stem);
      return name_of(options.stemmer);
    }
  }
  forms.stem = forms.folded;
  return options.stemmer == Stemmer::None ? name_of(Stemmer::None) : reason_of(word);
}

}  // namespace

void compute_forms(const Word& word, const AnalyzerOptions& options, WordForms& forms) {
  Term without_apostrophes;
  if (word.apostrophes) drop_apostrophes(word.exact.view(), without_apostrophes);
  const Term& plain = word.apostrophes ? without_apostrophes : word.exact;
  if (options.accent_folding && !word.ascii) {
    drop_accents(plain.view(), forms.folded);
  } else {
    forms.folded = plain;
  }
  forms.stemmed_by = find_stem(word, plain, options, forms);
  forms.stop_word = options.stop_words && is_stop_word(word.exact.view());
}

}  // namespace limier
