#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalogue.h"
#include "limier/error.h"
#include "limier/index_writer.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "naive_search.h"
#include "query/related_words.h"
#include "shard_kinds.h"
#include "temporary_directory.h"
#include "text/utf8.h"

namespace limier::test {
namespace {

Document make_document(const std::string& id, const std::string& title, const std::string& body) {
  Document document;
  document.id = id;
  document.title = title;
  document.body = body;
  return document;
}

std::vector<std::string> ids(const SearchResult& result) {
  std::vector<std::string> ids;
  for (const Hit& hit : result.hits) ids.push_back(hit.id);
  return ids;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

 private:
  std::mt19937 engine_;
};

/// Words that meet, and fail to meet, in every way that matching knows.
const std::vector<std::string> words = {
    "pêche",       "peche",     "péché",    "pèche",        "pêches",      "réfugiés",
    "refugies",    "REFUGIES",  "réfugié",  "homme",        "L'homme",     "l’homme",
    "hommes",      "le",        "de",       "la",           "Mali",        "malien",
    "accord",      "accords",   "d'accord", "porte-avions", "porteavions", "porte",
    "avions",      "avion",     "œuvre",    "oeuvre",       "œuvres",      "Guinée-Bissau",
    "guinee",      "Bissau",    "590 000",  "S.N.C.F.",     "sncf",        "Étienne",
    "ETIENNE",     "côte",      "côté",     "cote",         "coté",        "14h30",
    "aujourd'hui", "N'Djamena", "ndjamena", "ministère",    "ministériel", "ministres",
    "minsitère",   "réfugeis",  "acords"};

std::string some_words(Dice& dice, std::size_t most) {
  std::string text;
  for (std::size_t i = dice.below(most + 1); i > 0; --i) text += dice.pick(words) + (dice.below(6) == 0 ? ". " : " ");
  return text;
}

std::vector<Document> some_documents(Dice& dice, std::size_t count, std::size_t most_words = 30) {
  const std::vector<std::string> dates = {"",           "2022", "2022-11", "2022-11-23", "2022-11-30T10:00:00+01:00",
                                          "2023-02-28", "2024"};
  std::vector<Document> documents;
  for (std::size_t i = 0; i < count; ++i) {
    Document document =
        make_document("d" + std::to_string(i * 7919 % 100'003), some_words(dice, 4), some_words(dice, most_words));
    for (std::size_t n = dice.below(3); n > 0; --n) document.authors.push_back(some_words(dice, 2));
    for (std::size_t n = dice.below(3); n > 0; --n) document.tags.push_back(some_words(dice, 2));
    for (std::size_t n = dice.below(3); n > 0; --n) document.sections.push_back(dice.pick({"Monde", "Sport", "Sahel"}));
    document.site = some_words(dice, 2);
    document.source = dice.pick({"", "AFP", "APA"});
    document.language = dice.pick({"", "fr", "fr-ML"});
    document.date = dice.pick(dates);
    if (dice.below(2) == 0) document.values["lectures"] = dice.pick({"0", "2.5", "7", "12", "-4", "beaucoup"});
    documents.push_back(std::move(document));
  }
  return documents;
}

/// A word that patterns and misspellings can be made of.
std::string some_plain_word(Dice& dice) {
  const std::vector<std::string> plain = {"pêche",  "peche", "réfugiés", "refugies", "homme", "accords", "mali",
                                          "avions", "porte", "cote",     "côté",     "sncf",  "bissau"};
  return dice.pick(plain);
}

std::string some_pattern(Dice& dice) {
  std::string pattern = some_plain_word(dice);
  const auto place = [&] { return utf8_boundary(pattern, dice.below(pattern.size() + 1)); };
  if (dice.below(3) > 0) pattern.resize(place());
  if (dice.below(4) == 0) pattern.insert(place(), "?");
  return pattern.insert(place(), "*");
}

std::string some_misspelling(Dice& dice) {
  std::string word = some_plain_word(dice);
  for (std::size_t i = dice.below(3); i > 0; --i) {
    const std::size_t at = utf8_boundary(word, dice.below(word.size() + 1));
    if (dice.below(2) == 0) {
      word.insert(at, dice.pick({"e", "s", "t"}));
    } else if (at < word.size()) {
      word.erase(at, decode_utf8(word, at).length);
    }
  }
  return word;
}

/// A part of a Near.
Query some_place(Dice& dice, const std::string& field, int depth) {
  Query query;
  query.field = field;
  switch (dice.below(depth > 0 ? 8 : 6)) {
    case 0:
      query.kind = Query::Kind::Phrase, query.text = some_words(dice, 3);
      query.distance = static_cast<unsigned>(dice.below(2) * dice.below(6));
      break;
    case 1:
      query.kind = Query::Kind::Form, query.text = some_plain_word(dice);
      break;
    case 2:
      query.kind = Query::Kind::Pattern, query.text = some_pattern(dice);
      break;
    case 3:
      query.kind = Query::Kind::Fuzzy, query.text = some_misspelling(dice);
      query.distance = 1 + static_cast<unsigned>(dice.below(2));
      break;
    case 4:
    case 5:
      query.kind = Query::Kind::Words, query.text = some_words(dice, 2);
      break;
    default:
      query.kind = dice.below(2) == 0 ? Query::Kind::Near : Query::Kind::Group;
      query.distance = query.kind == Query::Kind::Near ? 1 + static_cast<unsigned>(dice.below(8)) : 0;
      query.field.clear();
      for (std::size_t i = 1 + dice.below(3); i > 0; --i) query.children.push_back(some_place(dice, field, depth - 1));
  }
  return query;
}

Query some_range(Dice& dice) {
  const std::vector<std::string> bounds = {"", "0", "2.5", "10", "-3"};
  Query query;
  query.kind = Query::Kind::Numbers, query.field = "lectures";
  query.from = dice.pick(bounds), query.to = dice.pick(bounds);
  query.above = dice.below(3) == 0 && !query.from.empty();
  query.below = dice.below(3) == 0 && !query.to.empty();
  return query;
}

Query some_part(Dice& dice) {
  const std::vector<std::string> bounds = {"", "2022", "2022-11", "2022-11-23", "2023-02", "2024-01-01"};
  Query query;
  query.field = dice.pick({"", "", "", "", "title", "author", "tag", "site"});
  switch (dice.below(12)) {
    case 0:
    case 1:
      query.kind = Query::Kind::Phrase, query.text = some_words(dice, 3);
      query.distance = static_cast<unsigned>(dice.below(2) * dice.below(6));
      break;
    case 2:
      query.kind = Query::Kind::Dates, query.field.clear();
      query.from = dice.pick(bounds), query.to = dice.pick(bounds);
      break;
    case 3:
      query.kind = Query::Kind::Form, query.text = some_words(dice, 2);
      break;
    case 4:
      query.kind = Query::Kind::Pattern, query.text = some_pattern(dice);
      break;
    case 5:
      query.kind = Query::Kind::Fuzzy, query.text = some_misspelling(dice);
      query.distance = 1 + static_cast<unsigned>(dice.below(2));
      break;
    case 6:
      query = some_range(dice);
      break;
    case 7:
      query.kind = Query::Kind::Exists, query.field = dice.pick({"date", "title", "author", "lectures", "absent"});
      break;
    case 8:
      if (dice.below(4) == 0) {
        query.kind = Query::Kind::Id, query.field.clear(), query.text = dice.pick({"d0", "d7919", "none"});
        break;
      }
      query.kind = dice.below(4) == 0 ? Query::Kind::Everything : Query::Kind::Words, query.field.clear();
      if (query.kind == Query::Kind::Words && dice.below(2) == 0) {
        query.kind = static_cast<Query::Kind>(dice.below(5));
        query.text = "—";
        query.distance = query.kind == Query::Kind::Fuzzy ? 1 : 0;
      }
      break;
    default:
      query.kind = Query::Kind::Words, query.text = some_words(dice, 4);
      query.match = dice.below(3) == 0 ? 0.6 : 0;
  }
  return query;
}

Query some_query(Dice& dice, int depth) {
  Query query;
  const std::size_t kind = dice.below(depth > 0 ? 9 : 6);
  if (kind < 5) {
    query = some_part(dice);
  } else if (kind == 5) {
    query = some_place(dice, dice.pick({"", "", "title", "tag"}), 2);
    while (query.kind != Query::Kind::Near) query = some_place(dice, "", 2);
  } else {
    query.match = dice.below(4) == 0 ? static_cast<double>(dice.below(5)) / 4 : 0;
    for (std::size_t i = dice.below(4); i > 0; --i) {
      query.children.push_back(some_query(dice, depth - 1));
      query.children.back().occur = static_cast<Occur>(dice.below(3));
      if (query.children.back().kind == Query::Kind::Words) query.children.back().match = query.match;
    }
  }
  if (dice.below(5) == 0) query.weight = 0.5 + static_cast<double>(dice.below(6));
  return query;
}

/// Parts any of which will do.
Query some_alternatives(Dice& dice) {
  Query query;
  for (std::size_t i = 2 + dice.below(3); i > 0; --i) {
    query.children.push_back(some_part(dice));
    query.children.back().match = 0;
  }
  return query;
}

/// Lines of a synonyms' file, some of which are no rules.
std::string some_rules(Dice& dice) {
  std::string lines;
  for (std::size_t i = dice.below(7); i > 0; --i) {
    const std::string sign = dice.pick({" = ", " > "});
    lines += some_words(dice, 2);
    for (std::size_t side = 1 + dice.below(2); side > 0; --side) lines += sign + some_words(dice, 2);
    lines += '\n';
  }
  return lines;
}

void write_rules(const std::string& index, const std::string& lines) {
  std::ofstream(index + "/synonyms.txt", std::ios::binary) << lines;
}

RankingOptions some_ranking(Dice& dice) {
  RankingOptions ranking;
  ranking.k1 = static_cast<double>(dice.below(20)) / 10;
  ranking.b = static_cast<double>(dice.below(11)) / 10;
  ranking.title_weight = 1 + static_cast<double>(dice.below(5));
  ranking.exact_share = static_cast<double>(dice.below(3)) / 4;
  ranking.stop_share = static_cast<double>(dice.below(3)) / 4;
  ranking.family_share = static_cast<double>(dice.below(3)) / 4;
  ranking.misspelt_share = static_cast<double>(dice.below(3)) / 4;
  ranking.lead_share = static_cast<double>(dice.below(3)) / 4;
  ranking.pair_share = static_cast<double>(dice.below(3)) / 4;
  ranking.order_share = static_cast<double>(dice.below(3)) / 4;
  ranking.mark_share = static_cast<double>(dice.below(3)) / 4;
  ranking.rerank = dice.below(4) * 30;
  ranking.freshness = static_cast<double>(dice.below(2) * dice.below(5)) / 2;
  ranking.half_life = 0.5 + static_cast<double>(dice.below(400));
  ranking.today = dice.pick({"2022-11-24", "2023-03-01", "2024-02-29"});
  return ranking;
}

std::vector<FacetOptions> some_facets(Dice& dice) {
  std::vector<FacetOptions> facets;
  for (std::size_t i = dice.below(4); i > 0; --i) {
    FacetOptions facet{dice.pick({"site", "author", "tag", "section", "source", "language", "lectures", "absent",
                                  "year", "month", "day"}),
                       dice.below(6)};
    const bool is_date = facet.field == "year" || facet.field == "month" || facet.field == "day";
    facet.timeline = is_date && dice.below(2) == 0;
    facets.push_back(facet);
  }
  return facets;
}

void check_same_facets(const std::vector<Facet>& found, const std::vector<Facet>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(found[i].field);
    CHECK(found[i].field == expected[i].field);
    CHECK(found[i].distinct == expected[i].distinct);
    CHECK(found[i].documents == expected[i].documents);
    REQUIRE(found[i].values.size() == expected[i].values.size());
    for (std::size_t value = 0; value < found[i].values.size(); ++value) {
      CHECK(found[i].values[value].value == expected[i].values[value].value);
      CHECK(found[i].values[value].count == expected[i].values[value].count);
    }
  }
}

/// `found` is what `options` cut out of `all`, which holds every match. Documents whose scores differ by less than
/// rounding may stand in either order.
void check_same(const SearchResult& found, const SearchResult& all, const SearchOptions& options) {
  CHECK(found.total == all.total);
  CHECK(found.total_is_exact);
  check_same_facets(found.facets, all.facets);
  const std::size_t first = std::min(options.offset, all.hits.size());
  REQUIRE(found.hits.size() == std::min(options.top, all.hits.size() - first));
  const auto day = [&](const Hit& hit) { return options.sort == Sort::Relevance ? "" : first_day(hit.document); };
  std::map<std::string, double> scores;
  for (const Hit& hit : all.hits) scores[hit.id] = hit.score;
  for (std::size_t i = 0; i < found.hits.size(); ++i) {
    const Hit& hit = found.hits[i];
    REQUIRE(scores.contains(hit.id));
    CHECK(hit.score == doctest::Approx(scores[hit.id]).epsilon(1e-6));
    CHECK(hit.score == doctest::Approx(all.hits[first + i].score).epsilon(1e-6));
    CHECK(day(hit) == day(all.hits[first + i]));
    if (i == 0) continue;
    const Hit& before = found.hits[i - 1];
    if (day(before) == day(hit)) CHECK((before.score > hit.score || (before.score == hit.score && before.id < hit.id)));
  }
}

double sum_of_leaves(const ScoreShare& share) {
  if (share.parts.empty()) {
    const double product = share.weight * share.idf * share.saturation;
    CHECK(share.score == doctest::Approx(product).epsilon(1e-12));
    return product;
  }
  double sum = 0;
  for (const ScoreShare& part : share.parts) sum += sum_of_leaves(part);
  return sum;
}

/// The shares of every hit add up to its score, and nothing else has any.
void check_explained(Searcher& searcher, const Query& query, SearchOptions options, const SearchResult& all) {
  std::set<std::string> matches;
  for (const Hit& hit : all.hits) matches.insert(hit.id);
  for (int i = 0; i < 4; ++i) {
    const std::string id = "d" + std::to_string(i * 7919 % 100'003);
    CAPTURE(id);
    const std::optional<ScoreShare> share = searcher.explain(query, id, options);
    REQUIRE(share.has_value() == matches.contains(id));
    if (!share) continue;
    const auto hit = std::find_if(all.hits.begin(), all.hits.end(), [&](const Hit& each) { return each.id == id; });
    CHECK(share->score == doctest::Approx(hit->score).epsilon(1e-9));
    CHECK(sum_of_leaves(*share) == doctest::Approx(hit->score).epsilon(1e-9));
  }
}

}  // namespace

TEST_SUITE("search") {
  TEST_CASE("agrees with the naive oracle on random documents and queries") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    std::size_t found = 0;
    for (int round = 0; round < 8; ++round) {
      const TemporaryDirectory directory;
      const bool has_leads = round % 4 == 3;  // Only long documents have them.
      const std::vector<Document> documents =
          has_leads ? some_documents(dice, 8, 400) : some_documents(dice, 1 + dice.below(40));
      write_index(directory / "index", documents);
      const std::string rules = some_rules(dice);
      CAPTURE(rules);
      write_rules(directory / "index", rules);
      Searcher searcher(directory / "index");
      const NaiveSearch oracle(documents, searcher.synonyms().rules);
      for (int i = has_leads ? 75 : 0; i < 100; ++i) {
        SearchOptions options;
        options.top = 1 + dice.below(20);
        options.offset = dice.below(4);
        options.ranking = some_ranking(dice);
        options.sort = static_cast<Sort>(dice.below(3));
        options.facets = some_facets(dice);
        const Query query = some_query(dice, 3);
        const std::string shown = to_string(query);
        CAPTURE(shown);
        const SearchResult result = searcher.search(query, options);
        const SearchResult expected = oracle.search(query, options);
        check_same(result, expected, options);
        check_explained(searcher, query, options, expected);
        CHECK_FALSE(searcher.describe(query, options).front().text.text.empty());
        found += result.total > 0;
      }
    }
    CHECK(found > 200);  // Queries that find nothing prove little.
  }

  TEST_CASE("the same documents give the same hits whatever their history") {
    unsigned seed = std::random_device{}();
    SUBCASE("any") {}
    // A document has two words of a family, which a segment reads together and a head each by itself.
    SUBCASE("words that count alike") { seed = 408992626; }
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const std::vector<Document> documents = some_documents(dice, 60);
    write_index(directory / "plain", documents);

    std::vector<Document> shuffled = documents;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(seed));
    {
      IndexWriter writer(directory / "worn", writer_options(1));
      for (const Document& document : some_documents(dice, 60)) writer.add(document);
      writer.commit();
      for (const Document& document : shuffled) {
        if (dice.below(2) == 0) writer.remove(document.id);
        writer.add(document);
        if (dice.below(8) == 0) writer.commit();
      }
      writer.commit();
    }
    Searcher plain(directory / "plain"), worn(directory / "worn");
    CHECK(plain.info().documents == 60);
    CHECK(worn.info().documents == 60);
    CHECK(plain.info().words == worn.info().words);
    for (int i = 0; i < 200; ++i) {
      const Query query = some_query(dice, 3);
      const SearchResult expected = plain.search(query), found = worn.search(query);
      CHECK(ids(found) == ids(expected));
      for (std::size_t hit = 0; hit < found.hits.size(); ++hit)
        CHECK(found.hits[hit].score == expected.hits[hit].score);
    }
  }

