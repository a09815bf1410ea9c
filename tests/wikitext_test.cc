#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "container/wikitext.h"

using limier::container::read_wikitext;
using limier::container::WikiNamespaces;

namespace {

std::string plain(const std::string& markup) { return read_wikitext(markup, WikiNamespaces()).body; }

}  // namespace

TEST_CASE("wikitext: markup and what is read of it") {
  struct Row {
    std::string markup, text;
  };
  for (const Row& row : std::vector<Row>{
           {"Un '''barrage''' est ''grand''.", "Un barrage est grand."},
           {"L'''Équipe'' est un journal.", "L'Équipe est un journal."},
           {"Dans l'''Équipe'' et '''Le Monde'''.", "Dans l'Équipe et Le Monde."},
           {"'''''Les deux'''''", "Les deux"},
           {"[[Nil]], [[Nil|le fleuve]], [[barrage]]s, [[Nil#Cours|]]", "Nil, le fleuve, barrages, Nil#Cours"},
           {"Voir [https://exemple.fr le site] ou [https://exemple.fr].", "Voir le site ou ."},
           {"Il a écrit [sic] cela.", "Il a écrit [sic] cela."},
           {"{{Infobox|nom=x|{{drapeau|y}}}}Texte.", "Texte."},
           {"Au {{s|XIX|e}} et au {{XXe siècle}}, le {{1er}} mai.", "Au XIXe siècle et au XXe siècle, le 1er mai."},
           {"Le {{date|3|juin|2025}}, à {{unité|25|km}}.", "Le 3 juin 2025, à 25 km."},
           {"{{Lang|en|New {{Petite|York}}}} et {{formatnum:1234}}.", "New York et 1234."},
           {"{{abréviation|av.|avant}} J.-C.", "av. J.-C."},
           {"Un<ref>Note {{Ouvrage|titre=x}} [[y]]</ref> deux<ref name=\"a\" /> trois.", "Un deux trois."},
           {"Un <!-- caché --> deux.<br />Trois<br>quatre", "Un deux.\nTrois\nquatre"},
           {"Un <nowiki>[[lien]] {{x}}</nowiki> deux.", "Un [[lien]] {{x}} deux."},
           {"<div class=\"x\">Un <small>petit</small></div> texte &amp; &eacute;t&eacute;&nbsp;!",
            "Un petit texte & été\u00A0!"},
           {"Avant\n{| class=\"wikitable\"\n! Titre\n|-\n| Case\n{|\n| dedans\n|}\n|}\nAprès", "Avant\nAprès"},
           {"[[Fichier:a.jpg|thumb|Une [[légende]] {{x}}]]Texte.", "Texte."},
           {"[[Image:a.jpg]]Texte. [[en:Dam]] [[:Catégorie:Eau|les eaux]] [[wikt:mot|mot]]", "Texte. les eaux mot"},
           {"== Cours ==\nIl coule.\n=== Vide ===\n== Notes et références ==\n{{Références}}\n", "Cours\nIl coule."},
           {"== Un ==\n=== Deux ===\nTexte.\n", "Un\nDeux\nTexte."},
           {"* un\n** deux\n# trois\n: quatre\n; cinq\n----\n__NOTOC__", "un\ndeux\ntrois\nquatre\ncinq"},
           {"<math>x^2 < 3</math>Un <gallery>\na.jpg|Un\n</gallery>deux", "Un deux"},
           {"1 < 2 et a <b", "1 < 2 et a <b"},
           {"{{ouvert et [[jamais fermé", "ouvert et jamais fermé"},
           {"fermé}} et ]] jamais |} ouvert", "fermé}} et ]] jamais |} ouvert"},
           {"<ref>jamais fermé", "jamais fermé"},
           {"Un <!-- jamais fermé", "Un"},
           {"= =\n==\n===\n", "==\n==="},
           {"", ""},
       }) {
    CAPTURE(row.markup);
    CHECK(plain(row.markup) == row.text);
  }
}

TEST_CASE("wikitext: categories, by the wiki's own names too") {
  WikiNamespaces namespaces;
  namespaces.category.push_back("kategorie");
  const auto page =
      read_wikitext("x [[Catégorie:Barrage|*]] [[category: Eau ]] [[Kategorie:Nil]] [[Catégorie:]]", namespaces);
  CHECK(page.categories == std::vector<std::string>{"Barrage", "Eau", "Nil"});
}

TEST_CASE("wikitext: much that is never closed is read in linear time") {
  for (const std::string piece : {"{{", "[[", "{|\n", "[http://x ", "<ref>", "<!--", "<nowiki>", "'''a", "{{a|", "[[a|",
                                  "<a", "<", "==", "|", "{{a|{{b}}", "a'''''", "}}", "[[a]]"}) {
    CAPTURE(piece);
    std::string markup;
    while (markup.size() < 300'000) markup += piece;
    CHECK(plain(markup).size() <= markup.size() + 40);
  }
}

TEST_CASE("wikitext: any markup gives a text") {
  const std::vector<std::string> pieces = {
      "{{", "}}", "[[", "]]", "|", "''", "'''",  "<ref>",    "</ref>",    "<!--", "-->",        "{|",
      "|}", "\n", "=",  "a",  "é", " ",  "<br>", "&eacute;", "[http://x", "]",    "Catégorie:", "\xFF"};
  std::mt19937 random(20240312);
  for (int i = 0; i < 20'000; ++i) {
    std::string markup;
    for (std::size_t n = random() % 30; n > 0; --n) markup += pieces[random() % pieces.size()];
    CAPTURE(markup);
    CHECK(plain(markup).size() <= markup.size() + 200);
  }
}
