#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <string_view>

#include "analysis/stemming.h"
#include "shared_data.h"
#include "text/utf8.h"

namespace limier {
namespace {

std::string stem_of(Stemmer stemmer, std::string_view word) {
  std::string buffer(word);
  buffer.resize(stem(stemmer, buffer.data(), buffer.size()));
  return buffer;
}

struct Stems {
  std::string_view word, light, minimal;
};

// At least one word for every rule, on both sides of its least length.
constexpr Stems chosen[] = {
    {"a", "a", "a"},
    {"à", "à", "à"},
    {"os", "os", "os"},
    {"yeux", "yeu", "yeux"},
    {"roi", "roi", "roi"},
    {"rois", "roi", "rois"},
    {"prix", "pri", "prix"},
    {"voix", "voi", "voix"},
    {"choix", "choi", "choix"},
    {"deux", "deu", "deux"},
    {"eaux", "eau", "eaux"},
    {"maux", "mau", "maux"},
    {"chevaux", "cheval", "cheval"},
    {"journaux", "journal", "journal"},
    {"bateaux", "bateau", "bateal"},
    {"chameaux", "chameau", "chameal"},
    {"cheveux", "cheveu", "cheveu"},
    {"animal", "animal", "animal"},
    {"animaux", "animal", "animal"},
    {"travaux", "traval", "traval"},
    {"principaux", "principal", "principal"},
    {"nationaux", "national", "national"},
    {"heureux", "heureu", "heureu"},
    {"heureuse", "heureu", "heureus"},
    {"heureuses", "heureu", "heureus"},
    {"curieuse", "curieu", "curieus"},
    {"chanteuse", "chant", "chanteus"},
    {"chanteuses", "chant", "chanteus"},
    {"chanteur", "chant", "chanteu"},
    {"chanteurs", "chant", "chanteu"},
    {"menteuse", "ment", "menteus"},
    {"menteur", "ment", "menteu"},
    {"directeur", "direct", "directeu"},
    {"directrice", "direct", "directric"},
    {"directrices", "direct", "directric"},
    {"acteur", "acteu", "acteu"},
    {"actrice", "acteu", "actric"},
    {"actrices", "acteu", "actric"},
    {"lectrice", "lect", "lectric"},
    {"électeur", "elect", "électeu"},
    {"électrice", "elect", "électric"},
    {"agriculteur", "agricult", "agriculteu"},
    {"agricultrice", "agricult", "agricultric"},
    {"créateur", "crer", "créateu"},
    {"créatrice", "crer", "créatric"},
    {"créatrices", "crer", "créatric"},
    {"éducateur", "eduqu", "éducateu"},
    {"éducatrice", "eduqu", "éducatric"},
    {"éducatrices", "eduqu", "éducatric"},
    {"unificateur", "unifi", "unificateu"},
    {"unificatrice", "unifi", "unificatric"},
    {"vérificateur", "verifi", "vérificateu"},
    {"vérificatrice", "verifi", "vérificatric"},
    {"qualificateur", "qualifi", "qualificateu"},
    {"qualificatrice", "qualifi", "qualificatric"},
    {"organisateur", "organis", "organisateu"},
    {"organisatrice", "organis", "organisatric"},
    {"organisation", "organ", "organisation"},
    {"organisations", "organ", "organisation"},
    {"actualisation", "actuel", "actualisation"},
    {"mutualisation", "mutuel", "mutualisation"},
    {"visualisation", "visuel", "visualisation"},
    {"nationalisation", "national", "nationalisation"},
    {"formation", "form", "formation"},
    {"formations", "form", "formation"},
    {"information", "inform", "information"},
    {"nation", "nation", "nation"},
    {"station", "station", "station"},
    {"action", "action", "action"},
    {"addition", "adition", "addition"},
    {"apparition", "apar", "apparition"},
    {"condition", "cond", "condition"},
    {"position", "position", "position"},
    {"établissement", "etabli", "établissement"},
    {"établissements", "etabli", "établissement"},
    {"agrandissement", "agrandi", "agrandissement"},
    {"blanchissement", "blanchi", "blanchissement"},
    {"finissant", "fini", "finissant"},
    {"finissante", "finisant", "finissant"},
    {"finissants", "fini", "finissant"},
    {"agissant", "agisant", "agissant"},
    {"puissant", "puisant", "puissant"},
    {"abaissant", "abai", "abaissant"},
    {"vieillissant", "vieili", "vieillissant"},
    {"activement", "actif", "activement"},
    {"activements", "actif", "activement"},
    {"vivement", "vif", "vivement"},
    {"calmement", "calm", "calmement"},
    {"calmements", "calm", "calmement"},
    {"gouvernement", "gouvern", "gouvernement"},
    {"gouvernements", "gouvern", "gouvernement"},
    {"appartement", "apart", "appartement"},
    {"deuxième", "deux", "deuxièm"},
    {"deuxièmes", "deux", "deuxièm"},
    {"troisième", "trois", "troisièm"},
    {"problème", "problem", "problèm"},
    {"centième", "cent", "centièm"},
    {"sixième", "six", "sixièm"},
    {"conseillère", "conseil", "conseillèr"},
    {"conseillères", "conseil", "conseillèr"},
    {"policière", "polici", "policièr"},
    {"infirmière", "infirmi", "infirmièr"},
    {"mère", "mère", "mère"},
    {"première", "premier", "premièr"},
    {"sportive", "sportif", "sportiv"},
    {"sportives", "sportif", "sportiv"},
    {"active", "activ", "activ"},
    {"actives", "activ", "activ"},
    {"alternative", "alternatif", "alternativ"},
    {"initiative", "initiatif", "initiativ"},
    {"folle", "fou", "folle"},
    {"folles", "fou", "fol"},
    {"molle", "mou", "molle"},
    {"molles", "mou", "mol"},
    {"personnelle", "person", "personnel"},
    {"personnelles", "person", "personnel"},
    {"personnel", "personel", "personnel"},
    {"professionnelle", "profesion", "professionnel"},
    {"professionnel", "profesion", "professionnel"},
    {"nationnel", "nationel", "nationnel"},
    {"traditionnel", "tradition", "traditionnel"},
    {"exceptionnelle", "exception", "exceptionnel"},
    {"complète", "complet", "complèt"},
    {"complètes", "complet", "complèt"},
    {"secrète", "secret", "secrèt"},
    {"discrète", "discret", "discrèt"},
    {"prophète", "prophet", "prophèt"},
    {"économique", "econom", "économiqu"},
    {"économiques", "econom", "économiqu"},
    {"politique", "polit", "politiqu"},
    {"historique", "histo", "historiqu"},
    {"logique", "logiqu", "logiqu"},
    {"maîtresse", "maitr", "maîtres"},
    {"maîtresses", "maitr", "maîtres"},
    {"jeunesse", "jeunes", "jeunes"},
    {"princesse", "princ", "princes"},
    {"sagesse", "sages", "sages"},
    {"vitesse", "vites", "vites"},
    {"patinage", "patin", "patinag"},
    {"patinages", "patin", "patinag"},
    {"jardinage", "jardin", "jardinag"},
    {"magasinage", "magasin", "magasinag"},
    {"manger", "mang", "mang"},
    {"mangée", "mang", "mang"},
    {"mangées", "mang", "mang"},
    {"mangé", "mang", "mangé"},
    {"mangés", "mang", "mang"},
    {"aimer", "aim", "aimer"},
    {"aimée", "aime", "aimée"},
    {"aimé", "aimé", "aimé"},
    {"achetée", "achet", "achet"},
    {"employée", "employ", "employ"},
    {"entrée", "entr", "entr"},
    {"année", "ane", "année"},
    {"années", "ane", "an"},
    {"armée", "arme", "armée"},
    {"journée", "journ", "journ"},
    {"parler", "parl", "parl"},
    {"parle", "parl", "parle"},
    {"parles", "parl", "parl"},
    {"parlent", "parlent", "parlent"},
    {"parlé", "parl", "parlé"},
    {"finir", "fini", "finir"},
    {"partir", "parti", "parti"},
    {"venir", "veni", "venir"},
    {"tenir", "teni", "tenir"},
    {"loisir", "loisi", "loisi"},
    {"premier", "premi", "premi"},
    {"premiers", "premi", "premi"},
    {"ouvrier", "ouvri", "ouvri"},
    {"ouvriers", "ouvri", "ouvri"},
    {"étranger", "etrang", "étrang"},
    {"boucher", "bouch", "bouch"},
    {"fille", "file", "fille"},
    {"filles", "file", "fil"},
    {"ville", "vile", "ville"},
    {"villes", "vile", "vil"},
    {"homme", "home", "homme"},
    {"hommes", "home", "hom"},
    {"femme", "feme", "femme"},
    {"femmes", "feme", "fem"},
    {"bonne", "bone", "bonne"},
    {"bonnes", "bone", "bon"},
    {"ancienne", "ancien", "ancien"},
    {"anciennes", "ancien", "ancien"},
    {"malienne", "malien", "malien"},
    {"maliens", "malien", "malien"},
    {"tunisien", "tunisien", "tunisien"},
    {"algérienne", "algerien", "algérien"},
    {"belle", "bele", "belle"},
    {"belles", "bele", "bel"},
    {"nouvelle", "nouvel", "nouvel"},
    {"nouvelles", "nouvel", "nouvel"},
    {"grosse", "gros", "gros"},
    {"basse", "base", "basse"},
    {"terre", "tere", "terre"},
    {"guerre", "guer", "guer"},
    {"pierre", "pier", "pier"},
    {"abbaye", "abay", "abbay"},
    {"abandonné", "abandon", "abandon"},
    {"abandonnée", "abandon", "abandon"},
    {"appelée", "apel", "appel"},
    {"connaissance", "conaisanc", "connaissanc"},
    {"différence", "diferenc", "différenc"},
    {"coopération", "cop", "coopération"},
    {"côte", "côte", "côte"},
    {"côté", "côté", "côté"},
    {"côtés", "côté", "côtés"},
    {"pâte", "pâte", "pâte"},
    {"pâtes", "pâte", "pâtes"},
    {"pêche", "pech", "pêche"},
    {"pêches", "pech", "pêch"},
    {"péché", "pech", "péché"},
    {"îles", "île", "îles"},
    {"château", "chateau", "château"},
    {"châteaux", "chateau", "châteal"},
    {"théâtre", "theatr", "théâtr"},
    {"hôtel", "hotel", "hôtel"},
    {"août", "août", "août"},
    {"goût", "goût", "goût"},
    {"dégoût", "degout", "dégoût"},
    {"garçon", "garcon", "garçon"},
    {"garçons", "garcon", "garçon"},
    {"français", "francai", "françai"},
    {"française", "francais", "français"},
    {"françaises", "francais", "français"},
    {"façon", "facon", "façon"},
    {"façons", "facon", "façon"},
    {"leçon", "lecon", "leçon"},
    {"reçu", "reçu", "reçu"},
    {"maïs", "maï", "maïs"},
    {"naïf", "naïf", "naïf"},
    {"noël", "noël", "noël"},
    {"aiguë", "aiguë", "aiguë"},
    {"créée", "cre", "créée"},
    {"créées", "cre", "cré"},
    {"coopérer", "coper", "coopér"},
    {"réélu", "relu", "réélu"},
    {"zoo", "zoo", "zoo"},
    {"zoos", "zoo", "zoos"},
    {"idées", "idée", "idées"},
    {"idée", "idée", "idée"},
    {"oeuvre", "oeuvr", "oeuvr"},
    {"oeuvres", "oeuvr", "oeuvr"},
    {"soeur", "soeu", "soeur"},
    {"soeurs", "soeu", "soeu"},
    {"cœur", "cœur", "cœur"},
    {"œuvre", "œuvr", "œuvre"},
    {"partie", "part", "parti"},
    {"parties", "part", "parti"},
    {"maladie", "malad", "maladi"},
    {"maladies", "malad", "maladi"},
    {"vie", "vie", "vie"},
    {"vies", "vie", "vies"},
    {"pluie", "plu", "pluie"},
    {"démocratie", "democrat", "démocrati"},
    {"république", "republ", "républiqu"},
    {"présidente", "president", "président"},
    {"présidents", "president", "président"},
    {"élection", "election", "élection"},
    {"élections", "election", "élection"},
    {"ministère", "minist", "ministèr"},
    {"ministères", "minist", "ministèr"},
    {"ministre", "ministr", "ministr"},
    {"porteur", "port", "porteu"},
    {"tueur", "tueu", "tueur"},
    {"tueuse", "tueu", "tueus"},
    {"coureur", "coureu", "coureu"},
    {"coureuse", "coureu", "coureus"},
    {"danseuse", "danseu", "danseus"},
    {"serveuse", "serveu", "serveus"},
    {"vendeur", "vendeu", "vendeu"},
    {"vendeuse", "vendeu", "vendeus"},
    {"aaaaaaa", "a", "aaaaaa"},
    {"1ère", "1ère", "1ère"},
    {"1000000", "1000000", "1000000"},
    {"100000", "100000", "100000"},
    {"saint-malo", "saint-malo", "saint-malo"},
    {"sèvres", "sevr", "sèvr"},
    {"bruxelles", "bruxel", "bruxel"},
    {"paris", "pari", "paris"},
    {"marseille", "marseil", "marseil"},
    {"ouagadougou", "ouagadougou", "ouagadougou"},
    {"bamako", "bamako", "bamako"},
    {"niger", "nig", "niger"},
    {"nigeria", "nigeria", "nigeria"},
    {"mali", "mali", "mali"},
};

TEST_CASE("stemming: chosen words, light and minimal") {
  for (const auto& [word, light, minimal] : chosen) {
    CHECK_MESSAGE(stem_of(Stemmer::Light, word) == light, word);
    CHECK_MESSAGE(stem_of(Stemmer::Minimal, word) == minimal, word);
  }
  CHECK(std::size(chosen) > 250);
}

TEST_CASE("stemming: none leaves words as they are, and all leave odd ones") {
  CHECK(stem_of(Stemmer::None, "maliennes") == "maliennes");
  for (const Stemmer stemmer : {Stemmer::None, Stemmer::Snowball, Stemmer::Light, Stemmer::Minimal})
    for (const std::string_view word : {"", "a", "é", "y", "s", "x", "42", "иван"})
      CHECK(stem_of(stemmer, word) == word);
}

/// The published words of a stemmer, each with its stem behind a tab.
void check_published(Stemmer stemmer, const std::string& name) {
  const std::string path = limier::test::shared_data("ling/lucene/" + name);
  std::ifstream lines(path);
  if (!lines) {
    MESSAGE("skipped: there is no " << path);
    return;
  }
  std::size_t compared = 0;
  for (std::string line; std::getline(lines, line); ++compared) {
    const auto tab = line.find('\t');
    const std::string word = line.substr(0, tab), expected = line.substr(tab + 1);
    if (stem_of(stemmer, word) != expected)
      FAIL_CHECK(word << " -> " << stem_of(stemmer, word) << ", expected " << expected);
  }
  CHECK(compared == 20403);
}

TEST_CASE("stemming: the published vocabulary of light") { check_published(Stemmer::Light, "frlight.txt"); }
TEST_CASE("stemming: the published vocabulary of minimal") { check_published(Stemmer::Minimal, "frminimal.txt"); }

TEST_CASE("stemming: any letters give valid UTF-8 that is no longer than the word") {
  const std::string_view letters[] = {"a",   "e",  "i",    "u",     "x",     "s",    "r",     "é",     "è",
                                      "ë",   "ï",  "ô",    "ç",     "ll",    "nn",   "trice", "ateur", "issement",
                                      "eux", "ie", "ique", "ation", "ement", "euse", "'",     "ж",     "中"};
  const auto seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::size_t> letter(0, std::size(letters) - 1), length(1, 10);
  for (int round = 0; round < 50000; ++round) {
    std::string word;
    for (auto rest = length(random); rest > 0; --rest) word += letters[letter(random)];
    for (const Stemmer stemmer : {Stemmer::Light, Stemmer::Minimal}) {
      const auto result = stem_of(stemmer, word);
      if (result.size() > word.size() || !is_valid_utf8(result)) FAIL_CHECK(word << " -> " << result);
    }
  }
}

}  // namespace
}  // namespace limier
