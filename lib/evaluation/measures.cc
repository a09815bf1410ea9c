#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "limier/evaluation.h"

namespace limier {
namespace {

constexpr std::size_t ndcg_depth = 10;
constexpr std::size_t recall_depth = 100;

using Ranking = std::vector<std::pair<std::string, double>>;
using Judgments = std::map<std::string, int>;

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

/// The degrees of the ranked documents; what is not judged counts as not relevant.
std::vector<int> ranked_degrees(const Judgments& judgments, const Ranking& ranking) {
  std::vector<int> degrees;
  for (const std::string& document : ranked_documents(ranking)) {
    const auto judged = judgments.find(document);
    degrees.push_back(judged == judgments.end() ? 0 : std::max(judged->second, 0));
  }
  return degrees;
}

/// The degrees of all relevant documents, best first.
std::vector<int> ideal_degrees(const Judgments& judgments) {
  std::vector<int> degrees;
  for (const auto& [document, degree] : judgments) {
    if (degree > 0) degrees.push_back(degree);
  }
  std::sort(degrees.begin(), degrees.end(), std::greater<>());
  return degrees;
}

double discounted_gain(const std::vector<int>& degrees) {
  double gain = 0;
  for (std::size_t i = 0; i < std::min(degrees.size(), ndcg_depth); ++i) {
    gain += degrees[i] / std::log2(static_cast<double>(i + 2));
  }
  return gain;
}

Measures measure(const std::vector<int>& degrees, const std::vector<int>& ideal) {
  Measures measures;
  const auto relevant = static_cast<double>(ideal.size());
  measures.ndcg_10 = discounted_gain(degrees) / discounted_gain(ideal);
  double found = 0;
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    if (degrees[i] == 0) continue;
    const auto rank = static_cast<double>(i + 1);
    if (found == 0) measures.reciprocal_rank = 1 / rank;
    ++found;
    measures.average_precision += found / rank / relevant;
    if (i < recall_depth) measures.recall_100 = found / relevant;
  }
  return measures;
}

}  // namespace

std::map<std::string, Measures> evaluate(const Qrels& qrels, const Run& run) {
  std::map<std::string, Measures> topics;
  for (const auto& [topic, judgments] : qrels) {
    const std::vector<int> ideal = ideal_degrees(judgments);
    if (ideal.empty()) continue;
    const auto ranking = run.find(topic);
    topics[topic] = ranking == run.end() ? Measures{} : measure(ranked_degrees(judgments, ranking->second), ideal);
  }
  return topics;
}

Measures mean(const std::map<std::string, Measures>& topics) {
  Measures mean;
  const auto count = static_cast<double>(topics.size());
  for (const auto& [topic, measures] : topics) {
    mean.ndcg_10 += measures.ndcg_10 / count;
    mean.average_precision += measures.average_precision / count;
    mean.reciprocal_rank += measures.reciprocal_rank / count;
    mean.recall_100 += measures.recall_100 / count;
  }
  return mean;
}

}  // namespace limier
