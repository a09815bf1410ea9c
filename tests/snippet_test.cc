#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document_reader.h"
#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/snippet.h"
#include "naive_search.h"
#include "search/sentences.h"
#include "snippet_invariants.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

/// Every word alone, all of equal weight.
std::vector<Wanted> wanted_words(const std::string& words) {
  std::vector<Wanted> wanted;
  Analyzer().analyze(words, [&](const Token& token) {
    wanted.push_back({.words = {{.stems = {std::string(token.stem)}, .forms = {}}}, .parts = {}, .weight = 1});
  });
  return wanted;
}

/// The snippet with its highlights in brackets.
std::string in_brackets(const Snippet& snippet) {
  std::string marked;
  std::size_t taken = 0;
  for (const Snippet::Range& range : snippet.highlights) {
    marked += snippet.text.substr(taken, range.begin - taken);
    marked += "[" + snippet.text.substr(range.begin, range.end - range.begin) + "]";
    taken = range.end;
  }
  return marked + snippet.text.substr(taken);
}

std::string marked(const std::string& text, const std::string& words, const SnippetOptions& options = {}) {
  return in_brackets(make_snippet(text, wanted_words(words), Analyzer(), options));
}

void write(const std::string& path, const std::vector<Document>& documents) {
  IndexWriter writer(path);
  for (const Document& document : documents) writer.add(document);
  writer.commit();
}

/// Title and body of the one document that answers `query`.
std::string found(const std::string& title, const std::string& body, const std::string& query) {
  const TemporaryDirectory directory;
  Document document;
  document.id = "a";
  document.title = title;
  document.body = body;
  write(directory / "index", {document});
  Searcher searcher(directory / "index");
  const SearchResult result = searcher.search(parse_query(query));
  REQUIRE(result.hits.size() == 1);
  return in_brackets(make_snippet(title, result.wanted_in_title, searcher.analyzer())) + " | " +
         in_brackets(make_snippet(body, result.wanted_in_body, searcher.analyzer()));
}

std::string found(const std::string& body, const std::string& query) { return found("", body, query).substr(3); }

/// The text with a bar where sentences end.
std::string sentences_of(const std::string& text) {
  std::string parted;
  std::uint32_t done = 0, last_end = 0;
  Analyzer().analyze(text, [&](const Token& token) {
    if (last_end > 0) {
      if (const auto end = find_sentence_end(text, last_end, token.begin)) {
        parted += text.substr(done, *end - done) + "|";
        done = *end;
      }
    }
    last_end = token.end;
  });
  return parted + text.substr(done);
}

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

 private:
  std::mt19937 engine_;
};

std::vector<Document> corpus_documents() {
  std::vector<Document> documents;
  for (const SourceFile& file : find_sources(LIMIER_SOURCE_DIR "/corpus", nullptr)) {
    if (!file.path.ends_with(".txt") && !file.path.ends_with(".html")) continue;
    DocumentReader reader(file, [](const ReadProblem&) {});
    for (Document document; reader.next(document);) documents.push_back(document);
  }
  return documents;
}

/// Where each word of a text stands in it, on one line.
std::map<std::uint32_t, Snippet::Range> words_on_one_line(const std::string& text, const Analyzer& analyzer) {
  std::map<std::uint32_t, Snippet::Range> words;
  std::string line;
  std::size_t done = 0;
  const auto append_to = [&](std::size_t end) {
    line = one_line(line + text.substr(done, end - done));
    done = end;
  };
  analyzer.analyze(text, [&](const Token& token) {
    append_to(token.begin);
    const std::size_t begin = line.size();
    append_to(token.end);
    words[token.position] = {begin, line.size()};
  });
  return words;
}

/// Queries made of what stands in a text, so that most find something.
class QueryMaker {
 public:
  QueryMaker(Dice& dice, const std::string& text) : dice_(dice) {
    Analyzer().analyze(text, [&](const Token& token) {
      words_.push_back(text.substr(token.begin, token.end - token.begin));
      forms_.emplace_back(token.exact);
    });
  }

