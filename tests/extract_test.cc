#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "extract/article.h"
#include "extract/block.h"
#include "extract/byline.h"
#include "extract/dump_page.h"
#include "extract/title.h"
#include "extract/vocabulary.h"
#include "extract/words.h"
#include "files.h"
#include "limier/document.h"

using limier::Document;
using namespace limier::extract;

namespace {

using limier::test::read_file;
using Strings = std::vector<std::string>;

// Material that does not belong to the project: LIMIER_SHARED, or the folder `shared` beside the checkout.
std::filesystem::path shared_page(const std::string& name) {
  const char* given = std::getenv("LIMIER_SHARED");
  const std::filesystem::path shared = given != nullptr ? given : LIMIER_SOURCE_DIR "/../shared";
  return shared / "pages" / name;
}

std::string html(const std::string& body, const std::string& head = {}) {
  return "<!DOCTYPE html><html><head>" + head + "</head><body>" + body + "</body></html>";
}

const std::string sentence =
    "Le barrage a ouvert ses vannes dans la nuit de lundi à mardi, après trois semaines de pluies sur les plateaux.";
const std::string second =
    "Les riverains ont été prévenus par la radio, et les écoles des villages du bas sont restées fermées mardi.";

}  // namespace

TEST_CASE("extract: a real page with byline, tags and source") {
  const std::filesystem::path path = shared_page("003_4b9c45373920fab5.txt");
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: ", path.string(), " is absent");
    return;
  }
  const Document document = article_of_dump(read_file(path));
  CHECK(document.title == "Moscou et Bamako lutteront ensemble contre le terrorisme et le trafic d’armes");
  CHECK(document.date == "2022-11-23");
  CHECK(document.authors == Strings{"AfricaPresse"});
  CHECK(document.tags == Strings{"Mali", "Politique", "Russie"});
  CHECK(document.sections.empty());
  CHECK(document.source == "Sputnik");
  CHECK(document.site == "Africa Presse");
  CHECK(document.values == std::map<std::string, std::string>{{"lectures", "964"}});
  CHECK(document.body.starts_with("Déterminés à consolider leurs relations"));
  CHECK(document.body.find("\nConsolidation des relations bilatérales\n") != std::string::npos);
  CHECK(document.body.ends_with("relations bilatérales” entre le Mali et la Russie."));
  CHECK(std::count(document.body.begin(), document.body.end(), '\n') == 6);
}

TEST_CASE("extract: a real page without a date, under teasers that have some") {
  const std::filesystem::path path = shared_page("000_d422f670446dbdf4.txt");
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: ", path.string(), " is absent");
    return;
  }
  const Document document = article_of_dump(read_file(path));
  CHECK(document.title == "Coopération AES-Russie : des experts font état des lieux");
  CHECK(document.date.empty());
  CHECK(document.authors.empty());
  CHECK(document.tags.empty());
  CHECK(document.site == "Askia 24");
  CHECK(document.body.starts_with("Devant plus de 80"));
  CHECK(document.body.ends_with("les trois pays."));
  CHECK(std::count(document.body.begin(), document.body.end(), '\n') == 5);
}

TEST_CASE("extract: no word of a menu, ticker or teaser of the real pages is in any field") {
  for (const char* name : {"000_d422f670446dbdf4.txt", "003_4b9c45373920fab5.txt"}) {
    if (!std::filesystem::exists(shared_page(name))) {
      MESSAGE("skipped: ", name, " is absent");
      continue;
    }
    const std::string json = folded(limier::to_json(article_of_dump(read_file(shared_page(name)))));
    for (const std::string word :
         {"botswana", "lithium", "dangote", "putsch", "barrick", "eswatini", "webmail", "tweeter"}) {
      CAPTURE(word);
      CHECK_FALSE(contains(json, word));
    }
  }
}