  TEST_CASE("several indexes are searched as if they were one") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    std::size_t found = 0;
    for (std::size_t parts = 2; parts <= 3; ++parts) {
      const TemporaryDirectory directory;
      const std::vector<Document> documents = some_documents(dice, 60);
      std::vector<std::vector<Document>> split(parts);
      for (const Document& document : documents) split[dice.below(parts)].push_back(document);
      std::vector<std::string> paths;
      for (const std::vector<Document>& part : split) {
        paths.push_back(directory / ("part" + std::to_string(paths.size())));
        write_index(paths.back(), part);
      }
      std::string all_rules;
      for (const std::string& path : paths) {
        const std::string rules = some_rules(dice);
        write_rules(path, rules);
        all_rules += rules;
      }
      CAPTURE(all_rules);
      write_index(directory / "whole", documents);
      write_rules(directory / "whole", all_rules);
      Searcher whole(directory / "whole"), several(paths);
      for (int i = 0; i < 150; ++i) {
        SearchOptions options{.top = 1 + dice.below(70), .offset = dice.below(4)};
        options.sort = static_cast<Sort>(dice.below(3));
        options.collapse = static_cast<Collapse>(dice.below(3));
        options.facets = some_facets(dice);
        const Query query = some_query(dice, 3);
        const std::string shown = to_string(query);
        CAPTURE(shown);
        const SearchResult expected = whole.search(query, options), result = several.search(query, options);
        CHECK(result.total == expected.total);
        CHECK(result.wanted_in_title == expected.wanted_in_title);
        CHECK(result.wanted_in_body == expected.wanted_in_body);
        check_same_facets(result.facets, expected.facets);
        REQUIRE(ids(result) == ids(expected));
        for (std::size_t hit = 0; hit < result.hits.size(); ++hit) {
          CHECK(result.hits[hit].score == doctest::Approx(expected.hits[hit].score).epsilon(1e-9));
          CHECK(result.hits[hit].hidden == expected.hits[hit].hidden);
          CHECK(result.hits[hit].document == expected.hits[hit].document);
        }
        found += result.hits.size() > 1;
      }
    }
    CHECK(found > 50);
  }

