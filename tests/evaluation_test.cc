#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
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

const std::vector<Measure> four = parse_measures("nDCG@10 AP RR R@100");

/// To the digits that trec_eval prints.
std::string printed(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text += fmt::format("{}{:.4f}", text.empty() ? "" : " ", value);
  return text;
}

std::vector<double> means(const TopicValues& topics) {
  std::vector<double> means;
  for (const Estimate& estimate : estimate_means(topics, {.samples = 1})) means.push_back(estimate.mean);
  return means;
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
    CHECK_EQ(printed(evaluate(one_topic_qrels(expected.judgments), run, four).at("t")), expected.measures);
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
  CHECK_EQ(run.size(), 35);
  std::string text;
  for (const double mean : means(evaluate(qrels, run, four))) text += fmt::format("{:.6f} ", mean);
  CHECK_EQ(text, "0.041502 0.024382 0.173766 0.162206 ");
}

template <typename Read>
auto read_file(const std::string& name, Read read) {
  std::ifstream in(LIMIER_SOURCE_DIR "/tests/evaluation/" + name);
  REQUIRE(in);
  return read(in, name);
}

// Written by `benchmarks/agreement.py LIMIER --seed 5 --write-golden tests/evaluation`, with pytrec_eval-terrier 0.5.11
// (trec_eval 9), ir_measures 0.4.3 and cwl-eval 1.0.12: ties, topics without an answer or anything relevant, degrees
// below 0, documents that are not judged.
TEST_CASE("every measure agrees with trec_eval and ir_measures on every topic") {
  const Qrels qrels = read_file("qrels.txt", read_qrels);
  const Run run = read_file("press.run", read_run);
  std::ifstream expected(LIMIER_SOURCE_DIR "/tests/evaluation/expected.tsv");
  std::size_t compared = 0;
  std::set<double> seen;
  for (std::string topic, name, figure; expected >> topic >> name >> figure; ++compared) {
    CAPTURE(topic);
    CAPTURE(name);
    const double value = evaluate(qrels, run, parse_measures(name)).at(topic).front();
    CHECK_EQ(fmt::format("{:.4f}", value), figure);
    seen.insert(value);
  }
  CHECK_GE(compared, 500);
  CHECK_GE(seen.size(), 70);
}

TEST_CASE("measures are read and written as ir_measures names them") {
  for (const std::string text :
       {"nDCG", "nDCG@10", "AP", "AP(rel=2)", "AP@5", "RR", "RR(rel=3)@10", "P@5", "R(rel=2)@100", "Success@1", "Rprec",
        "Bpref(rel=2)", "RBP(rel=1)", "RBP(rel=2,p=0.95)", "RBP(rel=1)@20", "Judged", "Judged@10", "IPrec@0.1",
        "IPrec(rel=2)@1"}) {
    const std::vector<Measure> measures = parse_measures(text);
    REQUIRE_EQ(measures.size(), 1);
    CHECK_EQ(to_string(measures.front()), text);
  }
  CHECK_EQ(parse_measures(" MAP\tMRR NDCG@3 BPref RBP( rel=1, p=0.5 ) RBP(p=0.8) "),
           parse_measures("AP RR nDCG@3 Bpref RBP(rel=1,p=0.5) RBP"));
  for (const std::string text :
       {"",       " ",           "map",           "P",         "R",        "Success",    "nDCG@",
        "nDCG@0", "nDCG@-1",     "nDCG@1.5",      "Rprec@5",   "P@5x",     "P(rel=0)@5", "P(rel=)@5",
        "P(5",    "nDCG(rel=2)", "Judged(rel=1)", "AP(p=0.5)", "RBP(p=0)", "RBP(p=1)",   "RBP(p=nan)",
        "IPrec",  "IPrec@1.1",   "AP,RR",         "AP foo"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_measures(text), Error);
  }
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

  /// nDCG@10 AP RR R@100
  std::vector<double> measures() const {
    double ndcg = 0, average_precision = 0, reciprocal_rank = 0;
    double relevant = 0;
    for (const auto& [document, judged] : judgments) relevant += judged > 0 ? 1 : 0;
    for (const auto& hit : ranking) {
      if (degree(hit.first) == 0) continue;
      const auto at = static_cast<double>(rank(hit));
      average_precision += relevant_to_rank(rank(hit)) / at / relevant;
      reciprocal_rank = std::max(reciprocal_rank, 1 / at);
      if (at <= 10) ndcg += degree(hit.first) / std::log2(at + 1) / ideal_gain();
    }
    return {ndcg, average_precision, reciprocal_rank, relevant_to_rank(100) / relevant};
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
    const std::vector<double> expected = Oracle{qrels["t"], run["t"]}.measures();
    const std::vector<double> values = evaluate(qrels, run, four).at("t");
    for (std::size_t i = 0; i < four.size(); ++i) CHECK(values[i] == doctest::Approx(expected[i]).epsilon(1e-12));
    if (values[3] > 0) ++found;
  }
  CHECK_GT(found, 190);
}

