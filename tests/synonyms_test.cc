// Words that mean the same: the file, what it does to a search, and the acronyms that texts define.
#include "query/synonyms.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "analysis/acronym_definitions.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "shard_kinds.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

using Strings = std::vector<std::string>;

std::vector<Strings> sides(const std::string& text) {
  std::vector<Strings> all;
  for (const SynonymRule& rule : parse_synonyms(text, "file", Analyzer()).rules) all.push_back(rule.sides);
  return all;
}

Strings problems(const std::string& text) {
  Strings all;
  for (const Message& problem : parse_synonyms(text, "file", Analyzer()).problems) all.push_back(problem.text);
  return all;
}

/// What a table with these rules says of the words: how many are a side, and what else they may be.
std::string matched(const std::string& rules, const std::string& words) {
  const Analyzer analyzer;
  SynonymTable table;
  for (const SynonymRule& rule : parse_synonyms(rules, "file", analyzer).rules) table.add(rule, analyzer);
  const SynonymTable::Match match = table.match(query_words(words, analyzer));
  std::string text = std::to_string(match.length);
  for (const QueryWords& alternative : match.alternatives) text += " | " + label_of(alternative, ' ');
  return text;
}

Document make_document(const std::string& id, const std::string& title, const std::string& body) {
  return {.id = id, .title = title, .body = body};
}

void write(const std::string& path, const std::vector<Document>& documents, const std::string& rules) {
  write_index(path, documents);
  std::ofstream(path + "/synonyms.txt", std::ios::binary) << rules;
}

Strings ids(const SearchResult& result) {
  Strings ids;
  for (const Hit& hit : result.hits) ids.push_back(hit.id);
  return ids;
}

std::set<std::string> found(Searcher& searcher, const std::string& query, double match = 0) {
  const Strings list = ids(searcher.search(parse_query(query, {.match = match}), {.top = 1000}));
  return {list.begin(), list.end()};
}

Strings defined(const std::string& text) {
  Strings list;
  for (const auto& [acronym, expansion] : find_acronym_definitions(text, Analyzer()))
    list.push_back(acronym + " = " + expansion);
  return list;
}

const std::vector<Document>& articles() {
  static const std::vector<Document> articles = {
      make_document("fmi", "Le FMI prête", "Le FMI prête au Mali."),
      make_document("fonds", "", "Le Fonds monétaire international prête au Tchad."),
      make_document("autre", "", "Un fonds souverain et un accord monétaire."),
      make_document("voiture", "", "Une voiture verte."),
      make_document("auto", "", "Des automobiles vertes."),
      make_document("both", "Le FMI", "Le Fonds monétaire international (FMI), FMI."),
  };
  return articles;
}

constexpr const char* some_rules = "FMI = Fonds monétaire international\nvoiture > automobile\n";

}  // namespace