TEST_CASE("extract: bylines") {
  struct Row {
    std::string line;
    std::string date;
    Strings authors;
    Strings sections;
    Strings tags;
  };
  const Row rows[] = {
      {"AfricaPresse 23 Nov 2022 Mali, Politique, Russie 964 Lectures",
       "2022-11-23",
       {"AfricaPresse"},
       {},
       {"Mali", "Politique", "Russie"}},
      {"Par Aminata Cissé - 12 mars 2024", "2024-03-12", {"Aminata Cissé"}, {}, {}},
      {"Publié le 6 février 2024 par Rasmané Sawadogo", "2024-02-06", {"Rasmané Sawadogo"}, {}, {}},
      {"Publié le 27 août 2026 par Coumba Diallo dans Environnement",
       "2026-08-27",
       {"Coumba Diallo"},
       {"Environnement"},
       {}},
      {"par Ibrahim Maïga 8 novembre 2025 dans Économie", "2025-11-08", {"Ibrahim Maïga"}, {"Économie"}, {}},
      {"AFP, publié le jeudi 02 juillet 2020 à 05h40", "2020-07-02T05:40", {"AFP"}, {}, {}},
      {"Écrit par Sègbégnon Houéto | jeudi 31 mai 2018 à 17h10", "2018-05-31T17:10", {"Sègbégnon Houéto"}, {}, {}},
      {"1er mai 2019 - Rubrique : Justice - Lu 3 411 fois", "2019-05-01", {}, {"Justice"}, {}},
      {"Vérifié le 03 mars 2024 - Direction des ports", "2024-03-03", {}, {"Direction des ports"}, {}},
      {"Texte : Baptiste Oudin, photos : Claire Ménard, 5 mai 2022", "2022-05-05", {"Baptiste Oudin"}, {}, {}},
      {"Par Awa Sow et Yann Rio, le 3 février 2022 à 6h00 - Lecture 7 min.",
       "2022-02-03T06:00",
       {"Awa Sow", "Yann Rio"},
       {},
       {}},
      {"Publié le 14 octobre 2026 Mis à jour le 16 octobre 2026 3 min de lecture", "2026-10-14", {}, {}, {}},
      {"Mis à jour le 16 octobre 2026 - Publié le 14 octobre 2026", "2026-10-14", {}, {}, {}},
      {"La Rédaction | 03/07/2020 | Société", "2020-07-03", {"La Rédaction"}, {"Société"}, {}},
      {"Inês Trovoada-Lima et Rodrigue Houénou 22 Mar 2021 Nigeria, Sécurité 2 905 Lectures",
       "2021-03-22",
       {"Inês Trovoada-Lima", "Rodrigue Houénou"},
       {},
       {"Nigeria", "Sécurité"}},
      {"07 Oct 2024 Cameroun, Culture 389 Lectures", "2024-10-07", {}, {}, {"Cameroun", "Culture"}},
      {"Par ALAIN TCHOUPO, à Batchenga. 5 mars 2019.", "2019-03-05", {"ALAIN TCHOUPO"}, {}, {}},
      {"Mis en ligne le 09/12/2013 - Par Nizar Ben Othman - Rubrique : Économie",
       "2013-12-09",
       {"Nizar Ben Othman"},
       {"Économie"},
       {}},
      {"Bamako, 12 mars 2024", "2024-03-12", {}, {}, {}},
      {"Porto-Novo, le 12 mars 2024", "2024-03-12", {}, {}, {}},
      {"Bamako, Mali, 12 mars 2024", "2024-03-12", {}, {}, {}},
      {"Le Caire, 12 mars 2024", "2024-03-12", {}, {}, {}},
      {"Aminata Kéita, 12 mars 2024", "2024-03-12", {"Aminata Kéita"}, {}, {}},
      {"Aminata Kéita, Bamako, 12 mars 2024", "2024-03-12", {"Aminata Kéita"}, {}, {}},
      {"Bamako, Aminata Kéita, 12 mars 2024", "2024-03-12", {"Aminata Kéita"}, {}, {}},
      {"Aminata Kéita et Brice Koffi, 12 mars 2024", "2024-03-12", {"Aminata Kéita", "Brice Koffi"}, {}, {}},
      {"Kéita, 12 mars 2024", "2024-03-12", {}, {}, {}},  // as a town: nothing says that it is none
      {"Kéita 12 mars 2024", "2024-03-12", {"Kéita"}, {}, {}},
      {"AFP, 12 mars 2024", "2024-03-12", {"AFP"}, {}, {}},
      {"Xinhua, 12 mars 2024", "2024-03-12", {"Xinhua"}, {}, {}},
      {"Paris, Reuters, 12 mars 2024", "2024-03-12", {"Reuters"}, {}, {}},
      {"AfricaPresse, 12 mars 2024", "2024-03-12", {"AfricaPresse"}, {}, {}},
      {"By John Smith, June 3, 2025", "2025-06-03", {"John Smith"}, {}, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const Byline byline = parse_byline(row.line);
    CHECK(byline.is_byline);
    CHECK(byline.date == row.date);
    CHECK(byline.authors == row.authors);
    CHECK(byline.sections == row.sections);
    CHECK(byline.tags == row.tags);
  }
  const Byline cited = parse_byline("Source : Le Temps du Samedi, publié le dimanche 17 février 2019 à 10h50");
  CHECK(cited.is_byline);
  CHECK(cited.source == "Le Temps du Samedi");
  CHECK(cited.date == "2019-02-17T10:50");
  CHECK(parse_byline("AfricaPresse 23 Nov 2022 Mali 1 964 Lectures").values.at("lectures") == "1964");
}

TEST_CASE("extract: sentences, titles and captions are no bylines") {
  for (const std::string line :
       {"Le massacre du 28 septembre 2009", "Emmanuel Macron à Charleville-Mézières, le 7 novembre 2018.",
        "Par ailleurs, le prix du coton baisse",
        "Le gouvernement a démissionné le 3 juin 2025 après une motion de censure",
        "Guerre technologique : l’Afrique en ligne de mire", "Notre correspondante à Goma",
        "Opération de fumigation dans un bidonville de Bombay le 12 juin 2020",
        "Le yacht, dans les eaux d'Elsinore (Danemark), le 6 février 2017", "Accords du 12 mars 2024",
        "Bénin : le coton payé par les banques dès le 12 mars 2024", ""}) {
    CAPTURE(line);
    CHECK_FALSE(parse_byline(line).is_byline);
  }
}

TEST_CASE("extract: bylines that count from the day of reading") {
  struct Row {
    std::string line;
    std::string date;
    Strings authors;
  };
  const std::string captured = "2025-06-06T08:15:00Z";
  for (const Row& row :
       {Row{"Publié il y a 3 jours", "2025-06-03", {}},
        Row{"Publié hier à 14h30 par Rasmané Sawadogo", "2025-06-05T14:30", {"Rasmané Sawadogo"}},
        Row{"Par Aminata Cissé - il y a trois jours", "2025-06-03", {"Aminata Cissé"}},
        Row{"Par Aminata Cissé, le mardi 3 juin à 14h30", "2025-06-03T14:30", {"Aminata Cissé"}},
        Row{"Aminata Cissé | mardi 3 juin", "2025-06-03", {"Aminata Cissé"}},
        Row{"Aujourd'hui à 7h | Mis à jour le 6 juin 2025", "", {}},
        Row{"Publié le 12 mars 2024, il y a un an", "2024-03-12", {}}, Row{"Publié le 22 mai", "", {}}}) {
    CAPTURE(row.line);
    const Byline byline = parse_byline(row.line, captured);
    CHECK(byline.date == row.date);
    CHECK(byline.authors == row.authors);
    CHECK(parse_byline(row.line).is_byline == byline.is_byline);
    CHECK(parse_byline(row.line).authors == byline.authors);
  }
  CHECK_FALSE(parse_byline("Mis à jour il y a 2 heures", captured).is_byline);
  for (const std::string line :
       {"Aujourd'hui au Faso", "Par Aujourd'hui au Faso", "Concert le mardi 3 juin", "Du lundi 2 au mardi 3 juin",
        "Il y a 3 jours encore, le pont tenait", "La pluie d'hier", "Hier soir à Bamako"}) {
    CAPTURE(line);
    CHECK(parse_byline(line, captured).date.empty());
  }
  CHECK(parse_byline("Par Aujourd'hui au Faso", captured).authors == Strings{"Aujourd'hui au Faso"});
}

TEST_CASE("extract: dates that count from the day of reading are read below the title only") {
  struct Row {
    std::string body;
    std::string date;
  };
  const std::string title = "<h1>Le barrage ouvre ses vannes</h1>";
  const std::string text = "<p>" + sentence + "</p><p>" + second + "</p>";
  for (const Row& row :
       {Row{title + "<p>Il y a 3 jours</p>" + text, "2025-06-03"},
        Row{title + "<p>Par Aminata Cissé</p><p>mardi 3 juin</p>" + text, "2025-06-03"},
        Row{title + "<p>Le niveau du lac montait depuis trois semaines sans repos.</p><p>Publié hier à 14h30</p>" +
                text,
            "2025-06-05T14:30"},
        Row{title + "<div class=share>Partager</div><span class=date>aujourd'hui</span>" + text, "2025-06-06"},
        Row{title + "<time datetime='2025-06-02T18:00Z'>Il y a 4 jours</time>" + text, "2025-06-02T18:00Z"},
        Row{title + "<p>Publié le <time datetime='2025-05-22'>22 mai</time></p>" + text, "2025-05-22"},
        Row{title + "<time datetime='2025-06-02'>Il y a 3 jours</time>" + text, "2025-06-02"},
        Row{title + "<p>Publié le 22 mai, mis à jour <time datetime='2025-06-05'>hier</time></p>" + text, ""},
        Row{title + "<p>" + sentence + "</p><p>Publié il y a 3 jours</p>" + text, "2025-06-03"},
        Row{title + "<p>" + sentence + "</p><p>Publié il y a 3 jours</p>" + text + "<p>2 juin 2025</p>", "2025-06-02"},
        Row{title + "<p>Publié le 22 mai</p>" + text, ""},
        Row{title + "<p>Mis à jour il y a 2 heures</p>" + text, ""},
        Row{title + "<p>Par Awa Sow, mis à jour le <time datetime='2025-06-05T10:00Z'>5 juin 2025</time></p>" + text,
            ""},
        Row{title + "<p>Par Awa Sow, mis à jour <time datetime='2025-06-05T10:00Z'>il y a 2 heures</time></p>" + text,
            ""},
        Row{"<p>Il y a 3 jours</p>" + title + text, ""},
        Row{title + "<div><a href=a>Le port ferme</a></div><p>Il y a 3 jours</p>" + text, ""},
        Row{title + "<ul><li>Il y a 3 jours</li><li><a href=a>Le port ferme</a></li></ul>" + text, ""},
        Row{title + "<aside>Il y a 3 jours</aside>" + text, ""},
        Row{title + "<p>" + sentence + "</p><p>Il y a 3 jours.</p><p>" + second + "</p>", ""},
        Row{title + text + "<p>Il y a 3 jours</p>", ""},
        Row{title + text + "<h2>Commentaires</h2><p>Jean, hier à 14h30</p>", ""},
        Row{text + "<p>Il y a 3 jours</p>", ""}}) {
    CAPTURE(row.body);
    CHECK(article_of_html(html(row.body), nullptr, {.captured = "2025-06-06T08:15:00Z"}).date == row.date);
    const bool exact = contains(row.body, "datetime") || contains(row.body, "<p>2 juin 2025");
    const Document unknown = article_of_html(html(row.body));
    CHECK(unknown.date == (exact ? row.date : ""));
    CHECK(unknown.body == article_of_html(html(row.body), nullptr, {.captured = "2025-06-06T08:15:00Z"}).body);
  }
  const std::string dump = "Le barrage ouvre ses vannes\n\nPar Aminata Cissé, il y a 3 jours\n\n" + sentence + "\n\n" +
                           second + "\n\n* Accueil\n* Sport\n";
  CHECK(article_of_dump(dump).date.empty());
  CHECK(article_of_dump(dump, nullptr, {.captured = "2025-06-06"}).date == "2025-06-03");
}

TEST_CASE("extract: the site in the line of its copyright") {
  struct Row {
    std::string line;
    std::string site;
  };
  for (const Row& row :
       {Row{"© Africa Presse, tous droits réservés", "Africa Presse"},
        Row{"© Askia 24 - 2025 | Site développé par Imager Mali", "Askia 24"},
        Row{"© 2016-2026 Le Courrier des Lacs. Tous droits réservés.", "Le Courrier des Lacs"},
        Row{"© Radio Baobab 2009-2026 - Tous droits réservés", "Radio Baobab"},
        Row{"Copyright 2020 Le Journal", "Le Journal"}, Row{"© 2024", ""}, Row{"Tous droits réservés", ""}}) {
    CAPTURE(row.line);
    CHECK(site_of_copyright(row.line) == row.site);
  }
}

TEST_CASE("extract: what lines say by their wording") {
  struct Row {
    std::string line;
    Wording wording;
  };
  for (const Row& row :
       {Row{"PartagerTweeterPin", Wording::Share},
        Row{"Facebook Twitter linkedin Pinterest Reddit WhatsAppt Telegram Email Suite", Wording::Share},
        Row{"Partager sur Facebook", Wording::Share},
        Row{"Facebook ferme ses bureaux à Lagos", Wording::Ordinary},
        Row{"partager pin mail", Wording::Share},
        Row{"Le mail, le pin et le sureau", Wording::Ordinary},
        Row{"Facebook, Twitter et Instagram menacés d’amende", Wording::Ordinary},
        Row{"Articles similaires", Wording::OtherArea},
        Row{"Commentaires (3)", Wording::OtherArea},
        Row{"Commentaires acerbes du ministre", Wording::Ordinary},
        Row{"À LIRE AUSSI", Wording::ReadAlso},
        Row{"Lire aussi : le Djoudj compte ses pélicans", Wording::ReadAlso},
        Row{"Source: Sputnik", Wording::Source},
        Row{"Mots-clés : coton, jassides", Wording::Tags},
        Row{"Photo : archives", Wording::Caption},
        Row{"Une rue de Lomé. © AFP", Wording::Caption},
        Row{"© Golfe Info, tous droits réservés", Wording::Copyright},
        Row{"{{ index + 1 }}", Wording::Template},
        Row{"Accueil » Économie » Agriculture", Wording::Breadcrumb},
        Row{"9 décembre 2025", Wording::Date},
        Row{"Par Aminata Cissé", Wording::Byline},
        Row{"Vous êtes ici : Accueil / Espace presse", Wording::Breadcrumb},
        Row{"Nous et nos 812 partenaires stockons des identifiants uniques.", Wording::Contact},
        Row{"Il vous reste 82 % de cet article à lire. La suite est réservée aux abonnés.", Wording::Contact},
        Row{"Vous pouvez vous désinscrire en un clic.", Wording::Contact},
        Row{"Nos partenaires stockaient le riz à quai", Wording::Ordinary},
        Row{"Publicité", Wording::Advert},
        Row{"Consolidation des relations", Wording::Ordinary}}) {
    CAPTURE(row.line);
    std::vector<Block> blocks(1);
    blocks[0].text = row.line;
    measure(blocks);
    CHECK(blocks[0].wording == row.wording);
  }
}

TEST_CASE("extract: words and folding") {
  CHECK(collapse_spaces(" a \t b\u00a0 c\n") == "a b c");
  CHECK(collapse_spaces("\u00a0 «\u00a0a\u202f!\u00a0» \u00a0\u202f b\u00a0") == "«\u00a0a\u202f!\u00a0» b");
  CHECK(collapse_spaces(" \u00a0 ").empty());
  CHECK(folded("À LIRE  aussi\u00a0: L’Œuvre") == "a lire aussi : l'oeuvre");
  CHECK(folded("e\u0301te\u0301 « Straße »") == "ete strasse");
  CHECK(is_blank(" \t\u00a0\u202f\u200b"));
  CHECK_FALSE(is_blank("."));
  CHECK(parse_breadcrumb("Accueil » Économie » Agriculture") == Strings{"Économie", "Agriculture"});
  CHECK(parse_breadcrumb("Accueil des réfugiés").empty());
  CHECK(parse_breadcrumb("Vous êtes ici : Accueil / Presse / Communiqués") == Strings{"Presse", "Communiqués"});
  CHECK(parse_breadcrumb("Vous êtes ici").empty());
  CHECK(without_edit_links("Histoire[modifier | modifier le code]") == "Histoire");
  CHECK(without_edit_links("History [edit]") == "History");
  CHECK(without_edit_links("[modifier]") == "[modifier]");
  CHECK(without_edit_links("Il faut modifier [le texte]") == "Il faut modifier [le texte]");
  CHECK(without_site("Bénin : le coton - Le Courrier des Lacs", "Le Courrier des Lacs") == "Bénin : le coton");
  CHECK(without_site("Radio Baobab | Le port", "Radio Baobab") == "Le port");
  CHECK(without_site("Ruzizi III - trois pays", "Le Courrier") == "Ruzizi III - trois pays");
  CHECK(region_of_name("main-menu links") == Region::Clutter);
  CHECK(region_of_name("articleShare") == Region::Clutter);
  CHECK(region_of_name("comment-author") == Region::Clutter);
  CHECK(region_of_name("commentary national adresse") == Region::Open);
}

TEST_CASE("extract: paragraphs of HTML") {
  const Document document =
      article_of_html(html("<h1>Le barrage ouvre ses vannes</h1>" + sentence + "<br><br>" + second +
                           "<br>\n<p>Une  fin\n  <b>en</b>&nbsp;gras.</p><script>var x;</script>"));
  CHECK(document.title == "Le barrage ouvre ses vannes");
  CHECK(document.body == sentence + "\n" + second + "\nUne fin en\u00a0gras.");
}

TEST_CASE("extract: minutes and breaks without letters do not cut a text") {
  const std::string menu = "<ul><li>Accueil</li><li>Sport</li></ul>";
  for (const std::string label : {"74'", "* * *", "2 - 1", "14:30"}) {
    CAPTURE(label);
    const std::string change =
        "<p>" + label + "</p><p>Entrée de Brice Koffi</p><p>" + label + "</p><p>" + label + "</p>";
    const std::string page =
        html(menu + "<h1>Le match du barrage</h1><p>" + sentence + "</p>" + change + "<p>" + second + "</p>" + menu);
    const std::string lines = "\n" + label + "\n";
    CHECK(article_of_html(page).body == sentence + lines + "Entrée de Brice Koffi" + lines + label + "\n" + second);
  }
}

TEST_CASE("extract: a lead above or below the byline") {
  const std::string title = "<h1>Le barrage ouvre ses vannes</h1>";
  const std::string byline = "<p>Par Awa Sow</p><p>Publié le 3 juin 2025</p>";
  const std::string text = sentence + "\n" + second;
  for (const std::string lead :
       {"Le lac débordait depuis trois semaines déjà.", "Un lac qui déborde depuis des semaines"}) {
    CAPTURE(lead);
    const std::string paragraphs = "<p>" + sentence + "</p><p>" + second + "</p>";
    const std::string marked = "<p>" + lead + "</p>";
    for (const std::string& head : {title + marked + byline, title + byline + marked, title + marked}) {
      const Document document = article_of_html(html(head + paragraphs));
      CHECK(document.body == lead + "\n" + text);
      CHECK(document.authors == (head == title + marked ? Strings{} : Strings{"Awa Sow"}));
      CHECK(document.date == (head == title + marked ? "" : "2025-06-03"));
    }
    CHECK(article_of_html(html(marked + title + byline + paragraphs)).body == text);
    CHECK(article_of_html(html(title + "<p><a href=a>" + lead + "</a></p>" + byline + paragraphs)).body == text);
    CHECK(article_of_html(html(title + "<ul><li>" + lead + "</li></ul>" + byline + paragraphs)).body == text);
  }
}

TEST_CASE("extract: what is not the article in HTML") {
  const Document document =
      article_of_html(html("<nav><a href=a>Accueil</a></nav><div class='cookie-banner'>Nous utilisons des cookies pour "
                           "mesurer notre audience, et pour rien d'autre.</div>"
                           "<article><h1>Le barrage ouvre ses vannes</h1><p>" +
                           sentence +
                           "</p><figure><figcaption>Les vannes, vues de la rive. © AFP</figcaption></figure><p>À lire "
                           "aussi : <a href=b>Le fleuve monte</a></p><p>" +
                           second +
                           "</p></article><section class=comments><p>Enfin ! Nous attendions cela depuis trois "
                           "semaines, et nos champs aussi.</p></section>"
                           "<footer><p>© 2024 Le Fleuve. Tous droits réservés.</p></footer>"));
  CHECK(document.body == sentence + "\n" + second);
  CHECK(document.site == "Le Fleuve");
  CHECK(document.date.empty());
}

TEST_CASE("extract: a list that the text announces does not cut it, in HTML and in dumps") {
  const std::string items[] = {"Cent kilos de farine", "Du sel", "Trois sacs de sucre", "Une bâche", "Des cordes"};
  std::string list;
  std::string bullets;
  std::string text = sentence + "\nIl faudra apporter :";
  for (const std::string& item : items) {
    list += "<li>" + item + "</li>";
    bullets += "  • " + item + "\n";
    text += "\n" + item;
  }
  text += "\n" + second;
  const std::string head = "Le barrage ouvre ses vannes";
  CHECK(article_of_html(html("<ul><li><a href=a>Accueil</a></ul><h1>" + head + "</h1><p>" + sentence +
                             "</p><p>Il faudra apporter :</p><ul>" + list + "</ul><p>" + second + "</p>"))
            .body == text);
  CHECK(article_of_dump("  • Accueil\n  • Sport\n\n" + head + "\n\n" + sentence + "\n\nIl faudra apporter :\n\n" +
                        bullets + "\n" + second + "\n")
            .body == text);
  // A list that nothing announces is a menu.
  CHECK(article_of_dump("  • Accueil\n  • Sport\n\n" + head + "\n\n" + sentence + "\n\n" + bullets + bullets + "\n" +
                        second + "\n")
            .body != text);
}

TEST_CASE("extract: the list below a call to read on is of links") {
  const std::string dump = "  • Accueil\n\nLe barrage ouvre ses vannes\n\n" + sentence +
                           "\n\nÀ lire aussi\n  • Faut-il curer le lac ?\n  • Les vannes du sud aussi !\n\n" + second +
                           "\n\nCommentaires\n";
  CHECK(article_of_dump(dump).body == sentence + "\n" + second);
}

TEST_CASE("extract: what stands beside the text in its element belongs to it, whatever is between") {
  std::string links;
  for (const std::string name : {"Histoire", "Construction", "Ouvrage", "Notes", "Liens"})
    links += "<li><a href='#'>" + name + "</a></li>";
  const std::string text = "<p>" + sentence + "</p><h2>Sommaire</h2><ul>" + links + "</ul><h2>Histoire</h2><p>" +
                           second + "</p><p>" + sentence + "</p>";
  CHECK(article_of_html(html("<div><h1>Le barrage</h1>" + text + "</div>")).body ==
        sentence + "\nHistoire\n" + second + "\n" + sentence);
  // In another element it may be of another article.
  CHECK(article_of_html(html("<div><p>" + sentence + "</p></div><ul>" + links + links +
                             "</ul><div><h1>Le barrage</h1><p>" + second + "</p><p>" + second + "</p></div>"))
            .body == second + "\n" + second);
}

TEST_CASE("extract: an article begins below its title") {
  const std::string notice =
      "<div><p>Ce site se souvient de vous d'une page à l'autre, et de ce que vous y avez lu la dernière "
      "fois.</p></div>";
  const std::string title = "Le barrage ouvre ses vannes";
  const std::string text = "<p>Publié le 3 juin 2025</p><p>" + sentence + "</p><p>" + second + "</p>";
  const Document document =
      article_of_html(html(notice + "<h1>" + title + "</h1>" + text, "<title>" + title + "</title>"));
  CHECK(document.body == sentence + "\n" + second);
  CHECK(document.date == "2025-06-03");
  // The title again, below the text, ends nothing.
  CHECK(article_of_html(html(text + "<h3>" + title + "</h3><p>" + second + "</p>", "<title>" + title + "</title>"))
            .body.starts_with(sentence));
}

TEST_CASE("extract: sentences around a field are of no article") {
  const std::string box =
      "<div><p>Chaque matin, toute l'actualité du fleuve avant qu'il ne passe sous le pont.</p>"
      "<form><input type=email></form><p>Un clic suffit pour ne plus la recevoir.</p></div>";
  const std::string before = "<div><h1>Le barrage</h1><p>" + sentence + "</p>";
  const std::string after = "<p>" + second + "</p></div>";
  CHECK(article_of_html(html(before + box + after)).body == sentence + "\n" + second);
  // An article with a field in it stays one.
  const std::string search = "<form><input type=text></form>";
  CHECK(article_of_html(html(before + search + after)).body == sentence + "\n" + second);
}

TEST_CASE("extract: marks of notes are no digits of the text") {
  const auto body = [](const std::string& mark) {
    return article_of_html(html("<h1>Le pont</h1><p>" + sentence + "</p><p>Achevé en 1786" + mark +
                                ", le pont tient encore, et les camions le passent chaque matin.</p>"))
        .body.substr(sentence.size() + 1, 18);
  };
  CHECK(body("<sup><a href='#n2'>2</a></sup>").starts_with("Achevé en 1786,"));
  CHECK(body("<sup><a href='#n2'>[12]</a></sup>").starts_with("Achevé en 1786,"));
  CHECK(body("<sup>2</sup>").starts_with("Achevé en 17862,"));
  CHECK(body("<sup><a href='#n2'>bis</a></sup>").starts_with("Achevé en 1786bis"));
}

TEST_CASE("extract: the copyright below a last line makes it no caption") {
  const std::string last = "La mairie promet un second bac pour les pluies.";
  const Document document = article_of_html(html("<h1>Le bac</h1><p>" + sentence + "</p><p>" + second + "</p><p>" +
                                                 last + "</p><footer><p>© Le Fleuve 2022</p></footer>"));
  CHECK(document.body == sentence + "\n" + second + "\n" + last);
}

TEST_CASE("extract: a list from home to the title is its path") {
  const std::string title = "Changer de port";
  const Document page = article_of_html(
      html("<nav><ol><li><a href=/>Accueil particuliers</a><li><a href=a>Bateaux</a><li><a href=b>Ports</a><li>" +
               title + "</ol></nav><h1>" + title + "</h1><p>" + sentence + "</p><p>" + second + "</p>",
           "<title>" + title + "</title>"));
  CHECK(page.sections == Strings{"Bateaux", "Ports"});
  const Document dump = article_of_dump("  • Accueil\n  • Bateaux\n  • " + title + "\n\n" + title + "\n\n" + sentence +
                                        "\n\n" + second + "\n");
  CHECK(dump.title == title);
  CHECK(dump.sections == Strings{"Bateaux"});
  CHECK(article_of_dump("  • Accueil\n  • Bateaux\n  • Ports\n\n" + title + "\n\n" + sentence + "\n").sections.empty());
}

TEST_CASE("extract: metadata of HTML, the most trusted first") {
  const std::string head =
      "<title>Le barrage | Le Fleuve</title><link rel=canonical href='https://exemple.fr/a'>"
      "<meta property='og:site_name' content='Le Fleuve'><meta property='og:title' content='Le barrage ouvre ses "
      "vannes | Le Fleuve'>"
      "<meta property='article:published_time' content='2020-01-01'><meta name=author content='Par Jean Dupont, Awa "
      "Sow'>"
      "<script "
      "type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},{\"@type\":[\"NewsArticle\"],"
      "\"datePublished\":\"2024-03-12T08:00:00+01:00\",\"keywords\":\"eau, "
      "barrage\",\"articleSection\":[\"Monde\"]}]}</script>";
  const Document document = article_of_html(html("<p>" + sentence + "</p>", head));
  CHECK(document.title == "Le barrage ouvre ses vannes");
  CHECK(document.date == "2024-03-12T08:00:00+01:00");
  CHECK(document.authors == Strings{"Jean Dupont", "Awa Sow"});
  CHECK(document.tags == Strings{"eau", "barrage"});
  CHECK(document.sections == Strings{"Monde"});
  CHECK(document.site == "Le Fleuve");
  CHECK(document.url == "https://exemple.fr/a");
}

TEST_CASE("extract: broken JSON-LD is as none") {
  const Document document =
      article_of_html(html("<p>" + sentence + "</p>",
                           "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",</script>"
                           "<meta property='article:published_time' content='2020-01-01'>"));
  CHECK(document.date == "2020-01-01");
  CHECK(document.body == sentence);
}

TEST_CASE("extract: deep nests cost neither stack nor time") {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string tag : {"div", "b", "span", "blockquote", "table", "font size=1"}) {
    CAPTURE(tag);
    std::string nest;
    for (int i = 0; i < 100'000; ++i) nest += "<" + tag + ">";
    const Document document = article_of_html(html(nest + "<p>" + sentence + "</p>"));
    CHECK(document.body == sentence);
  }
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
  CHECK(seconds < 60);
}

TEST_CASE("extract: pages made to cost time") {
  const auto start = std::chrono::steady_clock::now();
  const auto repeated = [](const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
  };
  std::string fonts;
  std::string attributes = "<div";
  std::string keywords;
  for (int i = 0; i < 100'000; ++i) {
    const std::string number = std::to_string(i);
    fonts += "<font color=" + number + "></x>";
    attributes += " a" + number + "=1";
    keywords += "k" + number + ",";
  }
  for (const std::string& page :
       {fonts, attributes + ">", "<meta name=keywords content='" + keywords + "'>",
        "<title>" + repeated("a - b | ", 100'000) + "</title>", "<p>©" + repeated(",", 1'000'000),
        repeated("<a", 500'000), repeated("<", 1'000'000), repeated("<p>", 300'000), repeated("<br>", 300'000),
        repeated("<table>", 50'000), repeated("<b><p></b>", 50'000), repeated("<span itemprop=author>", 100'000),
        repeated("&", 1'000'000)}) {
    CAPTURE(page.substr(0, 40));
    const Document document = article_of_html(html(page + "<p>" + sentence + "</p>"));
    article_of_dump(page);
    article_of_dump(repeated("Titre " + page.substr(0, 30) + "\n", 2'000) + sentence);
  }
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
  CHECK(seconds < 120);
}
