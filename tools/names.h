#pragma once

#include <string>

// What a person may say in French as well as in English, accents or not.
namespace limier::tools {

/// Of fields and of units of time: `section` of `rubrique`, `year` of `année` and of `annee`; other names, such as
/// those of named values, as they are.
std::string english_name(const std::string& name);

/// The same the other way round, where the reader's language is French.
std::string local_name(const std::string& english);

/// Of the words that options take: `newest` of `récent`; other text as it is.
std::string english_word(const std::string& word);

}  // namespace limier::tools
