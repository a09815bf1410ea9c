#include "analysis/word_forms.h"

#include "analysis/lexicon.h"
#include "analysis/stemming.h"
#include "analysis/stop_words.h"
#include "text/folding.h"
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

/// The lexicon's stem where it has the word, else the stemmer's: `mère` -> `mere`, `réfugiés` -> `refugi`.
void find_stem(const Term& plain, const AnalyzerOptions& options, Term& out) {
  if (options.lexicon) {
    const std::string_view known = find_in_lexicon(plain.view());
    if (!known.empty()) return out.assign(known);
  }
  Term cut = plain;
  cut.resize(stem(options.stemmer, cut.data(), plain.view().size()));
  if (!options.accent_folding) return out.assign(cut.view());
  // Fold after the stem: `réfugiés` -> `réfugi` -> `refugi`, and `refuges` -> `refug` stays apart.
  drop_accents(cut.view(), out);
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
  if (options.stemmer != Stemmer::None && word.is_french()) {
    find_stem(plain, options, forms.stem);
  } else {
    forms.stem = forms.folded;
  }
  forms.stop_word = options.stop_words && is_stop_word(word.exact.view());
}

}  // namespace limier
