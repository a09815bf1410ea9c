#include "limier/document_reader.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "document/json.h"
#include "extract/article.h"
#include "extract/byte_source.h"
#include "extract/words.h"
#include "text/dates.h"
#include "text/encoding.h"
#include "text/entities.h"
#include "text/mojibake.h"

namespace limier {
namespace {

using extract::ByteSource;

constexpr std::size_t mebibyte = 1024 * 1024;
constexpr std::size_t largest_line = 256 * mebibyte;
constexpr std::size_t largest_page = 64 * mebibyte;
constexpr std::size_t most_tags = 1'000'000;  // each costs the parser some 300 bytes
constexpr std::size_t longest_id = 200;       // bytes

enum class Format { Dump, Html, JsonLines };

std::string_view without_packing(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst"}) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  return name;
}

bool begins_json_object(std::string_view head) {
  if (!head.starts_with('{')) return false;
  const std::size_t next = head.find_first_not_of(" \t\r\n", 1);
  return next != std::string_view::npos && (head[next] == '"' || head[next] == '}');
}

bool begins_html(std::string_view head) {
  if (!head.starts_with('<')) return false;
  const std::string lower = extract::folded(head.substr(0, 2048));
  if (lower.starts_with("<?xml")) return extract::contains(lower, "<html") || extract::contains(lower, "xhtml");
  for (const std::string_view mark :
       {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<div", "<p>", "<article", "<h1"}) {
    if (extract::contains(lower, mark)) return true;
  }
  return false;
}

// By content, and where that leaves a choice, by name: `{` may open a broken line, `<` a piece of a page.
Format format_of(std::string_view head, std::string_view name) {
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), head.size()));
  if (begins_json_object(head)) return Format::JsonLines;
  if (begins_html(head)) return Format::Html;
  name = without_packing(name);
  if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return Format::JsonLines;
  const bool named_html = name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xhtml");
  return named_html && extract::contains(head, "<") ? Format::Html : Format::Dump;
}

// A name that is too long for an id is cut and told apart by a hash of the whole.
std::string id_of_name(const std::string& name, const std::string& suffix = {}) {
  if (name.size() + suffix.size() <= longest_id) return name + suffix;
  const std::string hash = fmt::format("~{:016x}", XXH3_64bits(name.data(), name.size()));
  std::size_t kept = longest_id - suffix.size() - hash.size();
  while (kept > 0 && (static_cast<unsigned char>(name[kept]) & 0xC0U) == 0x80U) --kept;
  return name.substr(0, kept) + hash + suffix;
}

std::string replaced_message(std::size_t count) {
  return fmt::format("{} byte{} not UTF-8; U+FFFD stands for {}", count, count == 1 ? " is" : "s are",
                     count == 1 ? "it" : "them");
}

// What JSON Lines from elsewhere often hold: entities in the text, double encoding, dates in words.
void tidy(Document& document) {
  for (std::string* text : {&document.title, &document.body}) {
    if (extract::contains(*text, "&")) *text = decode_entities(*text);
    repair_double_encoding(*text);
  }
  if (document.date.empty()) return;
  std::string date = parse_date(document.date);
  if (date.empty()) document.values.emplace("date", document.date);
  document.date = std::move(date);
}

}  // namespace

class DocumentReader::Impl {
 public:
  Impl(const SourceFile& source, ProblemHandler on_problem)
      : source_(source), on_problem_(std::move(on_problem)), bytes_(source.path) {
    fill();
    done_ = !check_head();
    if (!done_) choose_format();
  }

  bool next(Document& document) {
    if (done_) return false;
    if (format_ == Format::JsonLines) return next_line_document(document);
    done_ = true;
    return read_page(document);
  }

 private:
  void report(std::uint64_t line, std::string message) {
    if (on_problem_) on_problem_({source_.path, line, std::move(message)});
  }

