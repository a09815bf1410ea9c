#include "names.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "limier/query.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct Name {
  std::string_view english, french, without_accents;
};

const std::vector<Name>& names() {
  static const std::vector<Name> all = [] {
    std::vector<Name> names;
    for (const QueryField& field : query_fields()) names.push_back({field.name, field.french_name, field.french_name});
    names.insert(names.end(), {{"tag", "mot-clé", "mot-cle"},
                               {"year", "année", "annee"},
                               {"month", "mois", "mois"},
                               {"day", "jour", "jour"}});
    return names;
  }();
  return all;
}

const std::vector<Name> words = {{"any", "un", "un"},
                                 {"all", "tous", "tous"},
                                 {"relevance", "pertinence", "pertinence"},
                                 {"newest", "récent", "recent"},
                                 {"oldest", "ancien", "ancien"},
                                 {"similar", "semblable", "semblable"}};

std::string english_in(const std::vector<Name>& table, const std::string& text) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Name& name) {
    return name.french == text || name.without_accents == text;
  });
  return found == table.end() ? text : std::string(found->english);
}

}  // namespace

std::string english_name(const std::string& name) { return english_in(names(), name); }

std::string local_name(const std::string& english) {
  const auto found =
      std::find_if(names().begin(), names().end(), [&](const Name& name) { return name.english == english; });
  return found == names().end() || language() != "fr" ? english : std::string(found->french);
}

std::string english_word(const std::string& word) { return english_in(words, word); }

}  // namespace limier::tools