  Query any(int depth) {
    if (depth == 0 || dice_.below(3) > 0) return part();
    Query group;
    for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
      group.children.push_back(any(depth - 1));
      group.children.back().occur = static_cast<Occur>(dice_.below(8) == 0 ? 2 : dice_.below(2));
    }
    return group;
  }

 private:
  Query part() {
    const std::string field = dice_.below(4) == 0 ? "title" : "";
    return dice_.below(4) == 0 ? near(field, 2) : leaf(field);
  }

  Query near(const std::string& field, int depth) {
    Query near;
    near.kind = Query::Kind::Near;
    near.distance = 1 + static_cast<unsigned>(dice_.below(12));
    const std::size_t at = dice_.below(words_.size());
    for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
      near.children.push_back(depth > 0 && dice_.below(4) == 0 ? this->near(field, depth - 1)
                                                               : leaf(field, at + dice_.below(6)));
    }
    return near;
  }

  Query leaf(const std::string& field) { return leaf(field, dice_.below(words_.size())); }

  Query leaf(const std::string& field, std::size_t at) {
    at = std::min(at, words_.size() - 1);
    Query query;
    query.field = field;
    switch (dice_.below(6)) {
      case 0:
        query.kind = Query::Kind::Phrase, query.text = some_words(at, 1 + dice_.below(3));
        query.distance = static_cast<unsigned>(dice_.below(2) * dice_.below(6));
        break;
      case 1:
        query.kind = Query::Kind::Form, query.text = forms_[at];
        break;
      case 2:
        query.kind = Query::Kind::Pattern, query.text = letters(at);
        query.text = query.text.substr(0, utf8_boundary(query.text, 1 + dice_.below(query.text.size()))) + "*";
        break;
      case 3:
        query.kind = Query::Kind::Fuzzy, query.text = letters(at);
        query.distance = 1;
        break;
      default:
        query.kind = Query::Kind::Words, query.text = some_words(at, 1 + dice_.below(3));
    }
    return query;
  }

  std::string some_words(std::size_t at, std::size_t count) {
    std::string text;
    for (std::size_t end = std::min(words_.size(), at + count); at < end; ++at) text += words_[at] + ' ';
    return text;
  }

  /// The word, if it is made of letters that patterns are made of; else another.
  std::string letters(std::size_t at) const {
    const std::string& form = forms_[at];
    const bool plain = std::all_of(form.begin(), form.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0x80) != 0 || (c >= 'a' && c <= 'z');
    });
    return plain && form.find("œ") == std::string::npos ? form : "pays";
  }

  Dice& dice_;
  std::vector<std::string> words_, forms_;
};

}  // namespace

