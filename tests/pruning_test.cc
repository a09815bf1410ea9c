// That a search passes over documents changes nothing in what it finds.
#include <doctest/doctest.h>
#include <limier/index_writer.h>
#include <limier/searcher.h>

#include <algorithm>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shard_kinds.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

constexpr std::size_t document_count = 7000;  // several stretches, and many blocks of a frequent word

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

  /// Few words are frequent, most are rare, as in texts.
  std::string word() {
    return "mot" + std::string(1, static_cast<char>('a' + below(3))) + std::to_string(below(1 + below(1 + below(300))));
  }

 private:
  std::mt19937 engine_;
};

std::string id_of(std::size_t document) { return "d" + std::to_string(document * 7919 % 100'003); }

std::vector<Document> some_documents(Dice& dice) {
  std::vector<Document> documents;
  for (std::size_t i = 0; i < document_count; ++i) {
    Document document;
    document.id = id_of(i);
    document.title = dice.word();
    // Where a stretch has short documents alone, or long ones, bounds differ.
    for (std::size_t n = 1 + dice.below(dice.below(50) == 0 ? 300 : 1 + i / 200); n > 0; --n)
      document.body += dice.word() + (dice.below(9) == 0 ? "-" : " ");
    document.date = std::to_string(2000 + dice.below(20));
    if (dice.below(2) == 0) document.sections = {"s" + std::to_string(dice.below(5))};
    if (dice.below(20) == 0) document.authors = {"a" + std::to_string(dice.below(5))};
    documents.push_back(std::move(document));
  }
  return documents;
}

std::string frequent_word(Dice& dice) { return "mota" + std::to_string(dice.below(4)); }

std::string some_query(Dice& dice) {
  std::string words;
  for (std::size_t n = 1 + dice.below(5); n > 0; --n)
    words += (dice.below(3) == 0 ? "M" : "m") + dice.word().substr(1) + ' ';
  const std::string phrase = '"' + frequent_word(dice) + ' ' + frequent_word(dice) + '"';
  switch (dice.below(21)) {
    case 17:
      return frequent_word(dice) + " ET " + frequent_word(dice) + " ET " + dice.word();
    case 18:
      return "+" + frequent_word(dice) + " +" + frequent_word(dice) + " +date:2003..2011 -" + dice.word();
    case 19:
      return "+" + phrase + " +" + frequent_word(dice) + " +" + frequent_word(dice) + "^3";
    case 20:
      return "+" + frequent_word(dice) + " +" + frequent_word(dice) + '-' + frequent_word(dice) + " +section:*";
    case 16:
      return words + "-(" + frequent_word(dice) + " -" + frequent_word(dice) + "* -section:s1)";
    case 8:
      return phrase;
    case 9:
      return phrase + "~" + std::to_string(2 + dice.below(8));
    case 10:
      return frequent_word(dice) + " NEAR/6 (" + frequent_word(dice) + " OU " + frequent_word(dice) + ")";
    case 11:
      return "+" + phrase + " +date:2003..2011";
    case 12:
      return "section:*";
    case 13:
      return words + "section:*";
    case 14:
      return words + "auteur:*";
    case 15:
      return "section:* OU auteur:*";
    case 0:
      return words + '"' + dice.word() + ' ' + dice.word() + '"';
    case 1:
      return words + dice.word() + '-' + dice.word();
    case 2:
      return "+(" + words + ") +date:2003..2011";
    case 3:
      return "+(" + words + ") -" + dice.word();
    case 4:
      return "motb" + std::to_string(dice.below(10)) + "*";
    case 5:
      return words + "motc" + std::to_string(dice.below(10)) + "*";
    case 6:
      return words + dice.word() + "^0.001 " + dice.word() + "^1000";
    default:
      return words;
  }
}

/// Words, and what has to be looked at document by document: phrases, words near each other or with hyphens.
std::string query_of_places(Dice& dice) {
  std::string text = '"' + frequent_word(dice) + ' ' + frequent_word(dice) + '"';
  for (std::size_t n = 1 + dice.below(4); n > 0; --n) {
    switch (dice.below(5)) {
      case 3:
        text += " \"" + frequent_word(dice) + ' ' + frequent_word(dice) + "\"~" + std::to_string(1 + dice.below(6));
        break;
      case 0:
        text += " \"" + frequent_word(dice) + ' ' + frequent_word(dice) + '"';
        break;
      case 1:
        text += ' ' + frequent_word(dice) + '-' + frequent_word(dice);
        break;
      case 2:
        text += " (\"" + frequent_word(dice) + ' ' + frequent_word(dice) + "\" OU \"" + frequent_word(dice) + ' ' +
                frequent_word(dice) + "\" OU " + dice.word() + ')';
        break;
      default:
        text += ' ' + dice.word();
    }
    text += "^" + std::to_string(1 + dice.below(3));
  }
  return text;
}

RankingOptions plain_ranking() {
  RankingOptions plain = {.k1 = 1.2, .title_weight = 1, .exact_share = 0, .stop_share = 0, .family_share = 0};
  plain.lead_share = plain.pair_share = plain.order_share = plain.mark_share = 0;
  return plain;
}

SearchOptions some_options(Dice& dice) {
  SearchOptions options;
  options.documents = false;
  options.cut_expansions = true;
  if (dice.below(2) == 0) options.ranking = plain_ranking();
  if (dice.below(8) == 0) options.ranking.k1 = 0;
  if (dice.below(4) == 0) options.ranking.family_share = dice.below(2) == 0 ? 0.003 : 1e-7;
  if (dice.below(8) == 0) options.ranking.b = static_cast<double>(dice.below(2));
  if (dice.below(4) == 0) options.ranking.title_weight = static_cast<double>(1 + dice.below(3));
  options.ranking.rerank = dice.below(2) * dice.below(60);
  if (dice.below(4) == 0) {
    options.ranking.freshness = 2;
    options.ranking.half_life = 2000;
    options.ranking.today = "2012-01-01";
  }
  return options;
}

/// All matches, the best first: sorted by time they are found by looking at each, without the places of words; of the
/// best of these, an explanation tells what places add.
std::vector<Hit> all_hits(Searcher& searcher, const Query& query, const SearchOptions& options) {
  SearchOptions all = options;
  all.top = 10 * document_count;
  all.offset = all.count_limit = 0;
  all.sort = Sort::Newest;
  std::vector<Hit> hits = searcher.search(query, all).hits;
  const auto is_better = [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  };
  std::sort(hits.begin(), hits.end(), is_better);
  std::size_t reranked = 0;
  while (reranked < std::min(options.ranking.rerank, hits.size()) &&
         (reranked < 20 || hits[reranked].score >= 0.65 * hits.front().score))
    ++reranked;
  const std::span best = std::span(hits).first(reranked);
  for (Hit& hit : best) hit.score = searcher.explain(query, hit.id, options)->score;
  std::sort(best.begin(), best.end(), is_better);
  return hits;
}

/// Gives how many hits there are in all.
std::size_t check_hits(Searcher& searcher, const std::string& text, const SearchOptions& options) {
  CAPTURE(text);
  const Query query = parse_query(text);
  const std::vector<Hit> all = all_hits(searcher, query, options);
  const SearchResult result = searcher.search(query, options);
  const bool limited = options.count_limit > 0 && options.facets.empty() && all.size() > options.count_limit;
  REQUIRE(result.total_is_exact == !limited);
  REQUIRE(result.total == (limited ? options.count_limit : all.size()));
  REQUIRE(result.hits.size() == std::min(options.top, all.size() - std::min(all.size(), options.offset)));
  for (std::size_t rank = 0; rank < result.hits.size(); ++rank) {
    REQUIRE(result.hits[rank].id == all[options.offset + rank].id);
    REQUIRE(result.hits[rank].score == doctest::Approx(all[options.offset + rank].score).epsilon(1e-12));
  }
  return all.size();
}

/// Some words, of which all have to match, and maybe something else.
std::string query_of_all(Dice& dice) {
  std::string text;
  for (std::size_t n = 2 + dice.below(3); n > 0; --n)
    text += "+" + frequent_word(dice) + (dice.below(2) == 0 ? "^100 " : " ");
  if (dice.below(4) == 0) text += "+date:2003.. ";
  if (dice.below(4) == 0) text += "-section:s1";
  return text;
}

/// Most of which have most of the frequent words; whole stretches of documents lack one.
std::vector<Document> alike_documents(Dice& dice) {
  std::vector<Document> documents;
  for (std::size_t i = 0; i < 2 * document_count; ++i) {
    Document document;
    document.id = id_of(i);
    const std::string_view lacked = i < 5000 ? "" : i < 9500 ? "mota0" : "mota1";
    for (std::size_t n = 4 + dice.below(i % 500 < 20 ? 200 : 20); n > 0; --n) {
      const std::string word = frequent_word(dice);
      if (word != lacked) document.body += word + ' ';
    }
    document.date = std::to_string(2000 + dice.below(20));
    document.sections = {"s" + std::to_string(dice.below(5))};
    documents.push_back(std::move(document));
  }
  return documents;
}

/// Maybe.
void remove_some(const std::string& index, Dice& dice) {
  IndexWriter writer(index, writer_options());
  for (std::size_t i = 0; i < document_count; i += 1 + dice.below(20)) writer.remove(id_of(i));
  if (dice.below(2) == 0) writer.commit();
}

}  // namespace

TEST_SUITE("pruning") {
  TEST_CASE("equal scores are told apart by ids, be a word's share as small as may be") {
    const TemporaryDirectory directory;
    std::vector<Document> documents;
    for (const char* const word : {"ministériel", "ministère"}) {
      for (int i = 0; i < 1280; ++i) {
        Document document;
        document.id = std::string(documents.size() < 1280 ? "a" : "b") + std::to_string(10'000 + i);
        document.body = word + std::string(" autre");
        documents.push_back(std::move(document));
      }
    }
    write_index(directory / "index", documents);
    std::ranges::reverse(documents);
    write_index(directory / "reversed", documents);
    Searcher searcher(directory / "index"), reversed(directory / "reversed");
    for (const double share : {0.3, 0.01, 0.003, 0.0001, 1e-7, 1e-20, 1e-40}) {
      CAPTURE(share);
      SearchOptions options;
      options.documents = false;
      options.ranking = plain_ranking();
      options.ranking.k1 = 0;
      options.ranking.family_share = share;
      options.ranking.rerank = 0;
      options.top = 5;
      check_hits(searcher, "ministère", options);
      check_hits(reversed, "+ministère +autre", options);
    }
  }

  TEST_CASE("the best of many documents that have all words are those of all") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    write_index(directory / "index", alike_documents(dice));
    remove_some(directory / "index", dice);
    Searcher searcher(directory / "index");
    for (int i = 0; i < 40; ++i) {
      SearchOptions options = some_options(dice);
      options.top = 1 + dice.below(30);
      options.count_limit = dice.below(3) == 0 ? 0 : 1 + dice.below(10'000);
      if (dice.below(4) == 0) options.facets = {{.field = "section"}};
      check_hits(searcher, query_of_all(dice), options);
    }
  }

  TEST_CASE("the best hits are those of all, and counts are exact up to their limit") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    write_index(directory / "index", some_documents(dice));
    remove_some(directory / "index", dice);
    Searcher searcher(directory / "index");
    std::size_t many = 0;
    for (int i = 0; i < 150; ++i) {
      SearchOptions options = some_options(dice);
      options.top = 1 + dice.below(30);
      options.offset = dice.below(3);
      options.count_limit = dice.below(3) == 0 ? 0 : 1 + dice.below(2000);
      if (dice.below(3) == 0) options.facets = {{.field = "section"}};
      many += check_hits(searcher, some_query(dice), options) > 1000 ? 1U : 0U;
    }
    CHECK(many > 20);

    for (int i = 0; i < 300; ++i) {
      SearchOptions options;
      options.documents = false;
      options.ranking = plain_ranking();
      options.ranking.rerank = 0;
      options.top = 1 + dice.below(6);
      options.count_limit = dice.below(2);
      check_hits(searcher, query_of_places(dice), options);
    }
  }
}

}  // namespace limier::test