TEST_CASE("which topics count") {
  const Qrels qrels = {{"a", {{"d1", 1}}}, {"b", {{"d1", 0}, {"d2", -1}}}, {"c", {{"d1", 2}}}};
  const Run run = {{"a", {{"d1", 1}}}, {"b", {{"d1", 1}}}, {"z", {{"d1", 1}}}};
  const TopicValues all = evaluate(qrels, run, four);
  CHECK_EQ(all.size(), 3);
  CHECK_EQ(printed(all.at("a")), "1.0000 1.0000 1.0000 1.0000");
  CHECK_EQ(printed(all.at("b")), "0.0000 0.0000 0.0000 0.0000");
  CHECK_EQ(printed(all.at("c")), "0.0000 0.0000 0.0000 0.0000");
  CHECK_EQ(printed(means(all)), "0.3333 0.3333 0.3333 0.3333");
  const TopicValues answered = evaluate(qrels, run, four, MissingTopics::LeftOut);
  CHECK_EQ(answered.size(), 2);
  CHECK_EQ(printed(means(answered)), "0.5000 0.5000 0.5000 0.5000");
  CHECK(evaluate({}, run, four).empty());
  CHECK(estimate_means({}).empty());
}

TEST_CASE("a document that a run gives twice counts once, where it ranks best") {
  const Run run = {{"t", {{"d1", 3}, {"d2", 2}, {"d1", 1}}}};
  CHECK_EQ(printed(evaluate({{"t", {{"d1", 1}, {"d3", 1}}}}, run, four).at("t")), "0.6131 0.5000 1.0000 0.5000");
}

TopicValues one_measure(const std::vector<double>& values) {
  TopicValues topics;
  for (std::size_t i = 0; i < values.size(); ++i) topics[fmt::format("t{:05}", i)] = {values[i]};
  return topics;
}

TEST_CASE("a comparison of a few topics agrees with SciPy") {
  // scipy.stats.ttest_rel(after, before).pvalue, and permutation_test of the mean, permutation_type='samples':
  // SciPy 1.17.1.
  const TopicValues before = one_measure({0.1, 0.4, 0.35, 0.8, 0.5, 0.5, 0.22, 0.9});
  const TopicValues after = one_measure({0.3, 0.45, 0.3, 0.95, 0.5, 0.7, 0.4, 0.85});
  const Comparison comparison = compare(before, after).front();
  CHECK_EQ(comparison.won, 5);
  CHECK_EQ(comparison.lost, 2);
  CHECK_EQ(comparison.tied, 1);
  CHECK(comparison.difference.mean == doctest::Approx(0.085).epsilon(1e-12));
  CHECK(comparison.effect_size == doctest::Approx(0.7731838324555715).epsilon(1e-12));
  CHECK(comparison.t_test == doctest::Approx(0.06497601198711819).epsilon(1e-12));
  CHECK(comparison.randomisation == doctest::Approx(0.109375).epsilon(1e-12));
}

