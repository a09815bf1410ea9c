#include <algorithm>
#include <bit>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "limier/error.h"
#include "limier/evaluation.h"
#include "text/message.h"

namespace limier {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

using Values = std::vector<double>;

void check(const ResamplingOptions& options) {
  if (options.samples == 0) {
    throw Error(ErrorCode::InvalidArgument, message("at least one sample has to be drawn"));
  }
  if (!(options.confidence > 0 && options.confidence < 1)) {
    throw Error(ErrorCode::InvalidArgument, message("confidence lies between 0 and 1, not at {}", options.confidence));
  }
}

/// From 0 to `bound` - 1. std::uniform_int_distribution may differ from one standard library to the next. That some
/// numbers come more often, by one in 2^32 / bound, is nothing here.
std::size_t draw(std::mt19937& random, std::size_t bound) {
  return static_cast<std::size_t>((static_cast<std::uint64_t>(random()) * bound) >> 32U);
}

std::size_t measures_in(const TopicValues& topics) { return topics.empty() ? 0 : topics.begin()->second.size(); }

double mean_of(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The value below which a share of them lies, between neighbours in proportion.
double quantile(const Values& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

/// The means of each measure over topics drawn with replacement, sample by sample; one draw serves all measures.
std::vector<Values> resampled_means(const TopicValues& topics, const ResamplingOptions& options) {
  std::vector<const double*> rows;
  for (const auto& [topic, values] : topics) rows.push_back(values.data());
  std::vector<Values> means(measures_in(topics));
  std::mt19937 random(options.seed);
  Values sums(means.size());
  for (std::size_t sample = 0; sample < options.samples; ++sample) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (std::size_t drawn = 0; drawn < rows.size(); ++drawn) {
      const double* row = rows[draw(random, rows.size())];
      for (std::size_t measure = 0; measure < sums.size(); ++measure) sums[measure] += row[measure];
    }
    for (std::size_t measure = 0; measure < sums.size(); ++measure) {
      means[measure].push_back(sums[measure] / static_cast<double>(rows.size()));
    }
  }
  return means;
}

Values column(const TopicValues& topics, std::size_t measure) {
  Values values;
  for (const auto& [topic, row] : topics) values.push_back(row[measure]);
  return values;
}

/// Of the differences of one measure.
struct Spread {
  double mean = not_a_number;
  double deviation = not_a_number;

  explicit Spread(const Values& values) {
    mean = mean_of(values);
    if (values.size() < 2) return;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
  }

  /// Whether something can be said of it: differences that are the same but for rounding have no spread.
  bool is_real() const { return deviation > std::abs(mean) * 1e-12; }
};

/// Student 1908.
double t_test(const Spread& spread, std::size_t count) {
  const double t = spread.mean / spread.deviation * std::sqrt(static_cast<double>(count));
  const boost::math::students_t distribution(static_cast<double>(count - 1));
  return 2 * cdf(complement(distribution, std::abs(t)));
}

/// Whether a sum under other signs is as far from 0 as the one that was seen. The order of adding must not decide.
class AsFar {
 public:
  explicit AsFar(const Values& differences) {
    double sum = 0;
    double size = 0;
    for (const double difference : differences) {
      sum += difference;
      size += std::abs(difference);
    }
    bound_ = std::abs(sum) - size * 1e-12;
  }
  bool operator()(double sum) const { return std::abs(sum) >= bound_; }

 private:
  double bound_ = 0;
};

/// All signs, each one flip away from the one before (Gray 1953).
double exact_randomisation(Values differences) {
  const AsFar as_far(differences);
  double sum = std::accumulate(differences.begin(), differences.end(), 0.0);
  const std::uint64_t all = std::uint64_t{1} << differences.size();
  std::uint64_t far = 1;
  for (std::uint64_t step = 1; step < all; ++step) {
    double& flipped = differences[static_cast<std::size_t>(std::countr_zero(step))];
    flipped = -flipped;
    sum += 2 * flipped;
    if (as_far(sum)) ++far;
  }
  return static_cast<double>(far) / static_cast<double>(all);
}

/// What was seen counts as one of the samples, so that p is never 0 (Phipson and Smyth 2010).
double sampled_randomisation(const Values& differences, const ResamplingOptions& options) {
  const AsFar as_far(differences);
  std::mt19937 random(options.seed);
  std::size_t far = 1;
  for (std::size_t sample = 0; sample < options.samples; ++sample) {
    double sum = 0;
    std::uint32_t signs = 0;
    for (std::size_t i = 0; i < differences.size(); ++i, signs >>= 1U) {
      if (i % 32 == 0) signs = static_cast<std::uint32_t>(random());
      sum += (signs & 1U) != 0 ? differences[i] : -differences[i];
    }
    if (as_far(sum)) ++far;
  }
  return static_cast<double>(far) / static_cast<double>(options.samples + 1);
}

double randomisation_test(Values differences, const ResamplingOptions& options) {
  std::erase(differences, 0.0);  // Their sign changes nothing.
  const bool few = differences.size() < 64 && std::uint64_t{1} << differences.size() <= options.samples;
  return few ? exact_randomisation(std::move(differences)) : sampled_randomisation(differences, options);
}

TopicValues differences_of(const TopicValues& baseline, const TopicValues& topics) {
  TopicValues differences;
  for (const auto& [topic, values] : topics) {
    const auto before = baseline.find(topic);
    if (before == baseline.end()) continue;
    std::transform(values.begin(), values.end(), before->second.begin(), std::back_inserter(differences[topic]),
                   std::minus<>());
  }
  return differences;
}

Comparison compare_values(const Values& differences, const Estimate& difference, const ResamplingOptions& options) {
  Comparison comparison{.difference = difference};
  for (const double value : differences) {
    ++(value > 0 ? comparison.won : value < 0 ? comparison.lost : comparison.tied);
  }
  const Spread spread(differences);
  comparison.effect_size = spread.is_real() ? spread.mean / spread.deviation : not_a_number;
  comparison.t_test = spread.is_real() ? t_test(spread, differences.size()) : not_a_number;
  comparison.randomisation = differences.empty() ? not_a_number : randomisation_test(differences, options);
  return comparison;
}

}  // namespace

std::vector<Estimate> estimate_means(const TopicValues& topics, const ResamplingOptions& options) {
  check(options);
  std::vector<Values> means = resampled_means(topics, options);
  std::vector<Estimate> estimates;
  for (std::size_t measure = 0; measure < means.size(); ++measure) {
    Values& resampled = means[measure];
    std::sort(resampled.begin(), resampled.end());
    const double tail = (1 - options.confidence) / 2;
    estimates.push_back({mean_of(column(topics, measure)), quantile(resampled, tail), quantile(resampled, 1 - tail)});
  }
  return estimates;
}

std::vector<Comparison> compare(const TopicValues& baseline, const TopicValues& topics,
                                const ResamplingOptions& options) {
  const TopicValues differences = differences_of(baseline, topics);
  const std::vector<Estimate> estimates = estimate_means(differences, options);
  std::vector<Comparison> comparisons;
  for (std::size_t measure = 0; measure < estimates.size(); ++measure) {
    comparisons.push_back(compare_values(column(differences, measure), estimates[measure], options));
  }
  return comparisons;
}

std::vector<double> holm(std::vector<double> p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  double floor = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    double& p = p_values[order[i]];
    floor = std::max(floor, std::min(1.0, p * static_cast<double>(order.size() - i)));
    p = floor;
  }
  return p_values;
}

}  // namespace limier