TEST_SUITE("synonyms") {
  TEST_CASE("a rule a line: sides between signs, comments, blanks and the marks of editors aside") {
    CHECK(sides("\xEF\xBB\xBF# Sigles\n\nFMI = Fonds monétaire international  # Washington\r\n port=quai = cale \n")
              .size() == 2);
    CHECK(sides("FMI=Fonds monétaire  international#x") ==
          std::vector<Strings>{{"FMI", "Fonds monétaire  international#x"}});
    CHECK(sides("C# = C sharp # langage\nport > quai > cale") ==
          std::vector<Strings>{{"C#", "C sharp"}, {"port", "quai", "cale"}});
    CHECK(parse_synonyms("a1 = b1\n\nport > quai", "file", Analyzer()).rules[1] ==
          SynonymRule{{"port", "quai"}, true, "file", 3});
    CHECK(problems("# rien\n\n  \n").empty());
  }

  TEST_CASE("what is no rule is told by its line, and the others count") {
    CHECK(problems("FMI\nport = quai\nport = \n = quai\nport = le\nport = quai > cale\nport \xFF= quai\n,;= quai") ==
          Strings{"file:1: a rule has = or > between its words: FMI = Fonds monétaire international",
                  "file:3: a side of the rule is empty", "file:4: a side of the rule is empty",
                  "file:5: there is no word in 'le', save those of grammar",
                  "file:6: a rule has either = or >, not both", "file:7: this line is not UTF-8",
                  "file:8: there is no word in ',;', save those of grammar"});
    CHECK(sides("FMI\nport = quai\nport = ").size() == 1);
  }

  TEST_CASE("any bytes are read, and each line that says something is a rule or a problem") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const Strings pieces = {
        "=", "=",  "port", "cale", ">", "port", "cale", ">",    "#",   "\n",           "\r\n",
        " ", "\t", "quai", "FMI",  "é", "le",   "\xFF", "\xC3", "x y", "\xEF\xBB\xBF", std::string(1, '\0'),
        "-", "'",  "l’"};
    const Analyzer analyzer;
    std::size_t rules = 0;
    for (int round = 0; round < 3000; ++round) {
      std::string text;
      for (std::size_t i = random() % 20; i > 0; --i)
        text +=
            random() % 16 == 0 ? std::string(1, static_cast<char>(random() % 256)) : pieces[random() % pieces.size()];
      CAPTURE(text);
      const Synonyms synonyms = parse_synonyms(text, "file", analyzer);
      const auto lines = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
      CHECK(synonyms.rules.size() + synonyms.problems.size() <= lines);
      SynonymTable table;
      for (const SynonymRule& rule : synonyms.rules) {
        CHECK(rule.sides.size() >= 2);
        CHECK((rule.line >= 1 && rule.line <= lines));
        table.add(rule, analyzer);
        const QueryWords first = query_words(rule.sides.front(), analyzer);
        CHECK(table.match(first).length == first.size());
      }
      rules += synonyms.rules.size();
    }
    CHECK(rules > 50);
  }

  TEST_CASE("the longest side wins, whatever the endings, accents, elisions and capitals") {
    CHECK(matched(some_rules, "fmi mali") == "1 | Fonds monétaire international");
    CHECK(matched(some_rules, "L'FMI") == "1 | Fonds monétaire international");
    CHECK(matched(some_rules, "fonds monetaire international") == "3 | FMI");
    CHECK(matched(some_rules, "fonds monétaires") == "0");
    CHECK(matched(some_rules, "voitures") == "1 | automobile");
    CHECK(matched(some_rules, "automobile") == "0");
    CHECK(matched("a1 = b1\na1 b1 = c1\n", "a1 b1") == "2 | c1");
    CHECK(matched("a1 = b1\na1 = c1 = b1\n", "a1 b1") == "1 | b1 | c1");
    CHECK(matched("port > quai > cale\n", "quai") == "1 | cale");
    CHECK(matched("ONG = organisation non gouvernementale", "ONGs") == "1 | organisation non gouvernementale");
    CHECK(matched("porte-avions = CVN", "porte avions") == "2 | CVN");
    CHECK(matched("porte = battant", "porte-avions") == "0");  // A part of a compound is no word.
    CHECK(matched("réfugiés = migrants", "refugies") == "1 | migrants");
    CHECK(matched("DEA = diplôme d'études approfondies", "dea") == "1 | diplôme études approfondies");
    CHECK(matched("DEA = diplôme d'études approfondies", "de") == "0");  // though they are of one stem
    CHECK(matched("cee = communauté européenne", "ce") == "0");
    CHECK(matched("le Monde = journal", "les mondes") == "0");
    CHECK(matched("le Monde = journal", "le monde") == "2 | journal");
  }

  TEST_CASE("both sides find the same documents, one-way rules only one way") {
    const TemporaryDirectory directory;
    write(directory / "index", articles(), some_rules);
    Searcher searcher(directory / "index");
    CHECK(found(searcher, "FMI") == std::set<std::string>{"fmi", "fonds", "both"});
    CHECK(found(searcher, "\"FMI\"") == found(searcher, "\"fonds monétaire international\""));
    CHECK(found(searcher, "fonds monétaire international", 1) == found(searcher, "FMI"));
    CHECK(found(searcher, "fonds monétaire international Tchad", 1) == std::set<std::string>{"fonds"});
    CHECK(found(searcher, "fonds monétaire international") == std::set<std::string>{"fmi", "fonds", "autre", "both"});
    CHECK(found(searcher, "voiture") == std::set<std::string>{"voiture", "auto"});
    CHECK(found(searcher, "automobile") == std::set<std::string>{"auto"});
    CHECK(found(searcher, "titre:\"fonds monétaire international\"") == std::set<std::string>{"fmi", "both"});
    CHECK(found(searcher, "prêter NEAR/5 FMI") == std::set<std::string>{"fmi", "fonds"});
    CHECK(found(searcher, "=fmi") == std::set<std::string>{"fmi", "both"});
    CHECK(found(searcher, "fm*") == std::set<std::string>{"fmi", "both"});
    CHECK(to_string(parse_query("FMI")) == "FMI");
  }

  TEST_CASE("a document that says it both ways scores as one that says it the better way") {
    const TemporaryDirectory directory;
    std::vector<Document> documents = {make_document("a", "", "Le FMI et le reste"),
                                       make_document("b", "", "Le FMI et le Fonds monétaire international"),
                                       make_document("c", "", "Le Fonds monétaire international")};
    write(directory / "index", documents, some_rules);
    Searcher searcher(directory / "index");
    const SearchOptions options{.ranking = {.b = 0}};  // All are of one length.
    const SearchResult result = searcher.search(parse_query("FMI"), options);
    REQUIRE(ids(result) == Strings{"a", "b", "c"});
    CHECK(result.hits[0].score == result.hits[1].score);
    CHECK(result.hits[1].score > result.hits[2].score);  // The very form was not typed.
    const auto alternatives = [&](const std::string& id) {
      const ScoreShare root = searcher.explain(parse_query("FMI"), id, options).value();
      REQUIRE(root.kind == "group");
      return root.parts.at(0);
    };
    CHECK(alternatives("b").kind == "alternatives");
    CHECK(alternatives("b").label == "FMI");
    REQUIRE(alternatives("b").parts.size() == 1);
    CHECK(alternatives("b").parts[0].kind == "word");
    CHECK(alternatives("c").parts.at(0).label == "Fonds monétaire international");
    const std::vector<PlanLine> lines = searcher.describe(parse_query("FMI"), options);
    REQUIRE(lines.size() == 4);
    CHECK(lines[1].text.text == "one of FMI");
    CHECK(lines[2].text.text.starts_with("word FMI: stems fmi; "));
  }

  TEST_CASE("with A = B, A and B find the same, on random texts and rules") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const Strings words = {"accord", "Mali", "pêche", "péché", "réfugiés", "porte-avions", "OMS", "hommes", "l'État"};
    const auto some = [&](std::size_t most) {
      std::string text = words[random() % words.size()];
      for (std::size_t i = random() % most; i > 0; --i) text += ' ' + words[random() % words.size()];
      return text;
    };
    std::size_t total = 0;
    for (int round = 0; round < 10; ++round) {
      const TemporaryDirectory directory;
      std::vector<Document> documents;
      for (int i = 0; i < 40; ++i) documents.push_back(make_document(std::to_string(i), some(2), some(12)));
      const std::string a = some(3), b = some(3);
      write(directory / "index", documents, a + " = " + b);
      CAPTURE(a);
      CAPTURE(b);
      Searcher searcher(directory / "index");
      CHECK(found(searcher, '"' + a + '"') == found(searcher, '"' + b + '"'));
      total += found(searcher, '"' + a + '"').size();
    }
    CHECK(total > 0);
  }

  TEST_CASE("the file is read anew when it has changed; what is wrong in it is a warning") {
    const TemporaryDirectory directory;
    write(directory / "index", articles(), "");
    Searcher searcher(directory / "index");
    CHECK(found(searcher, "voiture").size() == 1);
    std::ofstream(directory / "index/synonyms.txt") << "voiture = automobile\nrien\nrien non plus\n";
    CHECK(found(searcher, "voiture").size() == 2);
    const SearchResult result = searcher.search(parse_query("voiture"));
    REQUIRE(result.warnings.size() == 1);
    CHECK(result.warnings[0].text.find("synonyms.txt:2: ") != std::string::npos);
    CHECK(searcher.synonyms().rules.size() == 1);
    CHECK(searcher.synonyms().problems.size() == 2);
    std::filesystem::remove(directory / "index/synonyms.txt");
    CHECK(found(searcher, "voiture").size() == 1);
    CHECK(searcher.search(parse_query("voiture")).warnings.empty());
    std::filesystem::create_directory(directory / "index/synonyms.txt");
    CHECK(searcher.search(parse_query("voiture")).warnings.size() == 1);
  }

  TEST_CASE("several indexes lend each other their rules") {
    const TemporaryDirectory directory;
    write(directory / "one", articles(), "voiture = bagnole\n");
    write(directory / "two", {make_document("x", "", "Une bagnole, deux automobiles.")}, "auto = automobile\n");
    Searcher searcher(Strings{directory / "one", directory / "two"});
    CHECK(found(searcher, "voiture") == std::set<std::string>{"voiture", "x"});
    CHECK(found(searcher, "auto") == std::set<std::string>{"auto", "x"});
    CHECK(searcher.synonyms().rules.size() == 2);
  }
}

