#pragma once

#include <cstddef>
#include <string_view>

#include "analysis/word.h"

namespace limier {

/// Joins a domain name or an electronic address to one word: `exemple.fr`, `a.b@c.fr`. Returns whether anything was
/// joined: not in `jeudi.Le`.
bool join_address(std::string_view text, Word& word);

/// A quick look at the bytes that follow a word; false: `join_address` joins nothing.
bool may_be_address(std::string_view text, std::size_t at);

/// Whether `introduces_address` depends on what follows the word; else it is false.
bool may_introduce_address(std::string_view exact);

/// Whether the word only introduces an address: `https` before `://`, `www` before `.exemple.fr`.
bool introduces_address(std::string_view text, const Word& word);

}  // namespace limier
