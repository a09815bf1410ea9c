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

/// Room for the forms of one word.
struct Forms {
  Term plain, folded, stem;
};

/// `n'djaména` -> `ndjaména`.
std::string_view without_apostrophes(const Word& word, Term& out) {
  if (!word.apostrophes) return word.exact.view();
  out.clear();
  for (const char byte : word.exact.view()) {
    if (byte != '\'') out.append(byte);
  }
  return out.view();
}

/// `pêches` -> `peches`.
std::string_view without_accents(std::string_view word, Term& out) {
  out.clear();
  for (std::size_t at = 0; at < word.size();) {
    const auto [code_point, length] = decode_utf8(word, at);
    FoldingBuffer buffer;
    out.append(fold_accents(code_point, buffer));
    at += length;
  }
  return out.view();
}

/// `pêches` -> `pech`: stemmed, then folded.
std::string_view stem_of(const Word& word, std::string_view plain, Forms& forms) {
  forms.stem.assign(plain);
  forms.stem.resize(snowball_stem(forms.stem.data(), plain.size()));
  if (word.ascii) return forms.stem.view();
  forms.plain = forms.stem;
  return without_accents(forms.plain.view(), forms.stem);
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
  const bool stems = impl_->options.stemmer == Stemmer::Snowball;
  Segmenter segmenter(text, *impl_->word_iterator);  // normalise, segment, elision, fold case
  Word word;
  Forms forms;
  Token token;
  while (segmenter.next(word)) {
    const auto plain = without_apostrophes(word, forms.plain);
    ++token.position;
    token.exact = word.exact.view();
    token.folded = word.ascii ? plain : without_accents(plain, forms.folded);
    token.stem = stems && word.is_french() ? stem_of(word, plain, forms) : token.folded;
    token.begin = word.begin;
    token.end = word.end;
    token.stop_word = is_stop_word(token.exact);
    token.joined = word.joined;
    sink(token);
  }
}

}  // namespace limier
