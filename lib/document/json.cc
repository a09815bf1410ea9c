#include "document/json.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <simdjson.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "limier/error.h"
#include "text/message.h"
#include "text/utf8.h"

namespace limier {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// A string, a number or a truth value as text; false for null, lists and objects.
bool scalar_text(element value, std::string& text) {
  switch (value.type()) {
    case element_type::STRING:
      text = std::string(value.get_string().value());
      return true;
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
    case element_type::BOOL:
      text = simdjson::minify(value);
      return true;
    default:
      return false;
  }
}

void set_text(element value, std::string& field) {
  if (std::string text; scalar_text(value, text)) field = std::move(text);
}

void set_list(element value, std::vector<std::string>& field) {
  const auto add = [&](element item) {
    if (std::string text; scalar_text(item, text) && !text.empty()) field.push_back(std::move(text));
  };
  simdjson::dom::array items;
  if (value.get(items) != simdjson::SUCCESS) return add(value);
  for (const element item : items) add(item);
}

void set_values(element value, std::map<std::string, std::string>& values) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return;
  for (const auto& [key, item] : object) {
    if (std::string text; scalar_text(item, text)) values[std::string(key)] = std::move(text);
  }
}

void set_field(std::string_view key, element value, Document& document) {
  if (key == "id" || key == "_id" || key == "docid") return set_text(value, document.id);
  if (key == "title") return set_text(value, document.title);
  if (key == "body" || key == "text") return set_text(value, document.body);
  if (key == "authors" || key == "author") return set_list(value, document.authors);
  if (key == "date") return set_text(value, document.date);
  if (key == "site") return set_text(value, document.site);
  if (key == "sections" || key == "category") return set_list(value, document.sections);
  if (key == "tags") return set_list(value, document.tags);
  if (key == "source") return set_text(value, document.source);
  if (key == "url") return set_text(value, document.url);
  if (key == "language") return set_text(value, document.language);
  if (key == "values" && value.is_object()) return set_values(value, document.values);
  if (std::string text; scalar_text(value, text)) document.values[std::string(key)] = std::move(text);
}

/// Writes one object. A document is written whenever it is indexed: nothing is made in between.
class JsonWriter {
 public:
  /// Has room for about so many bytes.
  explicit JsonWriter(std::size_t size) { json_.reserve(size); }

  template <typename Value>
  void add(std::string_view key, const Value& value) {
    if (value.empty()) return;
    json_ += json_.empty() ? '{' : ',';
    add_member(key, value);
  }

  std::string finish() { return json_.empty() ? "{}" : std::move(json_) + '}'; }

 private:
  template <typename Value>
  void add_member(std::string_view key, const Value& value) {
    append(key);
    json_ += ':';
    append(value);
  }

  void append(std::string_view text) {
    if (!simdjson::validate_utf8(text.data(), text.size())) return append(std::string_view(replace_invalid_utf8(text)));
    json_ += '"';
    for (std::size_t begin = 0;; ++begin) {
      const std::size_t end = find_escape(text, begin);
      json_.append(text, begin, end - begin);
      if (end == text.size()) break;
      append_escape(text[end]);
      begin = end;
    }
    json_ += '"';
  }

  void append(const std::vector<std::string>& list) {
    char before = '[';
    for (const std::string& item : list) {
      json_ += std::exchange(before, ',');
      append(item);
    }
    json_ += ']';
  }

  void append(const std::map<std::string, std::string>& values) {
    char before = '{';
    for (const auto& [key, value] : values) {
      json_ += std::exchange(before, ',');
      add_member(key, value);
    }
    json_ += '}';
  }

  static bool has_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

  /// The first byte from `at` on that cannot stand as it is, or the end.
  static std::size_t find_escape(std::string_view text, std::size_t at) {
    for (; text.size() - at >= block; at += block)
      if (const auto escapes = escapes_in(text.data() + at); escapes != 0)
        return at + static_cast<std::size_t>(std::countr_zero(escapes)) / bits_of_byte;
    while (at < text.size() && !has_escape(text[at])) ++at;
    return at;
  }

#ifdef __SSE2__

  static constexpr std::size_t block = sizeof(__m128i), bits_of_byte = 1;

  /// A bit for each byte of a block.
  static std::uint32_t escapes_in(const char* bytes) {
    const __m128i read = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(read, _mm_set1_epi8(0x1F)), read);
    const __m128i quotes = _mm_cmpeq_epi8(read, _mm_set1_epi8('"'));
    const __m128i backslashes = _mm_cmpeq_epi8(read, _mm_set1_epi8('\\'));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, backslashes), control)));
  }

#else

  static constexpr std::size_t block = sizeof(std::uint64_t), bits_of_byte = 8;

  /// The upper bits of those among eight bytes, surely of the first: those below a value are the ones that borrow when
  /// it is taken from all (S. Anderson, Bit Twiddling Hacks).
  static std::uint64_t escapes_in(const char* eight) {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101, tops = 0x80 * ones;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, eight, sizeof bytes);
    const std::uint64_t quotes = bytes ^ ones * '"', backslashes = bytes ^ ones * '\\';
    return (((bytes - 0x20 * ones) & ~bytes) | ((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes)) &
           tops;
  }

#endif

  void append_escape(char c) {
    static constexpr std::string_view escaped = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
    json_ += '\\';
    if (const std::size_t at = escaped.find(c); at != std::string_view::npos) {
      json_ += letters[at];
    } else {
      constexpr std::string_view digits = "0123456789abcdef";
      json_.append("u00").append(1, digits[static_cast<unsigned char>(c) >> 4]).append(1, digits[c & 0xF]);
    }
  }

  std::string json_;
};

}  // namespace

class DocumentJson::Impl {
 public:
  simdjson::dom::parser parser;
};

DocumentJson::DocumentJson() : impl_(std::make_unique<Impl>()) {}
DocumentJson::~DocumentJson() = default;

bool DocumentJson::read(std::string& json, Document& document, Message& problem) {
  document = Document();
  json.reserve(json.size() + simdjson::SIMDJSON_PADDING);
  element top;
  const simdjson::error_code error = impl_->parser.parse(json.data(), json.size(), false).get(top);
  if (error != simdjson::SUCCESS) {
    problem = message("not JSON: {}", make_message(simdjson::error_message(error)));
    return false;
  }
  simdjson::dom::object object;
  if (top.get(object) != simdjson::SUCCESS) {
    problem = message("not a JSON object");
    return false;
  }
  for (const auto& [key, value] : object) set_field(key, value, document);
  return true;
}

Document document_from_json(std::string_view json) {
  std::string padded(json);
  Document document;
  Message problem;
  if (!DocumentJson().read(padded, document, problem)) throw Error(ErrorCode::InvalidArgument, problem);
  return document;
}

std::string to_json(const Document& document) {
  constexpr std::size_t beside_body = 512;
  JsonWriter writer(document.body.size() + beside_body);
  writer.add("id", document.id);
  writer.add("title", document.title);
  writer.add("body", document.body);
  writer.add("authors", document.authors);
  writer.add("date", document.date);
  writer.add("site", document.site);
  writer.add("sections", document.sections);
  writer.add("tags", document.tags);
  writer.add("source", document.source);
  writer.add("url", document.url);
  writer.add("language", document.language);
  writer.add("values", document.values);
  return writer.finish();
}

}  // namespace limier