/// Of all ways to set the signs, the share that is as far from 0: straight from the definition.
double all_signs(const std::vector<double>& differences) {
  const auto sum_under = [&](std::uint64_t signs) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i)
      sum += (signs >> i & 1U) != 0 ? differences[i] : -differences[i];
    return std::abs(sum);
  };
  const std::uint64_t all = std::uint64_t{1} << differences.size();
  std::uint64_t far = 0;
  for (std::uint64_t signs = 0; signs < all; ++signs) far += sum_under(signs) >= sum_under(0) - 1e-9 ? 1U : 0U;
  return static_cast<double>(far) / static_cast<double>(all);
}

TEST_CASE("the randomisation test tries all signs where they are few, and else comes near") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  for (std::size_t round = 0; round < 100; ++round) {
    std::vector<double> before, after, differences;
    for (std::size_t i = 0; i < 1 + round % 13; ++i) {
      before.push_back(static_cast<double>(random() % 8) / 8);
      after.push_back(static_cast<double>(random() % 8) / 8);
      differences.push_back(after.back() - before.back());
    }
    const double p = all_signs(differences);
    const TopicValues a = one_measure(before), b = one_measure(after);
    CHECK(compare(a, b).front().randomisation == doctest::Approx(p).epsilon(1e-12));
    CHECK(compare(b, a).front().randomisation == doctest::Approx(p).epsilon(1e-12));
    // Sampled: five standard errors of a share that 1,000 samples give.
    if (differences.size() > 10) CHECK(std::abs(compare(a, b, {.samples = 1000}).front().randomisation - p) < 0.08);
  }
}

TEST_CASE("the sampled tests and intervals are the same from run to run, and elsewhere for another seed") {
  std::mt19937 random(7);
  std::vector<double> before, after;
  for (int i = 0; i < 300; ++i) {
    before.push_back(static_cast<double>(random() % 1000) / 1000);
    after.push_back(std::min(1.0, before.back() + static_cast<double>(random() % 100) / 1000 - 0.04));
  }
  const TopicValues a = one_measure(before), b = one_measure(after);
  const Comparison first = compare(a, b).front();
  const Comparison again = compare(a, b).front();
  CHECK_EQ(first.difference.low, again.difference.low);
  CHECK_EQ(first.randomisation, again.randomisation);
  CHECK_NE(first.difference.low, compare(a, b, {.seed = 2}).front().difference.low);
  // The two tests ask the same of so many topics; the interval is about the one that t gives, mean ± 1.97 s / √n.
  CHECK(std::abs(first.randomisation - first.t_test) < 0.01);
  const double half = 1.968 * first.difference.mean / first.effect_size / std::sqrt(300.0);
  CHECK(std::abs(first.difference.mean - half - first.difference.low) < 0.1 * half);
  CHECK(std::abs(first.difference.mean + half - first.difference.high) < 0.1 * half);
}

TEST_CASE("what cannot be said is not a number") {
  const TopicValues one = one_measure({0.5});
  const Comparison alone = compare(one, one_measure({0.75})).front();
  CHECK(std::isnan(alone.t_test));
  CHECK(std::isnan(alone.effect_size));
  CHECK_EQ(alone.randomisation, 1.0);
  const Comparison same = compare(one_measure({0.1, 0.2, 0.3}), one_measure({0.2, 0.3, 0.4})).front();
  CHECK_EQ(same.won, 3);
  CHECK(std::isnan(same.t_test));
  CHECK_EQ(same.randomisation, 0.25);
  const Comparison equal = compare(one_measure({0.1, 0.2}), one_measure({0.1, 0.2})).front();
  CHECK_EQ(equal.tied, 2);
  CHECK(std::isnan(equal.t_test));
  CHECK_EQ(equal.randomisation, 1.0);
  CHECK(compare(one, {{"other", {0.5}}}).empty());
  CHECK_THROWS_AS(estimate_means(one, {.samples = 0}), Error);
  CHECK_THROWS_AS(estimate_means(one, {.confidence = 1}), Error);
}

