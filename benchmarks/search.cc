// What indexing and searching takes, beside other engines; search.sh runs it and them, and says what the figures mean.
//
//   limier_search_benchmark texts SHARE FILE... > TEXTS
//       for each document its id, title, text, day (YYYYMMDD) and section, each ended by a NUL
//   limier_search_benchmark topics TEXTS COUNT QUERIES.tsv... > TOPICS
//       lines: all words, words that all have to match, a phrase, a beginning, first day, last day
//   limier_search_benchmark index INDEX TEXTS THREADS MIB [reorder]
//       a csv row: documents, bytes of text, seconds to the commit and in all, of processor time, bytes of postings, of
//       stored text, of all else, peak memory in MB
//   limier_search_benchmark search INDEX TOPICS PASSES plain|default
//       a csv row for each kind of query and topic: kind, topic, hits, matches, microseconds, best score; and a last
//       one: `memory`, the process's own in MB, that of files which it maps; KINDS='any all' asks these kinds alone
//   limier_search_benchmark compare INDEX TOPICS plain|default
//       in how many queries the best hits were seen to be those of all matches; an error where they are others
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "limier/document_reader.h"
#include "limier/index_writer.h"
#include "limier/searcher.h"
#include "measure.h"
#include "sealed/segment_file.h"

namespace {

using namespace limier;
using namespace limier::benchmarks;
constexpr unsigned seed = 1789;

// --- Texts and topics ------------------------------------------------------------------------------------------------

/// Few collections tell a date for each document: one is drawn by the id, so that it is always the same.
std::string drawn_day(std::uint64_t hash) {
  return fmt::format("{:04}{:02}{:02}", 2000 + hash % 24, 1 + hash / 24 % 12, 1 + hash / 288 % 28);
}

void put(const std::string& text) {
  std::string whole = text;
  std::replace(whole.begin(), whole.end(), '\0', ' ');
  std::fwrite(whole.data(), 1, whole.size() + 1, stdout);
}

/// A share of all documents, chosen by their ids.
void print_texts(double share, const std::vector<std::string>& paths) {
  const auto report = [](const ReadProblem& problem) {
    throw std::runtime_error(fmt::format("{}:{}", problem.path, problem.line));
  };
  for (const std::string& path : paths) {
    for (const SourceFile& source : find_sources(path, report)) {
      DocumentReader reader(source, report);
      for (Document document; reader.next(document);) {
        const std::uint64_t hash = XXH3_64bits(document.id.data(), document.id.size());
        if (static_cast<double>(hash >> 32) >= share * 4294967296.0) continue;
        const std::string collection = std::filesystem::path(path).filename().string();
        put(document.id);
        put(document.title);
        put(document.body);
        put(drawn_day(hash));
        put(document.sections.empty() ? collection.substr(0, collection.find('.')) : document.sections.front());
      }
    }
  }
}

/// Tabs and ends of lines are what topics are parted by.
std::string on_a_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

/// Of all words all that are no words of grammar; of these, the first two that stand side by side, and the first four
/// letters of the longest.
Topic make_topic(const std::string& line, const Analyzer& analyzer) {
  Topic topic;
  topic.any = on_a_line(line);
  std::uint32_t before = 0, begin = 0;
  std::string longest;
  analyzer.analyze(topic.any, [&](const Token& token) {
    if (token.stop_word) return;
    topic.all.append(topic.all.empty() ? "" : " ").append(topic.any, token.begin, token.end - token.begin);
    if (topic.phrase.empty() && before > 0 && token.position == before + 1)
      topic.phrase = topic.any.substr(begin, token.end - begin);
    before = token.position;
    begin = token.begin;
    const bool letters =
        std::all_of(token.folded.begin(), token.folded.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (letters && token.folded.size() > longest.size()) longest = token.folded;
  });
  topic.beginning = longest.substr(0, 4);
  return topic;
}

/// `count` lines drawn by chance, the same ones each time.
std::vector<std::string> draw(std::vector<std::string> lines, std::size_t count) {
  std::mt19937 random(seed);
  std::shuffle(lines.begin(), lines.end(), random);
  lines.resize(std::min(count, lines.size()));
  return lines;
}

/// As many titles as questions.
void print_topics(const std::string& texts, std::size_t count, const std::vector<std::string>& queries) {
  std::vector<std::string> titles, questions;
  Texts all(texts);
  for (Text text; all.next(text);)
    if (!text.title.empty()) titles.push_back(text.title);
  for (const std::string& path : queries) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) questions.push_back(line.substr(line.find('\t') + 1));
  }
  const Analyzer analyzer;
  for (const std::vector<std::string>& lines : {draw(titles, count), draw(questions, count)}) {
    for (const std::string& line : lines) {
      const Topic topic = make_topic(line, analyzer);
      if (topic.phrase.empty() || topic.beginning.size() < 4) continue;
      fmt::print("{}\t{}\t{}\t{}\t20080101\t20151231\n", topic.any, topic.all, topic.phrase, topic.beginning);
    }
  }
}