  TEST_CASE("however few hits are asked for, they are the first of all, whatever is asked") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const std::vector<Document> documents = some_documents(dice, 5000);
    write_index(directory / "index", documents);
    const std::string rules = some_rules(dice);
    CAPTURE(rules);
    write_rules(directory / "index", rules);
    Searcher searcher(directory / "index");
    for (int i = 0; i < 250; ++i) {
      SearchOptions options{.documents = false};
      options.top = 1 + dice.below(30);
      options.offset = dice.below(3) * dice.below(4);
      options.sort = static_cast<Sort>(dice.below(6) == 0 ? dice.below(3) : 0);
      if (dice.below(2) == 0) options.ranking = some_ranking(dice);
      if (dice.below(2) == 0) options.count_limit = 1 + dice.below(3000);
      if (dice.below(4) == 0) options.facets = some_facets(dice);
      const Query query = dice.below(3) == 0 ? some_query(dice, 3) : some_alternatives(dice);
      const std::string shown = to_string(query);
      CAPTURE(shown);
      const SearchResult found = searcher.search(query, options);
      SearchOptions exhaustive = options;
      exhaustive.top = documents.size(), exhaustive.offset = exhaustive.count_limit = 0;
      const SearchResult all = searcher.search(query, exhaustive);
      CHECK(found.total == (found.total_is_exact ? all.total : options.count_limit));
      CHECK(all.total == all.hits.size());
      check_same_facets(found.facets, all.facets);
      REQUIRE(found.hits.size() == std::min(options.top, all.hits.size() - std::min(all.hits.size(), options.offset)));
      for (std::size_t hit = 0; hit < found.hits.size(); ++hit) {
        CAPTURE(hit);
        REQUIRE(found.hits[hit].id == all.hits[options.offset + hit].id);
        CHECK(found.hits[hit].score == all.hits[options.offset + hit].score);
      }
    }
  }

  TEST_CASE("however few hits are asked for, they are the first of all, beside what scores nothing too") {
    const TemporaryDirectory directory;
    std::vector<Document> documents;
    for (std::size_t i = 0; i < 1000; ++i) {
      Document document = make_document("d" + std::to_string(i), "", "un");
      for (std::size_t n = i * 37 % 11; n > 0; --n) document.body += n % 3 == 0 ? " rare" : " mot";
      if (i % 9 == 4) document.authors = {"Awa"};
      if (i % 2 == 0) document.sections = {"Sport"};
      documents.push_back(std::move(document));
    }
    write_index(directory / "index", documents);
    Searcher searcher(directory / "index");
    for (const std::string text :
         {"mot auteur:*", "auteur:* OU section:*", "rare mot auteur:*", "auteur:* OU titre:*"}) {
      CAPTURE(text);
      const std::vector<std::string> all = ids(searcher.search(parse_query(text), {.top = documents.size()}));
      REQUIRE(all.size() > 50);
      for (std::size_t top = 1; top <= 50; ++top) {
        CAPTURE(top);
        const auto end = all.begin() + static_cast<std::ptrdiff_t>(top);
        CHECK(ids(searcher.search(parse_query(text), {.top = top})) == std::vector<std::string>(all.begin(), end));
      }
    }
  }

  TEST_CASE("of several indexes each hit says where it is, and what cannot be compared is refused") {
    const TemporaryDirectory directory;
    Document first = make_document("a", "", "mot"), second = make_document("a", "", "mot");
    first.date = "2022", second.date = "2024-02-29", second.site = "Un site";
    write_index(directory / "one", {first, make_document("b", "", "autre")});
    write_index(directory / "two", {second});
    Searcher searcher(std::vector{directory / "one", directory / "two"});
    const SearchResult result = searcher.search(parse_query("mot"));
    REQUIRE(ids(result) == std::vector<std::string>{"a", "a"});
    CHECK(result.hits[0].index == 0);
    CHECK(result.hits[0].document == first);
    CHECK(result.hits[1].index == 1);
    CHECK(result.hits[1].document == second);
    CHECK(searcher.document("a") == first);
    CHECK(searcher.document("b").has_value());
    CHECK_FALSE(searcher.document("c").has_value());
    CHECK(searcher.info().documents == 3);
    CHECK(searcher.info().words == 3);
    CHECK(searcher.info().first_date == "2022-01-01");
    CHECK(searcher.info().last_date == "2024-02-29");
    IndexWriter(directory / "light", {.analyzer = {.stemmer = Stemmer::Light}}).commit();
    CHECK_THROWS_WITH_AS(Searcher(std::vector{directory / "one", directory / "light"}),
                         doctest::Contains("light cannot be searched together with"), Error);
    CHECK_THROWS_AS(Searcher(std::vector<std::string>{}), Error);
  }

  TEST_CASE("typed with accents the very form ranks first, typed without every spelling is found") {
    const TemporaryDirectory directory;
    write_index(directory / "index",
                {make_document("a", "", "Le péché est là."), make_document("b", "", "La pêche est là."),
                 make_document("c", "", "Des réfugiés arrivent."), make_document("d", "", "REFUGIES A BAMAKO, ICI")});
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("pêche"))) == std::vector<std::string>{"b", "a"});
    CHECK(ids(searcher.search(parse_query("péché"))) == std::vector<std::string>{"a", "b"});
    CHECK(searcher.search(parse_query("refugies")).total == 2);
    CHECK(searcher.search(parse_query("réfugiés")).total == 2);
  }

  TEST_CASE("a very form is that form alone; a beginning meets every word that begins so, whatever its stem") {
    const TemporaryDirectory directory;
    write_index(directory / "index",
                {make_document("a", "", "Le marché."), make_document("b", "", "Les marchés, la marche."),
                 make_document("c", "", "Un établissement.")});
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("=marché"))) == std::vector<std::string>{"a"});
    CHECK(ids(searcher.search(parse_query("=marche"))) == std::vector<std::string>{"b"});
    CHECK(searcher.search(parse_query("marché*")).total == 2);
    CHECK(ids(searcher.search(parse_query("etabliss*"))) == std::vector<std::string>{"c"});
    CHECK(searcher.search(parse_query("marchez*")).total == 0);
  }

  TEST_CASE("what holds no word is left out of a group, with a warning where it is required") {
    const TemporaryDirectory directory;
    write_index(directory / "index", {make_document("a", "", "Un accord au Mali"),
                                      make_document("b", "", "La paix au Mali"), make_document("c", "", "Un or")});
    Searcher searcher(directory / "index");
    const auto found = [&](const std::string& text) { return searcher.search(parse_query(text)).total; };
    const auto warnings = [&](const std::string& text) { return searcher.search(parse_query(text)).warnings.size(); };
    for (const std::string nothing : {"—", "\"—\"", "=—", "—~", "(— OU …)", "titre:—", "(— -…)"}) {
      CAPTURE(nothing);
      CHECK(found("Mali ET " + nothing) == 2);
      CHECK(warnings("Mali ET " + nothing) == 1);
      CHECK(found("Mali SAUF " + nothing) == 2);
      CHECK(found("Mali OU " + nothing) == 2);
      CHECK(warnings("Mali OU " + nothing) == 0);
      CHECK(found(nothing) == 0);
      CHECK(warnings(nothing) == 1);
      CHECK(found("-" + nothing) == 3);
    }
  }

  TEST_CASE("stop words are alternatives only to one another") {
    const TemporaryDirectory directory;
    write_index(directory / "index", {make_document("a", "", "le Mali"), make_document("b", "", "le Niger")});
    Searcher searcher(directory / "index");
    CHECK(searcher.search(parse_query("le Mali")).total == 1);
    CHECK(searcher.search(parse_query("le")).total == 2);
    CHECK(searcher.search(parse_query("\"le Mali\"")).total == 1);
    CHECK(searcher.search(parse_query("\"Mali le\"")).total == 0);
  }

  TEST_CASE("a rare word of grammar counts a little beside others") {
    const TemporaryDirectory directory;
    write_index(
        directory / "index",
        {make_document("a", "", "la crise dure"), make_document("b", "", "malgré la fièvre"),
         make_document("c", "", "malgré la crise"), make_document("d", "", "la pluie"),
         make_document("e", "", "la neige"), make_document("f", "", "la grêle"), make_document("g", "", "le vent"),
         make_document("h", "", "le gel"), make_document("i", "", "la brume"), make_document("j", "", "le froid")});
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("malgré la crise"))) == std::vector<std::string>{"c", "a", "b"});
    CHECK(ids(searcher.search(parse_query("malgré la crise"), {.ranking = {.stop_share = 0}})) ==
          std::vector<std::string>{"a", "c"});
  }

  TEST_CASE("words of a family count for one another, and an unknown word for what it may be a misspelling of") {
    const TemporaryDirectory directory;
    write_index(directory / "index",
                {make_document("a", "", "un arrêté ministériel"), make_document("b", "", "le ministère"),
                 make_document("c", "", "le gouvernement")});
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("ministère"))) == std::vector<std::string>{"b", "a"});
    CHECK(ids(searcher.search(parse_query("ministère"), {.ranking = {.family_share = 0}})) ==
          std::vector<std::string>{"b"});
    CHECK(ids(searcher.search(parse_query("gouvrenement"))) == std::vector<std::string>{"c"});
    CHECK(searcher.search(parse_query("gouvrenement"), {.ranking = {.misspelt_share = 0}}).total == 0);
    for (const char* strict : {"\"gouvrenement\"", "=gouvrenement", "\"ministre\""})
      CHECK(searcher.search(parse_query(strict)).total == 0);
  }

  TEST_CASE("words of a family raise scores and, if they are not derived from one another, make nothing match") {
    const TemporaryDirectory directory;
    write_index(directory / "index",
                {make_document("a", "", "le marché de Cotonou"), make_document("b", "", "le marché de Parakou"),
                 make_document("c", "", "le coton"), make_document("d", "", "la cotonnade")});
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("coton"))) == std::vector<std::string>{"c"});
    CHECK(ids(searcher.search(parse_query("coton marché"))) == std::vector<std::string>{"c", "a", "b"});
    CHECK(searcher.search(parse_query("-coton")).total == 3);
    CHECK(searcher.search(parse_query("+coton +marché")).total == 0);
    CHECK(searcher.explain(parse_query("coton marché"), "a")->parts.size() == 2);
    CHECK_FALSE(searcher.explain(parse_query("coton"), "a").has_value());
  }

  TEST_CASE(
      "beside other words, what is derived from a word makes nothing match where enough documents have the word") {
    const TemporaryDirectory directory;
    write_index(
        directory / "index",
        {make_document("a", "", "un compte ouvert"), make_document("b", "", "le marché ouvert"),
         make_document("c", "", "ouverture de la session"), make_document("d", "", "ouverture du compte, du compte")});
    Searcher searcher(directory / "index");
    const auto found = [&](const char* query, std::size_t rerank, double match) {
      SearchOptions options{.ranking = {.rerank = rerank}};
      Query parsed = parse_query(query);
      parsed.match = match;
      return searcher.search(parsed, options).total;
    };
    CHECK(found("ouvert marché", 100, 0) == 4);
    CHECK(found("ouvert marché", 3, 0) == 4);
    CHECK(found("ouvert marché", 2, 0) == 2);
    CHECK(found("ouvert compte", 2, 0) == 3);
    CHECK(found("ouvert compte", 2, 1) == 2);
    CHECK(found("ouvert", 2, 0) == 4);
    CHECK(found("le ouvert", 2, 0) == 4);
    CHECK(found("+ouvert +compte", 2, 0) == 2);
    const auto score_of_d = [&](double family_share) {
      const SearchOptions options{.ranking = {.family_share = family_share, .rerank = 2}};
      return searcher.explain(parse_query("ouvert compte"), "d", options)->score;
    };
    CHECK(score_of_d(0.3) > score_of_d(0));
  }

  TEST_CASE("derivation is told by endings") {
    const std::pair<const char*, const char*> derived[] = {
        {"ouvert", "ouvertur"}, {"ouverts", "ouvertur"}, {"travaill", "travail"}, {"minister", "ministeriel"}};
    for (const auto& [a, b] : derived) {
      CHECK(is_derived(a, b));
      CHECK(is_derived(b, a));
    }
    const std::pair<const char*, const char*> strangers[] = {
        {"coton", "cotonou"}, {"parti", "particip"}, {"camer", "cameroun"}, {"a", "b"}, {"", "er"}};
    for (const auto& [a, b] : strangers) CHECK_FALSE(is_derived(a, b));
  }

  TEST_CASE("words that stand near each other, or where a text begins, raise a score") {
    const TemporaryDirectory directory;
    std::string filler;
    for (int i = 0; i < 200; ++i) filler += "mot ";
    write_index(directory / "index",
                {make_document("far", "", filler + "accord " + filler + "paix"),
                 make_document("near", "", filler + filler + "accord pour la paix"),
                 make_document("lead", "", "accord " + filler + filler + "paix"), make_document("none", "", filler)});
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("accord paix"))).front() == "lead");
    CHECK(ids(searcher.search(parse_query("accord paix"), {.ranking = {.lead_share = 0}})).front() == "near");
    const std::optional<ScoreShare> share = searcher.explain(parse_query("accord paix"), "near");
    REQUIRE(share.has_value());
    CHECK(share->parts.back().kind == "pair");
    CHECK(share->parts.back().label == "accord paix");
    CHECK(share->parts.back().frequency == 1);
  }

  TEST_CASE("pairs of words that stand near each other are those of a naive count") {
    const std::vector<std::string> words{"vent", "pluie", "neige", "soleil", "mot", "mot", "mot"};
    constexpr std::size_t queried = 4;
    const unsigned seed = std::random_device()();
    INFO("seed ", seed);
    std::mt19937 random(seed);
    const auto count = [&](const std::vector<std::size_t>& text, std::size_t first, std::size_t second, auto holds) {
      int pairs = 0;
      for (int i = 0; i < static_cast<int>(text.size()); ++i)
        for (int j = 0; j < static_cast<int>(text.size()); ++j)
          if (text[static_cast<std::size_t>(i)] == first && text[static_cast<std::size_t>(j)] == second && holds(j - i))
            ++pairs;
      return pairs;
    };
    std::size_t pairs = 0, neighbours = 0;
    for (int round = 0; round < 3; ++round) {  // of so many documents as are all ranked again
      const TemporaryDirectory directory;
      std::vector<Document> documents;
      std::vector<std::vector<std::size_t>> texts(20);
      for (std::vector<std::size_t>& text : texts) {
        std::string body;
        for (std::size_t left = random() % 40; left > 0; --left)
          body += words[text.emplace_back(random() % words.size())] + ' ';
        documents.push_back(make_document(std::to_string(documents.size()), "", body));
      }
      write_index(directory / "index", documents);
      Searcher searcher(directory / "index");
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto sum = searcher.explain(parse_query("vent pluie neige soleil"), std::to_string(i));
        std::map<std::string, double> found, expected;
        if (sum)
          for (const ScoreShare& part : sum->parts)
            if (part.kind == "pair" || part.kind == "order") found[part.kind + ' ' + part.label] = part.frequency;
        for (std::size_t a = 0; a < queried; ++a) {
          for (std::size_t b = a + 1; b < queried; ++b) {
            const std::string label = words[a] + ' ' + words[b];
            if (const int n = count(texts[i], a, b, [](int apart) { return std::abs(apart) <= 5; }); n > 0)
              expected["pair " + label] = n;
            if (const int n = count(texts[i], a, b, [](int apart) { return apart == 1; }); n > 0 && b == a + 1)
              expected["order " + label] = n;
          }
        }
        CHECK(found == expected);
        for (const auto& [label, n] : expected) ++(label.starts_with("pair") ? pairs : neighbours);
      }
    }
    CHECK(pairs > 100);
    CHECK(neighbours > 30);
  }

  TEST_CASE("a word that stands for two of a query is no pair of them") {
    const TemporaryDirectory directory;
    // Without accents it is either of two words with different stems.
    write_index(directory / "index",
                {make_document("one", "", "tu te réfugies"), make_document("both", "", "tu te réfugies, réfugiés")});
    Searcher searcher(directory / "index");
    const auto pairs = [&](const std::string& id) {
      const std::optional<ScoreShare> sum = searcher.explain(parse_query("réfugies refugies"), id);
      REQUIRE(sum.has_value());
      return std::ranges::count(sum->parts, "pair", &ScoreShare::kind);
    };
    CHECK(pairs("one") == 0);
    CHECK(pairs("both") == 1);
  }

  TEST_CASE("neighbours that stand as they were typed raise a score") {
    const TemporaryDirectory directory;
    write_index(directory / "index", {make_document("other", "", "La pêche dont le ministre parle"),
                                      make_document("typed", "", "Le ministre de la pêche parle")});
    Searcher searcher(directory / "index");
    const Query query = parse_query("ministre de la pêche");
    CHECK(ids(searcher.search(query)) == std::vector<std::string>{"typed", "other"});
    CHECK(searcher.explain(query, "other")->parts.back().kind == "pair");
    const ScoreShare order = searcher.explain(query, "typed")->parts.back();
    CHECK(order.kind == "order");
    CHECK(order.label == "ministre pêche");
    CHECK(order.weight == RankingOptions().order_share);
    CHECK(order.frequency == 1);
  }

  TEST_CASE("names, which a capital shows, and what is quoted raise a score") {
    const TemporaryDirectory directory;
    write_index(directory / "index", {make_document("a", "", "le vol de paris à la réunion est complet")});
    Searcher searcher(directory / "index");
    const auto marked = [&](const std::string& text) {
      std::string labels;
      const std::optional<ScoreShare> sum = searcher.explain({.kind = Query::Kind::Words, .text = text}, "a");
      REQUIRE(sum.has_value());
      for (const ScoreShare& share : sum->parts)
        if (share.kind == "mark") labels += share.label + ' ';
      return labels;
    };
    CHECK(marked("un vol pour Paris, La Réunion") == "Paris Réunion ");
    CHECK(marked("Vol complet") == "");                 // It begins the text,
    CHECK(marked("complet : Paris. Réunion ?") == "");  // or a sentence,
    CHECK(marked("VOL PARIS RÉUNION") == "");           // or is as all words are.
    CHECK(marked("« complet », le vol de \"paris\" à réunion") == "complet paris ");
    CHECK(marked("un vol pour Lyon") == "");  // which is not there
  }

  TEST_CASE("beside other words the parts of a compound score, and the compound matches") {
    const TemporaryDirectory directory;
    write_index(directory / "index",
                {make_document("apart", "", "un vol de Lyon vers Rennes"), make_document("tied", "", "Lyon-Rennes"),
                 make_document("other", "", "un vol de Paris vers Lille"), make_document("part", "", "Rennes")});
    Searcher searcher(directory / "index");
    CHECK(ids(searcher.search(parse_query("vol Lyon-Rennes"))) == std::vector<std::string>{"apart", "tied", "other"});
    CHECK(ids(searcher.search(parse_query("Lyon-Rennes"))) == std::vector<std::string>{"tied"});
    CHECK(ids(searcher.search(parse_query("vol Lyon-Rennes", {.match = 1}))).empty());
  }

  TEST_CASE("no phrase reaches from the title into the body, or from one author to the next") {
    const TemporaryDirectory directory;
    Document document = make_document("a", "Accord de paix", "Signature jeudi");
    document.authors = {"Aminata Cissé", "Modibo Keïta"};
    write_index(directory / "index", {document});
    Searcher searcher(directory / "index");
    CHECK(searcher.search(parse_query("\"paix signature\"")).total == 0);
    CHECK(searcher.search(parse_query("auteur:\"Cissé Modibo\"")).total == 0);
    CHECK(searcher.search(parse_query("auteur:\"modibo keita\"")).total == 1);
  }

  TEST_CASE("options out of range and unknown fields are refused") {
    const TemporaryDirectory directory;
    write_index(directory / "index", {make_document("a", "", "mot")});
    Searcher searcher(directory / "index");
    const Query query = parse_query("mot");
    for (RankingOptions ranking :
         {RankingOptions{.k1 = -1}, RankingOptions{.b = 1.5}, RankingOptions{.title_weight = 0},
          RankingOptions{.exact_share = -0.1}, RankingOptions{.stop_share = 2}, RankingOptions{.family_share = 1.1},
          RankingOptions{.misspelt_share = -1}, RankingOptions{.lead_share = -1}, RankingOptions{.pair_share = -0.5},
          RankingOptions{.order_share = -1}, RankingOptions{.mark_share = -1}, RankingOptions{.freshness = -1},
          RankingOptions{.half_life = 0}, RankingOptions{.freshness = 1},
          RankingOptions{.freshness = 1, .today = "2022-11"}})
      CHECK_THROWS_AS(searcher.search(query, {.ranking = ranking}), Error);
    Query unknown = query;
    unknown.field = "colour";
    CHECK_THROWS_AS(searcher.search(unknown), Error);
  }

  TEST_CASE("in the order of time pages follow one another without a gap, the undated last") {
    const TemporaryDirectory directory;
    std::vector<Document> documents;
    const std::vector<std::string> dates = {"2022-11-23", "", "2022", "2022-01-01T10:00", "2023-02", "2022-11-23"};
    for (const std::string& date : dates) {
      documents.push_back(make_document(std::to_string(documents.size()), "", "mot"));
      documents.back().date = date;
    }
    write_index(directory / "index", documents);
    Searcher searcher(directory / "index");
    const auto paged = [&](Sort sort) {
      std::string all;
      for (std::size_t offset = 0; offset < documents.size(); offset += 2)
        for (const std::string& id :
             ids(searcher.search(parse_query("mot"), {.top = 2, .offset = offset, .sort = sort})))
          all += id;
      return all;
    };
    CHECK(paged(Sort::Newest) == "405231");
    CHECK(paged(Sort::Oldest) == "230541");
    CHECK(paged(Sort::Relevance) == "012345");
  }

  TEST_CASE("freshness halves with every half-life") {
    const TemporaryDirectory directory;
    std::vector<Document> documents = {make_document("a", "", "mot"), make_document("b", "", "mot"),
                                       make_document("c", "", "mot"), make_document("d", "", "mot")};
    documents[0].date = "2024-02-20", documents[1].date = "2024-03-01", documents[2].date = "2025";
    write_index(directory / "index", documents);
    Searcher searcher(directory / "index");
    const SearchResult result =
        searcher.search(parse_query("mot"), {.ranking = {.freshness = 3, .half_life = 10, .today = "2024-03-01"}});
    CHECK(ids(result) == std::vector<std::string>{"b", "c", "a", "d"});
    const double plain = result.hits[3].score;
    CHECK(result.hits[0].score == doctest::Approx(4 * plain));
    CHECK(result.hits[1].score == doctest::Approx(4 * plain));
    CHECK(result.hits[2].score == doctest::Approx(2.5 * plain));
  }

  TEST_CASE("an explanation names what was typed, what stands for it, and each factor") {
    const TemporaryDirectory directory;
    Document document = make_document("a", "La pêche", "Les pêches et la peche du lac");
    document.date = "2024-02-20";
    write_index(directory / "index", {document, make_document("b", "", "Rien")});
    Searcher searcher(directory / "index");
    const SearchOptions options{.ranking = {.freshness = 1, .half_life = 10, .today = "2024-03-01"}};
    const std::optional<ScoreShare> root = searcher.explain(parse_query("pêche^2 lacs~ date:2024"), "a", options);
    REQUIRE(root.has_value());
    REQUIRE(root->parts.size() == 2);
    CHECK(root->parts[1].kind == "freshness");
    CHECK(root->parts[1].saturation == doctest::Approx(0.5));
    CHECK(root->score == doctest::Approx(1.5 * root->parts[0].score));
    const std::vector<ScoreShare>& parts = root->parts[0].parts;
    REQUIRE(parts.size() == 3);
    REQUIRE(parts[0].parts.size() == 1);  // a list of one word, in documents too short to have a lead
    const ScoreShare &word = parts[0].parts[0], &fuzzy = parts[1], &dates = parts[2];
    CHECK(word.kind == "word");
    CHECK(word.label == "pêche");
    REQUIRE(word.parts.size() == 2);
    CHECK(word.parts[0].kind == "stem");
    CHECK(word.parts[0].weight == 2);
    CHECK(word.parts[0].frequency == 5);  // three in all, one of them in the title, which counts three times
    CHECK(word.parts[0].idf == doctest::Approx(std::log(1 + 1.5 / 1.5)));
    REQUIRE(word.parts[0].terms.size() == 2);
    CHECK(word.parts[0].terms[0].text == "pech");
    CHECK(word.parts[0].terms[0].count == 3);
    CHECK(word.parts[0].terms[1].field == "title");
    CHECK(word.parts[0].terms[1].times == 2);
    CHECK(word.parts[1].kind == "form");
    CHECK(word.parts[1].terms.at(0).text == "pêche");
    CHECK(fuzzy.label == "lacs~");
    CHECK(fuzzy.parts.at(0).terms.at(0).text == "lac");
    CHECK(fuzzy.parts.at(0).terms.at(0).times == 0.5);
    CHECK(dates.kind == "filter");
    CHECK(dates.label == "date:2024");
    CHECK_FALSE(searcher.explain(parse_query("pêche"), "b").has_value());
    CHECK_FALSE(searcher.explain(parse_query("pêche"), "none").has_value());
    CHECK_THROWS_AS(searcher.explain(parse_query("pêche"), "a", {}, 1), Error);
    std::string plan, french_plan;
    for (const PlanLine& line : searcher.describe(parse_query("titre:pêche +\"la peche\"^2 -etc*"))) {
      plan += std::string(2 * line.depth, ' ') + line.text.text + '\n';
      french_plan += std::string(2 * line.depth, ' ') + test::in_french(line.text) + '\n';
    }
    CHECK(plan ==
          "all with +\n"
          "  word pêche in title: stems pech; very forms pêche; weight 1, idf 0.6931\n"
          "  +phrase \"la peche\": words [la] [pech]; weight 2, idf 1.386\n"
          "  -word etc*: forms ; weight 1, idf 1.792\n");
    CHECK(french_plan ==
          "tous ceux avec +\n"
          "  mot pêche dans titre : racines pech ; forme exacte pêche ; poids 1, idf 0,6931\n"
          "  +expression \"la peche\" : mots [la] [pech] ; poids 2, idf 1,386\n"
          "  -mot etc* : formes  ; poids 1, idf 1,792\n");
  }

  TEST_CASE("facets count every match, hidden ones too, and a value once a document") {
    const TemporaryDirectory directory;
    Document document = make_document("a", "", "mot tout autre");
    document.tags = {"Mali", "Mali", "Niger"};
    document.date = "2022";
    Document copy = document, later = document, other = make_document("d", "", "autre");
    copy.id = "b", copy.date = "2022-11-23", copy.tags = {"Niger"};
    later.id = "c", later.date = "2023-02", later.body = "mot et bien des paroles de plus";
    write_index(directory / "index", {document, copy, later, other});
    Searcher searcher(directory / "index");
    const SearchResult result = searcher.search(
        parse_query("mot"),
        {.top = 1, .collapse = Collapse::Similar, .facets = {{.field = "tag"}, {.field = "month", .timeline = true}}});
    REQUIRE(result.hits.size() == 1);
    CHECK(result.total == 3);
    REQUIRE(result.facets.size() == 2);
    check_same_facets(result.facets,
                      {{"tag", {{"Niger", 3}, {"Mali", 2}}, 2, 3},
                       {"month", {{"2022-11", 1}, {"2022-12", 0}, {"2023-01", 0}, {"2023-02", 1}}, 2, 2}});
    for (const FacetOptions& facet : {FacetOptions{.field = ""}, FacetOptions{.field = "title"},
                                      FacetOptions{.field = "date"}, FacetOptions{.field = "tag", .timeline = true}})
      CHECK_THROWS_AS(searcher.search(parse_query("mot"), {.facets = {facet}}), Error);
  }

  TEST_CASE("counting may stop where nothing needs every match, and says so") {
    const TemporaryDirectory directory;
    write_index(directory / "index",
                {make_document("a", "", "mot"), make_document("b", "", "mot"), make_document("c", "", "mot")});
    Searcher searcher(directory / "index");
    const Query query = parse_query("mot");
    for (const std::size_t top : {0U, 1U, 3U}) {
      const SearchResult stopped = searcher.search(query, {.top = top, .count_limit = 2});
      CHECK(stopped.hits.size() == top);
      CHECK(stopped.total == 2);
      CHECK_FALSE(stopped.total_is_exact);
    }
    for (const SearchOptions& options :
         {SearchOptions{.top = 0, .count_limit = 3}, SearchOptions{.top = 1, .count_limit = 3},
          SearchOptions{.top = 0, .count_limit = 1, .facets = {{.field = "tag"}}}}) {
      CHECK(searcher.search(query, options).total == 3);
      CHECK(searcher.search(query, options).total_is_exact);
    }
  }

  TEST_CASE("offsets beyond the end, no hits asked for, and more than there are") {
    const TemporaryDirectory directory;
    write_index(directory / "index", {make_document("a", "", "mot"), make_document("b", "", "mot")});
    Searcher searcher(directory / "index");
    const Query query = parse_query("mot");
    CHECK(searcher.search(query, {.top = 0}).total == 2);
    CHECK(searcher.search(query, {.offset = 5}).hits.empty());
    CHECK(searcher.search(query, {.top = SIZE_MAX, .offset = SIZE_MAX}).hits.empty());
    CHECK(ids(searcher.search(query, {.top = SIZE_MAX, .offset = 1})) == std::vector<std::string>{"b"});
  }

  TEST_CASE("a missing index, a foreign directory and a plain file are told apart") {
    const TemporaryDirectory directory;
    const auto code = [](const std::string& path) {
      try {
        Searcher searcher(path);
      } catch (const Error& error) {
        return error.code();
      }
      return ErrorCode::InvalidArgument;
    };
    CHECK(code(directory / "none") == ErrorCode::NotFound);
    CHECK(code(directory.path()) == ErrorCode::NotFound);
    CHECK(code("/proc/self") == ErrorCode::Incompatible);
    CHECK(code("/proc/self/status") == ErrorCode::Incompatible);
  }
}

}  // namespace limier::test
