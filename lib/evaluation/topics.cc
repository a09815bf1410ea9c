#include <simdjson.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <istream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/line_reader.h"
#include "limier/error.h"
#include "limier/evaluation.h"
#include "text/ascii.h"
#include "text/encoding.h"
#include "text/entities.h"
#include "text/message.h"

namespace limier {
namespace {

/// Says whether an id is one, and not there yet.
class TopicIds {
 public:
  /// What is wrong with it; no text where nothing is.
  Message problem(const std::string& id) {
    if (id.empty() || id.find_first_of(LineReader::spaces) != std::string::npos) {
      return message("a topic's id is neither empty nor holds white space");
    }
    if (!ids_.insert(id).second) return message("topic {} stands here a second time", id);
    return {};
  }

 private:
  std::set<std::string> ids_;
};

Topic topic_of_columns(const LineReader& reader) {
  const std::string& line = reader.line();
  const std::size_t tab = line.find('\t');
  if (tab == std::string::npos) reader.fail(message("expected the topic's id, a tab and its text"));
  return {line.substr(0, tab), line.substr(tab + 1)};
}

/// `{"_id": "1", "text": "…"}`, as BEIR has it.
Topic topic_of_json(const LineReader& reader, simdjson::dom::parser& parser) {
  simdjson::dom::element object;
  const simdjson::error_code error = parser.parse(reader.line()).get(object);
  if (error != simdjson::SUCCESS) reader.fail(message("not JSON: {}", make_message(simdjson::error_message(error))));
  const auto text_at = [&](std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
      simdjson::dom::element value;
      if (object[key].get(value) != simdjson::SUCCESS) continue;
      if (value.is_string()) return std::string(value.get_string().value());
      if (value.is_int64()) return std::to_string(value.get_int64().value());
    }
    return std::string();
  };
  return {text_at({"_id", "id"}), text_at({"text"})};
}

std::vector<Topic> topics_of_lines(std::istream& in, const std::string& name) {
  std::vector<Topic> topics;
  TopicIds ids;
  simdjson::dom::parser parser;
  for (LineReader reader(in, name); reader.next();) {
    topics.push_back(reader.line().starts_with('{') ? topic_of_json(reader, parser) : topic_of_columns(reader));
    if (const Message problem = ids.problem(topics.back().id); !problem.text.empty()) reader.fail(problem);
  }
  return topics;
}

/// The label that TREC repeats behind a tag: `<num> Number: 301`, `<desc> Description:`.
std::string_view without_label(std::string_view text) {
  for (const std::string_view label : {"Number:", "Topic:", "Description:", "Narrative:"}) {
    if (text.starts_with(label)) return trimmed(text.substr(label.size()));
  }
  return text;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : decode_entities(std::string(without_label(trimmed(text))))) {
    if (!is_ascii_space(c)) {
      line += c;
    } else if (!line.ends_with(' ')) {
      line += ' ';
    }
  }
  return line;
}

/// `FR-title` is CLEF's.
std::string field_name(std::string_view tag) {
  const std::string name = ascii_lower(tag);
  return name.size() > 3 && name[2] == '-' ? name.substr(3) : name;
}

/// The text behind the tags of one name; it ends with the next tag, for TREC closes none.
std::string field_of(std::string_view topic, std::string_view name) {
  std::string text;
  for (std::size_t open = topic.find('<'); open != std::string_view::npos; open = topic.find('<', open + 1)) {
    const std::size_t close = std::min(topic.find('>', open), topic.size());
    if (field_name(topic.substr(open + 1, close - open - 1)) != name) continue;
    const std::size_t begin = std::min(close + 1, topic.size());
    const std::string line = one_line(topic.substr(begin, topic.find('<', begin) - begin));
    if (!text.empty() && !line.empty()) text += ' ';
    text += line;
  }
  return text;
}

constexpr std::string_view topic_begin = "<top";
constexpr std::string_view topic_end = "</top>";

/// Where the next topic begins in a text in lower case; `<top lang="fr">` is one, `<topics>` none.
std::size_t find_topic(std::string_view lower, std::size_t at) {
  at = lower.find(topic_begin, at);
  while (at != std::string_view::npos && at + topic_begin.size() < lower.size() &&
         is_ascii_letter(lower[at + topic_begin.size()])) {
    at = lower.find(topic_begin, at + 1);
  }
  return at;
}

/// TREC's and CLEF's topics, between `<top>` and `</top>`.
std::vector<Topic> topics_of_tags(std::string_view text, const std::string& name,
                                  const std::vector<std::string>& fields) {
  std::vector<Topic> topics;
  TopicIds ids;
  const std::string lower_text = ascii_lower(text);
  const std::string_view lower = lower_text;
  for (std::size_t at = find_topic(lower, 0); at != std::string_view::npos; at = find_topic(lower, at)) {
    const std::size_t end = std::min(lower.find(topic_end, at), text.size());
    const std::string_view body = text.substr(at + topic_begin.size(), end - at - topic_begin.size());
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    Topic topic{field_of(body, "num"), {}};
    for (const std::string& field : fields) {
      const std::string words = field_of(body, field);
      topic.text += (topic.text.empty() || words.empty() ? "" : " ") + words;
    }
    if (const Message problem = ids.problem(topic.id); !problem.text.empty()) {
      throw Error(ErrorCode::InvalidArgument, message("{}:{}: {}", name, line, problem));
    }
    topics.push_back(std::move(topic));
    at = end;
  }
  return topics;
}

std::string read_whole(std::istream& in, const std::string& name) {
  std::string text;
  std::array<char, 65536> piece;
  while (in.read(piece.data(), piece.size()), in.gcount() > 0) {
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) throw Error(ErrorCode::Io, message("{}: cannot be read", name));
  return text;
}

}  // namespace

std::vector<Topic> read_topics(std::istream& in, const std::string& name, const std::vector<std::string>& fields) {
  std::string text = read_whole(in, name);
  const std::size_t first = text.find_first_not_of(std::string("\uFEFF") + std::string(LineReader::spaces));
  if (first != std::string::npos && text[first] == '<') {
    return topics_of_tags(to_utf8(std::move(text)).text, name, fields);
  }
  std::istringstream lines(std::move(text));
  return topics_of_lines(lines, name);
}

}  // namespace limier
