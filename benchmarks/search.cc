// What indexing and searching takes, beside other engines; search.sh runs it and them, and says what the figures mean.
//
//   limier_search_benchmark texts SHARE FILE...              > TEXTS   for each document its id, title, text, day
//                                                                      (YYYYMMDD) and section, each ended by a NUL
//   limier_search_benchmark topics TEXTS COUNT QUERIES.tsv... > TOPICS  lines: all words, words that all have to match,
//                                                                      a phrase, a beginning, first day, last day
//   limier_search_benchmark index INDEX TEXTS THREADS                  a csv row
//   limier_search_benchmark search INDEX TOPICS plain|default PASSES   a csv row for each topic and kind of query;
//                                                                      KIND=any in the environment for one kind
#include <fmt/format.h>
#include <sys/resource.h>
#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
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
#include "sealed/segment_file.h"

namespace {

using namespace limier;
using Clock = std::chrono::steady_clock;
constexpr unsigned seed = 1789;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double peak_megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) * 1024 / 1e6;
}

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

class Texts {
 public:
  explicit Texts(const std::string& path) : file_(path, std::ios::binary) {}

  bool next(Document& document) {
    std::string section;
    if (!field(document.id)) return false;
    for (std::string* part : {&document.title, &document.body, &document.date, &section}) field(*part);
    document.date.insert(6, "-").insert(4, "-");
    document.sections = {section};
    return true;
  }

 private:
  bool field(std::string& value) { return static_cast<bool>(std::getline(file_, value, '\0')); }

  std::ifstream file_;
};

struct Topic {
  std::string any, all, phrase, beginning;
};

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
  for (Document document; all.next(document);)
    if (!document.title.empty()) titles.push_back(document.title);
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

void index_texts(const std::string& path, const std::string& texts, unsigned threads) {
  const auto start = Clock::now();
  const double processor_start = processor_seconds();
  std::uint64_t bytes = 0, documents = 0;
  IndexWriter writer(path, {.threads = threads});
  Texts all(texts);
  for (Document document; all.next(document); ++documents) {
    bytes += document.title.size() + document.body.size();
    writer.add(document);
  }
  writer.commit();
  const double committed = seconds_since(start), peak = peak_megabytes();
  writer.optimize();
  const double seconds = seconds_since(start), processor = processor_seconds() - processor_start;
  std::uint64_t terms = 0, stored = 0, rest = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    rest += entry.file_size();
    if (entry.path().extension() != ".segment") continue;
    using sealed::Section;
    sealed::SegmentFile file(entry.path().string());
    for (const Section section :
         {Section::Postings, Section::Terms, Section::TermIndex, Section::Forms, Section::FormIndex})
      terms += file.size(section);
    stored += file.size(Section::Store) + file.size(Section::StoreIndex);
  }
  fmt::print("limier,{},{},{:.3f},{:.3f},{:.3f},{},{},{},{:.1f}\n", documents, bytes, committed, seconds, processor,
             terms, stored, rest - terms - stored, peak);
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

struct Asked {
  std::string kind;
  Query query;
  SearchOptions options;
};

Query make_query(Query::Kind kind, const std::string& text, Occur occur = Occur::Should) {
  Query query;
  query.kind = kind;
  query.text = text;
  query.occur = occur;
  return query;
}

std::vector<Asked> questions_of(const std::string& line, const RankingOptions& ranking) {
  std::vector<std::string> parts;
  for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 1) {
    end = line.find('\t', at);
    parts.push_back(line.substr(at, end - at));
  }
  SearchOptions best;
  best.documents = false;
  best.count_limit = 1000;
  best.cut_expansions = true;
  best.ranking = ranking;
  SearchOptions counted = best, facets = best;
  counted.count_limit = 0;
  facets.facets = {{"section"}};
  const Query any = make_query(Query::Kind::Words, parts[0]);
  Query all = make_query(Query::Kind::Words, parts[1]);
  all.match = 1;
  Query dates, filtered;
  dates.kind = Query::Kind::Dates;
  dates.occur = Occur::Must;
  const auto day = [](std::string digits) { return digits.insert(6, "-").insert(4, "-"); };
  dates.from = day(parts[4]);
  dates.to = day(parts[5]);
  filtered.children = {any, dates};
  filtered.children.front().occur = Occur::Must;
  std::vector<Asked> asked = {{"any", any, best},
                              {"count", any, counted},
                              {"all", all, best},
                              {"phrase", make_query(Query::Kind::Phrase, parts[2]), best},
                              {"prefix", make_query(Query::Kind::Pattern, parts[3] + "*"), best},
                              {"filter", filtered, facets}};
  if (const char* only = std::getenv("KIND"))
    std::erase_if(asked, [&](const Asked& each) { return each.kind != only; });
  return asked;
}

void search_topics(const std::string& index, const std::string& topics, const std::string& ranking, int passes) {
  Searcher searcher(index);
  const RankingOptions options = ranking == "plain" ? plain_ranking() : RankingOptions();
  std::ifstream file(topics);
  std::vector<std::vector<Asked>> all;
  for (std::string line; std::getline(file, line);) all.push_back(questions_of(line, options));
  std::vector<std::vector<double>> least(all.size());
  std::vector<std::vector<SearchResult>> results(all.size());
  for (std::size_t topic = 0; topic < all.size(); ++topic) {
    least[topic].resize(all[topic].size(), 1e9);
    results[topic].resize(all[topic].size());
  }
  // A kind at a time: none finds what another has just looked up.
  for (std::size_t i = 0; !all.empty() && i < all.front().size(); ++i) {
    for (int pass = 0; pass <= passes; ++pass) {
      for (std::size_t topic = 0; topic < all.size(); ++topic) {
        const auto start = Clock::now();
        results[topic][i] = searcher.search(all[topic][i].query, all[topic][i].options);
        if (pass > 0) least[topic][i] = std::min(least[topic][i], seconds_since(start));
      }
    }
  }
  const std::string engine = ranking == "plain" ? "limier" : "limier-default";
  for (std::size_t topic = 0; topic < all.size(); ++topic) {
    for (std::size_t i = 0; i < all[topic].size(); ++i) {
      const SearchResult& result = results[topic][i];
      fmt::print("{},{},{},{},{},{:.1f},{:.4f}\n", engine, all[topic][i].kind, topic, result.hits.size(), result.total,
                 least[topic][i] * 1e6, result.hits.empty() ? 0 : result.hits.front().score);
    }
  }
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
    } else if (what == "index" && arguments.size() == 4) {
      index_texts(arguments[1], arguments[2], static_cast<unsigned>(std::stoul(arguments[3])));
    } else if (what == "search" && arguments.size() == 5) {
      search_topics(arguments[1], arguments[2], arguments[3], std::stoi(arguments[4]));
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
