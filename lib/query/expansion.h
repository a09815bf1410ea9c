#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shard/schema.h"
#include "shard/shard.h"

namespace limier {

/// A form of the vocabulary that stands for a word of a query.
struct ExpandedForm {
  std::string exact, folded;
  unsigned edits = 0;           ///< How many letters differ.
  std::uint64_t frequency = 0;  ///< How many documents have it.
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
/// swapped, each letter once: optimal string alignment), accents and case aside, and begin with `start`. At most
/// `most`.
Expansion expand_fuzzy(std::string_view word, unsigned edits, const schema::Field& field, const Vocabulary& vocabulary,
                       std::size_t most, std::string_view start = {});

}  // namespace limier
