#include "index/invert.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "limier/error.h"
#include "shard/schema.h"
#include "text/calendar.h"
#include "text/message.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// Hands over the terms of one field, the values of which follow one another with gaps between.
class FieldInverter {
 public:
  FieldInverter(const schema::Field& field, const Analyzer& analyzer, TermSink& terms)
      : field_(field), analyzer_(analyzer), terms_(terms) {}

  /// Calls `visit` with each token; returns their number.
  template <typename Visit>
  std::uint32_t add(std::string_view text, Visit visit) {
    std::uint32_t last = 0;
    analyzer_.analyze(text, [&](const Token& token) {
      last = token.position;
      terms_.add_occurrence(field_, token, base_ + token.position);
      visit(token);
    });
    base_ += last + schema::value_gap;
    return last;
  }

 private:
  const schema::Field& field_;
  const Analyzer& analyzer_;
  TermSink& terms_;
  std::uint32_t base_ = 0;
};

void check_id(const std::string& id) {
  if (!is_valid_id(id))
    throw Error(ErrorCode::InvalidArgument,
                message("a document's id is UTF-8 of 1 to 200 bytes, none of them zero; this one has {}: '{}'",
                        id.size(), fmt::format("{:.40}", replace_invalid_utf8(id))));
}

std::string days(const Document& document) {
  if (document.date.empty()) return {};
  const std::optional<DayRange> range = day_range(document.date);
  if (!range)
    throw Error(ErrorCode::InvalidArgument, message("document '{}': '{}' is no date of the form YYYY[-MM[-DD[THH:MM]]]",
                                                    document.id, document.date));
  return range->first + range->last;
}

constexpr std::size_t longest_value = 200;  // bytes: what is longer is no name, and nobody counts it

/// Calls `visit` with the name and the values of each field, and of each named value, that is asked for as it stands.
template <typename Visit>
void for_each_value(const Document& document, Visit visit) {
  const auto one = [](const std::string& value) { return std::span(&value, value.empty() ? 0 : 1); };
  const auto some = [](const std::vector<std::string>& values) { return std::span(values); };
  visit(schema::author.name, some(document.authors));
  visit(schema::site.name, one(document.site));
  visit(schema::section.name, some(document.sections));
  visit(schema::tag.name, some(document.tags));
  visit(schema::source.name, one(document.source));
  visit(schema::language.name, one(document.language));
  for (const auto& [name, value] : document.values)
    if (name.size() <= longest_value && name.find('\0') == std::string::npos) visit(std::string_view(name), one(value));
}

/// As in schema::ValuesSlot.
std::string print_values(const Document& document) {
  std::string printed;
  for_each_value(document, [&](std::string_view name, std::span<const std::string> values) {
    for (const std::string& value : values) {
      if (value.empty() || value.size() > longest_value || value.find('\0') != std::string::npos) continue;
      printed += schema::pair_of(name, value);
    }
  });
  return printed;
}

/// The names under which a document has anything, each once, in order. Valid as long as the document.
std::vector<std::string_view> names_in(const Document& document) {
  std::vector<std::string_view> names;
  for_each_value(document, [&](std::string_view name, std::span<const std::string> values) {
    const bool any = std::any_of(values.begin(), values.end(), [](const std::string& value) { return !value.empty(); });
    if (any) names.push_back(name);
  });
  if (!document.title.empty()) names.push_back(schema::title.name);
  if (!document.date.empty()) names.push_back("date");
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::uint64_t fingerprint(const std::string& stored, const std::string& file) {
  return XXH3_64bits_withSeed(stored.data(), stored.size(), XXH3_64bits(file.data(), file.size()));
}

}  // namespace

bool is_valid_id(std::string_view id) {
  return !id.empty() && id.size() <= 200 && id.find('\0') == std::string_view::npos && is_valid_utf8(id);
}

IndexedDocument describe(const Document& document, const std::string& file) {
  check_id(document.id);
  IndexedDocument indexed;
  indexed.id = document.id;
  indexed.dates = days(document);
  indexed.stored = to_json(document);
  indexed.fingerprint = fingerprint(indexed.stored, file);
  indexed.file = file;
  indexed.values = print_values(document);
  return indexed;
}

void invert(const Document& document, const Analyzer& analyzer, Sketcher& sketcher, IndexedDocument& indexed,
            TermSink& terms) {
  const auto add = [&](const schema::Field& field, std::span<const std::string> values) {
    FieldInverter inverter(field, analyzer, terms);
    for (const std::string& value : values) inverter.add(value, [](const Token&) {});
  };
  const auto add_one = [&](const schema::Field& field, const std::string& value) { add(field, std::span(&value, 1)); };
  FieldInverter text(schema::text, analyzer, terms);
  indexed.lengths.title =
      text.add(document.title, [&](const Token& token) { terms.add_occurrence(schema::title, token, token.position); });
  // The sketch is of the body alone: who takes over a story gives it another title.
  indexed.lengths.text = indexed.lengths.title + text.add(document.body, [&](const Token& token) {
    if (!token.stop_word) sketcher.add(token.stem);
  });
  indexed.sketch = print_sketch(sketcher.finish());
  add(schema::author, document.authors);
  add_one(schema::site, document.site);
  add(schema::section, document.sections);
  add(schema::tag, document.tags);
  add_one(schema::source, document.source);
  add_one(schema::language, document.language);
  for (const std::string_view name : names_in(document)) terms.add_term(std::string(schema::has_prefix).append(name));
}

}  // namespace limier
