#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <string>
#include <string_view>

#include "analysis/snowball.h"
#include "shared_data.h"
#include "text/utf8.h"

namespace limier {
namespace {

std::string stem(std::string_view word) {
  std::string buffer(word);
  buffer.resize(snowball_stem(buffer.data(), buffer.size()));
  return buffer;
}

// At least one word for every suffix that the algorithm knows, and every exception.
constexpr std::string_view pairs[][2] = {
    {"abrités", "abrit"},
    {"accélération", "accéler"},
    {"achevaient", "achev"},
    {"actives", "activ"},
    {"admiriez", "admir"},
    {"adoratrices", "ador"},
    {"agissante", "agiss"},
    {"agneaux", "agneau"},
    {"aimables", "aimabl"},
    {"aimer", "aim"},
    {"aimées", "aim"},
    {"alternative", "altern"},
    {"ancienne", "ancien"},
    {"anecdotique", "anecdot"},
    {"apostoliques", "apostol"},
    {"apparemment", "apparent"},
    {"approfondie", "approfond"},
    {"approuvera", "approuv"},
    {"arrachèrent", "arrach"},
    {"articulés", "articul"},
    {"artiste", "artist"},
    {"assiduités", "assidu"},
    {"assurée", "assur"},
    {"attirait", "attir"},
    {"audacieux", "audaci"},
    {"avilissant", "avil"},
    {"avouait", "avou"},
    {"baisse", "baiss"},
    {"battements", "batt"},
    {"belle", "bel"},
    {"bijoux", "bijou"},
    {"bleus", "bleus"},
    {"boissons", "boisson"},
    {"bonne", "bon"},
    {"bouddhisme", "bouddhism"},
    {"boîtes", "boît"},
    {"brahmaniques", "brahman"},
    {"brantôme", "brantôm"},
    {"brisée", "bris"},
    {"bruissement", "bruissement"},
    {"bruyamment", "brui"},
    {"bâtisses", "bât"},
    {"c'est", "est"},
    {"calais", "calais"},
    {"calendrier", "calendri"},
    {"cantatrice", "cantatric"},
    {"cesseras", "cess"},
    {"cesseront", "cess"},
    {"changements", "chang"},
    {"chartreuse", "chartreux"},
    {"chiffrées", "chiffr"},
    {"classe", "class"},
    {"colis", "colis"},
    {"conclusion", "conclus"},
    {"conclusions", "conclus"},
    {"confusion", "confus"},
    {"connaissais", "connaiss"},
    {"connaissiez", "connaiss"},
    {"consacrerai", "consacr"},
    {"consommateurs", "consomm"},
    {"conspiration", "conspir"},
    {"constata", "constat"},
    {"contrariez", "contrar"},
    {"contributions", "contribu"},
    {"convenances", "conven"},
    {"convulsifs", "convuls"},
    {"criante", "cri"},
    {"croirais", "croir"},
    {"croiriez", "croir"},
    {"cuirasses", "cuir"},
    {"daïras", "daïr"},
    {"demesurement", "demesur"},
    {"despotismes", "despot"},
    {"destitution", "destitu"},
    {"dictateur", "dictateur"},
    {"diligence", "diligent"},
    {"dirions", "dirion"},
    {"diront", "diront"},
    {"disparaît", "disparaît"},
    {"distance", "distanc"},
    {"docilité", "docil"},
    {"donnerez", "don"},
    {"donnâtes", "don"},
    {"douairière", "douairi"},
    {"découragement", "décourag"},
    {"défensive", "défens"},
    {"déplaise", "déplais"},
    {"déplorables", "déplor"},
    {"déraillements", "déraill"},
    {"désobéissante", "désobéiss"},
    {"effervescence", "effervescent"},
    {"emploieraient", "emploi"},
    {"encourir", "encour"},
    {"enfermèrent", "enferm"},
    {"enfuirai", "enfuir"},
    {"entiché", "entich"},
    {"exagérations", "exager"},
    {"ferions", "ferion"},
    {"filerai", "fil"},
    {"fléchir", "flech"},
    {"fondant", "fond"},
    {"fourneaux", "fourneau"},
    {"français", "franc"},
    {"française", "franc"},
    {"froissants", "froiss"},
    {"genoux", "genou"},
    {"gémissements", "gem"},
    {"généalogie", "généalog"},
    {"habileté", "habilet"},
    {"haïr", "haïr"},
    {"haïssent", "haïssent"},
    {"hideuse", "hideux"},
    {"illusions", "illus"},
    {"impuissants", "impuiss"},
    {"impératrice", "imper"},
    {"inconvenantes", "inconven"},
    {"infâmes", "infâm"},
    {"inqualifiable", "inqualifi"},
    {"interminable", "intermin"},
    {"irait", "irait"},
    {"israël", "israël"},
    {"jaillissaient", "jaill"},
    {"jouer", "jou"},
    {"jouissent", "jou"},
    {"joujoux", "joujou"},
    {"jésuitisme", "jésuit"},
    {"l'aube", "aub"},
    {"laissez", "laiss"},
    {"laissions", "laission"},
    {"laissât", "laiss"},
    {"lisse", "liss"},
    {"locomotives", "locomot"},
    {"logique", "logiqu"},
    {"malédiction", "malédict"},
    {"mangeais", "mang"},
    {"mauvaise", "mauvais"},
    {"maïs", "maï"},
    {"minéralogie", "minéralog"},
    {"modèle", "model"},
    {"monarchie", "monarch"},
    {"méditations", "médit"},
    {"mésalliance", "mésalli"},
    {"navigateur", "navig"},
    {"navigateurs", "navig"},
    {"niais", "niais"},
    {"nier", "nier"},
    {"nourrissent", "nourr"},
    {"nouvellement", "nouvel"},
    {"noël", "noël"},
    {"négatif", "négat"},
    {"occurrences", "occurrent"},
    {"offrirai", "offrir"},
    {"offriraient", "offrir"},
    {"orientalistes", "oriental"},
    {"ouvrira", "ouvr"},
    {"paieriez", "pai"},
    {"palais", "palais"},
    {"paraissaient", "paraiss"},
    {"paraissais", "paraiss"},
    {"paraît", "paraît"},
    {"paris", "paris"},
    {"partirons", "part"},
    {"partîmes", "part"},
    {"passions", "passion"},
    {"pathologies", "patholog"},
    {"payer", "pai"},
    {"permirent", "perm"},
    {"procurerai", "procur"},
    {"provinciaux", "provincial"},
    {"précautions", "précaut"},
    {"préparatifs", "prépar"},
    {"puissantes", "puiss"},
    {"puissiez", "puiss"},
    {"puissions", "puission"},
    {"punîtes", "pun"},
    {"pâlissantes", "pâl"},
    {"qu'il", "il"},
    {"questions", "question"},
    {"qui", "qui"},
    {"quitterons", "quitt"},
    {"quoiqu", "quoiqu"},
    {"ravissants", "rav"},
    {"refassiez", "ref"},
    {"remplissait", "rempl"},
    {"reprenez", "repren"},
    {"restassent", "rest"},
    {"retentiraient", "retent"},
    {"retirons", "ret"},
    {"ronflements", "ronfl"},
    {"rugissements", "rug"},
    {"russell", "russel"},
    {"réduiras", "réduir"},
    {"réfugiés", "réfugi"},
    {"réjouirez", "réjou"},
    {"réjouissances", "réjouiss"},
    {"résistait", "résist"},
    {"rétabliras", "rétabl"},
    {"réussissez", "réuss"},
    {"saisis", "sais"},
    {"sauverai", "sauv"},
    {"scabreuses", "scabreux"},
    {"sentences", "sentenc"},
    {"sentira", "sent"},
    {"serrés", "serr"},
    {"significatif", "signif"},
    {"sioux", "sioux"},
    {"siècle", "siecl"},
    {"smollett", "smollet"},
    {"soissons", "soisson"},
    {"sortirez", "sort"},
    {"sortirions", "sort"},
    {"souffrirais", "souffr"},
    {"succès", "succes"},
    {"sucreries", "sucrer"},
    {"suffisamment", "suffis"},
    {"suisses", "suiss"},
    {"séminaristes", "séminar"},
    {"tableaux", "tableau"},
    {"tapis", "tapis"},
    {"technologies", "technolog"},
    {"thaïlandaises", "thaïland"},
    {"tirerait", "tir"},
    {"trahiront", "trah"},
    {"trappiste", "trappist"},
    {"témérité", "témer"},
    {"vieille", "vieil"},
    {"violemment", "violent"},
    {"voeux", "voeux"},
    {"voluptueuses", "voluptu"},
    {"voïvodies", "voïvod"},
    {"vîmes", "vîm"},
    {"xxxiv", "xxxiv"},
    {"yeux", "yeux"},
    {"ébahissement", "ébah"},
    {"ébaudissait", "ébaud"},
    {"éblouissement", "éblou"},
    {"écrivais", "écriv"},
    {"écrivirent", "écriv"},
    {"égoïste", "égo"},
    {"élocution", "élocu"},
    {"époux", "épou"},
    {"éprouverais", "éprouv"},
    {"établissant", "établ"},
    {"étions", "étion"},
    {"étouffait", "étouff"},
};

TEST_CASE("snowball: chosen words") {
  for (const auto& [word, expected] : pairs) CHECK_MESSAGE(stem(word) == expected, word);
  CHECK(std::size(pairs) > 200);
}

TEST_CASE("snowball: short and odd words") {
  for (const std::string_view word : {"", "a", "é", "y", "s", "ë", "l'", "'", "qu'", "qu", "42", "иван"}) {
    CHECK(stem(word) == word);
  }
}

TEST_CASE("snowball: the published vocabulary") {
  const std::string folder = limier::test::shared_data("ling/snowball/");
  std::ifstream words(folder + "voc.txt"), stems(folder + "output.txt");
  if (!words || !stems) {
    MESSAGE("skipped: no vocabulary in " << folder);
    return;
  }
  std::size_t compared = 0;
  for (std::string word, expected; std::getline(words, word) && std::getline(stems, expected); ++compared) {
    if (stem(word) != expected) FAIL_CHECK(word << " -> " << stem(word) << ", expected " << expected);
  }
  CHECK(compared == 21655);
}

TEST_CASE("snowball: any letters give valid UTF-8 that is no longer than the word") {
  const std::string_view letters[] = {"a", "e",   "i",     "o",   "u",   "y",     "é", "è", "ê", "ë",
                                      "ï", "î",   "ç",     "q",   "l",   "n",     "s", "t", "m", "r",
                                      "x", "ent", "ation", "ité", "iqu", "ement", "'", "ж", "ai"};
  const auto seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::size_t> letter(0, std::size(letters) - 1), length(1, 10);
  for (int round = 0; round < 100000; ++round) {
    std::string word;
    for (auto rest = length(random); rest > 0; --rest) word += letters[letter(random)];
    const auto result = stem(word);
    if (result.size() > word.size() || !is_valid_utf8(result)) FAIL_CHECK(word << " -> " << result);
  }
}

}  // namespace
}  // namespace limier