  // Appends a chunk to the buffer; false at the end of the source, whose problem is reported once.
  bool fill() {
    constexpr std::size_t chunk = 256 * 1024;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + chunk);
    const std::size_t count = bytes_.read(buffer_.data() + before, chunk);
    buffer_.resize(before + count);
    if (count == 0 && !problem_reported_ && !bytes_.problem().empty()) {
      problem_reported_ = true;
      report(0, bytes_.problem());
    }
    return count > 0;
  }

  bool check_head() {
    if (buffer_.empty()) {
      if (!problem_reported_) report(0, "is empty");
      return false;
    }
    if (const std::string_view kind = binary_kind(buffer_); !kind.empty()) {
      report(0, fmt::format("is {}, not text", kind));
      return false;
    }
    if (extract::is_blank(buffer_) && !fill()) {
      report(0, "holds nothing but white space");
      return false;
    }
    return true;
  }

  void choose_format() {
    constexpr std::size_t enough = 8192;
    const DecodedText head = to_utf8(buffer_.substr(0, enough));
    format_ = format_of(head.text, source_.name);
    if (format_ == Format::JsonLines && head.charset.starts_with("utf-16")) {
      report(0, "is UTF-16; JSON Lines must be UTF-8");
      done_ = true;
    }
  }

  bool read_page(Document& document) {
    while (buffer_.size() <= largest_page && fill()) {
    }
    if (buffer_.size() > largest_page) {
      report(0, fmt::format("is larger than {} MB: not read as a page", largest_page / mebibyte));
      return false;
    }
    if (format_ == Format::Html &&
        static_cast<std::size_t>(std::count(buffer_.begin(), buffer_.end(), '<')) > most_tags) {
      report(0, fmt::format("has more than {} tags: not read as a page", most_tags));
      return false;
    }
    const std::string declared = format_ == Format::Html ? declared_charset(buffer_) : std::string();
    DecodedText decoded = to_utf8(std::exchange(buffer_, {}), declared);
    if (decoded.replaced_bytes > 0) report(0, replaced_message(decoded.replaced_bytes));
    repair_double_encoding(decoded.text);
    document = format_ == Format::Html ? extract::article_of_html(std::move(decoded.text))
                                       : extract::article_of_dump(decoded.text);
    document.id = id_of_name(source_.name);
    if (document.body.empty()) report(0, "no article found in this page");
    return !document.body.empty();
  }

  enum class LineResult { Line, TooLong, End };

  // Moves the next line, without its '\n', into `line_`.
  LineResult next_line() {
    line_.clear();
    bool too_long = false;
    while (true) {
      const char* start = buffer_.data() + consumed_;
      const std::size_t left = buffer_.size() - consumed_;
      const void* newline = std::memchr(start, '\n', left);
      const std::size_t length =
          newline == nullptr ? left : static_cast<std::size_t>(static_cast<const char*>(newline) - start);
      too_long = too_long || line_.size() + length > largest_line;
      if (too_long) {
        line_ = std::string();
      } else {
        line_.append(start, length);
      }
      consumed_ += length;
      if (newline != nullptr) {
        ++consumed_;
        ++line_number_;
        line_is_cut_ = false;
        return too_long ? LineResult::TooLong : LineResult::Line;
      }
      buffer_.clear();
      consumed_ = 0;
      if (fill()) continue;
      line_is_cut_ = true;
      if (line_.empty() && !too_long) return LineResult::End;
      ++line_number_;
      return too_long ? LineResult::TooLong : LineResult::Line;
    }
  }

  bool next_line_document(Document& document) {
    while (true) {
      switch (next_line()) {
        case LineResult::End:
          done_ = true;
          return false;
        case LineResult::TooLong:
          report(line_number_, fmt::format("the line is longer than {} MB", largest_line / mebibyte));
          continue;
        case LineResult::Line:
          break;
      }
      if (line_number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
      if (extract::is_blank(line_)) continue;
      if (parse_line(document)) return true;
    }
  }

  bool parse_line(Document& document) {
    std::string problem;
    if (!json_.read(line_, document, problem) && !read_repaired_line(document, problem)) {
      if (line_is_cut_) problem += " (the last line has no end: is the file cut off?)";
      report(line_number_, problem);
      return false;
    }
    if (document.id.empty() && document.title.empty() && document.body.empty()) {
      report(line_number_, "the object has no id, no title and no text");
      return false;
    }
    if (document.id.empty()) document.id = id_of_name(source_.name, fmt::format("#{}", line_number_));
    if (document.id.size() > longest_id) {
      report(line_number_, fmt::format("the id is longer than {} bytes", longest_id));
      return false;
    }
    tidy(document);
    return true;
  }

  // JSON is UTF-8; where it is not, the line is read as a page would be.
  bool read_repaired_line(Document& document, std::string& problem) {
    DecodedText decoded = to_utf8(line_);
    if (decoded.replaced_bytes == 0 && decoded.charset == "utf-8") return false;
    if (!json_.read(decoded.text, document, problem)) return false;
    if (decoded.replaced_bytes > 0) report(line_number_, replaced_message(decoded.replaced_bytes));
    return true;
  }

  SourceFile source_;
  ProblemHandler on_problem_;
  ByteSource bytes_;
  Format format_ = Format::Dump;
  bool done_ = false;
  bool problem_reported_ = false;
  std::string buffer_;        // read and not yet consumed
  std::size_t consumed_ = 0;  // bytes of it
  std::string line_;
  std::uint64_t line_number_ = 0;
  bool line_is_cut_ = false;
  DocumentJson json_;
};

DocumentReader::DocumentReader(const SourceFile& source, ProblemHandler on_problem)
    : impl_(std::make_unique<Impl>(source, std::move(on_problem))) {}
DocumentReader::~DocumentReader() = default;
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;

bool DocumentReader::next(Document& document) { return impl_->next(document); }

}  // namespace limier
