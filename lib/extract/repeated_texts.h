#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "extract/block.h"
#include "limier/document.h"
#include "limier/document_reader.h"

namespace limier::extract {

/// Texts of blocks, as hashes of their folded text.
using TextSet = std::unordered_set<std::uint64_t>;

/// What repeats across the pages of each site: promotion, notices, whatever a single page shows as text.
class RepeatedTexts {
 public:
  /// The texts that repeat on the site of this address; where the address is empty or has no host, on the pages without
  /// one.
  const TextSet& on_site_of(std::string_view url) const;

 private:
  friend class RepetitionCounter;

  std::map<std::string, TextSet, std::less<>> of_host_;
};

/// Counts on how many pages each text stands.
class RepetitionCounter {
 public:
  /// A page as it was read alone. One without an article says nothing. Gives the texts on it.
  TextSet add(const Document& page, const std::vector<PageBlock>& blocks);

  /// The texts that were taken for the article's on three pages, and stand on a quarter of the site's. Pages of the
  /// same title count as one: they are captures of the same article.
  RepeatedTexts repeated() const;

 private:
  using Titles = std::set<std::uint64_t>;  // hashes
  struct Places {
    Titles pages;
    Titles as_text;  // those of them that have it in the body
  };
  struct Site {
    Titles pages;
    std::unordered_map<std::uint64_t, Places> texts;
  };

  std::map<std::string, Site> sites_;  // by host
};

/// Sets the region of the page's blocks that repeat on its site. Does nothing where that is much of the article: then
/// the others have taken it over, as they do the reports of agencies.
void mark_repeated(std::vector<Block>& blocks, const TextSet& repeated);

}  // namespace limier::extract