// --- Indexing --------------------------------------------------------------------------------------------------------

std::string with_dashes(std::string day) { return day.insert(6, "-").insert(4, "-"); }

Sizes sizes_of(const std::string& index) {
  using sealed::Section;
  Sizes sizes;
  for (const auto& entry : std::filesystem::directory_iterator(index)) {
    sizes.all += entry.file_size();
    if (entry.path().extension() != ".segment") continue;
    sealed::SegmentFile file(entry.path().string());
    for (const Section section :
         {Section::Postings, Section::Terms, Section::TermIndex, Section::Forms, Section::FormIndex})
      sizes.postings += file.size(section);
    sizes.stored += file.size(Section::Store) + file.size(Section::StoreIndex);
  }
  return sizes;
}

void index_texts(const std::string& path, const std::string& texts_path, unsigned threads, std::uint64_t mebibytes,
                 const OptimizeOptions& options) {
  IndexingTimes times;
  Texts texts(texts_path);
  IndexWriter writer(path, {.memory = mebibytes << 20, .threads = threads});
  Document document;
  for (Text text; texts.next(text);) {
    document.id = text.id;
    document.title = text.title;
    document.body = text.body;
    document.date = with_dashes(text.day);
    document.sections = {text.section};
    writer.add(document);
  }
  writer.commit();
  times.committed();
  writer.optimize(options);
  times.done();
  times.print(texts, sizes_of(path));
}

// --- Searching -------------------------------------------------------------------------------------------------------

/// BM25 with the parameters of Lucene, and nothing else.
RankingOptions plain_ranking() {
  RankingOptions ranking;
  ranking.k1 = 1.2;
  ranking.title_weight = 1;
  ranking.exact_share = ranking.stop_share = ranking.family_share = ranking.misspelt_share = 0;
  ranking.lead_share = ranking.pair_share = ranking.order_share = ranking.mark_share = 0;
  ranking.rerank = 0;
  return ranking;
}

RankingOptions ranking_called(const std::string& name) {
  if (name != "plain" && name != "default") throw std::invalid_argument("no such ranking");
  return name == "plain" ? plain_ranking() : RankingOptions();
}

Query make_query(Query::Kind kind, const std::string& text) {
  Query query;
  query.kind = kind;
  query.text = text;
  return query;
}

Query query_of(std::string_view kind, const Topic& topic) {
  if (kind == "phrase") return make_query(Query::Kind::Phrase, topic.phrase);
  if (kind == "prefix") return make_query(Query::Kind::Pattern, topic.beginning + "*");
  Query words = make_query(Query::Kind::Words, kind == "all" ? topic.all : topic.any);
  if (kind == "all") words.match = 1;
  if (kind != "filter") return words;
  Query dates, filtered;
  dates.kind = Query::Kind::Dates;
  dates.from = with_dashes(topic.first_day);
  dates.to = with_dashes(topic.last_day);
  words.occur = dates.occur = Occur::Must;
  filtered.children = {words, dates};
  return filtered;
}