TEST_CASE("Holm's correction") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(holm({}).empty());
  CHECK_EQ(holm({0.04}), std::vector{0.04});
  // The smallest times 4, the next times 3, … and none below the one before: statsmodels' multipletests agrees.
  const std::vector<double> corrected = holm({0.01, 0.04, 0.03, 0.005});
  const std::vector<double> expected = {0.03, 0.06, 0.06, 0.02};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(corrected[i] == doctest::Approx(expected[i]).epsilon(1e-12));
  CHECK_EQ(holm({0.9, 0.8}), std::vector{1.0, 1.0});
  const std::vector<double> with_none = holm({none, 0.25});
  CHECK(std::isnan(with_none[0]));
  CHECK_EQ(with_none[1], 0.25);
}

std::vector<Topic> read_titles(std::istream& in, const std::string& name) { return read_topics(in, name); }

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
  CHECK_EQ(message_of(read_titles, "1\ta\n\n2 b\n"), "file:3: expected the topic's id, a tab and its text");
  CHECK_EQ(message_of(read_titles, "\ta\n"), "file:1: a topic's id is neither empty nor holds white space");
  CHECK_EQ(message_of(read_titles, "a b\tc\n"), "file:1: a topic's id is neither empty nor holds white space");
  CHECK_EQ(message_of(read_titles, "1\ta\n1\tb\n"), "file:2: topic 1 stands here a second time");
}

std::string topics_in(const std::string& text, const std::vector<std::string>& fields = {"title"}) {
  std::istringstream in(text);
  std::string lines;
  for (const Topic& topic : read_topics(in, "file", fields)) lines += topic.id + "|" + topic.text + "\n";
  return lines;
}

TEST_CASE("topics of BEIR are read") {
  CHECK_EQ(
      topics_in("{\"_id\": \"1\", \"text\": \"prix du coton\", \"metadata\": {}}\n{\"_id\": 2, \"text\": \"pêche\"}\n"),
      "1|prix du coton\n2|pêche\n");
  CHECK_EQ(message_of(read_titles, "{\"_id\": \"1\", \"text\": \"a\"}\n{\"text\": \"b\"}\n"),
           "file:2: a topic's id is neither empty nor holds white space");
  CHECK(message_of(read_titles, "{\"_id\": \"1\"\n").starts_with("file:1: not JSON: "));
}

TEST_CASE("topics of TREC and CLEF are read") {
  const std::string trec =
      "\n<top>\n<num> Number: 301\n<title> Prix du\n  coton\n\n<desc> Description:\nQui l'achète ?\n<narr> "
      "Narrative:\nTout.\n"
      "</top>\n<TOP>\n<num> Number: 302\n<title> P&ecirc;che\n</TOP>\n";
  CHECK_EQ(topics_in(trec), "301|Prix du coton\n302|Pêche\n");
  CHECK_EQ(topics_in(trec, {"title", "desc"}), "301|Prix du coton Qui l'achète ?\n302|Pêche\n");
  const std::string clef =
      "<top>\n<num> C041 </num>\n<FR-title> P\xEA"
      "che et c\x9C"
      "urs </FR-title>\n<FR-desc> D\xE9"
      "crire. "
      "</FR-desc>\n</top>\n";
  CHECK_EQ(topics_in(clef, {"desc", "title"}), "C041|Décrire. Pêche et cœurs\n");
  CHECK_EQ(message_of(read_titles, "<top>\n<title> a\n</top>\n"),
           "file:1: a topic's id is neither empty nor holds white space");
  CHECK_EQ(message_of(read_titles, "<top><num>1</num></top>\n<top><num>1</num></top>"),
           "file:2: topic 1 stands here a second time");
  CHECK_EQ(topics_in("<top><num>1"), "1|\n");
  CHECK_EQ(topics_in("<topics>"), "");
}

TEST_CASE("qrels of BEIR are read") {
  std::istringstream in("query-id\tcorpus-id\tscore\n1\td1\t2\n1\td2\t0\n");
  CHECK_EQ(read_qrels(in, "file"), Qrels{{"1", {{"d1", 2}, {"d2", 0}}}});
  CHECK_EQ(message_of(read_qrels, "query-id\tcorpus-id\tscore\n1\t0\td1\t2\n"),
           "file:2: expected 3 columns, query-id corpus-id score, found 4");
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
