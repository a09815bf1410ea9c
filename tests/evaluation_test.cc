#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "limier/error.h"
#include "limier/evaluation.h"

namespace limier {
namespace {

/// `d1=0.5 d9=2` -> (d1, 0.5), (d9, 2).
std::vector<std::pair<std::string, double>> pairs(std::string_view text) {
  std::vector<std::pair<std::string, double>> pairs;
  std::istringstream in{std::string(text)};
  for (std::string pair; in >> pair;) {
    const std::size_t equals = pair.find('=');
    pairs.emplace_back(pair.substr(0, equals), std::stod(pair.substr(equals + 1)));
  }
  return pairs;
}

Qrels one_topic_qrels(std::string_view text) {
  Qrels qrels;
  for (const auto& [document, degree] : pairs(text)) qrels["t"][document] = static_cast<int>(degree);
  return qrels;
}

/// To the digits that trec_eval prints.
std::string printed(const Measures& measures) {
  return fmt::format("{:.4f} {:.4f} {:.4f} {:.4f}", measures.ndcg_10, measures.average_precision,
                     measures.reciprocal_rank, measures.recall_100);
}

struct Case {
  std::string_view judgments, ranking;
  std::string_view measures;  ///< ndcg_cut_10, map, recip_rank, recall_100.
};

// The figures of this table and of the next test were produced by trec_eval 9 (pytrec_eval-terrier 0.5.11). The scores
// hold ties, and neighbours that only differ in double precision, which trec_eval does not keep.
TEST_CASE("measures agree with trec_eval") {
  const std::vector<Case> cases = {
      {"d4=1 d2=2 d14=1 d15=0 d10=2 d1=1 d3=3", "d1=0.5 d9=2.0 d4=23.123455 d14=0.5 d6=1.0 d5=1.25",
       "0.2708 0.3167 1.0000 0.5000"},
      {"d3=2 d7=3 d8=0 d15=0 d6=-1 d14=1 d10=3 d4=1", "d1=0.5 d8=0.5 d4=2.0 d12=2.000001",
       "0.0940 0.1000 0.5000 0.2000"},
      {"d3=1 d12=0 d2=0 d6=0",
       "d10=23.123456 d14=23.123455 d5=2.0 d1=2.000001 d13=0.5 d11=23.123455 d3=1.0 d2=1.0 d12=23.123456 d8=2.0 "
       "d15=23.123455 d4=0.5",
       "0.3010 0.1111 0.1111 1.0000"},
      {"d2=0 d11=0 d10=-1 d1=1 d3=0", "d3=0.5 d2=0.5 d13=-1.0 d10=1.0 d14=23.123456 d1=2.000001",
       "0.6309 0.5000 0.5000 1.0000"},
      {"d5=1 d13=1 d12=2 d9=1 d4=1 d11=2 d2=-1",
       "d14=1.0 d6=-1.0 d13=23.123456 d1=2.000001 d5=2.000001 d10=1.25 d2=23.123455 d11=23.123455 d7=1.0 d8=2.0 "
       "d12=2.000001 d9=-1.0 d3=2.0",
       "0.5745 0.5222 0.5000 0.8333"},
      {"d13=0 d14=-1 d11=3 d12=1 d7=1 d6=1 d2=-1",
       "d10=-1.0 d5=1.25 d13=1.25 d12=23.123455 d2=2.000001 d14=23.123456 d8=0.5 d4=0.5 d6=0.5 d11=23.123455 d15=1.25 "
       "d3=-1.0 d7=-1.0 d1=2.0",
       "0.5305 0.4500 0.5000 1.0000"},
  };
  for (const Case& expected : cases) {
    CAPTURE(expected.judgments);
    const Run run = {{"t", pairs(expected.ranking)}};
    CHECK_EQ(printed(evaluate(one_topic_qrels(expected.judgments), run).at("t")), expected.measures);
  }
}

/// Numbers that are the same everywhere, for figures computed elsewhere.
class Sequence {
 public:
  std::uint64_t next(std::uint64_t bound) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return (state_ >> 33U) % bound;
  }

 private:
  std::uint64_t state_ = 2022;
};

TEST_CASE("means over long runs with ties and missing topics agree with trec_eval -c") {
  Sequence sequence;
  Qrels qrels;
  Run run;
  for (int number = 0; number < 40; ++number) {
    const std::string topic = fmt::format("t{}", number);
    for (int judged = 0; judged < 30; ++judged) {
      const std::string document = fmt::format("d{}", sequence.next(400));
      qrels[topic].emplace(document, static_cast<int>(sequence.next(5)) - 1);
    }
    if (number % 8 == 3) continue;
    std::set<std::string> drawn;
    for (std::uint64_t left = sequence.next(350); left > 0; --left) {
      const std::string document = fmt::format("d{}", sequence.next(400));
      const double score = static_cast<double>(sequence.next(40)) / 8;
      if (drawn.insert(document).second) run[topic].emplace_back(document, score);
    }
  }
  const Measures measures = mean(evaluate(qrels, run));
  CHECK_EQ(run.size(), 35);
  CHECK_EQ(fmt::format("{:.6f}", measures.ndcg_10), "0.041502");
  CHECK_EQ(fmt::format("{:.6f}", measures.average_precision), "0.024382");
  CHECK_EQ(fmt::format("{:.6f}", measures.reciprocal_rank), "0.173766");
  CHECK_EQ(fmt::format("{:.6f}", measures.recall_100), "0.162206");
}

/// The measures straight from their definitions, for scores that single precision holds and no document twice.
struct Oracle {
  const std::map<std::string, int>& judgments;
  const std::vector<std::pair<std::string, double>>& ranking;

