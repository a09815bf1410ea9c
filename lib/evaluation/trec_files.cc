#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <istream>
#include <limits>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "limier/error.h"
#include "limier/evaluation.h"
#include "text/message.h"

namespace limier {
namespace {

constexpr std::string_view spaces = " \t\n\v\f\r";
constexpr std::string_view byte_order_mark = "\uFEFF";

/// The lines of a file that are not blank, with the place where an error is.
class LineReader {
 public:
  LineReader(std::istream& in, const std::string& name) : in_(in), name_(name) {}

  bool next() {
    while (std::getline(in_, line_)) {
      ++number_;
      if (number_ == 1 && line_.starts_with(byte_order_mark)) line_.erase(0, byte_order_mark.size());
      if (line_.ends_with('\r')) line_.pop_back();
      if (line_.find_first_not_of(spaces) != std::string::npos) return true;
    }
    if (in_.bad()) throw Error(ErrorCode::Io, message("{}: cannot be read", name_));
    return false;
  }

  const std::string& line() const { return line_; }

  /// The columns of the line; `expected` names them.
  template <std::size_t count>
  std::array<std::string_view, count> columns(std::string_view expected) const {
    std::array<std::string_view, count> columns;
    std::string_view rest = line_;
    std::size_t found = 0;
    for (; rest.find_first_not_of(spaces) != std::string_view::npos; ++found) {
      rest.remove_prefix(rest.find_first_not_of(spaces));
      const std::size_t end = std::min(rest.find_first_of(spaces), rest.size());
      if (found < count) columns[found] = rest.substr(0, end);
      rest.remove_prefix(end);
    }
    if (found != count) fail(message("expected {} columns, {}, found {}", count, expected, found));
    return columns;
  }

  template <typename Number>
  Number number(std::string_view text) const {
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    Number number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) fail(message("{} is not a number", text));
    return number;
  }

  [[noreturn]] void fail(const Message& what) const {
    throw Error(ErrorCode::InvalidArgument, message("{}:{}: {}", name_, number_, what));
  }

 private:
  std::istream& in_;
  const std::string& name_;
  std::string line_;
  std::size_t number_ = 0;
};

void check_column(std::string_view text, std::string_view what) {
  if (!text.empty() && text.find_first_of(spaces) == std::string_view::npos) return;
  throw Error(ErrorCode::InvalidArgument,
              message("the {} \"{}\" cannot stand in a TREC run, whose columns are parted by white space",
                      make_message(what), text));
}

double rounded(double score) { return std::round(score * 1e6) / 1e6; }

/// The greatest number of six decimals that trec_eval, which keeps scores in single precision, tells from `score`.
double next_below(double score) {
  const float below = std::nextafter(static_cast<float>(score), -std::numeric_limits<float>::infinity());
  return std::floor(static_cast<double>(below) * 1e6) / 1e6;
}

}  // namespace

std::vector<Topic> read_topics(std::istream& in, const std::string& name) {
  std::vector<Topic> topics;
  std::set<std::string> ids;
  for (LineReader reader(in, name); reader.next();) {
    const std::string& line = reader.line();
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) reader.fail(message("expected the topic's id, a tab and its text"));
    Topic topic{line.substr(0, tab), line.substr(tab + 1)};
    if (topic.id.empty() || topic.id.find_first_of(spaces) != std::string::npos) {
      reader.fail(message("a topic's id is neither empty nor holds white space"));
    }
    if (!ids.insert(topic.id).second) reader.fail(message("topic {} stands here a second time", topic.id));
    topics.push_back(std::move(topic));
  }
  return topics;
}

Qrels read_qrels(std::istream& in, const std::string& name) {
  Qrels qrels;
  for (LineReader reader(in, name); reader.next();) {
    const auto [topic, iteration, document, degree] = reader.columns<4>("topic iteration document relevance");
    const bool added = qrels[std::string(topic)].emplace(document, reader.number<int>(degree)).second;
    if (!added) reader.fail(message("document {} of topic {} is judged a second time", document, topic));
  }
  return qrels;
}

Run read_run(std::istream& in, const std::string& name) {
  Run run;
  std::set<std::pair<std::string, std::string>> seen;
  for (LineReader reader(in, name); reader.next();) {
    const auto [topic, q0, document, rank, score, tag] = reader.columns<6>("topic Q0 document rank score tag");
    const double value = reader.number<double>(score);
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
