#include "container/json_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "document/json.h"
#include "text/ascii.h"
#include "text/dates.h"
#include "text/encoding.h"
#include "text/entities.h"
#include "text/message.h"
#include "text/mojibake.h"

namespace limier::container {
namespace {

constexpr std::size_t largest_line = 256 * mebibyte;
constexpr std::size_t longest_id = 200;  // bytes, as Document::id

void tidy(Document& document) {
  for (std::string* text : {&document.title, &document.body}) {
    if (text->find('&') != std::string::npos) *text = decode_entities(*text);
    repair_double_encoding(*text);
  }
  if (document.date.empty()) return;
  std::string date = parse_date(document.date);
  if (date.empty()) document.values.emplace("date", document.date);
  document.date = std::move(date);
}

class JsonLines final : public Container {
 public:
  explicit JsonLines(Source source) : source_(std::move(source)) {}

  bool next(Entry& entry) override {
    if (number_ == 0 && !check_charset()) return false;
    while (next_line()) {
      if (number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
      if (std::all_of(line_.begin(), line_.end(), is_ascii_space)) continue;
      entry = {};
      if (parse_line(entry.document)) return true;
    }
    return false;
  }

 private:
  void report(const Message& problem) { source_.report(number_, problem); }

  bool check_charset() {
    constexpr std::size_t enough = 8192;
    const std::string_view head = source_.bytes.peek(1).substr(0, enough);
    if (!to_utf8(std::string(head)).charset.starts_with("utf-16")) return true;
    source_.report(0, message("is UTF-16; JSON Lines must be UTF-8"));
    return false;
  }

  // Moves the next line, without its '\n', into `line_`; false at the end.
  bool next_line() {
    while (true) {
      const ByteReader::Until until = source_.bytes.read_until("\n", largest_line, line_);
      is_last_ = until == ByteReader::Until::End;
      if (is_last_ && line_.empty()) return false;
      ++number_;
      if (until != ByteReader::Until::TooLong) return true;
      report(message("the line is longer than {} MB", largest_line / mebibyte));
    }
  }

  bool parse_line(Document& document) {
    Message problem;
    if (!json_.read(line_, document, problem) && !read_repaired_line(document, problem)) {
      if (is_last_) problem = message("{} (the last line has no end: is the file cut off?)", problem);
      report(problem);
      return false;
    }
    if (document.id.empty() && document.title.empty() && document.body.empty()) {
      report(message("the object has no id, no title and no text"));
      return false;
    }
    if (document.id.size() > longest_id) {
      report(message("the id is longer than {} bytes", longest_id));
      return false;
    }
    if (document.id.empty()) document.id = fmt::format("{}#{}", source_.name, number_);
    tidy(document);
    return true;
  }

  // JSON is UTF-8; where it is not, the line is read as a page would be.
  bool read_repaired_line(Document& document, Message& problem) {
    DecodedText decoded = to_utf8(line_);
    if (decoded.replaced_bytes == 0 && decoded.charset == "utf-8") return false;
    if (!json_.read(decoded.text, document, problem)) return false;
    if (decoded.replaced_bytes > 0) report(replaced_message(decoded.replaced_bytes));
    return true;
  }

  Source source_;
  std::string line_;
  std::uint64_t number_ = 0;
  bool is_last_ = false;
  DocumentJson json_;
};

}  // namespace

std::unique_ptr<Container> open_json_lines(Source source) { return std::make_unique<JsonLines>(std::move(source)); }

}  // namespace limier::container
