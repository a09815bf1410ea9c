#include "limier/analyzer.h"

#include <limits>

#include "analysis/segmenter.h"
#include "analysis/unspaced.h"
#include "analysis/word.h"
#include "analysis/word_forms.h"
#include "limier/error.h"

namespace limier {

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
  Segmenter segmenter(text, *impl_->word_iterator, impl_->options);  // normalise, segment, elision, fold case
  Word word;
  WordForms forms;
  Token token;
  while (segmenter.next(word)) {
    compute_forms(word, impl_->options, forms);  // stem, fold accents
    ++token.position;
    token.exact = word.exact.view();
    token.folded = forms.folded.view();
    token.stem = forms.stem.view();
    token.begin = word.begin;
    token.end = word.end;
    token.stop_word = forms.stop_word;
    token.joined = word.joined;
    sink(token);
  }
}

}  // namespace limier
