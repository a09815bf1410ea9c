#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/line_reader.h"
#include "limier/error.h"
#include "limier/evaluation.h"
#include "text/message.h"

namespace limier {
namespace {

void check_column(std::string_view text, std::string_view what) {
  if (!text.empty() && text.find_first_of(LineReader::spaces) == std::string_view::npos) return;
  throw Error(ErrorCode::InvalidArgument,
              message("the {} \"{}\" cannot stand in a TREC run, whose columns are parted by white space",
                      make_message(what), text));
}

constexpr std::string_view beir_head = "query-id\tcorpus-id\tscore";

using JudgmentColumns = std::array<std::string_view, 3>;

JudgmentColumns trec_judgment(const LineReader& reader) {
  const auto [topic, iteration, document, degree] = reader.columns<4>("topic iteration document relevance");
  return {topic, document, degree};
}

JudgmentColumns beir_judgment(const LineReader& reader) { return reader.columns<3>("query-id corpus-id score"); }

double rounded(double score) { return std::round(score * 1e6) / 1e6; }

/// The greatest number of six decimals that trec_eval, which keeps scores in single precision, tells from `score`.
double next_below(double score) {
  const float below = std::nextafter(static_cast<float>(score), -std::numeric_limits<float>::infinity());
  return std::floor(static_cast<double>(below) * 1e6) / 1e6;
}

}  // namespace

Qrels read_qrels(std::istream& in, const std::string& name) {
  Qrels qrels;
  bool has_iterations = true;
  for (LineReader reader(in, name); reader.next();) {
    if (reader.number() == 1 && reader.line() == beir_head) {
      has_iterations = false;
      continue;
    }
    const auto [topic, document, degree] = has_iterations ? trec_judgment(reader) : beir_judgment(reader);
    const bool added = qrels[std::string(topic)].emplace(document, reader.parse<int>(degree)).second;
    if (!added) reader.fail(message("document {} of topic {} is judged a second time", document, topic));
  }
  return qrels;
}

Run read_run(std::istream& in, const std::string& name) {
  Run run;
  std::set<std::pair<std::string, std::string>> seen;
  for (LineReader reader(in, name); reader.next();) {
    const auto [topic, q0, document, rank, score, tag] = reader.columns<6>("topic Q0 document rank score tag");
    const double value = reader.parse<double>(score);
    if (std::isnan(value)) reader.fail(message("{} is not a number", score));
    if (!seen.emplace(topic, document).second) {
      reader.fail(message("document {} of topic {} stands here a second time", document, topic));
    }
    run[std::string(topic)].emplace_back(document, value);
  }
  return run;
}

void write_run(std::ostream& out, const std::string& topic, const std::vector<Hit>& hits, const std::string& tag) {
  check_column(topic, translatable("topic"));
  check_column(tag, translatable("tag"));
  for (const Hit& hit : hits) {
    check_column(hit.id, translatable("document id"));
    if (!(std::abs(hit.score) <= std::numeric_limits<float>::max())) {
      throw Error(ErrorCode::InvalidArgument,
                  message("the score of document {} is not a number that a run can hold", hit.id));
    }
  }
  double score = std::numeric_limits<double>::infinity();
  for (std::size_t rank = 1; rank <= hits.size(); ++rank) {
    const Hit& hit = hits[rank - 1];
    const bool falls = static_cast<float>(rounded(hit.score)) < static_cast<float>(score);
    score = falls ? rounded(hit.score) : next_below(score);
    out << fmt::format("{} Q0 {} {} {:.6f} {}\n", topic, hit.id, rank, score, tag);
  }
}

}  // namespace limier
