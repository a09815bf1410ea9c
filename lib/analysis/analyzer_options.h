#pragma once

#include <string_view>

#include "limier/analyzer.h"

namespace limier {

struct StemmerName {
  std::string_view name;
  Stemmer stemmer;
};

/// On disk: names are never reused.
inline constexpr StemmerName stemmer_names[] = {
    {"none", Stemmer::None}, {"snowball", Stemmer::Snowball}, {"light", Stemmer::Light}, {"minimal", Stemmer::Minimal}};

struct AnalyzerSwitch {
  std::string_view name;
  bool AnalyzerOptions::*member;
};

/// The other options. On disk: names are never reused.
inline constexpr AnalyzerSwitch analyzer_switches[] = {
    {"lexicon", &AnalyzerOptions::lexicon}, {"accent_folding", &AnalyzerOptions::accent_folding},
    {"elision", &AnalyzerOptions::elision}, {"compounds", &AnalyzerOptions::compounds},
    {"numbers", &AnalyzerOptions::numbers}, {"stop_words", &AnalyzerOptions::stop_words},
};

std::string_view name_of(Stemmer stemmer);

/// Null for a name that there is not.
const StemmerName* find_stemmer(std::string_view name);
const AnalyzerSwitch* find_switch(std::string_view name);

}  // namespace limier
