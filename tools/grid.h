#pragma once

#include <string>
#include <vector>

#include "limier/analyzer.h"
#include "limier/searcher.h"

// The settings that `limier bench` tries.
namespace limier::tools {

/// Thread rule: a plain value.
struct Setting {
  std::string name;  ///< `k1=0.9,stemmer=light`; `defaults` for those.
  AnalyzerOptions analyzer;
  RankingOptions ranking;
};

/// The defaults, then every combination of the values in `axes`: `k1=0.6..2.0:0.2` (from, to, step), `b=0.3,0.75`,
/// `stemmer=light,snowball`. The names are those of `limier search`'s ranking options, without hyphens before, and of
/// the analyzer's settings. Throws Error{InvalidArgument} for what is no axis.
std::vector<Setting> settings_of(const std::vector<std::string>& axes);

}  // namespace limier::tools
