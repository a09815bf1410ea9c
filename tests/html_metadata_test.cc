// What HTML pages say of themselves, in all the places where they do: which is believed, and which is not.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "extract/article.h"
#include "limier/document.h"

using limier::Document;
using limier::extract::article_of_html;

namespace {

using Strings = std::vector<std::string>;

const std::string heading = "<h1>Le bac de Farafenni reprend du service</h1>";
const std::string text =
    "<p>Le bac qui relie les deux rives du fleuve a repris ses traversées samedi, après onze jours de panne.</p>"
    "<p>Les camions attendaient sur plusieurs kilomètres, et les mangues pourrissaient dans leurs caisses.</p>";
const std::string teaser_text = "<p>Le pont promis depuis dix ans ne sera pas ouvert avant la saison des pluies.</p>";

std::string json(const std::string& value) { return "<script type='application/ld+json'>" + value + "</script>"; }
std::string meta(const std::string& name, const std::string& content) {
  return "<meta property='" + name + "' content='" + content + "'>";
}

struct Page {
  std::string name;
  std::string head;
  std::string body;
};

Document read(const Page& page) {
  return article_of_html("<!DOCTYPE html><html><head>" + page.head + "</head><body>" + page.body + "</body></html>");
}

}  // namespace

TEST_CASE("html metadata: which date is believed") {
  struct Row {
    Page page;
    std::string date;
  };
  const std::string ld = json(R"({"@type":"NewsArticle","datePublished":"2021-01-01"})");
  const std::string og = meta("article:published_time", "2021-02-02");
  const std::string plain = "<meta name=date content='2021-04-04'>";
  const std::string microdata = "<div itemscope itemtype='https://schema.org/NewsArticle'>" + heading +
                                "<meta itemprop=datePublished content='2021-03-03'>" + text + "</div>";
  const std::string byline = heading + "<p>Publié le 5 mai 2021</p>" + text;
  const std::vector<Row> rows = {
      // The order.
      {{"JSON-LD first", plain + og + ld, microdata}, "2021-01-01"},
      {{"then Open Graph", plain + og, microdata}, "2021-02-02"},
      {{"then microdata", plain, microdata}, "2021-03-03"},
      {{"then meta", plain, byline}, "2021-04-04"},
      {{"then the byline", "", byline}, "2021-05-05"},
      {{"time in the byline", "",
        heading + "<p>Publié le <time datetime='2021-05-05T10:00+01:00'>5 mai 2021</time></p>" + text},
       "2021-05-05T10:00+01:00"},
      {{"RDFa", "",
        "<div typeof='schema:NewsArticle'>" + heading +
            "<span property='datePublished' content='2021-03-03'>"
            "mercredi</span>" +
            text + "</div>"},
       "2021-03-03"},
      {{"RDFa with a prefix", "",
        "<div typeof='schema:NewsArticle'>" + heading +
            "<span property='schema:datePublished' content='2021-03-03'>mercredi</span>" + text + "</div>"},
       "2021-03-03"},
      {{"RDFa of Dublin Core", "", heading + "<span property='dc:date' content='2021-03-03'>mercredi</span>" + text},
       "2021-03-03"},
      {{"microdata in time", "",
        "<article itemscope itemtype='http://schema.org/Article'>" + heading +
            "<time itemprop='datePublished' datetime='2021-03-03'>mercredi</time>" + text + "</article>"},
       "2021-03-03"},
      {{"several properties of one", "",
        "<article itemscope itemtype='http://schema.org/Article'>" + heading +
            "<time itemprop='datePublished dateCreated' datetime='2021-03-03'>mercredi</time>" + text + "</article>"},
       "2021-03-03"},

      {{"in an item that only its title tells", "<title>Le bac de Farafenni reprend du service - Le Fleuve</title>",
        "<div itemscope itemtype='http://schema.org/Article'><meta itemprop=headline content='Le bac de Farafenni "
        "reprend "
        "du service'><meta itemprop=datePublished content='2021-03-03'></div>" +
            byline},
       "2021-03-03"},
      {{"in an item of the whole page", "",
        "<div itemscope itemtype='http://schema.org/WebPage'><meta "
        "itemprop=datePublished content='2021-03-03'>" +
            byline + "</div>"},
       "2021-03-03"},
      {{"in the article's item within that of the page", "",
        "<div itemscope itemtype='http://schema.org/Article'><meta "
        "itemprop=datePublished content='2019-01-01'>" +
            microdata + "</div>"},
       "2021-03-03"},
      // JSON-LD.
      {{"in a list", json(R"([{"@type":"Organization"},{"@type":"Article","datePublished":"2021-01-01"}])"), byline},
       "2021-01-01"},
      {{"in a graph",
        json(R"({"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"2019-01-01"},
        {"@type":"BlogPosting","datePublished":"2021-01-01"}]})"),
        byline},
       "2021-01-01"},
      {{"in mainEntity",
        json(R"({"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":"2021-01-01"}})"), byline},
       "2021-01-01"},
      {{"a kind of article", json(R"({"@type":"ReportageNewsArticle","datePublished":"2021-01-01"})"), byline},
       "2021-01-01"},
      {{"a kind of posting", json(R"({"@type":"LiveBlogPosting","datePublished":"2021-01-01"})"), byline},
       "2021-01-01"},
      {{"type with its address", json(R"({"@type":"http://schema.org/NewsArticle","datePublished":"2021-01-01"})"),
        byline},
       "2021-01-01"},
      {{"types in a list", json(R"({"@type":["NewsArticle","Thing"],"datePublished":"2021-01-01"})"), byline},
       "2021-01-01"},
      {{"the article in the second block", json(R"({"@type":"BreadcrumbList","itemListElement":[]})") + ld, byline},
       "2021-01-01"},
      {{"behind a block that is broken", json("{\"@type\":") + ld, byline}, "2021-01-01"},
      {{"behind a block without a date", json(R"({"@type":"NewsArticle","headline":"Le bac"})") + ld, byline},
       "2021-01-01"},
      {{"a list of teasers is none", json(R"({"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":
        {"@type":"NewsArticle","datePublished":"2019-01-01"}}]})"),
        byline},
       "2021-05-05"},
      {{"a list of teasers before the article", json(R"({"@type":"ItemList","itemListElement":[{"@type":"NewsArticle",
        "datePublished":"2019-01-01"}]})") + ld,
        byline},
       "2021-01-01"},
      {{"articles of a collection are none", json(R"({"@type":"CollectionPage","hasPart":[{"@type":"NewsArticle",
        "datePublished":"2019-01-01"}]})"),
        byline},
       "2021-05-05"},
      {{"a list that is the page's main thing", json(R"({"@type":"WebPage","mainEntity":{"@type":"ItemList",
        "itemListElement":[{"@type":"NewsArticle","datePublished":"2019-01-01"}]}})"),
        byline},
       "2021-05-05"},
      {{"several articles, the page's own is told by its title",
        json(R"([{"@type":"NewsArticle","headline":"Le pont attendra","datePublished":"2019-01-01"},
        {"@type":"NewsArticle","headline":"Le bac de Farafenni reprend du service","datePublished":"2021-01-01"}])"),
        meta("og:title", "Le bac de Farafenni reprend du service") + byline},
       "2021-01-01"},
      {{"several articles, the page's own is told by its address",
        "<link rel=canonical href='https://exemple.sn/bac'>" +
            json(R"({"@type":"NewsArticle","url":"https://exemple.sn/pont","datePublished":"2019-01-01"})") +
            json(R"({"@type":"NewsArticle","url":"https://exemple.sn/bac","datePublished":"2021-01-01"})"),
        byline},
       "2021-01-01"},
      {{"a comment in the article",
        json(R"({"@type":"NewsArticle","comment":[{"@type":"Comment","datePublished":"2022-01-01"}]})"), byline},
       "2021-05-05"},
      {{"a video is no article",
        json(R"({"@type":"VideoObject","uploadDate":"2019-01-01","datePublished":"2019-01-01"})"), byline},
       "2021-05-05"},
      {{"escaped as HTML",
        json("{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2021-01-01&quot;}"), byline},
       "2021-01-01"},
      {{"in CDATA", json("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-01-01\"}\n//]]>"), byline},
       "2021-01-01"},
      {{"in a comment", json("<!--\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-01-01\"}\n-->"), byline},
       "2021-01-01"},
      {{"line ends in strings",
        json("{\"@type\":\"NewsArticle\",\"description\":\"Le bac\nreprend\","
             "\"datePublished\":\"2021-01-01\"}"),
        byline},
       "2021-01-01"},
      {{"with a comma too many", json(R"({"@type":"NewsArticle","datePublished":"2021-01-01",})"), byline},
       "2021-01-01"},
      {{"charset behind the type",
        "<script type='application/ld+json; charset=utf-8'>"
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-01-01\"}</script>",
        byline},
       "2021-01-01"},
      {{"in CDATA within comments",
        json("/* <![CDATA[ */ {\"@type\":\"NewsArticle\",\"datePublished\":\"2021-01-01\"}; /* ]]> */"), byline},
       "2021-01-01"},
      {{"apostrophes escaped",
        json(R"({"@type":"NewsArticle","headline":"L\'eau, [ici],","datePublished":"2021-01-01"})"), byline},
       "2021-01-01"},
      {{"the page's own says no date",
        "<link rel=canonical href='https://exemple.sn/bac'>" +
            json(R"([{"@type":"NewsArticle","url":"https://exemple.sn/pont","datePublished":"2019-01-01"},
        {"@type":"NewsArticle","mainEntityOfPage":{"@id":"https://exemple.sn/bac/"}}])"),
        byline},
       "2021-05-05"},
      {{"at the foot of the page", "", byline + ld}, "2021-01-01"},
      {{"a date that is none", json(R"({"@type":"NewsArticle","datePublished":"0000-00-00"})"), byline}, "2021-05-05"},

      // What is not the date of publication.
      {{"modified, JSON-LD", json(R"({"@type":"NewsArticle","dateModified":"2022-01-01"})"), byline}, "2021-05-05"},
      {{"modified, Open Graph", meta("article:modified_time", "2022-01-01") + meta("og:updated_time", "2022-01-01"),
        byline},
       "2021-05-05"},
      {{"modified, meta", "<meta name=lastmod content='2022-01-01'><meta name='dcterms.modified' content='2022-01-01'>",
        byline},
       "2021-05-05"},
      {{"modified, microdata", "",
        "<article itemscope>" + heading +
            "<time itemprop=dateModified datetime='2022-01-01'>"
            "samedi</time>" +
            text + "</article>"},
       ""},
      {{"modified, byline", "",
        heading + "<p>Mis à jour le <time datetime='2022-01-01'>1er janvier 2022</time></p>" + text},
       ""},
      {{"modified, then published", "",
        heading + "<p>Mis à jour le 1er janvier 2022 - Publié le 5 mai 2021</p>" + text},
       "2021-05-05"},
      {{"a teaser above, microdata", "",
        "<aside><div itemscope itemtype='http://schema.org/NewsArticle'><time "
        "itemprop=datePublished datetime='2019-01-01'>janvier</time><a href=a>Le pont attendra</a></div></aside>" +
            byline},
       "2021-05-05"},
      {{"a teaser above the article's microdata", "",
        "<aside><div itemscope itemtype='http://schema.org/NewsArticle'><time "
        "itemprop=datePublished datetime='2019-01-01'>janvier</time><a href=a>Le pont attendra</a></div></aside>" +
            microdata},
       "2021-03-03"},
      {{"a teaser below, microdata", "",
        byline +
            "<aside><div itemscope itemtype='http://schema.org/NewsArticle'><time "
            "itemprop=datePublished datetime='2019-01-01'>janvier</time><a href=a>Le pont attendra</a></div></aside>"},
       "2021-05-05"},
      {{"a teaser in the article, microdata", "",
        "<article itemscope itemtype='http://schema.org/NewsArticle'>" + heading + text +
            "<div itemscope itemtype='http://schema.org/NewsArticle'><time itemprop=datePublished "
            "datetime='2019-01-01'>janvier</time><a href=a>Le pont attendra</a></div></article>"},
       ""},
      {{"a teaser above, RDFa in meta", "",
        "<aside><div typeof=NewsArticle><meta property=datePublished content='2019-01-01'>"
        "<a href=a>Le pont attendra</a></div></aside>" +
            byline},
       "2021-05-05"},
      {{"a list of teasers that is the page", "",
        "<div itemscope itemtype='http://schema.org/CollectionPage'><meta "
        "itemprop=datePublished content='2019-01-01'>" +
            heading + text + "</div>"},
       ""},
      {{"a comment, microdata", "",
        heading + text +
            "<div itemscope itemtype='http://schema.org/Comment'>"
            "<time itemprop=datePublished datetime='2022-01-01'>samedi</time><p>Enfin !</p></div>"},
       ""},
      {{"a teaser above, byline", "",
        "<div><a href=a>Le pont attendra</a><p>Publié le 1er janvier 2019</p>" + teaser_text + "</div>" + byline},
       "2021-05-05"},
      {{"a ticker", "",
        "<ul class=ticker><li>1er janvier 2019 <a href=a>Le pont attendra</a></li></ul>" + heading + text},
       ""},
      {{"a related article", "",
        heading + text +
            "<section class=related><h3>Articles similaires</h3><h4><a href=a>Le pont "
            "attendra</a></h4><time datetime='2019-01-01'>1er janvier 2019</time></section>"},
       ""},
      {{"a related article without a name", "",
        heading + text +
            "<h3>À lire aussi</h3><h4><a href=a>Le pont attendra</a>"
            "</h4><p>1er janvier 2019</p>"},
       ""},
      {{"comments", "", heading + text + "<h2>Commentaires</h2><p>Awa, le 1er janvier 2022</p><p>Enfin !</p>"}, ""},
      {{"a date of the text", "",
        heading +
            "<p>Le 1er janvier 2019, le bac de Farafenni a repris ses traversées du fleuve "
            "après onze jours.</p>" +
            text},
       ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.page.name);
    CHECK(read(row.page).date == row.date);
  }
}

TEST_CASE("html metadata: authors") {
  struct Row {
    Page page;
    Strings authors;
  };
  const std::string byline = heading + "<p>Par Brice Koffi, 5 mai 2021</p>" + text;
  const auto ld = [](const std::string& author) {
    return json("{\"@type\":\"NewsArticle\",\"author\":" + author + "}");
  };
  const std::vector<Row> rows = {
      {{"a string", ld(R"("Awa Sow")"), byline}, {"Awa Sow"}},
      {{"a string of two", ld(R"("Awa Sow et Jean Dupont")"), byline}, {"Awa Sow", "Jean Dupont"}},
      {{"an object", ld(R"({"@type":"Person","name":"Awa Sow"})"), byline}, {"Awa Sow"}},
      {{"a list", ld(R"(["Awa Sow",{"name":"Jean Dupont"}])"), byline}, {"Awa Sow", "Jean Dupont"}},
      {{"names in a list", ld(R"({"@type":"Person","name":["Awa Sow","Jean Dupont"]})"), byline},
       {"Awa Sow", "Jean Dupont"}},
      {{"twice the same", ld(R"([{"name":"Awa Sow"},{"name":"Awa Sow"}])"), byline}, {"Awa Sow"}},
      {{"entities", ld(R"("Ma&iuml;mouna N&#39;Diaye")"), byline}, {"Maïmouna N'Diaye"}},
      {{"an address is no name", ld(R"("https://exemple.sn/awa")"), byline}, {"Brice Koffi"}},
      {{"empty", ld(R"({"@type":"Person","name":""})"), byline}, {"Brice Koffi"}},
      {{"by its id in the graph", json(R"({"@graph":[{"@type":"NewsArticle","author":{"@id":"#awa"}},
        {"@type":"Person","@id":"#awa","name":"Awa Sow"}]})"),
        byline},
       {"Awa Sow"}},
      {{"behind `Par`", ld(R"("Par Awa Sow")"), byline}, {"Awa Sow"}},
      {{"an organisation is one", ld(R"({"@type":"Organization","name":"Mer et Marine"})"), byline}, {"Mer et Marine"}},
      {{"Open Graph", meta("article:author", "Awa Sow"), byline}, {"Awa Sow"}},
      {{"Open Graph, an address", meta("article:author", "https://exemple.sn/awa"), byline}, {"Brice Koffi"}},
      {{"microdata, nested", "",
        "<article itemscope itemtype='http://schema.org/NewsArticle'>" + heading +
            "<div itemprop=author itemscope itemtype='http://schema.org/Person'><a itemprop=url href=a><span "
            "itemprop=name>Awa "
            "Sow</span></a><span itemprop=jobTitle>Grand reporter</span></div>" +
            text + "</article>"},
       {"Awa Sow"}},
      {{"microdata, two", "",
        "<article itemscope itemtype='http://schema.org/NewsArticle'>" + heading +
            "<span itemprop=author>Awa Sow</span><span itemprop=author>Jean Dupont</span>" + text + "</article>"},
       {"Awa Sow", "Jean Dupont"}},
      {{"microdata in meta", "",
        "<article itemscope itemtype='http://schema.org/NewsArticle'><meta itemprop=author "
        "content='Awa Sow'>" +
            heading + text + "</article>"},
       {"Awa Sow"}},
      {{"microdata of a comment", "",
        byline + "<div itemscope itemtype='http://schema.org/Comment'><span itemprop=author>"
                 "lecteur42</span><p>Enfin !</p></div>"},
       {"Brice Koffi"}},
      {{"microdata of a teaser above", "",
        "<aside itemscope itemtype='http://schema.org/NewsArticle'><span "
        "itemprop=author>Jean Dupont</span><a href=a>Le pont attendra</a></aside>" +
            byline},
       {"Brice Koffi"}},
      {{"RDFa", "",
        "<div typeof='schema:NewsArticle'>" + heading + "<span property='schema:author'>Awa Sow</span>" + text +
            "</div>"},
       {"Awa Sow"}},
      {{"rel=author", "", heading + "<p><a rel=author href=a>Awa Sow</a></p>" + text}, {"Awa Sow"}},
      {{"rel=author of a teaser", "", heading + text + "<h3>À lire aussi</h3><p><a rel=author href=a>Awa Sow</a></p>"},
       {}},
      {{"meta", "<meta name=author content='Awa Sow, Jean Dupont'>", byline}, {"Awa Sow", "Jean Dupont"}},
      {{"byline", "", byline}, {"Brice Koffi"}},
      {{"of a list of teasers",
        json(R"({"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","author":"Jean"}]})"), byline},
       {"Brice Koffi"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.page.name);
    CHECK(read(row.page).authors == row.authors);
  }
}

TEST_CASE("html metadata: titles") {
  struct Row {
    Page page;
    std::string title;
  };
  const std::string bac = "Le bac de Farafenni reprend du service";
  const std::string plain_heading = "<h1>Le bac reprend</h1>";
  const std::string site = meta("og:site_name", "Le Fleuve");
  const std::vector<Row> rows = {
      {{"Open Graph first",
        "<title>Un titre</title>" + meta("og:title", bac) + json(R"({"@type":"NewsArticle","headline":"Le bac"})"),
        plain_heading + text},
       bac},
      {{"then JSON-LD",
        "<title>Un titre</title><meta name='twitter:title' content='Autre'>" +
            json(R"({"@type":"NewsArticle","headline":"Le bac de Farafenni"})"),
        plain_heading + text},
       "Le bac de Farafenni"},
      {{"then meta", "<title>Un titre</title><meta name='twitter:title' content='Le bac de Farafenni'>",
        plain_heading + text},
       "Le bac de Farafenni"},
      {{"then title", "<title>Le bac de Farafenni</title>", plain_heading + text}, "Le bac de Farafenni"},
      {{"then the heading", "", plain_heading + text}, "Le bac reprend"},
      {{"site behind", site + "<title>" + bac + " | Le Fleuve</title>", heading + text}, bac},
      {{"site before", site + "<title>Le Fleuve : " + bac + "</title>", heading + text}, bac},
      {{"site behind, not seen on the page", site + "<title>" + bac + " - Le Fleuve</title>", text}, bac},
      {{"site and section", site + "<title>" + bac + " - Transport - Le Fleuve</title>", heading + text}, bac},
      {{"site unknown, heading seen", "<title>" + bac + " - Le Fleuve</title>", heading + text}, bac},
      {{"site spelled with its domain",
        meta("og:site_name", "LeFleuve.sn") + "<title>" + bac + " | LeFleuve.sn</title>", heading + text},
       bac},
      {{"a title with a dash of its own", site + "<title>Sénégal - Gambie : le bac reprend | Le Fleuve</title>",
        "<h1>Sénégal - Gambie : le bac reprend</h1>" + text},
       "Sénégal - Gambie : le bac reprend"},
      {{"doubled", "<title>" + bac + " - " + bac + "</title>", heading + text}, bac},
      {{"doubled, not seen on the page", "<title>" + bac + " | " + bac + "</title>", text}, bac},
      {{"the title is the site", site + "<title>Le Fleuve</title>", plain_heading + text}, "Le bac reprend"},
      {{"entities twice", meta("og:title", "L&amp;#039;eau &amp;amp; le bac de Farafenni"), text},
       "L'eau & le bac de Farafenni"},
      {{"two first headings, one of them a link", "<title>Le Fleuve</title>",
        "<h1><a href=/>Le Fleuve</a></h1><h1>" + bac + "</h1>" + text},
       bac},
      {{"a title in quotation marks", "<title>« Le bac repart demain » : récit | Le Fleuve</title>",
        "<h1>« Le bac repart demain »</h1>" + text},
       "« Le bac repart demain »"},
      {{"a heading in the logo", "",
        "<header><h1>Le Fleuve</h1></header><article><h2>" + bac + "</h2>" + text +
            "</article><footer>© 2021 Le Fleuve. Tous droits réservés.</footer>"},
       bac},
      {{"a picture's title in SVG", "", "<svg><title>Menu</title></svg>" + heading + text}, bac},
  };
  for (const Row& row : rows) {
    CAPTURE(row.page.name);
    CHECK(read(row.page).title == row.title);
  }
}

TEST_CASE("html metadata: site and address") {
  struct Row {
    Page page;
    std::string site;
    std::string url;
  };
  const std::vector<Row> rows = {
      {{"publisher in JSON-LD", json(R"({"@type":"NewsArticle","publisher":{"@type":"Organization","name":"Le Fleuve"},
        "mainEntityOfPage":{"@type":"WebPage","@id":"https://exemple.sn/bac"}})"),
        heading + text},
       "Le Fleuve",
       "https://exemple.sn/bac"},
      {{"Open Graph", meta("og:site_name", "Le Fleuve") + meta("og:url", "https://exemple.sn/bac"), heading + text},
       "Le Fleuve",
       "https://exemple.sn/bac"},
      {{"canonical is more exact",
        "<link rel=canonical href='https://exemple.sn/bac'>" + meta("og:url", "https://exemple.sn/bac?a=1"),
        heading + text},
       "",
       "https://exemple.sn/bac"},
      {{"publisher in microdata", "",
        "<article itemscope itemtype='http://schema.org/NewsArticle'>" + heading + text +
            "<div itemprop=publisher itemscope><meta itemprop=name content='Le Fleuve'></div></article>"},
       "Le Fleuve",
       ""},
      {{"publisher by its id",
        json(R"({"@type":"NewsArticle","publisher":{"@id":"#site"}})") +
            json(R"({"@type":"Organization","@id":"#site","name":"Le Fleuve"})"),
        heading + text},
       "Le Fleuve",
       ""},
      {{"an application's name", "<meta name=application-name content='Le Fleuve'>", heading + text}, "Le Fleuve", ""},
      {{"the footer", "", heading + text + "<footer>© 2021 Le Fleuve. Tous droits réservés.</footer>"},
       "Le Fleuve",
       ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.page.name);
    CHECK(read(row.page).site == row.site);
    CHECK(read(row.page).url == row.url);
  }
}
