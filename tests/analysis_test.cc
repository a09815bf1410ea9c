#include <doctest/doctest.h>
#include <unicode/uchar.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "analysis/characters.h"
#include "analysis/stop_words.h"
#include "limier/analyzer.h"
#include "limier/error.h"

namespace limier {
namespace {

/// Every token as `exact/folded/stem[position]@begin..end`, where folded and stem are left out from where they say
/// nothing new; `+` before where joined, `°` behind for a stop word.
std::string tokens_of(std::string_view text) {
  static const Analyzer analyzer;
  std::string out;
  analyzer.analyze(text, [&](const Token& token) {
    if (!out.empty()) out += ' ';
    if (token.joined) out += '+';
    out += token.exact;
    if (token.folded != token.exact || token.stem != token.folded) out += '/' + std::string(token.folded);
    if (token.stem != token.folded) out += '/' + std::string(token.stem);
    out += '[' + std::to_string(token.position) + "]@" + std::to_string(token.begin) + ".." + std::to_string(token.end);
    if (token.stop_word) out += "°";
  });
  return out;
}

/// The exact forms alone.
std::string words_of(std::string_view text) {
  static const Analyzer analyzer({.stemmer = Stemmer::None});
  std::string out;
  analyzer.analyze(text, [&](const Token& token) {
    if (!out.empty()) out += ' ';
    if (token.joined) out += '+';
    out += token.exact;
  });
  return out;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST_CASE("analyzer: stems, positions and ranges") {
  const Case cases[] = {
      {"L’homme qu'il", "homme/homme/homm[1]@4..9 il[2]@13..15°"},
      {"Les pêches", "les/les/le[1]@0..3° pêches/peches/pech[2]@4..11"},
      {"œuvre", "oeuvre/oeuvre/oeuvr[1]@0..6"},
      {"E\u0301TAT,", "état/etat[1]@0..6"},
      {"N'Djamena", "n'djamena/ndjamena[1]@0..9"},
      {"ndjamena", "ndjamena[1]@0..8"},
      {"a-t-il", "a[1]@0..1° il[2]@4..6°"},
      {"Guinée-Bissau", "guinée/guinee[1]@0..7 +bissau[2]@8..14"},
      {"l'O.N.U.,", "onu[1]@2..8"},
      {"590\u202F000 €", "590000[1]@0..9"},
      {"étudiant·e·s", "étudiant/etudiant[1]@0..15"},
      {"«\u202FNon\u202F»", "non[1]@5..8°"},
      {"au\u00ADto", "auto[1]@0..6"},
      {"a\xFF"
       "b",
       "a[1]@0..1° b[2]@2..3"},
      {"даже 中国", "даже[1]@0..8 中国[2]@9..15"},
      {"même meme", "même/meme/mem[1]@0..5° meme/meme/mem[2]@6..10°"},
      {"élusLes", "élus/elus/elire[1]@0..5 les/les/le[2]@5..8°"},
      {"la véritéL’ancien", "la[1]@0..2° vérité/verite/verit[2]@3..11 ancien[3]@15..21"},
      {"assure t-il", "assure/assure/assur[1]@0..6 il[2]@9..11°"},
      {"le 20 000ème", "le[1]@0..2° 20000ème/20000eme/20000e[2]@3..13"},
      {"2e 2ème 2nde", "2e[1]@0..2 2ème/2eme/2e[2]@3..8 2nde/2nde/2e[3]@9..13"},
      {"1er 1ère 1re", "1er[1]@0..3 1ère/1ere/1er[2]@4..9 1re/1re/1er[3]@10..13"},
      {"2ème22 5eme·s x2ème 2X",
       "2ème22/2eme22[1]@0..7 5eme/5eme/5e[2]@8..12 s[3]@14..15° x2ème/x2eme[4]@16..22 2x[5]@23..25"},
      {"françaises français", "françaises/francaises/france[1]@0..11 français/francais/france[2]@12..21"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(tokens_of(text) == expected);
  }
}

TEST_CASE("analyzer: words") {
  const Case cases[] = {
      // Elisions, by any apostrophe
      {"l'Algérie", "algérie"},
      {"l’Algérie", "algérie"},
      {"lʼAlgérie", "algérie"},
      {"l‘Algérie", "algérie"},
      {"l′Algérie", "algérie"},
      {"L´Algérie", "algérie"},
      {"l＇Algérie", "algérie"},
      {"L`Algérie", "algérie"},
      {"qu'il jusqu'à lorsqu'elle puisqu'on quoiqu'il presqu'un", "il à elle on il un"},
      {"s'est j'ai t'en c'est n'y m'a", "est ai en est y a"},
      {"Côte d'Ivoire", "côte ivoire"},
      {"d'l'autre", "autre"},
      {"y'a pas, Y'en a", "a pas en a"},
      {"j'm'en", "en"},
      {"ç'aurait été", "aurait été"},
      {"l' homme d’« avant » qu'“hier”", "homme avant hier"},
      {"l''homme", "homme"},
      {"d'1 million", "1 million"},
      {"l'х l'中", "х 中"},
      {"la lettre 'l' est muette", "la lettre l est muette"},
      {"'homme' ‘femme’", "homme femme"},
      // Words with an apostrophe of their own
      {"aujourd'hui", "aujourd'hui"},
      {"d’aujourd’hui", "aujourd'hui"},
      {"presqu'île quelqu'un quelqu'une quelqu'autre", "presqu'île quelqu'un quelqu'une autre"},
      {"prud'homme grand'mère entr'acte p'tit", "prud'homme grand'mère entr'acte p'tit"},
      {"O'Brien N'Djamena M'Bala N’DJAMENA", "o'brien n'djamena m'bala n'djamena"},
      {"D'Souza T’Challa d'la D'ACCORD D'Artagnan", "d'souza t'challa la accord artagnan"},
      {"L'Haÿ-les-Roses", "haÿ +les +roses"},
      {"McDonald's rock’n’roll", "mcdonald's rock'n'roll"},
      // Points
      {"l'O.N.U.", "onu"},
      {"S.N.C.F.", "sncf"},
      {"U.S.A", "usa"},
      {"J.-C. J.-C.-L.", "jc jcl"},
      {"jeudi.Le gouvernement", "jeudi le gouvernement"},
      {"avril.Le 5 avril.LE RATP.Le", "avril le 5 avril le ratp le"},
      {"jo@FR1.A23.FR jo@fr1.a23.fr", "jo@fr1.a23.fr jo@fr1.a23.fr"},
      {"Hidalgo.S'il OCDE.S'il", "hidalgo il ocde il"},
      {"M.Kolokoltsev", "m kolokoltsev"},
      {"(AES)mais fin,Début", "aes mais fin début"},
      {"O.N.U.Le pays", "onu le pays"},
      {"20 h.L'ancien 20 h.A Paris S.p.A", "20 h ancien 20 h a paris spa"},
      {"p.5 art.L.123-4", "p 5 art l 123 +4"},
      // Sentences glued without any sign between
      {"franceinfoLe vote BFMTVLa RTL.frSi en 2019Le", "franceinfo le vote bfmtv la rtl.fr si en 2019 le"},
      {"MacronDepuis votésCependant moisLeLe", "macron depuis votés cependant moisle le"},
      {"lorsQu'elle jusQu’à quelQu'un", "elle à quel un"},
      {"votésCependante McDonaujourd", "votéscependante mcdonaujourd"},
      {"mariL'ancienne corpsQu’il mariL' ancienne", "mari ancienne corps il maril ancienne"},
      {"l’AFPDans d'iciLe", "afp dans ici le"},
      {"re\u0301formeL'un moisLe\u0301 mois\u00ADLe", "réforme un moislé mois le"},
      {"YouTube iPhone McLaren RoseCar inOui LeMonde MOISLE SOUSL'EAU xLe",
       "youtube iphone mclaren rosecar inoui lemonde moisle sousl'eau xle"},
      {"étudiant-esLe ami.eLe www.exemple.frLe", "étudiant le ami ele exemple.fr le"},
      // Addresses
      {"exemple.fr Exemple.fr EXEMPLE.FR", "exemple.fr exemple.fr exemple.fr"},
      {"sur www.exemple.fr.Le jour", "sur exemple.fr le jour"},
      {"impots.gouv.fr seine-maritime.fr TV5.FR a2@c.fr", "impots.gouv.fr seine-maritime.fr tv5.fr a2@c.fr"},
      {"a.b@c.fr, jean-paul_2+x@mail.exemple.com.", "a.b@c.fr jean-paul_2+x@mail.exemple.com"},
      {"http://www.exemple.fr/une/loi-travail.html?id=5", "exemple.fr une loi +travail html id 5"},
      {"@le_monde #JeSuisCharlie", "le +monde jesuischarlie"},
      // Numbers
      {"590 000, 590\u00A0000, 590\u202F000, 590.000 590'000 590’000", "590000 590000 590000 590000 590000 590000"},
      {"12 000 000 et 1 234,5", "12000000 et 1234.5"},
      {"2022 2023 2022 300 06 123", "2022 2023 2022 300 06 123"},
      {"4,2 4.2 0.125 3,2kg", "4.2 4.2 0.125 3.2kg"},
      {"1,2,3", "1 2 3"},
      {"1er 1ère XXIe 1ᵉʳ 14h30 20h 5G G20", "1er 1ère xxie 1er 14h30 20h 5g g20"},
      {"Covid-19 n°5 nº5 12\u202F% 45€ -5 °C", "covid +19 n 5 n 5 12 45 5 c"},
      {"v2.0 1.2.3 192.168.100.200 3.5", "v2.0 1.2.3 192.168.100.200 3.5"},
      {"23/11/2022 23.11.2022 2022-11-23", "23 11 2022 23 11 2022 2022 +11 +23"},
      {"01.23.45.67.89 01 23 45 67 89", "01 23 45 67 89 01 23 45 67 89"},
      {"en 2019.5 autres", "en 2019 5 autres"},
      {"20 000ème 1.000e 5.000m2 1.000e.000 10 000x 500 10 0000x",
       "20000ème 1000e 5000m2 1.000e.000 10000x 500 10 0000x"},
      {"CO₂ 45 m² km² loi²", "co2 45 m2 km2 loi"},
      // Hyphens
      {"porte-avions vice-président Guinée-Bissau Saint-Étienne",
       "porte +avions vice +président guinée +bissau saint +étienne"},
      {"celui-ci celles-là peut-être", "celui ci celles là peut +être"},
      {"a-t-il va-t-en va-t'en y a-t-elle", "a il va en va en y a elle"},
      {"assure t-il sera T-elle t-on T-shirt t-il-porte", "assure il sera elle on t +shirt il +porte"},
      {"vas-y peut-on donne-les-moi dit-elle", "vas y peut on donne les moi dit elle"},
      {"rendez-vous Aix-en-Provence ni là-bas", "rendez +vous aix +en +provence ni là +bas"},
      {"c'est-à-dire chef-d’œuvre qu'en-dira-t-on", "est +à +dire chef +oeuvre en +dira on"},
      {"porte\u2011avions - suite -fin a--b Paris–Nice", "porte +avions suite fin a b paris nice"},
      {"T-shirt moi-même eux-mêmes", "t +shirt moi +même eux +mêmes"},
      // Inclusive writing
      {"étudiant·e·s étudiant.e.s étudiant(e)s étudiant-e-s", "étudiant étudiant étudiant étudiant"},
      {"étudiant•e étudiant⋅e étudiant‧e étudiant・e étudiant·e", "étudiant étudiant étudiant étudiant étudiant"},
      {"tou-te-s tou·te·s tous·tes", "tous tous tous"},
      {"citoyen·ne·s, professionnel(le)s, directeur.trice.s", "citoyen professionnel directeur"},
      {"quelqu'un·e ÉTUDIANT·E·S heureux.ses maire(s)", "quelqu'un étudiant heureux maire"},
      {"salarié-es Mach-E étudiant-e", "salarié mach +e étudiant +e"},
      {"Génération.s · un · deux", "génération un deux"},
      // Folding
      {"œuvre Œuvre oeuvre ﬁn e\u0301tat ÉTAT", "oeuvre oeuvre oeuvre fin état état"},
      {"auto\u00ADmobile zé\u200Bro l\u00AD'\u200Bhomme", "automobile zéro homme"},
      {"Straße STRASSE ÿ Ñandú", "strasse strasse ÿ ñandú"},
      // Punctuation with narrow spaces
      {"Vraiment\u202F? Oui\u202F! «\u202FNon\u202F»", "vraiment oui non"},
      // Names
      {"C++ C# AT&T R&D .NET le .net", "c++ c# at&t r&d .net le .net"},
      {"R&amp;D C+ a&b; Marks&Spencer", "r amp d c a b marks spencer"},
      // Other scripts
      {"Москва Путин.Он", "москва путин он"},
      {"العربية", "العربية"},
      {"ⵜⴰⵎⴰⵣⵉⵖⵜ", "ⵜⴰⵎⴰⵣⵉⵖⵜ"},
      {"中华人民共和国", "中华 人民 共和国"},
      {"ABC中国", "abc 中国"},
      // Neither words nor errors
      {"🙂 1️⃣ 🇫🇷 → ™ …", "1"},
      {"d\xE9j\xE0 vu\xFF!", "d j vu"},
      {"", ""},
      {"Voiciquelques", "voiciquelques"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(words_of(text) == expected);
  }
}

TEST_CASE("analyzer: ASCII is classified as ICU has it") {
  for (char32_t c = 0; c < ascii_kinds.size(); ++c) {
    CAPTURE(static_cast<int>(c));
    CHECK((ascii_kinds[c] == CharacterKind::Letter) == static_cast<bool>(u_isalpha(static_cast<UChar32>(c))));
    CHECK((ascii_kinds[c] == CharacterKind::Digit) == static_cast<bool>(u_isdigit(static_cast<UChar32>(c))));
  }
}

TEST_CASE("analyzer: stop words are exact forms, told with their accents or without any") {
  for (const std::string_view word :
       {"le", "la", "là", "à", "a", "même", "meme", "qu", "étaient", "etaient", "lorsque"}) {
    CHECK_MESSAGE(is_stop_word(word), word);
  }
  for (const std::string_view word : {"", "sûr", "été", "dû", "avions", "ton'", "homme", "mu", "anticonstitutionnel"}) {
    CHECK_MESSAGE(!is_stop_word(word), word);
  }
}

TEST_CASE("analyzer: options are kept, an analyzer can be moved") {
  Analyzer first({.stemmer = Stemmer::None});
  Analyzer second;
  CHECK(second.options().stemmer == Stemmer::Snowball);
  second = std::move(first);
  CHECK(second.options().stemmer == Stemmer::None);
  second.analyze("pêches", [](const Token& token) { CHECK(token.stem == "peches"); });
}

TEST_CASE("analyzer: a text of 4 GiB is refused, a sink's exception passes") {
  const Analyzer analyzer;
  const char byte = 'a';
  const std::string_view too_long(&byte, std::size_t{1} << 32);  // refused before a byte of it is read
  CHECK_THROWS_AS(analyzer.analyze(too_long, [](const Token&) {}), Error);
  CHECK_THROWS_AS(analyzer.analyze("un", [](const Token&) { throw std::logic_error("sink"); }), std::logic_error);
}

TEST_CASE("analyzer: several threads may share one") {
  const Analyzer analyzer;
  const std::string_view text = "L’été à 中华人民共和国, étudiant·e·s d'aujourd'hui : 590 000 €";
  std::vector<std::size_t> counts(4, 0);
  std::vector<std::thread> threads;
  for (auto& count : counts) {
    threads.emplace_back([&] {
      for (int round = 0; round < 500; ++round) analyzer.analyze(text, [&](const Token&) { ++count; });
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(counts[0] == 500 * 8);
  for (const auto count : counts) CHECK(count == counts[0]);
}

}  // namespace
}  // namespace limier
