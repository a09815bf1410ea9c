// What repeats across the pages of a site, and is dropped even where a page alone could not tell.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "limier/document_reader.h"
#include "reading.h"
#include "warc_records.h"

using namespace limier;
using namespace limier::test;

namespace {

struct Story {
  std::string title;
  std::vector<std::string> paragraphs;
};

const std::vector<Story> stories = {
    {"Le pont de Malanville rouvre aux camions",
     {"Les camions passent de nouveau sur le pont depuis mardi, après quatre mois de travaux sur les deux piles du "
      "milieu.",
      "Les commerçants de la rive gauche disent avoir perdu la moitié de leurs clients pendant la fermeture.",
      "Le ministère promet que les contrôles seront plus courts, mais aucun agent de plus n’a été envoyé."}},
    {"À Zinder, les maraîchers creusent leurs propres puits",
     {"Dans trois villages au nord de la ville, les maraîchers ont creusé vingt puits sans attendre l’aide promise en "
      "mars.",
      "L’oignon se vend bien cette année, et chacun espère rembourser le ciment avant la fin de la saison.",
      "Le service de l’hydraulique craint que la nappe ne baisse, faute de mesures depuis cinq ans."}},
    {"Kayes : le train des voyageurs repart lundi",
     {"Le train qui relie Kayes à la capitale repartira lundi avec deux voitures, contre six avant l’arrêt de la "
      "ligne.",
      "Les billets seront vendus la veille au guichet, et les vendeuses de mangues ont déjà repris leur place.",
      "Un cheminot à la retraite raconte que la voie n’a pas été refaite, seulement nettoyée de ses herbes."}},
    {"Les pêcheurs de Saint-Louis réclament une brèche plus sûre",
     {"Sept pirogues se sont retournées depuis janvier à la sortie de la brèche, que le courant déplace chaque année.",
      "Les mareyeuses demandent des balises et un poste de secours, comme il en existe dans les ports du sud.",
      "La mairie répond que le dragage est une affaire de l’État, et que l’étude est sur le bureau du ministre."}},
    {"Bobo-Dioulasso garde ses ateliers de balafons",
     {"Dans le vieux quartier, onze familles taillent encore les lames de vène qui donnent au balafon son timbre.",
      "Les jeunes apprennent le soir, après l’école, et vendent leurs premiers instruments aux orchestres de mariage.",
      "Le bois manque pourtant, car la forêt classée est fermée aux coupes depuis l’an dernier."}},
};

const std::string in_the_middle =
    "Rejoignez les quarante mille abonnés de notre lettre du matin, et recevez chaque jour le meilleur de nos "
    "enquêtes.";
const std::string below =
    "Notre rédaction ne vit que du soutien de ses lecteurs : faites un don, même petit, et nos enquêtes resteront "
    "libres.";

std::string numbered(std::size_t number, const std::string& ending) {
  return "page-" + std::to_string(number) + ending;
}

std::string dump_of(const Story& story) {
  return "  • Accueil\n  • Politique\n  • Économie\n  • Sports\n\n" + story.title +
         "\n\nPar Aminata Cissé - 12 mars 2024\n\n" + story.paragraphs[0] + "\n\n" + in_the_middle + "\n\n" +
         story.paragraphs[1] + "\n\n" + story.paragraphs[2] + "\n\n" + below +
         "\n\nSource: Agence du Fleuve\n\nArticles similaires\n\n  • Le prix du mil\n  • La crue\n\n© Fleuve Hebdo\n";
}

std::string html_of(const Story& story, const std::string& head = {}) {
  std::string text;
  for (const std::string& paragraph :
       {story.paragraphs[0], in_the_middle, story.paragraphs[1], story.paragraphs[2], below})
    text += "<p>" + paragraph + "</p>\n";
  return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>" + story.title + "</title>" + head +
         "</head><body><nav><ul><li><a href=/>Accueil</a></ul></nav><h1>" + story.title + "</h1>\n" + text +
         "<footer>Tous droits réservés</footer></body></html>";
}

std::string text_of(const Story& story) {
  return story.paragraphs[0] + '\n' + story.paragraphs[1] + '\n' + story.paragraphs[2];
}

// The bodies by title: what is read from these sources, which lie beside `all`.
std::map<std::string, std::string> bodies(const std::vector<SourceFile>& sources, const std::vector<SourceFile>& all) {
  std::map<std::string, std::string> read;
  SiteMemory sites(all);
  for (const SourceFile& source : sources) {
    DocumentReader reader(source, [](const ReadProblem& problem) { FAIL_CHECK(problem.message); }, {.sites = &sites});
    for (Document document; reader.next(document);) read[document.title] = document.body;
  }
  return read;
}

std::map<std::string, std::string> bodies(const std::string& path) {
  const std::vector<SourceFile> sources = find_sources(path, nullptr);
  return bodies(sources, sources);
}

void check_stories(const std::map<std::string, std::string>& read) {
  REQUIRE(read.size() == stories.size());
  for (const Story& story : stories) CHECK(read.at(story.title) == text_of(story));
}

// What is to be told apart must be there: alone, a page shows its promotion as text.
void check_that_one_page_cannot_tell(const std::string& path) {
  const Reading alone = read_all(path);
  REQUIRE(!alone.documents.empty());
  for (const Document& document : alone.documents) {
    CHECK(document.body.find(in_the_middle) != std::string::npos);
    CHECK(document.body.find(below) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("site memory: promotion on the dumps of a folder is no text, its bylines and sources are still read") {
  const Folder folder;
  for (std::size_t i = 0; i < stories.size(); ++i) folder.write(numbered(i, ".txt"), dump_of(stories[i]));
  check_that_one_page_cannot_tell(folder.path());
  check_stories(bodies(folder.path()));

  const std::vector<SourceFile> sources = find_sources(folder.path(), nullptr);
  SiteMemory sites(sources);
  for (const SourceFile& source : sources) {
    DocumentReader reader(source, nullptr, {.sites = &sites});
    Document document;
    REQUIRE(reader.next(document));
    CHECK(document.date == "2024-03-12");
    CHECK(document.authors == std::vector<std::string>{"Aminata Cissé"});
    CHECK(document.source == "Agence du Fleuve");
    CHECK(document.site == "Fleuve Hebdo");
  }
}

TEST_CASE("site memory: promotion on HTML pages, alike in a folder and in folders of one page each") {
  for (const std::string between : {"", "/index"}) {
    const Folder folder;
    for (std::size_t i = 0; i < stories.size(); ++i) {
      folder.write("site/" + std::to_string(i) + between + ".html", html_of(stories[i]));
    }
    check_that_one_page_cannot_tell(folder.path());
    check_stories(bodies(folder.path() + "/site"));
  }
}

TEST_CASE("site memory: a report shows what repeats") {
  const Folder folder;
  for (std::size_t i = 0; i < stories.size(); ++i) folder.write(numbered(i, ".html"), html_of(stories[i]));
  const std::vector<SourceFile> sources = find_sources(folder.path(), nullptr);
  SiteMemory sites(sources);
  std::size_t seen = 0;
  const auto look = [&](const Document&, const std::vector<PageBlock>& blocks) {
    for (const PageBlock& block : blocks) {
      if (block.text != in_the_middle && block.text != below) continue;
      ++seen;
      CHECK(block.seen_as == "paragraph, repeated on the site");
      CHECK(block.use == PageBlock::Use::Dropped);
      CHECK(block.score < 0);
    }
  };
  for (const SourceFile& source : sources) {
    DocumentReader reader(source, nullptr, {.on_page = look, .sites = &sites});
    for (Document document; reader.next(document);) {
    }
  }
  CHECK(seen == 2 * stories.size());
}

TEST_CASE("site memory: neither the order of the files nor which of them are read makes a difference") {
  const Folder folder;
  for (std::size_t i = 0; i < stories.size(); ++i) folder.write(numbered(i, ".txt"), dump_of(stories[i]));
  std::vector<SourceFile> sources = find_sources(folder.path(), nullptr);
  const auto expected = bodies(sources, sources);
  check_stories(expected);
  for (const SourceFile& changed : sources) {
    const auto only = bodies({changed}, sources);
    REQUIRE(only.size() == 1);
    CHECK(only.begin()->second == expected.at(only.begin()->first));
  }
  std::ranges::reverse(sources);
  CHECK(bodies(sources, sources) == expected);
  std::swap(sources[0], sources[2]);
  CHECK(bodies(sources, sources) == expected);
}

TEST_CASE("site memory: nothing is opened before a page beside it is read") {
  const Folder folder;
  for (std::size_t i = 0; i < stories.size(); ++i) folder.write(numbered(i, ".txt"), dump_of(stories[i]));
  const std::vector<SourceFile> sources = find_sources(folder.path(), nullptr);
  SiteMemory sites(sources);
  for (const SourceFile& source : sources) std::filesystem::remove(source.path);
  // What was there when the memory was made is gone when it is asked: it must have read nothing.
  const SourceFile left = sources.front();
  folder.write(numbered(0, ".txt"), dump_of(stories[0]));
  DocumentReader reader(left, nullptr, {.sites = &sites});
  Document document;
  REQUIRE(reader.next(document));
  CHECK(document.body.find(in_the_middle) != std::string::npos);
}

TEST_CASE("site memory: a page that was read ahead is not read again") {
  const Folder folder;
  for (std::size_t i = 0; i < stories.size(); ++i) {
    folder.write(numbered(i, ".html"), "<h1>" + stories[i].title + "</h1><p>" + stories[i].paragraphs[0] + "</p><p>" +
                                           stories[i].paragraphs[1] + "</p><p>" + stories[i].paragraphs[2] + "</p>");
  }
  const std::vector<SourceFile> sources = find_sources(folder.path(), nullptr);
  const auto alone = bodies(sources, {});
  SiteMemory sites(sources);
  std::map<std::string, std::string> read;
  for (const SourceFile& source : sources) {
    DocumentReader reader(source, [](const ReadProblem& problem) { FAIL_CHECK(problem.message.text); },
                          {.sites = &sites});
    // The first of them made the memory read all; none is needed any more.
    for (const SourceFile& any : sources) std::filesystem::remove(any.path);
    for (Document document; reader.next(document);) {
      CHECK(document.id == source.name);
      read[document.title] = document.body;
    }
  }
  CHECK(read == alone);
  check_stories(read);
}

TEST_CASE("site memory: what was wrong with a page is still said, and an archive under a page's name read whole") {
  const Folder folder;
  folder.write("broken.txt", dump_of(stories[0]) + "Une fa\xE7on d’écrire\n");
  std::string archive;
  for (std::size_t i = 1; i < stories.size(); ++i) {
    archive += response("https://exemple.sn/" + std::to_string(i), http("text/html", html_of(stories[i])));
  }
  folder.write("archive.txt", archive);
  const std::vector<SourceFile> sources = find_sources(folder.path(), nullptr);
  REQUIRE(sources.size() == 2);
  SiteMemory sites(sources);
  std::size_t problems = 0;
  std::size_t documents = 0;
  for (const SourceFile& source : sources) {
    DocumentReader reader(source, [&](const ReadProblem&) { ++problems; }, {.sites = &sites});
    for (Document document; reader.next(document);) ++documents;
  }
  CHECK(problems == 1);
  CHECK(documents == stories.size());
}

TEST_CASE("site memory: captures of one article do not make its paragraphs repeat") {
  const Folder folder;
  for (std::size_t i = 0; i < 3; ++i) folder.write("capture-" + numbered(i, ".txt"), dump_of(stories[0]));
  for (std::size_t i = 1; i < stories.size(); ++i) folder.write(numbered(i, ".txt"), dump_of(stories[i]));
  check_stories(bodies(folder.path()));
}

TEST_CASE("site memory: a report that others took over under other titles stays whole") {
  const Folder folder;
  std::set<std::string> titles;
  for (const Story& other : stories) {
    const Story taken_over = {other.title, stories[0].paragraphs};
    titles.insert(other.title);
    std::string page = dump_of(taken_over);
    page.erase(page.find(in_the_middle), in_the_middle.size());
    page.erase(page.find(below), below.size());
    folder.write(numbered(titles.size(), ".txt"), page);
  }
  REQUIRE(titles.size() == stories.size());
  std::size_t pages = 0;
  const std::vector<SourceFile> sources = find_sources(folder.path(), nullptr);
  SiteMemory sites(sources);
  for (const SourceFile& source : sources) {
    DocumentReader reader(source, nullptr, {.sites = &sites});
    for (Document document; reader.next(document); ++pages) CHECK(document.body == text_of(stories[0]));
  }
  CHECK(pages == stories.size());
}

TEST_CASE("site memory: what stands on few of a site's pages is no promotion") {
  const Folder folder;
  // Thirteen pages, three of which give the same background.
  const std::string background =
      "Le barrage, construit en 1984, retient l’eau de trois vallées et nourrit les périmètres irrigués de la plaine.";
  for (std::size_t i = 0; i < 13; ++i) {
    Story story = {"Chronique du fleuve, la page numéro " + std::to_string(i), {}};
    for (const std::string& paragraph : stories[i % stories.size()].paragraphs)
      story.paragraphs.push_back(std::to_string(i) + " jours plus tard. " + paragraph);
    if (i < 3) story.paragraphs[2] = background;
    folder.write(numbered(i, ".txt"), dump_of(story));
  }
  const auto read = bodies(folder.path());
  REQUIRE(read.size() == 13);
  std::size_t with_background = 0;
  for (const auto& [title, body] : read) {
    with_background += body.find(background) != std::string::npos ? 1U : 0U;
    CHECK(body.find(in_the_middle) == std::string::npos);
  }
  CHECK(with_background == 3);
}

TEST_CASE("site memory: in a web archive each host is a site of its own") {
  // The other host says, as its own text and on one page alone, what the first one says on every page.
  const Story quoting = {
      "Comment les journaux demandent de l’argent",
      {below, "C’est ainsi que plusieurs titres de la région s’adressent depuis peu à ceux qui les lisent.",
       "Les associations de lecteurs y voient un progrès, car la publicité des mines payait jusque-là."}};
  std::string archive;
  for (std::size_t i = 0; i < stories.size(); ++i) {
    archive += response("https://www.fleuve-hebdo.example/" + numbered(i, ""), http("text/html", html_of(stories[i])));
  }
  std::string other = html_of(quoting);
  for (const std::string& promotion : {"<p>" + in_the_middle + "</p>", "<p>" + below + "</p>\n<footer>"})
    other.erase(other.find(promotion), promotion.size());
  archive += response("https://presse-critique.example/dons", http("text/html", other));
  const Folder folder;
  auto read = bodies(folder.write("crawl.warc.gz", gzip(archive)));
  CHECK(read.at(quoting.title).find(below) != std::string::npos);
  read.erase(quoting.title);
  check_stories(read);
}

TEST_CASE("site memory: pages of two hosts in one folder are told apart by their own addresses") {
  const Folder folder;
  for (std::size_t i = 0; i < stories.size(); ++i) {
    folder.write(
        "a" + numbered(i, ".html"),
        html_of(stories[i], "<link rel=canonical href=\"https://fleuve-hebdo.example/" + numbered(i, "") + "\">"));
    // So many that a quarter of the folder's pages could not be the first site's.
    for (const std::string copy : {"b", "c", "d", "e"}) {
      folder.write(copy + numbered(i, ".html"),
                   page_of(copy + " : " + stories[i].title, copy + ". " + stories[i].paragraphs[0]));
    }
  }
  const auto read = bodies(folder.path());
  REQUIRE(read.size() == 5 * stories.size());
  for (const Story& story : stories) CHECK(read.at(story.title) == text_of(story));
}

TEST_CASE("site memory: a pipe is left for its reader") {
  const Folder folder;
  const std::string pipe = folder.path() + "/pipe.txt";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const std::string page = dump_of(stories[0]);
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << page; });
  const auto read = bodies(pipe);
  writer.join();
  CHECK(read.size() == 1);
}