TEST_SUITE("acronyms") {
  TEST_CASE("a text's definitions, either way round") {
    const std::vector<std::pair<std::string, Strings>> golds = {
        {"L’Alliance des États du Sahel (AES) est née.", {"AES = Alliance des États du Sahel"}},
        {"L’AES (Alliance des États du Sahel, née en 2023)", {"AES = Alliance des États du Sahel"}},
        {"de l'Organisation des Nations unies (ONU)", {"ONU = Organisation des Nations unies"}},
        {"le Fonds monétaire international (FMI)", {"FMI = Fonds monétaire international"}},
        {"La Communauté économique des États de l'Afrique de l'Ouest (Cédéao)",
         {"Cédéao = Communauté économique des États de l'Afrique de l'Ouest"}},
        {"l’Institut national de la statistique et des études économiques (Insee)",
         {"Insee = Institut national de la statistique et des études économiques"}},
        {"Institut national de la santé et de la recherche médicale (Inserm)",
         {"Inserm = Institut national de la santé et de la recherche médicale"}},
        {"La Société nationale des chemins de fer français (SNCF)",
         {"SNCF = Société nationale des chemins de fer français"}},
        {"l’Organisation des Nations unies (O.N.U.)", {"ONU = Organisation des Nations unies"}},
        {"des organisations non gouvernementales (ONGs)", {"ONG = organisations non gouvernementales"}},
        {"l'ETAT ISLAMIQUE (EI)", {"EI = ETAT ISLAMIQUE"}},
        {"Le leader de La France insoumise (LFI)", {"LFI = La France insoumise"}},
        {"la « Haute Autorité de santé » (HAS)", {"HAS = Haute Autorité de santé"}},
        {"la Banque centrale européenne (BCE) et la Banque mondiale (BM)",
         {"BCE = Banque centrale européenne", "BM = Banque mondiale"}},
        {"Mission multidimensionnelle intégrée des Nations unies pour la stabilisation au Mali (Minusma)", {}},
        {"Le ministre (FMI) et son homologue (Mali)", {}},
        {"Des progrès. Union (PU)", {}},
        {"François Fillon (LR) et Benoît Hamon (PS)", {}},
        {"un tremblement de terre de magnitude 7 (Richter)", {}},
        {"le président (de la République)", {}},
        {"une (AB) et (", {}},
        {"() ( ) (()) (A) (AB", {}},
    };
    for (const auto& [text, expected] : golds) {
      CAPTURE(text);
      CHECK(defined(text) == expected);
    }
  }

  TEST_CASE("any bytes are read, and what is found stands in the text") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const Strings pieces = {"(",     ")",    " ",      "Alliance ", "Alliance des États du Sahel ",
                            "(AES)", "des ", "États ", "du ",       "Sahel ",
                            "AES",   "\xFF", "\xC3",   "»",         "« ",
                            ". ",    "\n"};
    const Analyzer analyzer;
    std::size_t total = 0;
    for (int round = 0; round < 3000; ++round) {
      std::string text;
      for (std::size_t i = random() % 60; i > 0; --i) text += pieces[random() % pieces.size()];
      CAPTURE(text);
      for (const auto& [acronym, expansion] : find_acronym_definitions(text, analyzer)) {
        CHECK(text.find(expansion) != std::string::npos);
        CHECK(text.find(acronym) != std::string::npos);
        ++total;
      }
    }
    CHECK(total > 20);
  }

  TEST_CASE("what the best hits define of the query's words is offered, unless a rule has it") {
    const TemporaryDirectory directory;
    const std::vector<Document> documents = {
        make_document("a", "", "Le Fonds monétaire international (FMI) et la Banque mondiale (BM)."),
        make_document("b", "", "Le fonds monétaire international (F.M.I.), le FMI."),
        make_document("c", "", "Le FMI (fonds monétaire international) et le Fichier des maisons isolées (FMI).")};
    write(directory / "index", documents, "");
    Searcher searcher(directory / "index");
    const std::vector<Acronym> expected = {{"FMI", "fonds monétaire international", 3},
                                           {"FMI", "Fichier des maisons isolées", 1}};
    CHECK(searcher.search(parse_query("fmi accord")).acronyms == expected);
    CHECK(searcher.search(parse_query("FMI"), {.documents = false}).acronyms.empty());
    CHECK(searcher.search(parse_query("banque -FMI")).acronyms.empty());
    CHECK(searcher.acronyms().size() == 3);
    std::ofstream(directory / "index/synonyms.txt") << "FMI = Fonds monétaire international";
    CHECK(searcher.search(parse_query("FMI")).acronyms == std::vector<Acronym>{expected[1]});
  }
}

