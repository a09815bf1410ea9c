// Any bytes through the analyzer: the first chooses which step is left out, the others are the text.
#include <iterator>
#include <vector>

#include "analysis_invariants.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace limier;
  static const std::vector<Analyzer> analyzers = [] {
    std::vector<Analyzer> all;
    for (const AnalyzerOptions& options :
         {AnalyzerOptions{}, AnalyzerOptions{.elision = false}, AnalyzerOptions{.compounds = false},
          AnalyzerOptions{.numbers = false}, AnalyzerOptions{.accent_folding = false},
          AnalyzerOptions{.stemmer = Stemmer::Light}, AnalyzerOptions{.stemmer = Stemmer::Minimal},
          AnalyzerOptions{.stemmer = Stemmer::None}}) {
      all.emplace_back(options);
    }
    return all;
  }();
  if (size == 0) return 0;
  const auto breach = breach_in(text_of(data + 1, size - 1), analyzers[data[0] % analyzers.size()]);
  require(breach.empty(), breach);
  return 0;
}
