#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "limier/synonyms.h"

namespace limier {

/// Counts what documents define. Of very many definitions the rare ones are forgotten, so that memory stays bounded.
class AcronymCounter {
 public:
  /// `analyzer` outlives it.
  explicit AcronymCounter(const Analyzer& analyzer) : analyzer_(analyzer) {}

  void add(const Document& document);

  /// The most frequent first, equally frequent ones in byte order. Spellings that differ in capitals and accents are
  /// one.
  std::vector<Acronym> counts() const;

 private:
  using Spellings = std::map<std::pair<std::string, std::string>, std::uint64_t>;  // acronym and expansion

  void forget_rare();

  const Analyzer& analyzer_;
  std::unordered_map<std::string, Spellings> found_;  // by both, folded
};

/// What the documents of the first hits say that words of the query stand for.
std::vector<Acronym> acronyms_in(const std::vector<Hit>& hits, const Query& query, const Analyzer& analyzer);

}  // namespace limier
