#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "query/expansion.h"
#include "shard/schema.h"
#include "shard/shard.h"

namespace limier {

/// Visits the stems of `field` that begin with a word's first five letters, its own too: those of its family, as
/// `ministeriel` begins like `ministere`, each with the number of documents that have it. A short word and a number
/// have none. Ascending.
void visit_kindred_stems(const std::string& folded, const schema::Field& field, const Vocabulary& vocabulary,
                         const std::function<void(std::string_view, std::uint64_t)>& visit);

/// Whether two stems of a family are of words derived from one another, as `ouvert` and `ouvertur` are, but not `coton`
/// and `cotonou`: behind what they share, each has at most an ending of French, a letter before it doubled or not.
bool is_derived(std::string_view stem, std::string_view other);

/// The forms of `field` that a word may be a misspelling of: the nearest of those that begin with the same letter, one
/// edit away, or two where the word has eight letters. A word of less than six letters and a number have none. In byte
/// order.
std::vector<ExpandedForm> nearest_forms(const std::string& folded, const schema::Field& field,
                                        const Vocabulary& vocabulary);

}  // namespace limier
