#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "limier/message.h"

namespace limier {

/// A line of an index's `synonyms.txt`; docs/query-syntax.md has the form.
/// Thread rule: a plain value.
struct SynonymRule {
  std::vector<std::string> sides;  ///< Words or phrases as they are written, two or more.
  bool one_way = false;            ///< `a > b > c`: each side finds those behind it; otherwise (`=`) all the others.
  std::string path;                ///< The file.
  std::size_t line = 0;            ///< From 1.

  bool operator==(const SynonymRule&) const = default;
};

/// What synonyms files hold.
/// Thread rule: a plain value.
struct Synonyms {
  std::vector<SynonymRule> rules;
  std::vector<Message> problems;  ///< Lines that are no rules, as `FILE:LINE: what is wrong`; the others count.
};

/// What documents say that an acronym stands for: `Alliance des États du Sahel (AES)`.
/// Thread rule: a plain value.
struct Acronym {
  std::string acronym;          ///< Without points: `AES`.
  std::string expansion;        ///< As most of them write it: `Alliance des États du Sahel`.
  std::uint64_t documents = 0;  ///< How many say so.

  bool operator==(const Acronym&) const = default;
};

}  // namespace limier
