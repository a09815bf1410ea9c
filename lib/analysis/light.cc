#include "analysis/light.h"

#include <cstring>
#include <string_view>

#include "analysis/letters.h"

namespace limier {
namespace {

/// What becomes of an ending of a word that has more letters than `longer_than`.
struct Rule {
  std::string_view ending;
  std::size_t longer_than = 0;
  std::string_view replacement;
  enum { Last, GoOn } next = Last;
};

// In order; a word takes every rule that it comes to, until one is the last. Plurals are singular by then.
constexpr Rule rules[] = {
    {"issement", 9, "ir"},             // établissement -> établir
    {"issant", 8, "ir"},               // finissant -> finir
    {"ivement", 7, "if"},              // activement -> actif
    {"ement", 6, "e"},                 // calmement -> calme
    {"ficatrice", 11, "fier"},         // unificatrice -> unifier
    {"ficateur", 10, "fier"},          //
    {"catrice", 9, "quer"},            // éducatrice -> éduquer
    {"cateur", 8, "quer"},             //
    {"atrice", 8, "er"},               // créatrice -> créer
    {"ateur", 7, "er"},                //
    {"trice", 6, "teur", Rule::GoOn},  // directrice -> directeur -> directer
    {"ième", 5, ""},                   // deuxième -> deux
    {"teuse", 7, "ter"},               // chanteuse -> chanter
    {"teur", 6, "ter"},                //
    {"euse", 5, "eu"},                 // heureuse -> heureu
    {"ère", 8, "er"},                  // conseillère -> conseiller
    {"ive", 7, "if"},                  // sportive -> sportif
    {"folle", 4, "fou"},               //
    {"molle", 4, "mou"},               //
    {"nnelle", 9, "n"},                // personnelle -> person
    {"nnel", 9, "n"},                  //
    {"ète", 4, "et", Rule::GoOn},      // complète -> complet
    {"ique", 8, "", Rule::GoOn},       // économique -> économ
    {"esse", 8, "e"},                  // maîtresse -> maître
    {"inage", 7, "in"},                // patinage -> patin
    {"ualisation", 12, "uel"},         // actualisation -> actuel
    {"isation", 9, ""},                // organisation -> organ
    {"ation", 8, ""},                  // formation -> form
    {"ition", 8, ""},                  // apparition -> appar
};

class LightWord {
 public:
  LightWord(char* text, std::size_t size) : text_(text), size_(size), letters_(count_letters({text, size})) {}

  std::size_t stem() {
    cut_plural();
    apply_rules();
    if (letters_ > 4) fold();
    if (letters_ > 4 && view().ends_with("ie")) cut(2);
    if (letters_ > 4) {
      if (view().ends_with('r')) cut(1);
      if (view().ends_with('e')) cut(1);
    }
    return size_;
  }

 private:
  std::string_view view() const { return {text_, size_}; }

  /// The last letters, which are ASCII.
  void cut(std::size_t letters) {
    size_ -= letters;
    letters_ -= letters;
  }

  void cut_plural() {
    if (letters_ > 5 && view().ends_with('x')) {
      if (view().ends_with("aux") && !view().ends_with("eaux")) text_[size_ - 2] = 'l';  // chevaux -> cheval
      cut(1);
    }
    if (letters_ > 3 && view().ends_with('x')) cut(1);
    if (letters_ > 3 && view().ends_with('s')) cut(1);
  }

  void apply_rules() {
    for (const Rule& rule : rules) {
      if (letters_ <= rule.longer_than || !view().ends_with(rule.ending)) continue;
      size_ -= rule.ending.size();
      std::memcpy(text_ + size_, rule.replacement.data(), rule.replacement.size());
      size_ += rule.replacement.size();
      letters_ -= count_letters(rule.ending) - rule.replacement.size();
      if (rule.next == Rule::Last) break;
    }
  }

  /// Takes the usual accents away and makes one letter of two alike: `abandonné` -> `abandone`.
  void fold() {
    std::size_t written = 0;
    std::string_view last;
    letters_ = 0;
    for (std::size_t at = 0; at < size_;) {
      const auto length = letter_length(view(), at);
      const std::string_view folded = without_accent(view().substr(at, length));
      at += length;
      if (folded == last && is_letter(folded)) continue;
      std::memmove(text_ + written, folded.data(), folded.size());
      last = {text_ + written, folded.size()};
      written += folded.size();
      ++letters_;
    }
    size_ = written;
  }

  /// Those accents alone that the algorithm knows: ë and ï stay.
  static std::string_view without_accent(std::string_view letter) {
    if (letter.size() != 2 || letter[0] != '\xC3') return letter;
    switch (letter[1]) {
      case '\xA0':  // à
      case '\xA1':  // á
      case '\xA2':  // â
        return "a";
      case '\xA7':  // ç
        return "c";
      case '\xA8':  // è
      case '\xA9':  // é
      case '\xAA':  // ê
        return "e";
      case '\xAE':  // î
        return "i";
      case '\xB4':  // ô
        return "o";
      case '\xB9':  // ù
      case '\xBB':  // û
        return "u";
      default:
        return letter;
    }
  }

  char* text_;
  std::size_t size_;
  std::size_t letters_;
};

}  // namespace

std::size_t light_stem(char* word, std::size_t size) { return LightWord(word, size).stem(); }

}  // namespace limier
