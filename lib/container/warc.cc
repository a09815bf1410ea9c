#include "container/warc.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "container/content_type.h"
#include "container/header_fields.h"
#include "container/http_response.h"
#include "text/ascii.h"
#include "text/dates.h"
#include "text/message.h"

namespace limier::container {
namespace {

constexpr std::size_t longest_head = 64 * 1024;  // of a record, and of the HTTP response in it

struct Record {
  std::uint64_t offset = 0;  // of its first byte, unpacked
  HeaderFields fields;
  std::uint64_t length = 0;  // of its block
  std::string url;
};

// What a block holds, as its fields and those of the HTTP response in it say.
struct Content {
  std::string type;  // of the page, with its charset
  std::string date;
  std::optional<HttpHead> http;
};

// Old tools write `<http://…>`.
std::string without_brackets(std::string_view url) {
  if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
  return std::string(url);
}

// `20240312081500` of `2024-03-12T08:15:00Z`.
std::string timestamp(std::string_view iso) {
  constexpr std::size_t digits = 14;
  std::string stamp;
  std::copy_if(iso.begin(), iso.end(), std::back_inserter(stamp), is_ascii_digit);
  return stamp.substr(0, digits);
}

// Rules for robots are plain text by type, and nobody's article.
bool is_for_machines(std::string_view url) { return url.ends_with("/robots.txt") || url.ends_with("/ads.txt"); }

class Warc final : public Container {
 public:
  explicit Warc(Source source) : source_(std::move(source)) {}

  bool next(Entry& entry) override {
    while (find_record()) {
      if (read_record(entry)) return true;
    }
    return false;
  }

 private:
  void report(const Message& what) {
    const std::string_view space = record_.url.empty() ? "" : " ";
    source_.report(0, message("record at byte {}{}{}: {}", record_.offset, space, record_.url, what));
  }

  // Stops before the next line that begins a record; false at the end.
  bool find_record() {
    bool lost = std::exchange(lost_, false);
    while (true) {
      const std::string_view head = source_.bytes.peek(5);
      if (head.starts_with("WARC/")) return true;
      if (head.empty()) {
        if (!source_.bytes.resume()) return false;
        lost = true;  // which the damaged data have said
        continue;
      }
      record_ = {source_.bytes.position(), {}, 0, {}};
      source_.bytes.read_until("\n", longest_head, line_);
      if (trimmed(line_).empty() || lost) continue;
      lost = true;
      report(message("no record begins here; going on with the next that does"));
    }
  }

  // False where the record gives no page.
  bool read_record(Entry& entry) {
    record_ = {source_.bytes.position(), {}, 0, {}};
    if (!read_head()) return false;
    const std::optional<Content> content = look_at_content();
    const std::optional<EntryKind> kind = content ? page_kind(content->type) : std::nullopt;
    const bool wanted = kind && !is_for_machines(record_.url);
    const bool fits = record_.length <= largest_page + longest_head;
    if (wanted && fits) return read_rest() && make_entry(*content, *kind, entry);
    if (wanted) report_size();
    const std::uint64_t left = record_.length - block_.size();
    if (source_.bytes.skip(left) < left) report_cut();
    return false;
  }

  bool read_head() {
    std::string head;
    while (true) {
      const ByteReader::Until until = source_.bytes.read_until("\n", longest_head, line_);
      if (until == ByteReader::Until::End) return report_cut();
      if (until == ByteReader::Until::TooLong || head.size() + line_.size() > longest_head) {
        return lose(message("its head is too long"));
      }
      if (trimmed(line_).empty()) break;
      head += line_ + '\n';
    }
    record_.fields = HeaderFields(head);
    record_.url = without_brackets(record_.fields["warc-target-uri"]);
    const std::string_view length = record_.fields["content-length"];
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), record_.length);
    if (error != std::errc() || end != length.data() + length.size())
      return lose(message("does not say how long it is"));
    return true;
  }

  bool report_cut() {
    report(message("is cut off"));
    return false;
  }

  bool report_size() {
    report(message("is larger than {} MB: not read as a page", largest_page / mebibyte));
    return false;
  }

  // Reports the record; where the next one begins must then be looked for.
  bool lose(const Message& what) {
    report(what);
    lost_ = true;
    return false;
  }

  // Reads as much of the block as tells what it is; none where it is no page.
  std::optional<Content> look_at_content() {
    block_.clear();
    const std::string_view type = record_.fields["warc-type"];
    const std::string_view block_type = record_.fields["content-type"];
    if (type == "resource" || type == "conversion") return Content{std::string(block_type), {}, std::nullopt};
    if (type != "response" || media_type(block_type) != "application/http") return std::nullopt;
    source_.bytes.read(static_cast<std::size_t>(std::min<std::uint64_t>(record_.length, longest_head)), block_);
    const std::optional<HttpHead> http = read_http_head(block_);
    constexpr int ok = 200;
    if (!http) report(message("holds no HTTP response"));
    if (!http || http->status != ok) return std::nullopt;
    return Content{std::string(http->fields["content-type"]), std::string(http->fields["date"]), http};
  }

  bool read_rest() {
    const auto left = static_cast<std::size_t>(record_.length) - block_.size();
    return source_.bytes.read(left, block_) == left || report_cut();
  }

  bool make_entry(const Content& content, EntryKind kind, Entry& entry) {
    entry = {};
    entry.kind = kind;
    entry.page = std::exchange(block_, {});
    if (content.http) {
      Message problem;
      entry.page.erase(0, content.http->length);
      entry.page = read_http_body(content.http->fields, std::move(entry.page), largest_page + 1, problem);
      if (!problem.text.empty()) report(problem);
    }
    if (entry.page.size() > largest_page) {
      entry.page = {};
      return report_size();
    }
    entry.charset = charset_of(content.type);
    entry.place = record_.url.empty() ? message("record at byte {}", record_.offset) : to_argument(record_.url);
    describe(content, entry.document);
    return true;
  }

  void describe(const Content& content, Document& document) {
    std::string captured = parse_date(record_.fields["warc-date"]);
    if (captured.empty()) captured = parse_date(content.date);
    document.url = record_.url;
    document.id = record_.url.empty() ? fmt::format("{}#{}", source_.name, record_.offset)
                                      : fmt::format("{}#{}", record_.url, timestamp(captured));
    if (!captured.empty()) document.values["captured"] = std::move(captured);
  }

  Source source_;
  Record record_;
  std::string line_;
  std::string block_;  // of the record, as far as it was read
  bool lost_ = false;
};

}  // namespace

std::unique_ptr<Container> open_warc(Source source) { return std::make_unique<Warc>(std::move(source)); }

}  // namespace limier::container