SearchOptions options_of(std::string_view kind, const RankingOptions& ranking) {
  SearchOptions options;
  options.documents = false;
  options.cut_expansions = true;
  options.ranking = ranking;
  if (kind != "count") options.count_limit = 1000;
  if (kind == "filter") options.facets = {{"section"}};
  return options;
}

void search_topics(const std::string& index, const std::string& topics, int passes, const std::string& ranking) {
  Searcher searcher(index);
  const RankingOptions options = ranking_called(ranking);
  measure_topics(read_topics(topics), passes, [&](std::string_view kind, const Topic& topic) -> Found {
    const SearchResult result = searcher.search(query_of(kind, topic), options_of(kind, options));
    return {result.hits.size(), result.total, result.hits.empty() ? 0 : result.hits.front().score};
  });
}

// --- Agreement -------------------------------------------------------------------------------------------------------

/// Of all matches, found in the order of their dates by scoring each: the best, as search orders them.
std::vector<Hit> best_of_all(Searcher& searcher, const Query& query, SearchOptions options, std::size_t top) {
  options.top = searcher.info().documents;
  options.count_limit = 0;
  options.sort = Sort::Newest;
  std::vector<Hit> hits = searcher.search(query, options).hits;
  const auto end = hits.begin() + static_cast<std::ptrdiff_t>(std::min(top, hits.size()));
  std::partial_sort(hits.begin(), end, hits.end(),
                    [](const Hit& a, const Hit& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  hits.erase(end, hits.end());
  return hits;
}

/// The first stage of the ranking, which is the one that passes over documents.
void compare_topics(const std::string& index, const std::string& topics, const std::string& ranking) {
  Searcher searcher(index);
  RankingOptions first_stage = ranking_called(ranking);
  first_stage.rerank = 0;
  std::size_t compared = 0;
  for (const Topic& topic : read_topics(topics)) {
    for (const std::string_view kind : kinds) {
      const Query query = query_of(kind, topic);
      const SearchOptions options = options_of(kind, first_stage);
      const std::vector<Hit> hits = searcher.search(query, options).hits;
      const std::vector<Hit> best = best_of_all(searcher, query, options, options.top);
      const bool same = std::equal(hits.begin(), hits.end(), best.begin(), best.end(), [](const Hit& a, const Hit& b) {
        return a.id == b.id && std::abs(a.score - b.score) <= 1e-6 * a.score;
      });
      if (!same) throw std::runtime_error(fmt::format("{}: other hits than of all matches: {}", kind, topic.any));
      ++compared;
    }
  }
  fmt::print("{}\n", compared);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::string what = arguments.empty() ? "" : arguments.front();
  try {
    if (what == "texts" && arguments.size() > 2) {
      print_texts(std::stod(arguments[1]), {arguments.begin() + 2, arguments.end()});
    } else if (what == "topics" && arguments.size() > 3) {
      print_topics(arguments[1], std::stoul(arguments[2]), {arguments.begin() + 3, arguments.end()});
    } else if (what == "index" && (arguments.size() == 5 || (arguments.size() == 6 && arguments[5] == "reorder"))) {
      index_texts(arguments[1], arguments[2], static_cast<unsigned>(std::stoul(arguments[3])),
                  std::stoull(arguments[4]), {.reorder = arguments.size() == 6});
    } else if (what == "search" && arguments.size() == 5) {
      search_topics(arguments[1], arguments[2], std::stoi(arguments[3]), arguments[4]);
    } else if (what == "compare" && arguments.size() == 4) {
      compare_topics(arguments[1], arguments[2], arguments[3]);
    } else {
      fmt::print(stderr, "usage: see search.cc\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "limier_search_benchmark: {}\n", error.what());
    return 2;
  }
  return 0;
}