  int degree(const std::string& document) const {
    return judgments.contains(document) ? std::max(judgments.at(document), 0) : 0;
  }

  std::size_t rank(const std::pair<std::string, double>& hit) const {
    const auto above = [&](const auto& other) {
      return other.second > hit.second || (other.second == hit.second && other.first > hit.first);
    };
    return 1 + static_cast<std::size_t>(std::count_if(ranking.begin(), ranking.end(), above));
  }

  double relevant_to_rank(std::size_t last) const {
    const auto counts = [&](const auto& hit) { return degree(hit.first) > 0 && rank(hit) <= last; };
    return static_cast<double>(std::count_if(ranking.begin(), ranking.end(), counts));
  }

  double ideal_gain() const {
    std::vector<int> degrees;
    for (const auto& [document, judged] : judgments) degrees.push_back(-degree(document));
    std::sort(degrees.begin(), degrees.end());
    double gain = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(10, degrees.size()); ++i) {
      gain -= degrees[i] / std::log2(static_cast<double>(i) + 2);
    }
    return gain;
  }

  Measures measures() const {
    Measures measures;
    double relevant = 0;
    for (const auto& [document, judged] : judgments) relevant += judged > 0 ? 1 : 0;
    for (const auto& hit : ranking) {
      if (degree(hit.first) == 0) continue;
      const auto at = static_cast<double>(rank(hit));
      measures.average_precision += relevant_to_rank(rank(hit)) / at / relevant;
      measures.reciprocal_rank = std::max(measures.reciprocal_rank, 1 / at);
      if (at <= 10) measures.ndcg_10 += degree(hit.first) / std::log2(at + 1) / ideal_gain();
    }
    measures.recall_100 = relevant_to_rank(100) / relevant;
    return measures;
  }
};

TEST_CASE("measures agree with their definitions") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  std::size_t found = 0;
  for (int round = 0; round < 200; ++round) {
    Qrels qrels;
    Run run;
    for (unsigned document = 0; document < 150; ++document) {
      const std::string id = fmt::format("d{}", document);
      if (random() % 4 == 0) qrels["t"][id] = static_cast<int>(random() % 6) - 2;
      if (random() % 5 > 0) run["t"].emplace_back(id, static_cast<double>(random() % 64) / 4);
    }
    qrels["t"]["never found"] = 1;
    const Measures expected = Oracle{qrels["t"], run["t"]}.measures();
    const Measures measures = evaluate(qrels, run).at("t");
    CHECK(measures.ndcg_10 == doctest::Approx(expected.ndcg_10).epsilon(1e-12));
    CHECK(measures.average_precision == doctest::Approx(expected.average_precision).epsilon(1e-12));
    CHECK(measures.reciprocal_rank == doctest::Approx(expected.reciprocal_rank).epsilon(1e-12));
    CHECK(measures.recall_100 == doctest::Approx(expected.recall_100).epsilon(1e-12));
    if (measures.recall_100 > 0) ++found;
  }
  CHECK_GT(found, 190);
}

TEST_CASE("which topics count") {
  const Qrels qrels = {{"a", {{"d1", 1}}}, {"b", {{"d1", 0}, {"d2", -1}}}, {"c", {{"d1", 2}}}};
  const Run run = {{"a", {{"d1", 1}}}, {"b", {{"d1", 1}}}, {"z", {{"d1", 1}}}};
  const auto topics = evaluate(qrels, run);
  CHECK_EQ(topics.size(), 2);
  CHECK_EQ(printed(topics.at("a")), "1.0000 1.0000 1.0000 1.0000");
  CHECK_EQ(printed(topics.at("c")), "0.0000 0.0000 0.0000 0.0000");
  CHECK_EQ(printed(mean(topics)), "0.5000 0.5000 0.5000 0.5000");
  CHECK_EQ(printed(mean({})), "0.0000 0.0000 0.0000 0.0000");
}

TEST_CASE("a document that a run gives twice counts once, where it ranks best") {
  const Run run = {{"t", {{"d1", 3}, {"d2", 2}, {"d1", 1}}}};
  CHECK_EQ(printed(evaluate({{"t", {{"d1", 1}, {"d3", 1}}}}, run).at("t")), "0.6131 0.5000 1.0000 0.5000");
}

template <typename Read>
std::string message_of(Read read, const std::string& text) {
  std::istringstream in(text);
  try {
    read(in, "file");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidArgument);
    return error.what();
  }
  return "read";
}

