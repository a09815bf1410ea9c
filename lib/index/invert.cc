#include "index/invert.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <span>

#include "limier/error.h"
#include "shard/schema.h"
#include "shard/similarity.h"
#include "text/calendar.h"
#include "text/message.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// Collects the terms of one field, the values of which follow one another with gaps between.
class FieldInverter {
 public:
  FieldInverter(const schema::Field& field, const Analyzer& analyzer, IndexedDocument& document)
      : field_(field), analyzer_(analyzer), document_(document) {}

  /// Returns the number of tokens. What carries meaning among them goes to `sketcher` too, if there is one.
  std::uint32_t add(std::string_view text, Sketcher* sketcher = nullptr) {
    std::uint32_t last = 0;
    analyzer_.analyze(text, [&](const Token& token) {
      last = token.position;
      Occurrences& stem = document_.terms[schema::stem_term(field_, token.stem)];
      ++stem.count;
      stem.positions.push_back(base_ + token.position);
      ++document_.terms[schema::exact_term(field_, token.folded, token.exact)].count;
      if (sketcher != nullptr && !token.stop_word) sketcher->add(token.stem);
    });
    base_ += last + schema::value_gap;
    return last;
  }

 private:
  const schema::Field& field_;
  const Analyzer& analyzer_;
  IndexedDocument& document_;
  std::uint32_t base_ = 0;
};

void check_id(const std::string& id) {
  if (id.empty() || id.size() > 200 || id.find('\0') != std::string::npos || !is_valid_utf8(id))
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

/// Adds the terms and the column by which a query asks for values as they stand.
class ValueCollector {
 public:
  explicit ValueCollector(IndexedDocument& document) : document_(document) {}

  /// That there is one; `value` itself can be asked for too, unless it is long or holds a zero byte.
  void add(std::string_view name, const std::string& value) {
    constexpr std::size_t longest = 200;  // bytes: what is longer is no name, and nobody counts it
    if (value.empty() || name.size() > longest || name.find('\0') != std::string_view::npos) return;
    document_.terms[std::string(schema::has_prefix).append(name)].count = 0;
    if (value.size() > longest || value.find('\0') != std::string::npos) return;
    document_.values.append(name).append(1, '\0').append(value).append(1, '\0');
  }

  void add(std::string_view name, const std::vector<std::string>& values) {
    for (const std::string& value : values) add(name, value);
  }

 private:
  IndexedDocument& document_;
};

void collect_values(const Document& document, IndexedDocument& indexed) {
  ValueCollector values(indexed);
  values.add(schema::author.name, document.authors);
  values.add(schema::site.name, document.site);
  values.add(schema::section.name, document.sections);
  values.add(schema::tag.name, document.tags);
  values.add(schema::source.name, document.source);
  values.add(schema::language.name, document.language);
  for (const auto& [name, value] : document.values) values.add(name, value);
  const auto has = [&](std::string_view name) {
    indexed.terms[std::string(schema::has_prefix).append(name)].count = 0;
  };
  if (!document.title.empty()) has(schema::title.name);
  if (!document.date.empty()) has("date");
}

std::string fingerprint(const std::string& stored, const std::string& file) {
  return fmt::format("{:016x}",
                     XXH3_64bits_withSeed(stored.data(), stored.size(), XXH3_64bits(file.data(), file.size())));
}

}  // namespace

IndexedDocument invert(const Document& document, const Analyzer& analyzer, const std::string& file) {
  check_id(document.id);
  IndexedDocument indexed;
  indexed.id = document.id;
  indexed.dates = days(document);
  indexed.stored = to_json(document);
  indexed.fingerprint = fingerprint(indexed.stored, file);
  indexed.file = file;

  const auto add = [&](const schema::Field& field, std::span<const std::string> values) {
    FieldInverter inverter(field, analyzer, indexed);
    std::uint32_t length = 0;
    for (const std::string& value : values) length += inverter.add(value);
    return length;
  };
  const auto add_one = [&](const schema::Field& field, const std::string& value) {
    return add(field, std::span(&value, 1));
  };
  FieldInverter text(schema::text, analyzer, indexed);
  Sketcher sketcher;  // of the body alone: who takes over a story gives it another title
  indexed.lengths.text = text.add(document.title);
  indexed.lengths.text += text.add(document.body, &sketcher);
  indexed.sketch = print_sketch(sketcher.finish());
  indexed.lengths.title = add_one(schema::title, document.title);
  add(schema::author, document.authors);
  add_one(schema::site, document.site);
  add(schema::section, document.sections);
  add(schema::tag, document.tags);
  add_one(schema::source, document.source);
  add_one(schema::language, document.language);
  collect_values(document, indexed);
  return indexed;
}

}  // namespace limier
