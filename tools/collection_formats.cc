#include "collection_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "limier/error.h"
#include "translate.h"

namespace limier::tools {
namespace {

using Json = nlohmann::json;
using Row = std::vector<std::string>;

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorCode::InvalidArgument, {what, {}}); }

/// The rows of a table with commas, as RFC 4180 has it; a field between quotes may hold line ends.
class CsvReader {
 public:
  explicit CsvReader(std::istream& in) : in_(in) {}

  bool next(Row& row) {
    row.clear();
    while (in_.peek() == '\r' || in_.peek() == '\n') in_.get();
    if (in_.peek() == std::istream::traits_type::eof()) return false;
    do row.push_back(field());
    while (in_.get() == ',');
    return true;
  }

 private:
  std::string field() {
    std::string text;
    bool quoted = false;
    for (int c = in_.peek(); c != std::istream::traits_type::eof(); c = in_.peek()) {
      if (!quoted && (c == ',' || c == '\n')) break;
      in_.get();
      if (c != '"') {
        if (quoted || c != '\r') text += static_cast<char>(c);
      } else if (quoted && in_.peek() == '"') {
        text += static_cast<char>(in_.get());
      } else {
        quoted = !quoted;
      }
    }
    return text;
  }

  std::istream& in_;
};

/// A table whose first row names its columns.
class Table {
 public:
  Table(std::istream& in, const std::string& name) : reader_(in), name_(name) {
    reader_.next(head_);
    if (!head_.empty() && head_.front().starts_with("\xEF\xBB\xBF")) head_.front().erase(0, 3);
  }

  bool next() { return reader_.next(row_); }

  /// The place of the first of these columns that there is.
  std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const auto found = std::find(head_.begin(), head_.end(), name);
      if (found != head_.end()) return static_cast<std::size_t>(found - head_.begin());
    }
    return std::nullopt;
  }

  std::size_t require(std::initializer_list<std::string_view> names) const {
    if (const auto found = find(names)) return *found;
    fail(tr("{}: there is no column {}", name_, *names.begin()));
  }

  std::string at(std::optional<std::size_t> column) const {
    return column && *column < row_.size() ? row_[*column] : std::string();
  }

 private:
  CsvReader reader_;
  std::string name_;
  Row head_, row_;
};

/// The parts of `12, 15,18`.
std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : list + ',') {
    if (c == ',') {
      if (!part.empty()) parts.push_back(std::exchange(part, ""));
    } else if (c != ' ') {
      part += c;
    }
  }
  return parts;
}

/// Calls `handle(id, title, paragraph)` for each paragraph.
template <typename Handle>
void for_each_paragraph(std::istream& in, const std::string& name, Handle handle) {
  try {
    const Json file = Json::parse(in);
    std::size_t article_number = 0;
    for (const Json& article : file.at("data")) {
      ++article_number;
      std::size_t paragraph_number = 0;
      for (const Json& paragraph : article.at("paragraphs")) {
        handle(fmt::format("{}-{}", article_number, ++paragraph_number), article.value("title", std::string()),
               paragraph);
      }
    }
  } catch (const Json::exception& error) {
    fail(tr("{}: is not in the form of SQuAD: {}", name, error.what()));
  }
}

/// Ids are strings or numbers.
std::string id_of(const Json& id) { return id.is_string() ? id.get<std::string>() : id.dump(); }

}  // namespace

void read_tsv_documents(std::istream& in, const std::string& name, const DocumentSink& sink) {
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) fail(tr("{}:{}: expected the document's id, a tab and its text", name, number));
    sink({.id = line.substr(0, tab), .body = line.substr(tab + 1)});
  }
}

void read_csv_documents(std::istream& in, const std::string& name, const DocumentSink& sink) {
  Table table(in, name);
  const std::size_t id = table.require({"id"});
  const std::size_t text = table.require({"article", "text"});
  const auto title = table.find({"reference", "title"});
  while (table.next()) sink({.id = table.at(id), .title = table.at(title), .body = table.at(text)});
}

JudgedTopics read_csv_topics(std::istream& in, const std::string& name) {
  Table table(in, name);
  const std::size_t id = table.require({"id"});
  const std::size_t question = table.require({"question"});
  const std::size_t articles = table.require({"article_ids"});
  JudgedTopics judged;
  while (table.next()) {
    judged.topics.push_back({table.at(id), table.at(question)});
    for (const std::string& article : parts_of(table.at(articles))) judged.qrels[table.at(id)][article] = 1;
  }
  return judged;
}

void read_squad_documents(std::istream& in, const std::string& name, const DocumentSink& sink) {
  for_each_paragraph(in, name, [&](const std::string& id, const std::string& title, const Json& paragraph) {
    sink({.id = id, .title = title, .body = paragraph.at("context").get<std::string>()});
  });
}

JudgedTopics read_squad_topics(std::istream& in, const std::string& name) {
  JudgedTopics judged;
  for_each_paragraph(in, name, [&](const std::string& id, const std::string&, const Json& paragraph) {
    std::size_t number = 0;
    for (const Json& question : paragraph.at("qas")) {
      ++number;
      if (question.value("is_impossible", false)) continue;
      const std::string topic = question.contains("id") ? id_of(question["id"]) : fmt::format("{}-{}", id, number);
      judged.topics.push_back({topic, question.at("question").get<std::string>()});
      judged.qrels[judged.topics.back().id][id] = 1;
    }
  });
  return judged;
}

}  // namespace limier::tools
