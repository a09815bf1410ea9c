#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shard/postings.h"
#include "shard/shard.h"

namespace limier {

/// How many bytes the values of a facet of dates have, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; 0 for any other facet.
std::size_t date_length(std::string_view facet);

/// Counts the values of fields over documents. Thread rule: one thread at a time.
class FacetCounter {
 public:
  /// `fields` as in FacetOptions.
  FacetCounter(const std::vector<std::string>& fields, const Postings& postings);

  void add(DocumentNumber document);

  /// One for each field.
  std::vector<FacetCounts> take();

 private:
  /// A document that has a value twice counts once.
  class Count {
   public:
    void add(DocumentNumber document) {
      documents_ += document != last_ ? 1 : 0;
      last_ = document;
    }
    std::uint64_t documents() const { return documents_; }

   private:
    std::uint64_t documents_ = 0;
    DocumentNumber last_ = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view value) const { return std::hash<std::string_view>()(value); }
  };
  struct Field {
    std::string name;
    std::size_t date_length = 0;
    Count any;
    std::unordered_map<std::string, Count, Hash, std::equal_to<>> values;
  };

  static void count(Field& field, std::string_view value, DocumentNumber document);
  void add_date(DocumentNumber document);
  void add_values(DocumentNumber document);

  const Postings& postings_;
  std::vector<Field> fields_;
  bool has_dates_ = false, has_values_ = false;
};

}  // namespace limier
