#include "limier/analyzer.h"

#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "analysis/known_words.h"
#include "analysis/segmenter.h"
#include "analysis/unspaced.h"
#include "analysis/word.h"
#include "analysis/word_forms.h"
#include "limier/error.h"
#include "text/message.h"

namespace limier {
namespace {

/// What an analysis keeps for the next: each thread at work has one.
struct State {
  explicit State(const AnalyzerOptions& options) : words(options), word_iterator(make_word_iterator()) {}

  KnownWords words;
  std::unique_ptr<icu::BreakIterator> word_iterator;
};

void check_size(std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::InvalidArgument, message("a text to analyse has at most 4 GiB - 1 bytes"));
  }
}

void set_forms(const KnownWord& word, Token& token) {
  token.number = word.number;
  token.exact = word.view(word.exact);
  token.folded = word.view(word.folded);
  token.stem = word.view(word.stem);
  token.stop_word = word.stop_word;
}

void set_forms(const Word& word, const WordForms& forms, Token& token) {
  token.number = 0;
  token.exact = word.exact.view();
  token.folded = forms.folded.view();
  token.stem = forms.stem.view();
  token.stop_word = forms.stop_word;
}

void set_place(const Word& word, Token& token) {
  token.begin = word.begin;
  token.end = word.end;
  token.joined = word.joined;
}

/// What is known of a word, however the rules came to cut it out: `il` in `a-t-il`. Null where it is not known, or is
/// more than its letters: `il.fr`.
const KnownWord* find_same(std::string_view text, const Word& word, KnownWords& words) {
  const auto key = key_of(text.substr(word.begin, word.end - word.begin));
  const auto* known = words.find(key, words.place_of(key));
  return known && known->view(known->exact) == word.exact.view() ? known : nullptr;
}

}  // namespace

class Analyzer::Impl {
 public:
  explicit Impl(const AnalyzerOptions& given) : options(given) { give_back(take()); }

  std::unique_ptr<State> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto state = std::move(idle_.back());
        idle_.pop_back();
        return state;
      }
    }
    return std::make_unique<State>(options);
  }

  void give_back(std::unique_ptr<State> state) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(state));
  }

  const AnalyzerOptions options;

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<State>> idle_;
};

Analyzer::Analyzer(const AnalyzerOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

const AnalyzerOptions& Analyzer::options() const { return impl_->options; }

void Analyzer::analyze(std::string_view text, const TokenSink& sink) const {
  check_size(text);
  auto state = impl_->take();
  Segmenter segmenter(text, *state->word_iterator, impl_->options);  // normalise, segment, elision, fold case
  Word word;
  WordForms forms;
  Token token;
  KnownOccurrence occurrence;
  for (;;) {
    if (const auto* known = segmenter.next_known(state->words, occurrence)) {  // the same, remembered
      set_forms(*known, token);
      token.begin = occurrence.begin;
      token.end = occurrence.end;
      token.joined = occurrence.joined;
    } else if (segmenter.next(word)) {
      set_place(word, token);
      if (const auto* same = find_same(text, word, state->words)) {
        set_forms(*same, token);
      } else {
        compute_forms(word, impl_->options, forms);  // stem, fold accents
        set_forms(word, forms, token);
      }
    } else {
      break;
    }
    ++token.position;
    sink(token);
  }
  impl_->give_back(std::move(state));
}

void Analyzer::explain(std::string_view text, const ExplanationSink& sink) const {
  check_size(text);
  auto state = impl_->take();
  Segmenter segmenter(text, *state->word_iterator, impl_->options);
  Word word;
  WordForms forms;
  std::uint32_t position = 0;
  while (segmenter.next_or_dropped(word)) {
    Explanation explanation{.token = {.begin = word.begin, .end = word.end}, .rule = word.rule};
    if (!word.dropped) {
      compute_forms(word, impl_->options, forms);
      set_forms(word, forms, explanation.token);
      explanation.token.joined = word.joined;
      explanation.token.position = ++position;
      explanation.stemmed_by = forms.stemmed_by;
    }
    sink(explanation);
  }
  impl_->give_back(std::move(state));
}

}  // namespace limier
