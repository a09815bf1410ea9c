// Spelling suggestions, completions, and the walk over the dictionary that both stand on.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "query/expansion.h"
#include "query/plan_query.h"
#include "query/query_words.h"
#include "query/related_words.h"
#include "query/synonyms.h"
#include "reading.h"
#include "shard/schema.h"
#include "shard/shard.h"
#include "temporary_directory.h"
#include "text/folding.h"
#include "text/message.h"
#include "text/utf8.h"

namespace limier::test {
namespace {

using Terms = std::map<std::string, std::uint64_t>;

class MapCursor final : public TermCursor {
 public:
  MapCursor(const Terms& terms, std::string prefix, std::size_t& steps)
      : terms_(terms), prefix_(std::move(prefix)), steps_(steps), at_(terms.lower_bound(prefix_)) {
    read();
  }

  const std::string& term() const override { return term_; }
  std::uint64_t document_frequency() const override { return at_->second; }
  void next() override {
    ++steps_;
    ++at_;
    read();
  }
  void advance(const std::string& target) override {
    ++steps_;
    REQUIRE(!term_.empty());
    if (target > term_) at_ = terms_.lower_bound(target);
    read();
  }

 private:
  void read() { term_ = at_ != terms_.end() && at_->first.starts_with(prefix_) ? at_->first : std::string(); }

  const Terms& terms_;
  std::string prefix_, term_;
  std::size_t& steps_;
  Terms::const_iterator at_;
};

/// A dictionary in memory that counts the steps of its cursors.
struct MapVocabulary final : Vocabulary {
  CollectionStatistics statistics(std::span<const std::string_view> terms) const override {
    CollectionStatistics statistics{.documents = documents, .document_frequencies = {}};
    for (const std::string_view term : terms) {
      const auto found = all.find(std::string(term));
      statistics.document_frequencies.push_back(found == all.end() ? 0 : found->second);
    }
    return statistics;
  }
  std::unique_ptr<TermCursor> terms(const std::string& prefix) const override {
    if (is_damaged) throw Error(ErrorCode::Corrupt, message("damaged"));
    return std::make_unique<MapCursor>(all, prefix, steps);
  }

  Terms all;
  bool is_damaged = false;
  std::uint64_t documents = 0;
  mutable std::size_t steps = 0;
};

std::u32string letters_of(const std::string& text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, at);
    letters += point.value;
    at += point.length;
  }
  return letters;
}

/// Optimal string alignment, the whole table.
unsigned distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<unsigned>> table(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      unsigned& best = table[i][j];
      best = static_cast<unsigned>(i + j);
      if (i > 0) best = std::min(best, table[i - 1][j] + 1);
      if (j > 0) best = std::min(best, table[i][j - 1] + 1);
      if (i > 0 && j > 0) best = std::min(best, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = std::min(best, table[i - 2][j - 2] + 1);
    }
  }
  return table[a.size()][b.size()];
}

void add_form(MapVocabulary& vocabulary, const schema::Field& field, const std::string& form, std::uint64_t frequency) {
  vocabulary.all[schema::exact_term(field, fold(form), form)] = frequency;
}

/// What a scan of the whole dictionary finds: `form edits frequency`, in order.
std::vector<std::string> scanned(const MapVocabulary& vocabulary, const schema::Field& field, const std::string& word,
                                 unsigned edits) {
  std::vector<std::string> found;
  for (const auto& [term, frequency] : vocabulary.all) {
    const std::string rest = term.starts_with(field.prefix) ? term.substr(field.prefix.size()) : "";
    if (rest.empty() || (rest[0] >= 'A' && rest[0] <= 'Z')) continue;
    const std::string form(schema::exact_form(field, term));
    const unsigned apart = distance(letters_of(fold(word)), letters_of(fold(form)));
    if (apart <= edits) found.push_back(form + ' ' + std::to_string(apart) + ' ' + std::to_string(frequency));
  }
  return found;
}

