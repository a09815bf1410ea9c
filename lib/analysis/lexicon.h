#pragma once

#include <string_view>

namespace limier {

/// The stem of a word that no rule reaches (`yeux` -> `oeil`, `maliens` -> `mali`), or that the rules take for another
/// (`mère` -> `mere`); empty for all other words. `word` is lower case, NFC, without apostrophes. A word typed without
/// accents stands for the accented form where one class alone has it (`algerien` -> `algerie`). The stem has no
/// accents. The words are those of lexicon.txt. The view lives for ever.
std::string_view find_in_lexicon(std::string_view word);

}  // namespace limier
