#include "document/json.h"

#include <simdjson.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "limier/error.h"
#include "text/message.h"

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
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  const auto add = [&](const char* key, const auto& field) {
    if (!field.empty()) object[key] = field;
  };
  add("id", document.id);
  add("title", document.title);
  add("body", document.body);
  add("authors", document.authors);
  add("date", document.date);
  add("site", document.site);
  add("sections", document.sections);
  add("tags", document.tags);
  add("source", document.source);
  add("url", document.url);
  add("language", document.language);
  add("values", document.values);
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace limier
