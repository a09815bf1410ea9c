#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
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
  /// `fields` as in FacetOptions. Both outlive it.
  FacetCounter(const std::vector<std::string>& fields, const Postings& postings);

  void add(std::span<const DocumentNumber> documents);

  /// One for each field.
  std::vector<FacetCounts> take();

 private:
  /// A document that has a value twice counts once.
  class Count {
   public:
    void add(DocumentNumber document) {
      documents_ += document != last_ ? 1U : 0U;
      last_ = document;
    }
    std::uint32_t documents() const { return documents_; }

   private:
    std::uint32_t documents_ = 0;
    DocumentNumber last_ = 0;
  };

  struct Field {
    std::size_t date_length = 0;
    std::uint32_t unit = 1;  // of dates: how many days as numbers there are from one value to the next
    Count any;
    std::unordered_map<std::uint32_t, std::uint32_t> units;  // of dates: how many documents have each
  };

  /// A pair of a name and a value.
  struct Pair {
    bool is_known = false;
    Field* field = nullptr;  // null where it is of none that is counted
    Count count;
  };

  void add_dates(DocumentNumber document);
  void add_pairs(std::span<const DocumentNumber> documents);
  Field* field_of(std::uint32_t pair);

  const std::vector<std::string>& names_;
  const Postings& postings_;
  std::unordered_map<std::string, Field> fields_;
  std::vector<Pair> pairs_;                            // by their numbers
  std::vector<std::span<const std::uint32_t>> found_;  // of the documents added last
  bool has_dates_ = false, has_pairs_ = false;
};

}  // namespace limier
