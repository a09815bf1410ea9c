#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "limier/evaluation.h"

namespace limier {
namespace {

using Ranking = std::vector<std::pair<std::string, double>>;
using Judgments = std::map<std::string, int>;

/// In place of a degree. Degrees below 0 are those of documents that assessors have seen, but not judged: they are not
/// relevant, and bpref passes over them.
constexpr int unjudged = std::numeric_limits<int>::min();

/// As trec_eval ranks: by score in single precision, ties by descending id; of a document given twice the better one.
std::vector<std::string> ranked_documents(Ranking ranking) {
  std::sort(ranking.begin(), ranking.end(), [](const auto& a, const auto& b) {
    const auto a_score = static_cast<float>(a.second);
    const auto b_score = static_cast<float>(b.second);
    return a_score != b_score ? a_score > b_score : a.first > b.first;
  });
  std::vector<std::string> documents;
  std::set<std::string> seen;
  for (auto& [document, score] : ranking) {
    if (seen.insert(document).second) documents.push_back(std::move(document));
  }
  return documents;
}

/// What the measures are made of.
struct JudgedRanking {
  std::vector<int> degrees;  ///< Of the documents in their order.
  std::vector<int> ideal;    ///< Of all judged documents, the best first.

  JudgedRanking(const Judgments& judgments, const Ranking& ranking) {
    for (const std::string& document : ranked_documents(ranking)) {
      const auto judged = judgments.find(document);
      degrees.push_back(judged == judgments.end() ? unjudged : judged->second);
    }
    for (const auto& [document, degree] : judgments) ideal.push_back(degree);
    std::sort(ideal.begin(), ideal.end(), std::greater<>());
  }
};

using Degrees = std::vector<int>;

std::size_t depth(const Degrees& degrees, const Measure& measure) {
  return measure.cutoff == 0 ? degrees.size() : std::min(degrees.size(), measure.cutoff);
}

double count_from(const Degrees& degrees, std::size_t end, int rel) {
  return static_cast<double>(std::count_if(degrees.begin(), degrees.begin() + static_cast<std::ptrdiff_t>(end),
                                           [rel](int degree) { return degree >= rel; }));
}

double relevant_found(const JudgedRanking& ranking, const Measure& measure) {
  return count_from(ranking.degrees, depth(ranking.degrees, measure), measure.rel);
}

double relevant_in_all(const JudgedRanking& ranking, const Measure& measure) {
  return count_from(ranking.ideal, ranking.ideal.size(), measure.rel);
}

/// 0 where there is nothing to divide by.
double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

double discounted_gain(const Degrees& degrees, std::size_t end) {
  double gain = 0;
  for (std::size_t i = 0; i < end; ++i) {
    if (degrees[i] > 0) gain += degrees[i] / std::log2(static_cast<double>(i + 2));
  }
  return gain;
}

double ndcg(const JudgedRanking& ranking, const Measure& measure) {
  return ratio(discounted_gain(ranking.degrees, depth(ranking.degrees, measure)),
               discounted_gain(ranking.ideal, depth(ranking.ideal, measure)));
}

double average_precision(const JudgedRanking& ranking, const Measure& measure) {
  double found = 0;
  double sum = 0;
  for (std::size_t i = 0; i < depth(ranking.degrees, measure); ++i) {
    if (ranking.degrees[i] < measure.rel) continue;
    ++found;
    sum += found / static_cast<double>(i + 1);
  }
  return ratio(sum, relevant_in_all(ranking, measure));
}

double reciprocal_rank(const JudgedRanking& ranking, const Measure& measure) {
  for (std::size_t i = 0; i < depth(ranking.degrees, measure); ++i) {
    if (ranking.degrees[i] >= measure.rel) return 1 / static_cast<double>(i + 1);
  }
  return 0;
}

double r_precision(const JudgedRanking& ranking, const Measure& measure) {
  const double relevant = relevant_in_all(ranking, measure);
  const std::size_t end = std::min(ranking.degrees.size(), static_cast<std::size_t>(relevant));
  return ratio(count_from(ranking.degrees, end, measure.rel), relevant);
}

/// Buckley and Voorhees 2004, as trec_eval has it: of the first R documents judged not relevant.
double binary_preference(const JudgedRanking& ranking, const Measure& measure) {
  const double relevant = relevant_in_all(ranking, measure);
  const double not_relevant = count_from(ranking.ideal, ranking.ideal.size(), 0) - relevant;
  double above = 0;
  double sum = 0;
  for (const int degree : ranking.degrees) {
    if (degree >= measure.rel) {
      sum += 1 - ratio(std::min(above, relevant), std::min(not_relevant, relevant));
    } else if (degree >= 0) {
      ++above;
    }
  }
  return ratio(sum, relevant);
}

/// Moffat and Zobel 2008, of two degrees.
double rank_biased_precision(const JudgedRanking& ranking, const Measure& measure) {
  double weight = 1 - measure.p;
  double sum = 0;
  for (std::size_t i = 0; i < depth(ranking.degrees, measure); ++i, weight *= measure.p) {
    if (ranking.degrees[i] >= measure.rel) sum += weight;
  }
  return sum;
}

double judged_share(const JudgedRanking& ranking, const Measure& measure) {
  const std::size_t end = depth(ranking.degrees, measure);
  return ratio(count_from(ranking.degrees, end, unjudged + 1), static_cast<double>(end));
}

/// The best precision at any rank from which on so much recall is reached.
double interpolated_precision(const JudgedRanking& ranking, const Measure& measure) {
  constexpr double almost_one = 0.9;  // So does trec_eval 9 find out how many documents a recall means.
  const double wanted = std::floor(measure.recall * relevant_in_all(ranking, measure) + almost_one);
  double found = 0;
  double best = 0;
  for (std::size_t i = 0; i < ranking.degrees.size(); ++i) {
    if (ranking.degrees[i] >= measure.rel) ++found;
    if (found >= wanted) best = std::max(best, found / static_cast<double>(i + 1));
  }
  return best;
}

double value_of(const Measure& measure, const JudgedRanking& ranking) {
  switch (measure.kind) {
    case Measure::Kind::NDCG:
      return ndcg(ranking, measure);
    case Measure::Kind::AP:
      return average_precision(ranking, measure);
    case Measure::Kind::RR:
      return reciprocal_rank(ranking, measure);
    case Measure::Kind::P:
      return ratio(relevant_found(ranking, measure), static_cast<double>(measure.cutoff));
    case Measure::Kind::R:
      return ratio(relevant_found(ranking, measure), relevant_in_all(ranking, measure));
    case Measure::Kind::Success:
      return relevant_found(ranking, measure) > 0 ? 1 : 0;
    case Measure::Kind::Rprec:
      return r_precision(ranking, measure);
    case Measure::Kind::Bpref:
      return binary_preference(ranking, measure);
    case Measure::Kind::RBP:
      return rank_biased_precision(ranking, measure);
    case Measure::Kind::Judged:
      return judged_share(ranking, measure);
    case Measure::Kind::IPrec:
      return interpolated_precision(ranking, measure);
  }
  return 0;
}

}  // namespace

TopicValues evaluate(const Qrels& qrels, const Run& run, const std::vector<Measure>& measures, MissingTopics missing) {
  TopicValues topics;
  for (const auto& [topic, judgments] : qrels) {
    const auto ranking = run.find(topic);
    if (ranking == run.end() && missing == MissingTopics::LeftOut) continue;
    const JudgedRanking judged(judgments, ranking == run.end() ? Ranking() : ranking->second);
    std::vector<double>& values = topics[topic];
    for (const Measure& measure : measures) values.push_back(value_of(measure, judged));
  }
  return topics;
}

}  // namespace limier