TEST_SUITE("snippet") {
  TEST_CASE("highlights are whole words of the text as it is written, elisions not included") {
    CHECK(marked("L’homme et l'œuvre.", "homme oeuvre") == "L’[homme] et l'[œuvre].");
    CHECK(marked("Les HOMMES d'ÉTAT", "homme etat") == "Les [HOMMES] d'[ÉTAT]");
    CHECK(marked("« Côte d’Ivoire »", "ivoire") == "« Côte d’[Ivoire] »");
    CHECK(marked("Un e\u0301tat, des e\u0301tats", "état") == "Un [e\u0301tat], des [e\u0301tats]");
    CHECK(marked("Le co\u00ADton monte", "coton") == "Le [co\u00ADton] monte");
    CHECK(marked("590\u202F000 francs", "590000") == "[590\u202F000] francs");
    CHECK(marked("porte-avions", "avion") == "porte-[avions]");
  }

  TEST_CASE("what snippets look for comes with the documents, not with ids alone") {
    const TemporaryDirectory directory;
    Document document;
    document.id = "a";
    document.title = document.body = "Le port de Conakry";
    write(directory / "index", {document});
    Searcher searcher(directory / "index");
    const SearchResult with = searcher.search(parse_query("port")),
                       without = searcher.search(parse_query("port"), {.documents = false});
    CHECK(with.wanted_in_title.size() == 1);
    CHECK(with.wanted_in_body.size() == 1);
    CHECK(without.hits.size() == 1);
    CHECK(without.wanted_in_title.empty());
    CHECK(without.wanted_in_body.empty());
  }

  TEST_CASE("a text that fits stands whole, on one line") {
    CHECK(marked("Un titre\nUn  corps\tici", "corps") == "Un titre Un [corps] ici");
    CHECK(marked("", "corps") == "");
    CHECK(marked(" \n ", "corps") == "");
    CHECK(marked("rien ici", "corps") == "rien ici");
    CHECK(marked("« !", "corps") == "« !");
  }

  TEST_CASE("every kind of match is lit, and no other word") {
    CHECK(found("Les marchés, la marche, le marché.", "marché") == "Les [marchés], la [marche], le [marché].");
    CHECK(found("Les marchés, la marche, le marché.", "=marché") == "Les marchés, la marche, le [marché].");
    CHECK(found("Un établissement, des établis.", "etabliss*") == "Un [établissement], des établis.");
    CHECK(found("Ouagadougou, Ouagadoug", "Ouagadougu~") == "[Ouagadougou], [Ouagadoug]");
    CHECK(found("L’œuvre de l'homme", "oeuvre hommes") == "L’[œuvre] de l'[homme]");
    CHECK(found("Le pays de l’accord", "+accord -guerre") == "Le pays de l’[accord]");
    CHECK(found("accord", "* SAUF paix") == "accord");
    CHECK(found("Le porte-avions, un avion.", "porte-avions") == "Le [porte]-[avions], un avion.");
    CHECK(found("Les portes-avions, le porte-avions, une porte", "=porte-avions") ==
          "Les portes-avions, le [porte]-[avions], une porte");
  }

  TEST_CASE("docs/query-syntax.md says what is lit") {
    std::ifstream document(LIMIER_SOURCE_DIR "/docs/query-syntax.md");
    const std::regex row(R"(\| (.*) \| `(.*)` \|)"), bold(R"(\*\*([^*]*)\*\*)");
    bool in_table = false;
    int rows = 0;
    for (std::string line; std::getline(document, line);) {
      if (!line.starts_with("| ")) in_table = false;
      if (line.starts_with("| It lights | You ask for |")) in_table = true;
      std::smatch cells;
      if (!in_table || !std::regex_match(line, cells, row)) continue;
      CAPTURE(line);
      const std::string text = cells[1];
      CHECK(found(std::regex_replace(text, bold, "$1"), cells[2]) == std::regex_replace(text, bold, "[$1]"));
      ++rows;
    }
    CHECK(rows == 9);
  }

  TEST_CASE("the words of a phrase are lit where they stand as the phrase") {
    CHECK(found("L’accord de Paris. Un accord à Paris.", "\"accord de Paris\"") ==
          "L’[accord] [de] [Paris]. Un accord à Paris.");
    CHECK(found("L’accord de Paris. Un accord à Paris.", "\"accord de Paris\" accord") ==
          "L’[accord] [de] [Paris]. Un [accord] à Paris.");
    CHECK(found("a a a b", "\"a a\"") == "[a] [a] [a] b");
  }

  TEST_CASE("what is near each other is lit within the distance") {
    CHECK(found("accord, paix, paix ; bien plus loin encore la paix", "accord NEAR/3 paix") ==
          "[accord], [paix], [paix] ; bien plus loin encore la paix");
    CHECK(found("la pêche au thon, puis rien du tout, le thon", "\"thon pêche\"~3") ==
          "la [pêche] au [thon], puis rien du tout, le thon");
    CHECK(found("Mali, armée ; Niger ; loin loin loin loin armée", "armée NEAR/2 (Mali OU Tchad)") ==
          "[Mali], [armée] ; Niger ; loin loin loin loin armée");
    CHECK(found("un deux trois quatre cinq un", "(un NEAR/1 deux) NEAR/3 quatre") ==
          "[un] [deux] trois [quatre] cinq un");
  }

  TEST_CASE("a word of the title is lit in the title") {
    CHECK(found("Accord signé", "Un accord.", "titre:accord") == "[Accord] signé | Un accord.");
    CHECK(found("Accord signé", "Un accord.", "accord") == "[Accord] signé | Un [accord].");
    CHECK(found("Accord signé", "Un accord signé.", "titre:accord signé") == "[Accord] [signé] | Un accord [signé].");
  }

  TEST_CASE("sentences end at stops, but not behind abbreviations and inside numbers and addresses") {
    CHECK(sentences_of("Il part. Elle reste ! Vraiment ? Oui… Non") == "Il part.| Elle reste !| Vraiment ?| Oui…| Non");
    CHECK(sentences_of("M. Kolokoltsev, av. J.-C. comme MM. Bâ et A. Sow") ==
          "M. Kolokoltsev, av. J.-C. comme MM. Bâ et A. Sow");
    CHECK(sentences_of("Sur exemple.fr 3.5 ou 3,5. Le prix") == "Sur exemple.fr 3.5 ou 3,5.| Le prix");
    CHECK(sentences_of("jeudi.Le ministre, M.Keïta, vient.L’autre non") ==
          "jeudi.|Le ministre, M.Keïta, vient.|L’autre non");
    CHECK(sentences_of("« Quoi ? » dit-il. « Rien. » Elle part.") == "« Quoi ? » dit-il.| « Rien. »| Elle part.");
    CHECK(sentences_of("Il dit : \"Non.\" Puis il part (vite.) Fin") == "Il dit : \"Non.\"| Puis il part (vite.)| Fin");
    CHECK(sentences_of("Un titre\nUn texte coupé\nau bord\n\net la suite") ==
          "Un titre|\nUn texte coupé\nau bord|\n\net la suite");
    CHECK(sentences_of("Il hésite... Puis il hésite... encore") == "Il hésite...| Puis il hésite... encore");
    CHECK(sentences_of("En 2022. 12 hommes") == "En 2022.| 12 hommes");
  }

  TEST_CASE("the passage with what weighs most wins, in whole sentences where they fit") {
    const std::string text =
        "Le coton pousse. Le coton et encore le coton. Une longue phrase qui ne dit rien du sujet demandé se trouve "
        "ici. "
        "À Bamako, le prix du coton monte. Et puis rien.";
    CHECK(marked(text, "prix coton", {.length = 60}) == "À Bamako, le [prix] du [coton] monte. Et puis rien.");
    CHECK(marked(text, "prix coton", {.length = 45}) == "À Bamako, le [prix] du [coton] monte.");
    CHECK(marked(text, "prix coton", {.length = 31}) == "…le [prix] du [coton] monte.");
    CHECK(marked(text, "longue", {.length = 50}) == "Une [longue] phrase qui ne dit rien du sujet…");
    CHECK(marked(text, "absent", {.length = 40}) == "Le coton pousse.");
    CHECK(marked(text, "absent", {.length = 18}) == "Le coton…");
    CHECK(marked("Mot " + std::string(30, 'x'), "absent", {.length = 20}) == "Mot…");
    std::vector<Wanted> wanted = wanted_words("prix sujet");
    wanted[1].weight = 2;
    CHECK(in_brackets(make_snippet(text, wanted, Analyzer(), {.length = 40})) == "…du [sujet] demandé se trouve ici.");
  }

  TEST_CASE("several passages say more than one") {
    const std::string text = "Le prix monte. À " + std::string(80, 'b') + " ici. Le coton pousse. Rien ici. Le prix.";
    CHECK(marked(text, "prix coton", {.length = 90, .passages = 2}) ==
          "Le [prix] monte. … Le [coton] pousse. Rien ici. Le [prix].");
    CHECK(marked(text, "prix monte coton", {.length = 46, .passages = 2}) == "Le [prix] [monte]. … Le [coton] pousse.");
    CHECK(marked(text, "absent", {.length = 70, .passages = 3}) == "Le prix monte.");
    CHECK_THROWS_AS(marked(text, "prix", {.passages = 0}), Error);
    CHECK_THROWS_AS(marked(text, "prix", {.passages = 4}), Error);
  }

  TEST_CASE("opening marks and elisions stay with their word, and ties are not cut") {
    CHECK(marked("Un mot de plus, « l’accord » de paix et encore des mots", "accord", {.length = 30}) ==
          "…« l’[accord] » de paix…");
    CHECK(marked("Voici le vice-président de Guinée-Bissau en visite", "bissau", {.length = 27}) ==
          "…de Guinée-[Bissau] en…");
  }

  TEST_CASE("a word longer than the snippet is cut between characters") {
    std::string word;
    for (int i = 0; i < 50; ++i) word += "é";
    CHECK(make_snippet(word, {}, Analyzer(), {.length = 20}).text == "éééééééé…");
    CHECK(make_snippet(word, {}, Analyzer(), {.length = 2}).text == "");
  }

  TEST_CASE("highlights agree with the naive oracle on the corpus") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const std::vector<Document> documents = corpus_documents();
    REQUIRE(documents.size() == 85);
    std::size_t lit = 0, queries = 0;
    // The oracle knows what was typed, not what is related to it.
    const SearchOptions own_words{.ranking = {.stop_share = 0, .family_share = 0, .misspelt_share = 0}};
    for (int round = 0; round < 8; ++round) {
      std::vector<Document> some;
      std::string texts;
      for (int i = 0; i < 3; ++i) {
        some.push_back(documents[dice.below(documents.size())]);
        some.back().id = std::to_string(i);
        texts += some.back().title + '\n' + some.back().body + '\n';
      }
      const TemporaryDirectory directory;
      write(directory / "index", some);
      Searcher searcher(directory / "index");
      const NaiveSearch oracle(some);
      std::map<std::string, std::map<std::uint32_t, Snippet::Range>> words;
      for (const Document& document : some)
        for (const std::string& text : {document.title, document.body})
          words[text] = words_on_one_line(text, searcher.analyzer());
      QueryMaker maker(dice, texts);
      for (int i = 0; i < 250; ++i, ++queries) {
        const Query query = maker.any(2);
        const std::string shown = to_string(query);
        CAPTURE(shown);
        const SearchResult result = searcher.search(query, own_words);
        const auto check = [&](const std::string& text, const std::vector<Wanted>& wanted, const auto& light) {
          std::vector<Snippet::Range> expected;
          for (const std::uint32_t position : light(text)) expected.push_back(words.at(text).at(position));
          const Snippet snippet = make_snippet(text, wanted, searcher.analyzer(), {.length = text.size()});
          CHECK(snippet.highlights == expected);
          lit += expected.size();
        };
        const auto light_title = oracle.lit(query, true), light_body = oracle.lit(query, false);
        for (const Document& document : some) {
          check(document.title, result.wanted_in_title, light_title);
          check(document.body, result.wanted_in_body, light_body);
        }
      }
    }
    CHECK(queries == 2000);
    CHECK(lit > 10'000);
  }

  TEST_CASE("no other passage weighs more") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const Analyzer analyzer;
    const std::vector<std::string> letters = {"aa", "bb", "cc", "dd", "xx", "xxxx", "yy", "zzzzzz"};
    const std::vector<Wanted> plain = wanted_words("aa bb cc dd");
    std::size_t chosen = 0;
    for (int round = 0; round < 2000; ++round) {
      std::vector<Wanted> wanted = plain;
      for (Wanted& each : wanted) each.weight = 1 + static_cast<double>(dice.below(5));
      std::vector<std::string> words;
      for (std::size_t i = 1 + dice.below(40); i > 0; --i) words.push_back(dice.pick(letters));
      std::string text;
      for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
      const SnippetOptions options{.length = 10 + dice.below(40)};
      CAPTURE(text);
      CAPTURE(options.length);
      const auto weight_of = [&](const std::set<std::string>& held) {
        double weight = 0;
        for (std::size_t i = 0; i < wanted.size(); ++i) weight += held.contains(letters[i]) ? wanted[i].weight : 0;
        return weight;
      };
      double most = 0;
      for (std::size_t first = 0; first < words.size(); ++first) {
        std::set<std::string> held;
        std::size_t bytes = 0;
        for (std::size_t last = first; last < words.size(); ++last) {
          bytes += words[last].size() + (last > first ? 1 : 0);
          if (bytes > options.length - 6 && text.size() > options.length) break;
          held.insert(words[last]);
          most = std::max(most, weight_of(held));
        }
      }
      const Snippet snippet = make_snippet(text, wanted, analyzer, options);
      std::set<std::string> held;
      for (const Snippet::Range& range : snippet.highlights)
        held.insert(snippet.text.substr(range.begin, range.end - range.begin));
      CHECK(weight_of(held) == most);
      chosen += most > 0 && text.size() > options.length ? 1U : 0U;
    }
    CHECK(chosen > 500);
  }

  TEST_CASE("every snippet of any text keeps the promises of the header") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const std::vector<std::string> pieces = {
        "homme", "l’homme", "œuvre", " ",      "  ", "\n", ". ",  "«\u00A0", "\u00A0»",   "…",
        "\xE9",  "mot",     "é",     "-",      "'",  "(",  "😀",   ".",       "M. ",       "aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "Le ",   "? ",      "\0x",   "\u2028", "!",  "\"", " … ", "\u00AD",  "homme mot", "œuvre d’homme"};
    std::vector<Wanted> wanted = wanted_words("homme œuvre mot");
    wanted.push_back({.words = {{.stems = {"homm"}, .forms = {}}, {.stems = {}, .forms = {"mot"}}}, .parts = {}});
    wanted.push_back({.words = {}, .parts = {{wanted[0]}, {wanted[1], wanted[2]}}, .distance = 3, .weight = 4});
    const Analyzer analyzer;
    std::size_t highlights = 0, several = 0;
    for (int round = 0; round < 5000; ++round) {
      std::string text;
      for (std::size_t i = dice.below(60); i > 0; --i) text += dice.pick(pieces);
      const SnippetOptions options{.length = dice.below(100), .passages = 1 + dice.below(3)};
      CAPTURE(text);
      CAPTURE(options.length);
      CAPTURE(options.passages);
      const Snippet snippet = make_snippet(text, wanted, analyzer, options);
      CAPTURE(snippet.text);
      CHECK(breach_in(snippet, text, options, analyzer) == "");
      highlights += snippet.highlights.size();
      several += snippet.text.find(" … ") != std::string::npos && text.find("…") == std::string::npos ? 1U : 0U;
    }
    CHECK(highlights > 5000);
    CHECK(several > 10);
  }
}

}  // namespace limier::test
