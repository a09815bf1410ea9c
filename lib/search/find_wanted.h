#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "limier/analyzer.h"
#include "limier/searcher.h"

namespace limier {

/// A stretch of a text's words, from one to another, counted from 0.
struct WordSpan {
  std::uint32_t first = 0, last = 0;
};

/// Where something that is looked for stands.
struct WantedPlace {
  WordSpan words;
  std::uint32_t wanted = 0;  ///< Which.
};

/// What is looked for, as it stands in a text.
struct WantedPlaces {
  std::vector<WantedPlace> places;  ///< Of each that is wanted in the order of first words.
  std::vector<bool> lit;            ///< For each word of the text, whether it belongs to any of them.
};

/// Finds what is wanted in a text that it is told word by word. What is wanted outlives it.
/// Thread rule: one thread at a time.
class WantedFinder {
 public:
  explicit WantedFinder(const std::vector<Wanted>& wanted);

  /// The next word of the text.
  void add(const Token& token);

  WantedPlaces find();

 private:
  using Positions = std::vector<std::uint32_t>;
  using Spans = std::vector<WordSpan>;

  void learn(const Wanted& wanted);
  const Spans& find(const Wanted& wanted);
  Spans find_sequence(const std::vector<Wanted::Word>& words) const;
  Spans find_near(const Wanted& wanted);
  Spans find_any(const std::vector<Wanted>& alternatives);
  void light(const Wanted& wanted, const Spans& windows);

  const std::vector<Wanted>& wanted_;
  std::unordered_map<const Wanted::Word*, Positions> positions_;
  std::unordered_map<std::string_view, std::vector<Positions*>> by_stem_, by_form_;
  std::unordered_map<const Wanted*, Spans> spans_;
  std::uint32_t words_ = 0;
  std::vector<bool> lit_;
};

}  // namespace limier
