#include "analysis/word_forms.h"

#include "analysis/snowball.h"
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
    const auto [code_point, length] = decode_utf8(word, at);
    FoldingBuffer buffer;
    out.append(fold_accents(code_point, buffer));
    at += length;
  }
}

}  // namespace

void compute_forms(const Word& word, const AnalyzerOptions& options, WordForms& forms) {
  Term plain, stem;
  drop_apostrophes(word.exact.view(), plain);
  drop_accents(plain.view(), forms.folded);
  forms.stem = forms.folded;
  if (options.stemmer == Stemmer::Snowball && word.is_french()) {
    // Fold after the stem: `réfugiés` -> `réfugi` -> `refugi`, and `refuges` -> `refug` stays apart.
    stem = plain;
    stem.resize(snowball_stem(stem.data(), plain.view().size()));
    drop_accents(stem.view(), forms.stem);
  }
  forms.stop_word = is_stop_word(word.exact.view());
}

}  // namespace limier
