#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "limier/export.h"
#include "limier/searcher.h"

namespace limier {

/// A question to an index.
struct Topic {
  std::string id;
  std::string text;
};

/// topic id -> document id -> degree of relevance (0 and below: not relevant).
using Qrels = std::map<std::string, std::map<std::string, int>>;

/// topic id -> (document id, score), in the order of the file.
using Run = std::map<std::string, std::vector<std::pair<std::string, double>>>;

/// Reads topics in any of three forms: lines of `id<TAB>text`; JSON Lines with `_id` and `text`, as BEIR has them;
/// TREC's and CLEF's tags (`<top> <num> <title> <desc>`, `<FR-title>`), in whatever charset, of which `fields` are
/// taken. Empty lines are passed over. Throws Error{InvalidArgument} with `name` and the line.
LIMIER_EXPORT std::vector<Topic> read_topics(std::istream& in, const std::string& name,
                                             const std::vector<std::string>& fields = {"title"});

/// Reads TREC qrels, `topic iteration document relevance`, or BEIR's, whose three columns have a head line. Throws as
/// read_topics.
LIMIER_EXPORT Qrels read_qrels(std::istream& in, const std::string& name);

/// Reads a TREC run, `topic Q0 document rank score tag`. Throws as read_topics.
LIMIER_EXPORT Run read_run(std::istream& in, const std::string& name);

/// Writes the hits of one topic as lines of a TREC run. Readers of runs sort by score and break ties in their own ways,
/// so the scores written are strictly decreasing: one that does not fall below the one before is lowered to the next
/// number that six decimals can show and single precision, which trec_eval keeps, can tell apart. Throws
/// Error{InvalidArgument}, before anything is written, for an id, topic or tag that is empty or holds white space, and
/// for a score not finite.
LIMIER_EXPORT void write_run(std::ostream& out, const std::string& topic, const std::vector<Hit>& hits,
                             const std::string& tag);

/// What is measured of a topic's ranking, named as ir_measures names it: `nDCG@10`, `AP`, `P(rel=2)@5`,
/// `RBP(rel=1,p=0.5)`. docs/evaluation.md defines each; all are from 0 to 1.
/// Thread rule: a plain value.
struct Measure {
  enum class Kind { NDCG, AP, RR, P, R, Success, Rprec, Bpref, RBP, Judged, IPrec };

  Kind kind = Kind::NDCG;
  std::size_t cutoff = 0;  ///< How many documents count, the first ones; 0 for all.
  int rel = 1;             ///< From which degree on a document is relevant, from 1. NDCG and Judged have no use for it.
  double p = 0.8;          ///< Of RBP: how probable it is that the next document is looked at, between 0 and 1.
  double recall = 0;       ///< Of IPrec: the recall from which on the best precision counts, 0 to 1.

  bool operator==(const Measure&) const = default;
};

/// Reads measures, parted by white space: `nDCG@10 AP P(rel=2)@5`. `MAP`, `MRR`, `NDCG` and `BPref` are read too.
/// Throws Error{InvalidArgument}, with what there is, for anything else, and for none.
LIMIER_EXPORT std::vector<Measure> parse_measures(std::string_view text);

/// The measure as parse_measures reads it, in one spelling.
LIMIER_EXPORT std::string to_string(const Measure& measure);

/// topic id -> the values of some measures, in their order.
using TopicValues = std::map<std::string, std::vector<double>>;

/// What becomes of a topic that is judged, but that the run does not answer.
enum class MissingTopics {
  Zero,     ///< Every measure is 0, as with trec_eval -c.
  LeftOut,  ///< As with trec_eval alone.
};

/// Measures every topic of `qrels`; to the digits that trec_eval 9 prints, where it has the measure. As it does,
/// documents are ranked by score in single precision, ties by descending id; a document given twice counts once, where
/// it ranks best.
LIMIER_EXPORT TopicValues evaluate(const Qrels& qrels, const Run& run, const std::vector<Measure>& measures,
                                   MissingTopics missing = MissingTopics::Zero);

/// How chance is drawn. The same values and options give the same figures on every machine.
/// Thread rule: a plain value.
struct ResamplingOptions {
  std::size_t samples = 10'000;  ///< How many samples are drawn. From 1.
  std::uint32_t seed = 1;
  double confidence = 0.95;  ///< How often an interval is to hold the true mean. Between 0 and 1.
};

/// A mean over topics, and the interval in which it would lie for other topics of the kind.
/// Thread rule: a plain value.
struct Estimate {
  double mean = 0;
  double low = 0, high = 0;  ///< Percentiles of the bootstrap: Efron and Tibshirani 1993, chapter 13.
};

/// The mean of each measure; empty where there are no topics. Throws Error{InvalidArgument} for options out of range,
/// as `compare` does.
LIMIER_EXPORT std::vector<Estimate> estimate_means(const TopicValues& topics, const ResamplingOptions& options = {});

/// How a run differs from a baseline, topic by topic, over the topics that both have. What cannot be said of so few
/// topics, or of differences that are all the same, is NaN.
/// Thread rule: a plain value.
struct Comparison {
  std::size_t won = 0, lost = 0, tied = 0;  ///< Topics that are better, worse, equal.
  Estimate difference;                      ///< Above 0 where the run is better.
  double effect_size = 0;    ///< Cohen's d of paired values: mean by standard deviation of the differences.
  double t_test = 0;         ///< p of Student's paired t-test, two-sided.
  double randomisation = 0;  ///< p of Fisher's randomisation test, two-sided (Smucker, Allan and Carterette 2007): how
                             ///< often signs drawn for the differences give a mean as far from 0. Exact where all signs
                             ///< are no more than ResamplingOptions::samples.
};

/// Compares each measure; empty where there are no topics in common.
LIMIER_EXPORT std::vector<Comparison> compare(const TopicValues& baseline, const TopicValues& topics,
                                              const ResamplingOptions& options = {});

/// The p values of several tests, raised so that each stands for itself (Holm 1979). NaN is no test, and stays.
LIMIER_EXPORT std::vector<double> holm(std::vector<double> p_values);

}  // namespace limier
