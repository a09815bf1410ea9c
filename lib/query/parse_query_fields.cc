#include "query/parse_query_fields.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>
#include <vector>

#include "limier/query.h"
#include "shard/schema.h"

namespace limier {

const std::vector<QueryField>& query_fields() {
  static const std::vector<QueryField> fields = [] {
    std::vector<QueryField> named;
    for (const schema::Field& field : schema::query_fields) named.push_back({field.name, field.french_name});
    named.push_back({"date", "date"});
    return named;
  }();
  return fields;
}

namespace query_syntax {
namespace {

/// Lower case without accents: `Mot-Clé` -> `mot-cle`.
std::string folded(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const decomposition = icu::Normalizer2::getNFDInstance(status);
  const icu::StringPiece bytes(name.data(), static_cast<std::int32_t>(name.size()));
  const icu::UnicodeString letters = decomposition->normalize(icu::UnicodeString::fromUTF8(bytes).foldCase(), status);
  icu::UnicodeString kept;
  for (std::int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    const UChar32 letter = letters.char32At(at);
    if ((U_GET_GC_MASK(letter) & U_GC_M_MASK) == 0) kept.append(letter);
  }
  std::string text;
  return kept.toUTF8String(text);
}

}  // namespace

std::string_view field_named(std::string_view spelling) {
  const std::string name = folded(spelling);
  if (name == "mot-cle") return "tag";
  if (name == "existe" || name == exists_field) return exists_field;
  if (name == id_field) return id_field;
  for (const QueryField& field : query_fields()) {
    if (name == field.name || name == field.french_name) return field.name;
  }
  return {};
}

std::string_view french_name(std::string_view name) {
  if (name == exists_field) return "existe";
  for (const QueryField& field : query_fields()) {
    if (name == field.name) return field.french_name;
  }
  return name;
}

std::string known_fields() {
  std::string list;
  for (const QueryField& field : query_fields()) {
    if (!list.empty()) list += ", ";
    list += field.french_name;
    if (field.french_name != field.name) list += fmt::format(" ({})", field.name);
  }
  return list;
}

}  // namespace query_syntax
}  // namespace limier
