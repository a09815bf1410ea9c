#include "limier/analyzer.h"

#include <limits>

#include "analysis/segmenter.h"
#include "analysis/snowball.h"
#include "analysis/stop_words.h"
#include "analysis/term.h"
#include "analysis/unspaced.h"
#include "analysis/word.h"
#include "limier/error.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// `n'djaména` -> `ndjaména`.
void remove_apostrophes(std::string_view exact, Term& out) {
  out.clear();
  for (const char byte : exact) {
    if (byte != '\'') out.append(byte);
  }
}

/// `pêches` -> `peches`.
void fold_accents(std::string_view word, Term& out) {
  out.clear();
  for (std::size_t at = 0; at < word.size();) {
    const auto [code_point, length] = decode_utf8(word, at);
    FoldingBuffer buffer;
    out.append(limier::fold_accents(code_point, buffer));
    at += length;
  }
}

}  // namespace

class Analyzer::Impl {
 public:
  explicit Impl(const AnalyzerOptions& given) : options(given), word_iterator(make_word_iterator()) {}

  AnalyzerOptions options;
  std::unique_ptr<icu::BreakIterator> word_iterator;
};

Analyzer::Analyzer(const AnalyzerOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

const AnalyzerOptions& Analyzer::options() const { return impl_->options; }

void Analyzer::analyze(std::string_view text, const TokenSink& sink) const {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::InvalidArgument, "a text to analyse has at most 4 GiB - 1 bytes");
  }
  Segmenter segmenter(text, *impl_->word_iterator);  // normalise, segment, elision, fold case
  Word word;
  Term plain, folded, stem;
  Token token;
  while (segmenter.next(word)) {
    remove_apostrophes(word.exact.view(), plain);
    fold_accents(plain.view(), folded);
    if (impl_->options.stemmer == Stemmer::Snowball && word.is_french()) {
      plain.resize(snowball_stem(plain.data(), plain.view().size()));
      fold_accents(plain.view(), stem);
    } else {
      stem = folded;
    }
    ++token.position;
    token.exact = word.exact.view();
    token.folded = folded.view();
    token.stem = stem.view();
    token.begin = word.begin;
    token.end = word.end;
    token.stop_word = is_stop_word(token.exact);
    token.joined = word.joined;
    sink(token);
  }
}

}  // namespace limier
