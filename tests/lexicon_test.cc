#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/lexicon.h"
#include "limier/analyzer.h"
#include "text/folding.h"

namespace limier {
namespace {

struct Class {
  std::size_t line = 0;
  std::vector<std::string> forms;
};

std::vector<Class> read_classes() {
  std::ifstream in(LIMIER_SOURCE_DIR "/lib/analysis/lexicon.txt");
  std::vector<Class> classes;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    std::istringstream forms(line);
    classes.push_back({number, {}});
    for (std::string form; forms >> form;) classes.back().forms.push_back(form);
  }
  return classes;
}

/// The stems of a text, a space between them.
std::string stems_of(std::string_view text) {
  static const Analyzer analyzer;
  std::string stems;
  analyzer.analyze(text, [&](const Token& token) { stems.append(stems.empty() ? 0 : 1, ' ').append(token.stem); });
  return stems;
}

std::string exact_forms(std::string_view text) {
  static const Analyzer analyzer;
  std::string forms;
  analyzer.analyze(text, [&](const Token& token) { forms.append(forms.empty() ? 0 : 1, ' ').append(token.exact); });
  return forms;
}

TEST_CASE("lexicon: every form is one word as the analyzer makes it, and stands once") {
  const std::vector<Class> classes = read_classes();
  std::set<std::string> seen;
  for (const auto& [line, forms] : classes) {
    for (const std::string& form : forms) {
      CAPTURE(line);
      CHECK_MESSAGE(seen.insert(form).second, form);
      CHECK_MESSAGE(exact_forms(form) == form, form);
    }
  }
  CHECK(classes.size() > 1000);
  CHECK(seen.size() > 8000);
}

TEST_CASE("lexicon: every form has the head, without accents, for its stem") {
  for (const auto& [line, forms] : read_classes()) {
    CAPTURE(line);
    std::string head = fold(forms.front());
    std::erase(head, '\'');
    for (const std::string& form : forms) CHECK_MESSAGE(stems_of(form) == head, form);
  }
}

TEST_CASE("lexicon: no two classes have one stem") {
  std::map<std::string, std::size_t> lines;
  for (const auto& [line, forms] : read_classes()) {
    const auto [other, is_new] = lines.emplace(fold(forms.front()), line);
    CHECK_MESSAGE(is_new, "lines " << other->second << " and " << line << ": " << forms.front());
  }
}

TEST_CASE("lexicon: what it does not have") {
  for (const std::string_view word : {"", "a", "zzz", "yeuxx", "ouagadougoulu", "-", "\xC3\xA9"})
    CHECK_MESSAGE(find_in_lexicon(word).empty(), word);
}

TEST_CASE("lexicon: without accents a word stands for the accented one, unless it is another word") {
  const struct {
    std::string_view word, stem;
  } cases[] = {{"algerien", "algerie"},
               {"ALGERIE", "algerie"},
               {"francaises", "france"},
               {"deputes", "depute"},
               {"ministere", "minister"},
               {"marche", "march"},
               {"marché", "marche"},
               {"Marie", "marie"},
               {"mariés", "marier"},
               {"tigre", "tigres"},
               {"ne", "ne"},
               {"né", "naitre"}};
  for (const auto& [word, stem] : cases) CHECK_MESSAGE(stems_of(word) == stem, word);
}

TEST_CASE("lexicon: forms of one word meet, strangers do not") {
  // Words of a line meet; lines do not.
  const std::vector<std::vector<std::string_view>> families = {
      {"Mali", "malien", "Maliens", "malienne", "MALIENNES"},
      {"mal", "maux"},
      {"Niger", "nigérien", "nigériennes"},
      {"Nigeria", "Nigéria", "nigérian", "nigérianes"},
      {"Tunis"},
      {"Tunisie", "tunisien", "tunisiennes"},
      {"Alger", "algérois"},
      {"Algérie", "algérien", "algérienne", "ALGERIE"},
      {"Guinée", "guinéen", "guinéennes"},
      {"Guyane", "guyanais"},
      {"Maurice", "mauricien"},
      {"Mauritanie", "mauritanienne"},
      {"mère", "mères"},
      {"mer", "mers"},
      {"organe", "organes"},
      {"organisme", "organismes"},
      {"marché", "marchés"},
      {"marcher", "marchons"},
      {"oeil", "œil", "yeux"},
      {"fou", "folle", "fous"},
      {"beau", "bel", "belle", "beaux"},
      {"nouveau", "nouvelle", "nouveaux"},
      {"directeur", "directrice", "directrices"},
      {"français", "française", "France"},
      {"acheter", "achètent", "achetons"},
      {"public", "publique"},
      {"Publicis"},
      {"duc", "duchesse"},
      {"Ducasse"},
      {"cher", "chère"},
      {"chéri"},
      {"pari"},
      {"Paris", "parisien"},
      {"paria"},
      {"Denis"},
      {"Denise"},
      {"né", "naissance"},
      {"ne"},
      {"tour"},
      {"Touré"},
  };
  std::map<std::string, std::size_t> stems;
  for (std::size_t family = 0; family < families.size(); ++family) {
    const std::string stem = stems_of(families[family].front());
    CHECK_MESSAGE(stems.emplace(stem, family).second, stem);
    for (const std::string_view word : families[family]) CHECK_MESSAGE(stems_of(word) == stem, word);
  }
}

TEST_CASE("names are not mutilated") {
  const struct {
    std::string_view text, exact, stems;
  } cases[] = {
      {"Mali", "mali", "mali"},
      {"Niger", "niger", "niger"},
      {"Nigeria", "nigeria", "nigeria"},
      {"Tunis", "tunis", "tunis"},
      {"Tunisie", "tunisie", "tunisie"},
      {"Guinée-Bissau", "guinée bissau", "guinee bissau"},
      {"N’Djamena", "n'djamena", "ndjamena"},
      {"N'Djaména", "n'djaména", "ndjamena"},
      {"Ndjamena", "ndjamena", "ndjamena"},
      {"la Côte d’Ivoire", "la côte ivoire", "la cot ivoire"},
      {"ivoirienne", "ivoirienne", "ivoire"},
      {"la RD Congo", "la rd congo", "la rd congo"},
      {"R.D. Congo", "rd congo", "rd congo"},
      {"São Tomé", "são tomé", "sao tome"},
      {"Ouagadougou", "ouagadougou", "ouagadougou"},
      {"Assimi Goïta", "assimi goïta", "assimi goita"},
      {"Traoré", "traoré", "traore"},
      {"touré", "touré", "toure"},
  };
  for (const auto& [text, exact, stems] : cases) {
    CHECK(exact_forms(text) == exact);
    CHECK(stems_of(text) == stems);
  }
}

}  // namespace
}  // namespace limier