std::vector<std::string> walked(const MapVocabulary& vocabulary, const schema::Field& field, const std::string& word,
                                unsigned edits) {
  std::vector<std::string> found;
  for (const ExpandedForm& form : expand_fuzzy(word, edits, field, vocabulary, 100'000).forms)
    found.push_back(form.exact + ' ' + std::to_string(form.edits) + ' ' + std::to_string(form.frequency));
  return found;
}

/// All words of these letters, up to so many.
std::vector<std::string> all_words_of(const std::vector<std::string>& letters, std::size_t length) {
  std::vector<std::string> words = {""};
  for (std::size_t begin = 0; length > 0; --length) {
    const std::size_t end = words.size();
    for (; begin < end; ++begin)
      for (const std::string& letter : letters) words.push_back(words[begin] + letter);
  }
  return words;
}

std::string some_word(std::mt19937& random, const std::vector<std::string>& letters, std::size_t most) {
  std::string word;
  for (std::size_t i = 1 + random() % most; i > 0; --i) word += letters[random() % letters.size()];
  return word;
}

Document make_document(const std::string& id, const std::string& title, const std::string& body) {
  Document document;
  document.id = id;
  document.title = title;
  document.body = body;
  return document;
}

void write(const std::string& path, const std::vector<Document>& documents, const WriterOptions& options = {}) {
  IndexWriter writer(path, options);
  for (const Document& document : documents) writer.add(document);
  writer.commit();
}

std::vector<Document> corpus_documents() {
  std::vector<Document> documents;
  for (const SourceFile& source : find_sources(LIMIER_SOURCE_DIR "/corpus", nullptr)) {
    if (!source.path.ends_with(".txt") && !source.path.ends_with(".html")) continue;
    DocumentReader reader(source, nullptr);
    Document document;
    while (reader.next(document)) documents.push_back(document);
  }
  REQUIRE(documents.size() >= 68);
  return documents;
}

/// One letter wrong, missing, too many, or swapped with the next.
std::string damaged(std::string word, std::mt19937& random) {
  const std::size_t at = random() % (word.size() - 1);
  const auto letter = static_cast<char>('a' + random() % 26);
  switch (random() % 4) {
    case 0:
      return word.replace(at, 1, 1, letter);
    case 1:
      return word.erase(at, 1);
    case 2:
      return word.insert(at, 1, letter);
    default:
      std::swap(word[at], word[at + 1]);
      return word;
  }
}

/// Words of letters that stand in titles, each with the one behind it, without accents.
std::vector<std::pair<std::string, std::string>> title_pairs(const std::vector<Document>& documents) {
  const Analyzer analyzer;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const Document& document : documents) {
    std::string last;
    analyzer.analyze(document.title, [&](const Token& token) {
      const bool letters = std::all_of(token.folded.begin(), token.folded.end(), [](char c) { return c >= 'a'; });
      if (token.stop_word || !letters || token.folded.size() < 5) return;
      if (!last.empty()) pairs.emplace_back(last, token.folded);
      last = token.folded;
    });
  }
  return pairs;
}

/// How many documents hold any or all of the words themselves.
std::uint64_t total(Searcher& searcher, const std::string& text, double match) {
  SearchOptions options{.top = 0};
  options.ranking.family_share = options.ranking.misspelt_share = 0;
  return searcher.search(parse_query(text, {.match = match}), options).total;
}

std::string suggested(Searcher& searcher, const std::string& text) {
  const std::optional<Suggestion> suggestion = searcher.suggest(parse_query(text));
  return suggestion ? to_string(suggestion->query) : "";
}

std::vector<std::string> lines(const std::vector<Completion>& completions) {
  std::vector<std::string> lines;
  for (const Completion& completion : completions)
    lines.push_back(completion.text + " " + std::to_string(completion.documents));
  return lines;
}

const std::vector<Document> press = {
    make_document("1", "Le président signe l’accord de paix",
                  "L'accord de paix a été signé au palais de la République."),
    make_document("2", "Côte d’Ivoire : le prix du cacao", "En Côte d'Ivoire, l’accord de pêche attend."),
    make_document("3", "Paludisme grave au Mali", "Le paludisme grave recule. L'accord de paix aussi."),
    make_document("4", "Coup d’État au Niger", "Le coup d'État et les coups de feu ; la presse française en parle."),
    make_document("5", "Coopération économique", "La coopération économique, les coopérations, le coup d'État. Mali."),
    make_document("6", "Le portefeuille de Burkina Faso", "Au Burkina Faso, les portefeuilles des présidents."),
};

/// An index of these, open.
struct Press {
  TemporaryDirectory directory;
  Searcher searcher = (write(directory / "index", press), Searcher(directory / "index"));
};

/// The last two cells of the rows of docs/query-syntax.md about what is misspelt without a sign.
std::vector<std::pair<std::string, std::string>> documented_suggestions() {
  std::ifstream document(LIMIER_SOURCE_DIR "/docs/query-syntax.md");
  std::vector<std::pair<std::string, std::string>> rows;
  bool in_section = false;
  for (std::string line; std::getline(document, line);) {
    if (line.starts_with("## ")) in_section = line == "## Misspelt without a sign";
    const std::size_t typed = line.find("| `"), meant = line.find("` | `");
    if (!in_section || typed == std::string::npos || meant == std::string::npos) continue;
    rows.emplace_back(line.substr(typed + 3, meant - typed - 3), line.substr(meant + 5, line.rfind('`') - meant - 5));
  }
  return rows;
}

}  // namespace

