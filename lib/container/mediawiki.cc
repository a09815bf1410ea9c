#include "container/mediawiki.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "container/wikitext.h"
#include "text/ascii.h"
#include "text/dates.h"
#include "text/message.h"

namespace limier::container {
namespace {

constexpr std::size_t chunk = 128 * 1024;          // bytes for the parser at a time
constexpr std::uint64_t longest_markup = 1 << 20;  // a tag or comment, which the parser holds whole
constexpr std::size_t deepest = 100;               // elements in elements; a dump has six
constexpr std::string_view file_namespace = "6";
constexpr std::string_view category_namespace = "14";

// `https://fr.wikipedia.org/wiki/Wikip%C3%A9dia:Accueil` and `Aswan (barrage)` give
// `https://fr.wikipedia.org/wiki/Aswan_(barrage)`, letters beyond ASCII as they are (RFC 3987).
std::string address_of(std::string_view base, std::string_view title) {
  std::string address(base.substr(0, base.rfind('/') + 1));
  for (const char c : title) {
    if (c == ' ') {
      address += '_';
    } else if (std::string_view("\"%<>?[\\]^`{|}#").find(c) != std::string_view::npos) {
      address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      address += c;
    }
  }
  return address;
}

struct Page {
  std::string title, ns, timestamp, text;
  bool redirect = false;
  bool too_large = false;
  std::uint64_t line = 0;
};

// What the XML says, gathered into pages as they end.
class DumpParser {
 public:
  DumpParser() : parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_start, on_end);
    XML_SetCharacterDataHandler(parser_, on_text);
  }
  ~DumpParser() { XML_ParserFree(parser_); }
  DumpParser(const DumpParser&) = delete;
  DumpParser& operator=(const DumpParser&) = delete;

  /// False where the XML is broken, and message() says how. Nothing may be fed then.
  bool feed(std::string_view bytes, bool last) {
    fed_ += bytes.size();
    if (XML_Parse(parser_, bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0) != XML_STATUS_OK) {
      if (message_.empty()) message_ = XML_ErrorString(XML_GetErrorCode(parser_));
      return false;
    }
    const auto done = static_cast<std::uint64_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_), 0));
    if (fed_ > done + longest_markup) message_ = translatable("a tag without an end");
    return message_.empty();
  }

  const std::string& message() const { return message_; }
  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_); }

  std::deque<Page> pages;
  std::string language, base, site;
  WikiNamespaces namespaces;

 private:
  static DumpParser& self(void* data) { return *static_cast<DumpParser*>(data); }

  static void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
    self(data).start(name, attributes);
  }
  static void on_end(void* data, const XML_Char* name) { self(data).end(name); }
  static void on_text(void* data, const XML_Char* text, int size) {
    self(data).add_text({text, static_cast<std::size_t>(size)});
  }

  static std::string_view attribute(const XML_Char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
      if (attributes[0] == name) return attributes[1];
    }
    return {};
  }

  void start(std::string_view name, const XML_Char** attributes) {
    text_.clear();
    if (++depth_ > deepest) {
      message_ = translatable("tags in tags without end");
      XML_StopParser(parser_, XML_FALSE);
    }
    if (name == "mediawiki") language = attribute(attributes, "xml:lang");
    if (name == "namespace") namespace_ = attribute(attributes, "key");
    if (name == "redirect") page_.redirect = true;
    if (name != "page") return;
    page_ = {};
    page_.line = line();
  }

  void end(std::string_view name) {
    --depth_;
    if (name == "page") {
      pages.push_back(std::exchange(page_, {}));
    } else if (name == "sitename") {
      site = text_;
    } else if (name == "base") {
      base = text_;
    } else if (name == "namespace") {
      add_namespace();
    } else if (std::string* field = field_of(name)) {
      *field = std::exchange(text_, {});
    }
    text_.clear();
  }

  std::string* field_of(std::string_view name) {
    if (name == "title") return &page_.title;
    if (name == "ns") return &page_.ns;
    if (name == "timestamp") return &page_.timestamp;
    if (name == "text") return &page_.text;
    return nullptr;
  }

  void add_namespace() {
    constexpr std::size_t most = 1000;
    if (namespace_ == file_namespace && namespaces.file.size() < most) namespaces.file.push_back(ascii_lower(text_));
    if (namespace_ == category_namespace && namespaces.category.size() < most)
      namespaces.category.push_back(ascii_lower(text_));
  }

  void add_text(std::string_view text) {
    page_.too_large = page_.too_large || text_.size() + text.size() > largest_page;
    if (!page_.too_large) text_.append(text);
  }

  XML_Parser parser_;
  std::uint64_t fed_ = 0;  // bytes
  std::size_t depth_ = 0;
  std::string message_;
  Page page_;
  std::string text_;       // of the element that is open
  std::string namespace_;  // its key
};

class MediaWiki final : public Container {
 public:
  explicit MediaWiki(Source source) : source_(std::move(source)) {}

  bool next(Entry& entry) override {
    while (has_page()) {
      const Page page = std::move(parser_.pages.front());
      parser_.pages.pop_front();
      entry = {};
      if (page.ns == "0" && !page.redirect && read_page(page, entry.document)) return true;
    }
    return false;
  }

 private:
  bool has_page() {
    while (parser_.pages.empty() && !done_) {
      piece_.clear();
      const std::size_t count = source_.bytes.read(chunk, piece_);
      done_ = count == 0;
      if (parser_.feed(piece_, done_)) continue;
      done_ = true;
      // Of a file that could not be unpacked to its end that was said.
      if (source_.bytes.problem().text.empty()) {
        source_.report(parser_.line(), message("the XML is broken, or cut off: {}", make_message(parser_.message())));
      }
    }
    return !parser_.pages.empty();
  }

  bool read_page(const Page& page, Document& document) {
    if (page.too_large) {
      source_.report(page.line, message("{}: is larger than {} MB", page.title, largest_page / mebibyte));
      return false;
    }
    WikiText text = read_wikitext(page.text, parser_.namespaces);
    if (text.body.empty()) return false;
    document.url = parser_.base.empty() ? std::string() : address_of(parser_.base, page.title);
    document.id = document.url.empty() ? fmt::format("{}#{}", source_.name, page.title) : document.url;
    document.title = page.title;
    document.body = std::move(text.body);
    document.tags = std::move(text.categories);
    document.date = parse_date(page.timestamp);
    document.site = parser_.site;
    document.language = parser_.language;
    return true;
  }

  Source source_;
  DumpParser parser_;
  std::string piece_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Container> open_mediawiki(Source source) { return std::make_unique<MediaWiki>(std::move(source)); }

}  // namespace limier::container