TEST_CASE("topics are read") {
  std::istringstream in("\uFEFF1\taccord de Paris\r\n\n \nq-2\tun\tdeux \n3\t\n");
  const std::vector<Topic> topics = read_topics(in, "file");
  REQUIRE_EQ(topics.size(), 3);
  CHECK_EQ(topics[0].id + "|" + topics[0].text, "1|accord de Paris");
  CHECK_EQ(topics[1].id + "|" + topics[1].text, "q-2|un\tdeux ");
  CHECK_EQ(topics[2].id + "|" + topics[2].text, "3|");
  CHECK_EQ(message_of(read_topics, "1\ta\n\n2 b\n"), "file:3: expected the topic's id, a tab and its text");
  CHECK_EQ(message_of(read_topics, "\ta\n"), "file:1: a topic's id is neither empty nor holds white space");
  CHECK_EQ(message_of(read_topics, "a b\tc\n"), "file:1: a topic's id is neither empty nor holds white space");
  CHECK_EQ(message_of(read_topics, "1\ta\n1\tb\n"), "file:2: topic 1 stands here a second time");
}

TEST_CASE("qrels are read") {
  std::istringstream in("1 0 d1 2\r\n\n1\t0\td2  -1 \n2 Q0 d1 0");
  CHECK_EQ(read_qrels(in, "file"), Qrels{{"1", {{"d1", 2}, {"d2", -1}}}, {"2", {{"d1", 0}}}});
  CHECK_EQ(message_of(read_qrels, "1 0 d1\n"),
           "file:1: expected 4 columns, topic iteration document relevance, found 3");
  CHECK_EQ(message_of(read_qrels, "1 0 d1 oui\n"), "file:1: oui is not a number");
  CHECK_EQ(message_of(read_qrels, "1 0 d1 1.5\n"), "file:1: 1.5 is not a number");
  CHECK_EQ(message_of(read_qrels, "1 0 d 1\n1 0 d 0\n"), "file:2: document d of topic 1 is judged a second time");
}

TEST_CASE("runs are read") {
  std::istringstream in("1 Q0 d2 1 1.5 limier\n1 Q0 d1 2 +1e-3 limier\n2 Q0 d1 1 -3 limier\n");
  CHECK_EQ(read_run(in, "file"), Run{{"1", {{"d2", 1.5}, {"d1", 0.001}}}, {"2", {{"d1", -3}}}});
  CHECK_EQ(message_of(read_run, "1 Q0 d1 1 2 a b\n"),
           "file:1: expected 6 columns, topic Q0 document rank score tag, found 7");
  CHECK_EQ(message_of(read_run, "1 Q0 d1 1 nan a\n"), "file:1: nan is not a number");
  CHECK_EQ(message_of(read_run, "1 Q0 d 1 2 a\n1 Q0 d 2 1 a\n"),
           "file:2: document d of topic 1 stands here a second time");
}

Hit hit(std::string id, double score) { return {std::move(id), score, {}}; }

std::string written(const std::vector<Hit>& hits) {
  std::ostringstream out;
  write_run(out, "7", hits, "limier");
  return out.str();
}

TEST_CASE("a run is written with strictly decreasing scores") {
  CHECK_EQ(written({}), "");
  CHECK_EQ(written({hit("b", 2.5), hit("a", 2.5), hit("c", 2.4999999), hit("d", 1), hit("e", 3)}),
           "7 Q0 b 1 2.500000 limier\n"
           "7 Q0 a 2 2.499999 limier\n"
           "7 Q0 c 3 2.499998 limier\n"
           "7 Q0 d 4 1.000000 limier\n"
           "7 Q0 e 5 0.999999 limier\n");
  CHECK_EQ(written({hit("a", 0), hit("b", 0)}), "7 Q0 a 1 0.000000 limier\n7 Q0 b 2 -0.000001 limier\n");
}

TEST_CASE("the order of hits survives a reader of single precision") {
  std::mt19937 random(1);
  for (const double top : {0.001, 1.0, 23.123456, 900.0, 123456.0}) {
    std::vector<Hit> hits;
    for (int i = 0; i < 500; ++i) hits.push_back(hit(fmt::format("d{}", random()), top - i / 3 * 1e-7));
    std::istringstream in(written(hits));
    const auto ranking = read_run(in, "file").at("7");
    REQUIRE_EQ(ranking.size(), hits.size());
    for (std::size_t i = 0; i < hits.size(); ++i) {
      CHECK_EQ(ranking[i].first, hits[i].id);
      if (i > 0) CHECK_LT(static_cast<float>(ranking[i].second), static_cast<float>(ranking[i - 1].second));
    }
  }
}

TEST_CASE("what cannot stand in a run is refused before anything is written") {
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  for (const Hit& wrong : {hit("a b", 1), hit("", 1), hit("a", not_a_number), hit("a", 1e300)}) {
    std::ostringstream out;
    CHECK_THROWS_AS(write_run(out, "7", {hit("d", 2), wrong}, "limier"), Error);
    CHECK_EQ(out.str(), "");
  }
  CHECK_THROWS_AS(write_run(std::cout, "a b", {}, "limier"), Error);
  CHECK_THROWS_AS(write_run(std::cout, "7", {}, ""), Error);
}

}  // namespace
}  // namespace limier