TEST_SUITE("documents like another") {
  TEST_CASE("share what tells it from others, itself left out") {
    const TemporaryDirectory directory;
    const std::vector<Document> documents = {
        make_document("a", "La pêche au thon", "Les pêcheurs de thon du lac."),
        make_document("b", "", "Le thon et la pêche du jour."),
        make_document("c", "", "Le lac gèle."),
        make_document("d", "", "Un accord de paix."),
        make_document("e", "", "Un mot que nul ne partage : xylophone."),
    };
    write(directory / "index", documents, "");
    Searcher searcher(directory / "index");
    const Query query = searcher.query_like(documents[0]);
    CHECK(ids(searcher.search(query)) == Strings{"b", "c"});
    CHECK(parse_query(to_string(query)) == query);
    CHECK(searcher.query_like(documents[0], 2).children.size() == 3);  // and its id
    Document stranger = documents[0];
    stranger.id.clear();
    CHECK(ids(searcher.search(searcher.query_like(stranger))).front() == "a");
    CHECK(searcher.search(searcher.query_like({})).total == 0);
    CHECK(searcher.search(searcher.query_like(documents[4])).total == 0);
    Query both;
    both.children = {query, parse_query("gèle")};
    for (Query& part : both.children) part.occur = Occur::Must;
    CHECK(ids(searcher.search(both)) == Strings{"c"});
  }

  TEST_CASE("a document is asked for by its id") {
    const TemporaryDirectory directory;
    write(directory / "index", {make_document("pages/a b.txt", "", "mot"), make_document("B", "", "mot")}, "");
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("id:\"pages/a b.txt\""))) == Strings{"pages/a b.txt"});
    CHECK(ids(searcher.search(parse_query("mot -id:B"))) == Strings{"pages/a b.txt"});
    CHECK(searcher.search(parse_query("id:b")).total == 0);
    CHECK(to_string(parse_query("mot -id:B")) == "mot -id:\"B\"");
  }
}

}  // namespace limier::test
