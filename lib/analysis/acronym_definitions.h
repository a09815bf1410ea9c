#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"

namespace limier {

/// An acronym with what a text says that it stands for.
struct AcronymDefinition {
  std::string acronym;    ///< Without points.
  std::string expansion;  ///< As it is written, from its first word to its last.
};

/// What a text defines in parentheses: `Alliance des États du Sahel (AES)`, `AES (Alliance des États du Sahel)`. After
/// A. Schwartz and M. Hearst (A simple algorithm for identifying abbreviation definitions in biomedical text, 2003),
/// made stricter: the letters of the acronym are the beginnings of the words, in their order, those of grammar taken or
/// passed over (`Cédéao`: Communauté économique des États de l'Afrique de l'Ouest). In the order of the text.
std::vector<AcronymDefinition> find_acronym_definitions(std::string_view text, const Analyzer& analyzer);

}  // namespace limier
