#pragma once

#include <string_view>

#include "analysis/term.h"
#include "analysis/word.h"
#include "limier/analyzer.h"

namespace limier {

/// What a word becomes once it is cut out of its text: a function of its exact form and the options alone.
struct WordForms {
  Term folded, stem;
  bool stop_word = false;
  std::string_view stemmed_by;  ///< As Explanation::stemmed_by.
};

/// Fills `forms` for `word`: stem, fold accents, look it up among the stop words.
void compute_forms(const Word& word, const AnalyzerOptions& options, WordForms& forms);

}  // namespace limier
