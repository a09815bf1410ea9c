#include "analysis/stop_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace limier {
namespace {

// Words that say how others hang together. Those that are names of things as well are left out: `été`, `avions`, `son`
// as a noun cannot be told from the possessive, which is a hundred times as frequent.
constexpr std::string_view words[] = {
    // articles and what prepositions make of them
    "au",
    "aux",
    "d",
    "des",
    "du",
    "l",
    "la",
    "le",
    "les",
    "un",
    "une",
    // pronouns
    "c",
    "ça",
    "ceci",
    "cela",
    "celle",
    "celles",
    "celui",
    "ceux",
    "ci",
    "dont",
    "elle",
    "elles",
    "en",
    "eux",
    "il",
    "ils",
    "j",
    "je",
    "leur",
    "leurs",
    "lui",
    "m",
    "me",
    "moi",
    "n",
    "nous",
    "on",
    "qu",
    "que",
    "quel",
    "quelle",
    "quelles",
    "quels",
    "qui",
    "quoi",
    "s",
    "se",
    "soi",
    "t",
    "te",
    "toi",
    "tu",
    "vous",
    "y",
    // determiners
    "ce",
    "ces",
    "cet",
    "cette",
    "ma",
    "mes",
    "mon",
    "nos",
    "notre",
    "sa",
    "ses",
    "son",
    "ta",
    "tes",
    "ton",
    "vos",
    "votre",
    // prepositions
    "à",
    "après",
    "avant",
    "avec",
    "chez",
    "contre",
    "dans",
    "de",
    "depuis",
    "dès",
    "entre",
    "envers",
    "jusque",
    "malgré",
    "par",
    "parmi",
    "pendant",
    "pour",
    "sans",
    "sauf",
    "selon",
    "sous",
    "sur",
    "vers",
    // conjunctions
    "afin",
    "ainsi",
    "car",
    "comme",
    "donc",
    "et",
    "lorsque",
    "mais",
    "ni",
    "or",
    "ou",
    "où",
    "puis",
    "puisque",
    "quand",
    "quoique",
    "si",
    "sinon",
    // être
    "es",
    "est",
    "était",
    "étaient",
    "étais",
    "étant",
    "êtes",
    "être",
    "étiez",
    "étions",
    "furent",
    "fut",
    "sera",
    "serai",
    "seraient",
    "serais",
    "serait",
    "seras",
    "serez",
    "seront",
    "soient",
    "sois",
    "soit",
    "sommes",
    "sont",
    "soyez",
    "suis",
    // avoir
    "a",
    "ai",
    "aie",
    "aient",
    "ait",
    "as",
    "aura",
    "aurai",
    "auraient",
    "aurais",
    "aurait",
    "auras",
    "aurez",
    "auront",
    "avaient",
    "avais",
    "avait",
    "avez",
    "avoir",
    "avons",
    "ayant",
    "eu",
    "eut",
    "ont",
    // adverbs
    "alors",
    "aussi",
    "bien",
    "cependant",
    "comment",
    "déjà",
    "encore",
    "là",
    "même",
    "mêmes",
    "moins",
    "ne",
    "non",
    "oui",
    "pas",
    "peu",
    "plus",
    "pourquoi",
    "que",
    "très",
    "trop",
    // typed without accents, where that is no other word
    "apres",
    "deja",
    "etaient",
    "etais",
    "etait",
    "etant",
    "etes",
    "etiez",
    "etions",
    "etre",
    "malgre",
    "meme",
    "memes",
    "tres",
};

/// A table of hashes with room to spare, made at compile time.
class StopWords {
 public:
  constexpr StopWords() {
    for (const auto word : words) {
      auto slot = slot_of(word);
      while (!slots_[slot].empty() && slots_[slot] != word) slot = (slot + 1) % slots_.size();
      slots_[slot] = word;
    }
  }

  bool has(std::string_view word) const {
    for (auto slot = slot_of(word); !slots_[slot].empty(); slot = (slot + 1) % slots_.size()) {
      if (slots_[slot] == word) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t slot_of(std::string_view word) {
    std::uint32_t hash = 2166136261;  // FNV-1a
    for (const char byte : word) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619;
    return (hash ^ hash >> 16) % size;
  }

  static constexpr std::size_t size = 1024;
  static_assert(std::size(words) < size / 3);

  std::array<std::string_view, size> slots_{};
};

constexpr StopWords stop_words;

constexpr std::size_t longest_word =
    std::max_element(std::begin(words), std::end(words), [](auto a, auto b) { return a.size() < b.size(); }) -> size();

}  // namespace

bool is_stop_word(std::string_view exact) { return exact.size() <= longest_word && stop_words.has(exact); }

}  // namespace limier
