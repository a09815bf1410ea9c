#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shard/schema.h"
#include "shard/shard.h"

namespace limier {

/// A form of the vocabulary that stands for a word of a query.
struct ExpandedForm {
  std::string exact, folded;
  unsigned edits = 0;  ///< How many letters differ.
};

/// The forms that a pattern or a misspelling stands for.
struct Expansion {
  std::vector<ExpandedForm> forms;  ///< In byte order of the folded form, then of the form.
  bool cut = false;                 ///< There are more; these are the most frequent.
};

/// The forms of `field` that `pattern` matches: `*` stands for any letters, `?` for one, a backslash takes their
/// meaning away. With accents as they are typed; without any, whatever the accents. At most `most`.
Expansion expand_pattern(std::string_view pattern, const schema::Field& field, const Vocabulary& vocabulary,
                         std::size_t most);

/// The forms of `field` that are at most `edits` letters away from `word` (wrong, missing, too many, or two neighbours
/// swapped), accents and case aside, and begin with `start`. At most `most`.
Expansion expand_fuzzy(std::string_view word, unsigned edits, const schema::Field& field, const Vocabulary& vocabulary,
                       std::size_t most, std::string_view start = {});

/// How many letters have to be changed, left out, added or swapped with their neighbour, each letter once at most, to
/// make one word of the other (optimal string alignment); `most` + 1 for more than `most`.
unsigned edit_distance(std::u32string_view a, std::u32string_view b, unsigned most);

}  // namespace limier
