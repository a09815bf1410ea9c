#pragma once

#include <string>
#include <vector>

namespace limier {

/// A sentence for people in English, and what it takes to say it in another language: translate the pattern and put
/// the arguments in, each of which is translated likewise.
/// Thread rule: a plain value.
struct Message {
  std::string text;     ///< The whole sentence, in English: `press.idx: there is no index`.
  std::string pattern;  ///< `{}: there is no index`, as std::format reads it. Empty for data, the same in any language.
  std::vector<Message> arguments = {};  ///< What the pattern's `{}` or `{0}` stand for, in order.
};

}  // namespace limier
