// MediaWiki dumps, TREC files, PDF, ZIM.
#include <bzlib.h>
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "reading.h"

using limier::Document;
using limier::test::gzip;
using limier::test::read_bytes;
using limier::test::Reading;
using limier::test::zstd;

namespace {

std::string bzip2(std::string text) {
  std::string out(text.size() + text.size() / 100 + 600, '\0');
  auto size = static_cast<unsigned>(out.size());
  REQUIRE(BZ2_bzBuffToBuffCompress(out.data(), &size, text.data(), static_cast<unsigned>(text.size()), 1, 0, 0) ==
          BZ_OK);
  out.resize(size);
  return out;
}

const std::string wiki_head = R"(<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="fr">
  <siteinfo><sitename>Wikipédia</sitename><dbname>frwiki</dbname>
  <base>https://fr.wikipedia.org/wiki/Wikip%C3%A9dia:Accueil_principal</base>
  <namespaces><namespace key="0" /><namespace key="6">Fichier</namespace><namespace key="14">Catégorie</namespace>
  </namespaces></siteinfo>
)";
const std::string wiki_end = "</mediawiki>\n";

std::string wiki_page(const std::string& title, const std::string& ns, const std::string& text,
                      const std::string& more = {}) {
  return "<page><title>" + title + "</title><ns>" + ns + "</ns><id>7</id>" + more +
         "<revision><id>1</id><timestamp>2024-01-31T10:20:30Z</timestamp><contributor><username>X</username>"
         "</contributor><text xml:space=\"preserve\">" +
         text + "</text></revision></page>\n";
}

const std::string wiki =
    wiki_head +
    wiki_page("Barrage d'Assouan (Égypte)", "0",
              "Un '''barrage''' &lt;ref&gt;x&lt;/ref&gt; sur le [[Nil]].\n\n[[Catégorie:Barrage]]") +
    wiki_page("Discussion:Barrage", "1", "Une discussion.") +
    wiki_page("Assouan", "0", "#REDIRECTION [[Barrage]]", "<redirect title=\"Barrage\" />") +
    wiki_page("Qui ?", "0", "Une &amp;amp; deux.") + wiki_end;

const std::string trec = R"(<DOC>
<DOCNO>LEMONDE94-000001-19940101</DOCNO>
<DOCID>LEMONDE94-000001-19940101</DOCID>
<DATE>19940101</DATE>
<TITLE>L'ann&eacute;e
commence</TITLE>
<AUTHOR>DUPONT JEAN</AUTHOR>
<TEXT>
<P>
Un premier paragraphe,
sur deux lignes: 1 < 2.
</P>
<P>Un second.</P>
</TEXT>
<TEXT>Un autre texte.

Et sa suite.</TEXT>
</DOC>
<DOC><DOCNO> ATS.940131.0002 </DOCNO><DATE>940131</DATE><KW>Suisse, neige</KW><TI>La neige</TI><LD>Il neige.</LD>
<TX>Encore.</TX></DOC>
)";

