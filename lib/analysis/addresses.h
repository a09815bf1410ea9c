#pragma once

#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Joins a domain name or an electronic address to one word: `exemple.fr`, `a.b@c.fr`. Returns whether anything was
/// joined: not in `jeudi.Le`.
bool join_address(std::string_view text, Word& word);

/// Whether the word only introduces an address: `https` before `://`, `www` before `.exemple.fr`.
bool introduces_address(std::string_view text, const Word& word);

}  // namespace limier
