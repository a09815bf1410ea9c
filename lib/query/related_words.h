#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/expansion.h"
#include "shard/schema.h"
#include "shard/shard.h"

namespace limier {

struct KindredStem {
  std::string stem;
  std::uint64_t documents = 0;  ///< How many have it.
};

/// The stems of `field` that begin with a word's first five letters, its own too: those of its family, as `ministeriel`
/// begins like `ministere`. A short word and a number have none. Ascending.
std::vector<KindredStem> kindred_stems(const std::string& folded, const schema::Field& field,
                                       const Vocabulary& vocabulary);

/// Whether two stems of a family are of words derived from one another, as `ouvert` and `ouvertur` are, but not `coton`
/// and `cotonou`: behind what they share, each has at most an ending of French, a letter before it doubled or not.
bool is_derived(std::string_view stem, std::string_view other);

/// The forms of `field` that a word may be a misspelling of: the nearest of those that begin with the same letter, one
/// edit away, or two where the word has eight letters. A word of less than six letters and a number have none. In byte
/// order.
std::vector<ExpandedForm> nearest_forms(const std::string& folded, const schema::Field& field,
                                        const Vocabulary& vocabulary);

}  // namespace limier