bool says(const Reading& reading, const std::string& what) {
  for (const limier::ReadProblem& problem : reading.problems) {
    if (problem.message.text.find(what) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("mediawiki: pages of the main namespace, plain and packed, told by content") {
  const std::size_t half = wiki.size() / 2;
  const std::string streams = bzip2(wiki.substr(0, half)) + bzip2(wiki.substr(half));
  for (const auto& [name, bytes] : {std::pair<std::string, std::string>{"a.xml", wiki},
                                    {"a.xml.bz2", streams},
                                    {"a.xml.gz", gzip(wiki)},
                                    {"a", zstd(wiki)}}) {
    CAPTURE(name);
    const Reading reading = read_bytes(name, bytes);
    CHECK(reading.problems.empty());
    REQUIRE(reading.documents.size() == 2);
    const Document& first = reading.documents[0];
    CHECK(first.id == "https://fr.wikipedia.org/wiki/Barrage_d'Assouan_(Égypte)");
    CHECK(first.url == first.id);
    CHECK(first.title == "Barrage d'Assouan (Égypte)");
    CHECK(first.body == "Un barrage sur le Nil.");
    CHECK(first.tags == std::vector<std::string>{"Barrage"});
    CHECK(first.date == "2024-01-31T10:20:30Z");
    CHECK(first.site == "Wikipédia");
    CHECK(first.language == "fr");
    CHECK(reading.documents[1].id == "https://fr.wikipedia.org/wiki/Qui_%3F");
    CHECK(reading.documents[1].body == "Une & deux.");
  }
}

TEST_CASE("mediawiki: of a page with its history the last revision counts") {
  std::string page = wiki_page("Nil", "0", "Ancien.");
  page.insert(page.find("</page>"),
              "<revision><timestamp>2025-02-01T00:00:00Z</timestamp><text>Nouveau.</text></revision>");
  const Reading reading = read_bytes("a.xml", wiki_head + page + wiki_end);
  REQUIRE(reading.documents.size() == 1);
  CHECK(reading.documents[0].body == "Nouveau.");
  CHECK(reading.documents[0].date == "2025-02-01T00:00:00Z");
}

TEST_CASE("mediawiki: cut off, broken, without siteinfo, empty") {
  const Reading cut = read_bytes("a.xml", wiki.substr(0, wiki.size() - 60));
  CHECK(cut.documents.size() == 1);
  CHECK(says(cut, "cut off"));
  CHECK(cut.problems.at(0).line > 5);
  const std::string packed = bzip2(wiki);
  const Reading cut_packed = read_bytes("a.xml.bz2", packed.substr(0, packed.size() - 30));
  CHECK(says(cut_packed, "the bzip2 data are cut off"));
  std::string damaged = bzip2(wiki);
  damaged[11] ^= 0x55;  // in the checksum of the first block
  const Reading unreadable = read_bytes("a.xml.bz2", damaged);
  CHECK_MESSAGE(says(unreadable, "the bzip2 data are damaged"), unreadable.problems.at(0).message.text);
  const Reading broken =
      read_bytes("a.xml", wiki_head + wiki_page("Un", "0", "Un.") + "<page><title>Deux</page>" + wiki_end);
  CHECK(broken.documents.size() == 1);
  CHECK(says(broken, "the XML is broken"));
  CHECK(read_bytes("a.xml", "<mediawiki>" + wiki_page("Un", "0", "Un.") + wiki_end).documents.at(0).id == "a.xml#Un");
  CHECK(read_bytes("a.xml", wiki_head + wiki_end).problems.empty());
}

TEST_CASE("mediawiki: elements in elements, a tag without end, entities of entities") {
  std::string deep = wiki_head;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  CHECK(says(read_bytes("a.xml", deep), "tags in tags"));
  CHECK(says(read_bytes("a.xml", wiki_head + "<page " + std::string(5'000'000, 'x')), "tag without an end"));
  std::string laughs = "<!DOCTYPE mediawiki [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 30; ++i) {
    const std::string below = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + below + below + below + below + "\">";
  }
  laughs += "]>\n<mediawiki>" + wiki_page("Un", "0", "&a29;") + wiki_end;
  CHECK(says(read_bytes("a.xml", laughs), "the XML is broken"));
}

TEST_CASE("xml: of another kind is said") {
  const Reading reading =
      read_bytes("flux.xml", "<?xml version=\"1.0\"?>\n<rss><channel><title>Flux</title></channel></rss>");
  CHECK(reading.documents.empty());
  CHECK(says(reading, "is XML, but"));
}

TEST_CASE("trec: documents with the tags of newspapers and agencies") {
  std::string latin = trec;
  latin.replace(latin.find("Encore."), 7, "\xC9t\xE9.");
  for (const auto& [name, bytes] :
       {std::pair<std::string, std::string>{"a.sgml", trec},
        {"a.xml.gz", gzip("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<ROOT>\n" + latin + "</ROOT>")},
        {"a", latin}}) {
    CAPTURE(name);
    const Reading reading = read_bytes(name, bytes);
    CHECK(reading.problems.empty());
    REQUIRE(reading.documents.size() == 2);
    const Document& first = reading.documents[0];
    CHECK(first.id == "LEMONDE94-000001-19940101");
    CHECK(first.title == "L'année commence");
    CHECK(first.body == "Un premier paragraphe, sur deux lignes: 1 < 2.\nUn second.\nUn autre texte.\nEt sa suite.");
    CHECK(first.date == "1994-01-01");
    CHECK(first.authors == std::vector<std::string>{"DUPONT JEAN"});
    const Document& second = reading.documents[1];
    CHECK(second.id == "ATS.940131.0002");
    CHECK(second.date == "1994-01-31");
    CHECK(second.title == "La neige");
    CHECK(second.body == (name == "a.sgml" ? "Il neige.\nEncore." : "Il neige.\nÉté."));
    CHECK(second.tags == std::vector<std::string>{"Suisse", "neige"});
  }
}

TEST_CASE("trec: small letters, no text tag, no number, no end") {
  const Reading lower =
      read_bytes("a", "<doc><docno>1</docno><x>Un</x> deux</doc>\n<doc><docno></docno><text>Trois</text></doc>");
  REQUIRE(lower.documents.size() == 2);
  CHECK(lower.documents[0].body == "Un\ndeux");
  CHECK(lower.documents[1].id == "a#2");
  const Reading missing_end = read_bytes("a.trec", "<DOC>\n<DOCNO>1</DOCNO><TEXT>Un</TEXT>\n\n" + trec);
  CHECK(missing_end.documents.size() == 2);
  REQUIRE(missing_end.problems.size() == 1);
  CHECK(missing_end.problems[0].line == 1);
  CHECK(says(missing_end, "has no end"));
  const Reading cut = read_bytes("a.trec", trec.substr(0, trec.size() - 12));
  CHECK(cut.documents.size() == 1);
  CHECK(says(cut, "cut off"));
  CHECK(says(read_bytes("a.trec", "<DOC><DOCNO>1</DOCNO></DOC>"), "no title and no text"));
}
