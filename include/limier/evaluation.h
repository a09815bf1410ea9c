#pragma once

#include <iosfwd>
#include <map>
#include <string>
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

/// Reads `id<TAB>text` lines; empty lines are passed over. Throws Error{InvalidArgument} with `name` and the line.
LIMIER_EXPORT std::vector<Topic> read_topics(std::istream& in, const std::string& name);

/// Reads TREC qrels, `topic iteration document relevance`. Throws as read_topics.
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

/// Measures of one topic or, as means, of many; each from 0 to 1.
struct Measures {
  double ndcg_10 =
      0;  ///< Järvelin and Kekäläinen 2002, gain = degree, discount log2(rank + 1), as trec_eval's ndcg_cut_10.
  double average_precision = 0;  ///< trec_eval's map.
  double reciprocal_rank = 0;    ///< trec_eval's recip_rank.
  double recall_100 = 0;         ///< trec_eval's recall_100.
};

/// The measures of every topic in `qrels` that has a relevant document; a topic missing in the run counts 0 (trec_eval
/// -c). Documents are ranked as trec_eval does: by score in single precision, ties by descending id.
LIMIER_EXPORT std::map<std::string, Measures> evaluate(const Qrels& qrels, const Run& run);

/// Their arithmetic mean; all 0 for none.
LIMIER_EXPORT Measures mean(const std::map<std::string, Measures>& topics);

}  // namespace limier