TEST_SUITE("suggestions") {
  TEST_CASE("walk: every short word in every dictionary of short words, as a scan finds it") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> wanted = all_words_of({"a", "b"}, 4), all = all_words_of({"a", "b", "c"}, 4);
    std::size_t found = 0;
    for (const unsigned share : {2U, 10U}) {
      MapVocabulary vocabulary;
      for (const std::string& word : all)
        if (!word.empty() && random() % share == 0) add_form(vocabulary, schema::text, word, 1 + random() % 9);
      for (const std::string& word : wanted) {
        for (unsigned edits = 0; edits <= 2; ++edits) {
          CAPTURE(word);
          CAPTURE(edits);
          const std::vector<std::string> expected = scanned(vocabulary, schema::text, word, edits);
          CHECK(walked(vocabulary, schema::text, word, edits) == expected);
          found += expected.size();
        }
      }
    }
    CHECK(found > 500);
  }

  TEST_CASE("walk: accents, other scripts, other fields, long words") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> letters = {"a", "e", "é", "è", "s", "ß", "œ", "1", "я", "水", "\U00020000"};
    const std::vector<const schema::Field*> fields = {&schema::text, &schema::title, &schema::section};
    MapVocabulary vocabulary;
    for (int i = 0; i < 3000; ++i) {
      const schema::Field& field = *fields[random() % fields.size()];
      const std::string word = fold(some_word(random, letters, 6));
      add_form(vocabulary, field, some_word(random, {"a", "e", "é", "è", "s", "я", "水"}, 6), 1 + random() % 9);
      vocabulary.all[schema::stem_term(field, word)] = 3;
      vocabulary.all[std::string(schema::id_prefix) + word] = 1;
    }
    std::size_t found = 0;
    for (int i = 0; i < 300; ++i) {
      std::string word = some_word(random, letters, 7);
      if (i % 50 == 0) word = std::string(300, 'e');
      if (i % 50 == 1) word = "";
      for (const schema::Field* field : fields) {
        const auto edits = static_cast<unsigned>(random() % 3);
        CAPTURE(word);
        CAPTURE(edits);
        const std::vector<std::string> expected = scanned(vocabulary, *field, word, edits);
        CHECK(walked(vocabulary, *field, word, edits) == expected);
        found += expected.size();
      }
    }
    CHECK(found > 300);
  }

  TEST_CASE("walk: most of a dictionary is passed over") {
    std::mt19937 random(1);
    MapVocabulary vocabulary;
    const std::vector<std::string> letters = {"a", "b", "c", "d", "e", "i", "l", "m",
                                              "n", "o", "p", "r", "s", "t", "u"};
    for (int i = 0; i < 50'000; ++i) add_form(vocabulary, schema::text, some_word(random, letters, 9), 1);
    const std::size_t size = vocabulary.all.size();
    REQUIRE(size > 30'000);
    for (const std::string word : {"president", "accord", "zzzzzzzz"}) {
      vocabulary.steps = 0;
      expand_fuzzy(word, 1, schema::text, vocabulary, 1000);
      CHECK(vocabulary.steps < size / 20);
      vocabulary.steps = 0;
      expand_fuzzy(word, 2, schema::text, vocabulary, 1000);
      CHECK(vocabulary.steps < size / 3);
    }
  }

  TEST_CASE("what words stand for is not remembered where it could not be found") {
    const Analyzer analyzer;
    MapVocabulary vocabulary;
    vocabulary.documents = 10;
    for (const char* stem : {"coton", "cotonier"}) vocabulary.all[schema::stem_term(schema::text, stem)] = 1;
    vocabulary.all[schema::exact_term(schema::text, "cotonu", "cotonù")] = 1;
    vocabulary.all[schema::exact_term(schema::text, "cotone", "cotone")] = 1;
    const RelatedWords words(analyzer, vocabulary);
    const QueryWord word = query_words("cotonu", analyzer).front();
    const auto find_all = [&](const RelatedWords& by) {
      return std::tuple(by.spellings(word, schema::text).size(), by.family(word, schema::text).size(),
                        by.nearest(word, schema::text).size());
    };
    vocabulary.is_damaged = true;
    CHECK_THROWS_AS(words.spellings(word, schema::text), Error);
    CHECK_THROWS_AS(words.family(word, schema::text), Error);
    CHECK_THROWS_AS(words.nearest(word, schema::text), Error);
    vocabulary.is_damaged = false;
    const auto found = find_all(RelatedWords(analyzer, vocabulary));
    CHECK(std::get<0>(found) + std::get<1>(found) + std::get<2>(found) > 2);
    CHECK(find_all(words) == found);
    vocabulary.is_damaged = true;
    CHECK(find_all(words) == found);
    vocabulary.all.clear();
    vocabulary.is_damaged = false;
    words.forget();
    CHECK(find_all(words) == std::tuple<std::size_t, std::size_t, std::size_t>(0, 0, 0));
  }

  TEST_CASE("family: stems that hardly any document has are only asked for where they are derived") {
    MapVocabulary vocabulary;
    vocabulary.documents = 100'000;
    const std::pair<const char*, std::uint64_t> stems[] = {
        {"coton", 1000}, {"cotonier", 1}, {"cotonou", 5}, {"cotonus", 4}, {"march", 1000}};
    for (const auto& [stem, frequency] : stems) vocabulary.all[schema::stem_term(schema::text, stem)] = frequency;
    const Analyzer analyzer;
    const QueryPlan plan =
        plan_query(parse_query("coton marché"), RelatedWords(analyzer, vocabulary), SynonymTable(), {});
    std::set<std::string> terms;
    for (const CountedTerm& counted : plan.root.children.front().terms) terms.insert(counted.term);
    std::set<std::string> expected{schema::stem_term(schema::title, "coton")};
    for (const char* stem : {"coton", "cotonier", "cotonou"}) expected.insert(schema::stem_term(schema::text, stem));
    CHECK(terms == expected);
  }

  TEST_CASE("spelling: letters, accents, spaces and apostrophes") {
    Press index;
    Searcher& searcher = index.searcher;
    std::vector<std::pair<std::string, std::string>> expected = documented_suggestions();
    REQUIRE(expected.size() == 6);
    const std::vector<std::pair<std::string, std::string>> more = {
        {"presidant", "président"},
        {"Présidnet", "Président"},
        {"acord paix", "accord paix"},
        {"Paludismegrave Mali", "Paludisme grave Mali"},
        {"\"coup détat\"", "\"coup d'état\""},
        {"titre:cooperatoin", "titre:coopération"},
        {"acccord^3 OU pech*", "accord^3 OU pech*"},
        {"acccord NEAR/3 paix", "accord NEAR/3 paix"},
    };
    expected.insert(expected.end(), more.begin(), more.end());
    for (const auto& [typed, meant] : expected) {
      CAPTURE(typed);
      CHECK(suggested(searcher, typed) == meant);
    }
  }

  TEST_CASE("spelling: nothing is suggested where nothing is wrong, or nothing better is known") {
    Press index;
    for (const std::string typed :
         {"", "le la de", "presse francaise", "président", "coopérations", "accord de paix", "xylophone", "Mali -acord",
          "=presidant", "presid*", "presidant~", "date:2022", "*", "2023", "mal", "acord xylophone2 SAUF accord"}) {
      CAPTURE(typed);
      CHECK(suggested(index.searcher, typed) == "");
    }
  }

  TEST_CASE("spelling: words of the corpus with an error are suggested back, and no suggestion finds fewer") {
    const TemporaryDirectory directory;
    const std::vector<Document> documents = corpus_documents();
    write(directory / "index", documents);
    Searcher searcher(directory / "index");
    std::mt19937 random(1);
    std::size_t damaged_words = 0, suggestions = 0, right = 0;
    for (const auto& [first, second] : title_pairs(documents)) {
      for (int i = 0; i < 2; ++i) {
        const std::string wrong = damaged(first, random), typed = wrong + ' ' + second;
        if (total(searcher, "=" + wrong, 0) > 0 || total(searcher, wrong, 0) > 0) continue;
        ++damaged_words;
        CAPTURE(typed);
        const std::optional<Suggestion> suggestion = searcher.suggest(parse_query(typed));
        if (!suggestion) continue;
        ++suggestions;
        const std::string text = to_string(suggestion->query);
        CAPTURE(text);
        CHECK(suggestion->total == searcher.search(suggestion->query, {.top = 0}).total);
        CHECK(suggestion->total >= searcher.search(parse_query(typed), {.top = 0}).total);
        CHECK(total(searcher, text, 0) >= total(searcher, typed, 0));
        CHECK(total(searcher, text, 1) >= total(searcher, typed, 1));
        CHECK(total(searcher, text, 0) + total(searcher, text, 1) >
              total(searcher, typed, 0) + total(searcher, typed, 1));
        if (fold(text) == first + ' ' + second) ++right;
      }
    }
    CAPTURE(damaged_words);
    CAPTURE(suggestions);
    CAPTURE(right);
    CHECK(damaged_words > 300);
    CHECK(suggestions * 100 >= damaged_words * 98);
    CHECK(right * 100 >= damaged_words * 94);
  }

  TEST_CASE("several indexes, live or sealed, suggest and complete as one does") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const TemporaryDirectory directory;
    const std::vector<Document> documents = corpus_documents();
    std::vector<std::vector<Document>> parts(3);
    for (const Document& document : documents) parts[random() % parts.size()].push_back(document);
    std::vector<std::string> paths;
    for (const std::vector<Document>& part : parts) {
      paths.push_back(directory / std::to_string(paths.size()));
      write(paths.back(), part, {.seal_from = random() % 2 == 0 ? 0U : 1U << 30});
    }
    write(directory / "whole", documents);
    Searcher whole(directory / "whole"), several(paths);
    std::size_t suggestions = 0, completions = 0;
    std::vector<std::pair<std::string, std::string>> pairs = title_pairs(documents);
    std::shuffle(pairs.begin(), pairs.end(), random);
    pairs.resize(60);
    for (const auto& [first, second] : pairs) {
      const std::string typed = damaged(first, random) + ' ' + damaged(second, random);
      CAPTURE(typed);
      CHECK(suggested(several, typed) == suggested(whole, typed));
      suggestions += !suggested(whole, typed).empty();
      for (const std::string& text :
           {first.substr(0, 1 + random() % 4), first + ' ' + second.substr(0, random() % 3)}) {
        CAPTURE(text);
        CHECK(lines(several.complete(text)) == lines(whole.complete(text)));
        completions += whole.complete(text).size();
      }
    }
    CHECK(suggestions > 20);
    CHECK(completions > 100);
  }

  TEST_CASE("completion: words with the most frequent spelling, and pairs") {
    Press index;
    Searcher& searcher = index.searcher;
    CHECK(lines(searcher.complete("coop")) == std::vector<std::string>{"coopération 1"});
    CHECK(lines(searcher.complete("acc")) == std::vector<std::string>{"accord 3", "accord de paix 2"});
    CHECK(lines(searcher.complete("ACC", 1)) == std::vector<std::string>{"accord 3"});
    CHECK(lines(searcher.complete("l'acc", 1)) == std::vector<std::string>{"l'accord 3"});
    CHECK(lines(searcher.complete("accord de p")) == std::vector<std::string>{"accord de paix 2", "accord de pêche 1"});
    CHECK(lines(searcher.complete("accord p")) == std::vector<std::string>{"accord de paix 2"});
    CHECK(lines(searcher.complete("accord d")) == std::vector<std::string>{"accord de paix 2"});
    CHECK(lines(searcher.complete("Mali, coup d'")) == std::vector<std::string>{});
    CHECK(lines(searcher.complete("coup d'é")) == std::vector<std::string>{"coup d'État 2"});
    CHECK(lines(searcher.complete("coup ")) == std::vector<std::string>{"coup d'État 2"});
    CHECK(lines(searcher.complete("Mali presid")) == std::vector<std::string>{});
    CHECK(lines(searcher.complete("Burkina presid")) == std::vector<std::string>{"Burkina président 1"});
    CHECK(lines(searcher.complete("xyz")) == std::vector<std::string>{});
    CHECK(lines(searcher.complete("acc", 0)) == std::vector<std::string>{});
  }

  TEST_CASE("completion: what stands behind the words goes before what is more frequent") {
    const TemporaryDirectory directory;
    std::vector<Document> documents;
    const auto add = [&](int times, const std::string& body) {
      for (; times > 0; --times) documents.push_back(make_document(std::to_string(documents.size()), "", body));
    };
    add(3, "Le droit du travail.");
    add(2, "Le droit du transport.");
    add(1, "Le droit du temps ; le temps, dit-on, est au droit.");
    add(9, "Le droit au titre ; un texte.");                    // never behind it
    add(40, "Du droit, le droit de tous, les droits : rien.");  // says most about it
    add(5, "Le texte du titre.");
    write(directory / "index", documents);
    Searcher searcher(directory / "index");
    const std::vector<std::string> behind = {"droit du travail 3", "droit du transport 2", "droit du temps 1"};
    CHECK(lines(searcher.complete("droit du t")) == behind);
    CHECK(lines(searcher.complete("Mali droit du t")).empty());  // no document has all
    CHECK(lines(searcher.complete("droit du te")) == std::vector<std::string>{"droit du temps 1"});
    CHECK(lines(searcher.complete("droit du tex")) ==
          std::vector<std::string>{"droit du texte 9"});  // it stands nowhere
  }

  TEST_CASE("completion: all go on with what was typed, and say how many documents hold their words") {
    const TemporaryDirectory directory;
    const std::vector<Document> documents = corpus_documents();
    write(directory / "index", documents);
    Searcher searcher(directory / "index");
    std::size_t checked = 0, pairs = 0;
    std::set<std::string> starts;
    for (const auto& [first, second] : title_pairs(documents)) starts.insert(first.substr(0, 3));
    for (const std::string& typed : starts) {
      CAPTURE(typed);
      const std::vector<Completion> completions = searcher.complete(typed, 8);
      REQUIRE(!completions.empty());
      CHECK(completions.size() <= 8);
      std::set<std::string> texts;
      for (std::size_t i = 0; i < completions.size(); ++i) {
        const Completion& completion = completions[i];
        CAPTURE(completion.text);
        std::string letters = fold(completion.text);
        std::erase(letters, '\'');  // `ndj` is the beginning of `n'djamena`
        CHECK(letters.starts_with(typed));
        CHECK(texts.insert(completion.text).second);
        if (i > 0) CHECK(completion.documents <= completions[i - 1].documents);
        // What ranking takes for a word's frequency is that of its most frequent stem.
        const std::uint64_t found = total(searcher, completion.text, 1);
        const bool is_pair = completion.text.find(' ') != std::string::npos;
        CHECK(completion.documents <= found);
        if (is_pair) CHECK(completion.documents == found);
        pairs += is_pair;
        ++checked;
      }
    }
    CHECK(checked > 300);
    CHECK(pairs > 20);
  }

  TEST_CASE("any bytes may be suggested to and completed") {
    Press index;
    Searcher& searcher = index.searcher;
    const TemporaryDirectory directory;
    { IndexWriter(directory / "empty").commit(); }
    Searcher empty(directory / "empty");
    std::vector<std::string> texts = {"",   " ", "'", "l'", "-", "\xff", "pr\xc3", "acc\xff", "acord \xff paix",
                                      "a*", "\\"};
    texts.push_back(std::string(100'000, 'p'));
    std::string many;
    for (int i = 0; i < 2000; ++i) many += "presidant" + std::to_string(i % 3) + "x acord ";
    texts.push_back(many);
    std::mt19937 random(1);
    for (int i = 0; i < 500; ++i) {
      std::string bytes;
      for (std::size_t n = random() % 20; n > 0; --n) bytes += static_cast<char>(random());
      texts.push_back(bytes);
    }
    for (const std::string& text : texts) {
      Query query;
      query.kind = Query::Kind::Words;
      query.text = text;
      for (Searcher* one : {&searcher, &empty}) {
        one->suggest(query);
        for (const Completion& completion : one->complete(text)) CHECK(is_valid_utf8(completion.text));
      }
    }
    CHECK(empty.complete("acc").empty());
  }
}

}  // namespace limier::test
