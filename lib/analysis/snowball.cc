#include "analysis/snowball.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "analysis/letters.h"
#include "analysis/suffix_table.h"

namespace limier {
namespace {

// Upper-case letters are marks of the algorithm: U I Y are vowel letters that stand for consonants (`joUer`, `qUi`), He
// and Hi stand for ë and ï. The sizes in UTF-8 are the same, so marks can be put in and taken out in place.

enum class Standard {
  Ance,
  Atrice,
  Logie,
  Usion,
  Ence,
  Ement,
  Ite,
  If,
  Eaux,
  Aux,
  Oux,
  Euse,
  Issement,
  Amment,
  Emment,
  Ment
};
constexpr Suffix<Standard> standard_suffixes[] = {
    {"ance", Standard::Ance},
    {"iqUe", Standard::Ance},
    {"isme", Standard::Ance},
    {"able", Standard::Ance},
    {"iste", Standard::Ance},
    {"eux", Standard::Ance},
    {"ances", Standard::Ance},
    {"iqUes", Standard::Ance},
    {"ismes", Standard::Ance},
    {"ables", Standard::Ance},
    {"istes", Standard::Ance},
    {"atrice", Standard::Atrice},
    {"ateur", Standard::Atrice},
    {"ation", Standard::Atrice},
    {"atrices", Standard::Atrice},
    {"ateurs", Standard::Atrice},
    {"ations", Standard::Atrice},
    {"logie", Standard::Logie},
    {"logies", Standard::Logie},
    {"usion", Standard::Usion},
    {"ution", Standard::Usion},
    {"usions", Standard::Usion},
    {"utions", Standard::Usion},
    {"ence", Standard::Ence},
    {"ences", Standard::Ence},
    {"ement", Standard::Ement},
    {"ements", Standard::Ement},
    {"ité", Standard::Ite},
    {"ités", Standard::Ite},
    {"if", Standard::If},
    {"ive", Standard::If},
    {"ifs", Standard::If},
    {"ives", Standard::If},
    {"eaux", Standard::Eaux},
    {"aux", Standard::Aux},
    {"oux", Standard::Oux},
    {"euse", Standard::Euse},
    {"euses", Standard::Euse},
    {"issement", Standard::Issement},
    {"issements", Standard::Issement},
    {"amment", Standard::Amment},
    {"emment", Standard::Emment},
    {"ment", Standard::Ment},
    {"ments", Standard::Ment},
};
constexpr SuffixTable standard_table(standard_suffixes);

enum class BeforeEment { Iv, Eus, Abl, Ier };
constexpr Suffix<BeforeEment> before_ement[] = {
    {"iv", BeforeEment::Iv},   {"eus", BeforeEment::Eus}, {"abl", BeforeEment::Abl},
    {"iqU", BeforeEment::Abl}, {"ièr", BeforeEment::Ier}, {"Ièr", BeforeEment::Ier},
};
constexpr SuffixTable before_ement_table(before_ement);

struct Delete {};
constexpr Suffix<Delete> i_verb_suffixes[] = {
    {"îmes"},    {"ît"},     {"îtes"},     {"i"},      {"ie"},     {"ies"},     {"ir"},      {"ira"},      {"irai"},
    {"iraIent"}, {"irais"},  {"irait"},    {"iras"},   {"irent"},  {"irez"},    {"iriez"},   {"irions"},   {"irons"},
    {"iront"},   {"is"},     {"issaIent"}, {"issais"}, {"issait"}, {"issant"},  {"issante"}, {"issantes"}, {"issants"},
    {"isse"},    {"issent"}, {"isses"},    {"issez"},  {"issiez"}, {"issions"}, {"issons"},  {"it"},
};
constexpr SuffixTable i_verb_table(i_verb_suffixes);

enum class Verb { Ions, Er, Ait, Ais, Eais };
constexpr Suffix<Verb> verb_suffixes[] = {
    {"ions", Verb::Ions},  {"é", Verb::Er},        {"ée", Verb::Er},    {"ées", Verb::Er},     {"és", Verb::Er},
    {"èrent", Verb::Er},   {"er", Verb::Er},       {"era", Verb::Er},   {"erai", Verb::Er},    {"eraIent", Verb::Er},
    {"erais", Verb::Er},   {"erait", Verb::Er},    {"eras", Verb::Er},  {"erez", Verb::Er},    {"eriez", Verb::Er},
    {"erions", Verb::Er},  {"erons", Verb::Er},    {"eront", Verb::Er}, {"ez", Verb::Er},      {"iez", Verb::Er},
    {"âmes", Verb::Ait},   {"ât", Verb::Ait},      {"âtes", Verb::Ait}, {"a", Verb::Ait},      {"ai", Verb::Ait},
    {"aIent", Verb::Ait},  {"ait", Verb::Ait},     {"ant", Verb::Ait},  {"ante", Verb::Ait},   {"antes", Verb::Ait},
    {"ants", Verb::Ait},   {"as", Verb::Ait},      {"asse", Verb::Ait}, {"assent", Verb::Ait}, {"asses", Verb::Ait},
    {"assiez", Verb::Ait}, {"assions", Verb::Ait}, {"ais", Verb::Ais},  {"aise", Verb::Ais},   {"aises", Verb::Ais},
    {"eais", Verb::Eais},
};
constexpr SuffixTable verb_table(verb_suffixes);

enum class Residual { Ion, Ier, E };
constexpr Suffix<Residual> residual_suffixes[] = {
    {"ion", Residual::Ion}, {"ier", Residual::Ier},  {"ière", Residual::Ier},
    {"Ier", Residual::Ier}, {"Ière", Residual::Ier}, {"e", Residual::E},
};
constexpr SuffixTable residual_table(residual_suffixes);

constexpr Suffix<Delete> doubled[] = {{"enn"}, {"onn"}, {"ett"}, {"ell"}, {"eill"}};
constexpr SuffixTable doubled_table(doubled);

/// A set of bytes.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char byte : bytes) has_[static_cast<unsigned char>(byte)] = true;
  }
  constexpr bool has(char byte) const { return has_[static_cast<unsigned char>(byte)]; }

 private:
  std::array<bool, 256> has_{};
};

constexpr ByteSet vowels("aeiouy");
// The second bytes of â à ë é ê è ï î ô û ù; the first is C3.
constexpr ByteSet accented_vowels("\xA2\xA0\xAB\xA9\xAA\xA8\xAF\xAE\xB4\xBB\xB9");
constexpr ByteSet elided_letters("cdjlmnstz");
constexpr ByteSet before_oux("bhjlnp");  // the plurals `bijoux`, `choux`, `genoux`
constexpr ByteSet keeps_s("aious");      // with è: `bus`, `tas`, `succès`, `stress`

/// A word on its way to the stem. Offsets are bytes; a region reaches from its offset to the end of the word.
class FrenchWord {
 public:
  FrenchWord(char* text, std::size_t size) : text_(text), size_(size) {}

  std::size_t stem() {
    remove_elision();
    mark_vowels();
    find_regions();
    if (standard_suffix() || i_verb_suffix() || verb_suffix()) {
      tidy_end();
    } else {
      residual_suffix();
    }
    undouble();
    remove_last_accent();
    remove_marks();
    return size_;
  }

 private:
  std::string_view view() const { return {text_, size_}; }
  std::string_view view_before(std::size_t end) const { return {text_, end}; }
  /// What of the word before `end` lies in RV.
  std::string_view rv_before(std::size_t end) const { return rv_ < end ? view_before(end).substr(rv_) : ""; }

  std::size_t next(std::size_t at) const {
    ++at;
    while (at < size_ && is_continuation(text_[at])) ++at;
    return at;
  }
  std::size_t previous(std::size_t at) const {
    --at;
    while (at > 0 && is_continuation(text_[at])) --at;
    return at;
  }
  bool vowel_at(std::size_t at) const {
    if (at >= size_) return false;
    if (text_[at] == '\xC3') return at + 1 < size_ && accented_vowels.has(text_[at + 1]);
    return vowels.has(text_[at]);
  }
  bool vowel_before(std::size_t at) const { return at > 0 && vowel_at(previous(at)); }
  bool consonant_before(std::size_t at) const { return at > 0 && !vowel_at(previous(at)); }

  void cut(std::size_t at) { size_ = at; }
  void replace_from(std::size_t at, std::string_view end) {
    std::memcpy(text_ + at, end.data(), end.size());
    size_ = at + end.size();
  }
  /// Cuts `suffix` off where it stands before the end and begins in the region; false where it does not.
  bool cut_in(std::size_t region, std::string_view suffix) {
    if (!view().ends_with(suffix) || size_ - suffix.size() < region) return false;
    cut(size_ - suffix.size());
    return true;
  }

  /// `l'aube` -> `aube`, `qu'il` -> `il`.
  void remove_elision() {
    const auto apostrophe = view().substr(0, 3).find('\'');
    if (apostrophe == view().npos || apostrophe + 1 == size_) return;
    const auto elided = view_before(apostrophe);
    const bool one_letter = elided.size() == 1 && elided_letters.has(elided[0]);
    if (!one_letter && elided != "qu") return;
    size_ -= apostrophe + 1;
    std::memmove(text_, text_ + apostrophe + 1, size_);
  }

  void mark_vowels() {
    for (std::size_t at = 0; at < size_; at = next(at)) {
      while (mark_vowel(at)) {
      }
    }
  }

  /// Makes the first mark that is due at `at`; false where there is none.
  bool mark_vowel(std::size_t at) {
    const auto after = next(at);
    if (after < size_ && vowel_at(at)) {
      if (text_[after] == 'u' && vowel_at(after + 1)) return mark(after, "U");  // joUer
      if (text_[after] == 'i' && vowel_at(after + 1)) return mark(after, "I");  // essaIent
      if (text_[after] == 'y') return mark(after, "Y");                         // paYs
    }
    switch (text_[at]) {
      case '\xC3':  // Noël, maïs
        if (view().substr(at).starts_with("ë")) return mark(at, "He");
        return view().substr(at).starts_with("ï") && mark(at, "Hi");
      case 'y':
        return vowel_at(after) && mark(at, "Y");  // Yeux
      case 'q':
        return after < size_ && text_[after] == 'u' && mark(after, "U");  // qUi
      default:
        return false;
    }
  }
  bool mark(std::size_t at, std::string_view marked) {
    std::memcpy(text_ + at, marked.data(), marked.size());
    return true;
  }

  void remove_marks() {
    std::size_t out = 0;
    for (std::size_t in = 0; in < size_; ++in) {
      const auto rest = view().substr(in);
      if (rest.starts_with("He") || rest.starts_with("Hi")) {
        std::memcpy(text_ + out, rest[1] == 'e' ? "ë" : "ï", 2);
        out += 2;
        ++in;
      } else if (text_[in] != 'H') {
        const char letter = text_[in];
        text_[out++] = letter == 'I' || letter == 'U' || letter == 'Y' ? static_cast<char>(letter + 'a' - 'A') : letter;
      }
    }
    size_ = out;
  }

  void find_regions() {
    rv_ = find_rv();
    r1_ = past_vowel_and_consonant(0);
    r2_ = past_vowel_and_consonant(r1_);
  }

  std::size_t find_rv() const {
    if (vowel_at(0) && vowel_at(next(0))) return std::min(size_, next(next(0)) < size_ ? next(next(next(0))) : size_);
    for (const std::string_view prefix : {"par", "col", "tap"}) {
      if (view().starts_with(prefix)) return prefix.size();
    }
    if (view().starts_with("ni") && vowel_at(2)) return next(2);
    return size_ == 0 ? 0 : past_vowel(next(0));
  }

  std::size_t past_vowel(std::size_t at) const {
    while (at < size_ && !vowel_at(at)) at = next(at);
    return at < size_ ? next(at) : size_;
  }
  std::size_t past_consonant(std::size_t at) const {
    while (at < size_ && vowel_at(at)) at = next(at);
    return at < size_ ? next(at) : size_;
  }
  std::size_t past_vowel_and_consonant(std::size_t at) const { return past_consonant(past_vowel(at)); }

  /// `nationalement`, `fédérateur`, `activité`. False also where a verb suffix has to be looked for in what is left.
  bool standard_suffix() {
    const auto* suffix = standard_table.longest(view());
    if (suffix == nullptr) return false;
    const auto begin = size_ - suffix->text.size();
    switch (suffix->action) {
      case Standard::Ance:
        return cut_if(begin >= r2_, begin);
      case Standard::Atrice:
        return cut_if(begin >= r2_, begin) && after_ic();
      case Standard::Logie:
        return replace_if(begin >= r2_, begin, "log");
      case Standard::Usion:
        return replace_if(begin >= r2_, begin, "u");
      case Standard::Ence:
        return replace_if(begin >= r2_, begin, "ent");
      case Standard::Ement:
        return cut_if(begin >= rv_, begin) && after_ement();
      case Standard::Ite:
        return cut_if(begin >= r2_, begin) && after_ite();
      case Standard::If:
        return cut_if(begin >= r2_, begin) && (!cut_in(r2_, "at") || after_ic());
      case Standard::Eaux:
        return replace_if(true, begin, "eau");
      case Standard::Aux:
        return replace_if(begin >= r1_, begin, "al");
      case Standard::Oux:
        return replace_if(begin > 0 && before_oux.has(text_[begin - 1]), begin, "ou");
      case Standard::Euse:
        return cut_if(begin >= r2_, begin) || replace_if(begin >= r1_, begin, "eux");
      case Standard::Issement:
        return cut_if(begin >= r1_ && consonant_before(begin), begin);
      case Standard::Amment:
        return replace_if(begin >= rv_, begin, "ant") && false;
      case Standard::Emment:
        return replace_if(begin >= rv_, begin, "ent") && false;
      case Standard::Ment:
        return cut_if(vowel_before(begin) && previous(begin) >= rv_, begin) && false;
    }
    return false;
  }

  bool cut_if(bool condition, std::size_t at) {
    if (condition) cut(at);
    return condition;
  }
  bool replace_if(bool condition, std::size_t at, std::string_view end) {
    if (condition) replace_from(at, end);
    return condition;
  }

  /// `[électr]ic[ité]`: goes in R2, else becomes iqU as in `électrique`.
  bool after_ic() {
    if (!view().ends_with("ic")) return true;
    if (!cut_in(r2_, "ic")) replace_from(size_ - 2, "iqU");
    return true;
  }

  bool after_ement() {
    const auto* suffix = before_ement_table.longest(view());
    if (suffix == nullptr) return true;
    const auto begin = size_ - suffix->text.size();
    switch (suffix->action) {
      case BeforeEment::Iv:
        if (cut_in(r2_, "iv")) cut_in(r2_, "at");
        break;
      case BeforeEment::Eus:
        if (!cut_if(begin >= r2_, begin)) replace_if(begin >= r1_, begin, "eux");
        break;
      case BeforeEment::Abl:
        cut_if(begin >= r2_, begin);
        break;
      case BeforeEment::Ier:
        replace_if(begin >= rv_, begin, "i");
        break;
    }
    return true;
  }

  bool after_ite() {
    if (view().ends_with("abil")) {
      if (!cut_in(r2_, "abil")) replace_from(size_ - 4, "abl");
      return true;
    }
    if (cut_in(r2_, "iv")) return true;
    return after_ic();
  }

  /// `finissait`: the suffix and the consonant before it stand in RV.
  bool i_verb_suffix() {
    const auto* suffix = i_verb_table.longest(rv_before(size_));
    if (suffix == nullptr) return false;
    const auto begin = size_ - suffix->text.size();
    return cut_if(begin > rv_ && consonant_before(begin) && text_[begin - 1] != 'H', begin);
  }

  bool verb_suffix() {
    const auto* suffix = verb_table.longest(rv_before(size_));
    if (suffix == nullptr) return false;
    const auto begin = size_ - suffix->text.size();
    switch (suffix->action) {
      case Verb::Ions:
        return cut_if(begin >= r2_, begin);
      case Verb::Er:
      case Verb::Eais:
        return cut_if(true, begin);
      case Verb::Ait:
        return cut_if(true, rv_before(begin).ends_with('e') ? begin - 1 : begin);  // mangEait
      case Verb::Ais:
        return cut_if(!keeps_ais(begin), begin);
    }
    return false;
  }

  /// The s is the word's own in `palais`, `mauvaise`, `déplaise`.
  bool keeps_ais(std::size_t begin) const {
    const auto before = view_before(begin);
    if (before.ends_with("al")) return begin > 2 && previous(begin - 2) == 0;
    return before.ends_with("auv") || before.ends_with("épl");
  }

  /// `payY` -> `payi`, `commenç` -> `commenc`.
  void tidy_end() {
    if (view().ends_with("Y")) {
      replace_from(size_ - 1, "i");
    } else if (view().ends_with("ç")) {
      replace_from(size_ - 2, "c");
    }
  }

  void residual_suffix() {
    if (view().ends_with('s') && is_plural(size_ - 1)) cut(size_ - 1);
    const auto* suffix = residual_table.longest(rv_before(size_));
    if (suffix == nullptr) return;
    const auto begin = size_ - suffix->text.size();
    switch (suffix->action) {
      case Residual::Ion: {
        const auto before = rv_before(begin);
        cut_if(begin >= r2_ && (before.ends_with('s') || before.ends_with('t')), begin);
        break;
      }
      case Residual::Ier:
        replace_from(begin, "i");
        break;
      case Residual::E:
        cut(begin);
        break;
    }
  }

  /// Whether an s after these letters can go: not in `bus`, `tas`, `succès`, `stress`.
  bool is_plural(std::size_t end) const {
    const auto before = view_before(end);
    if (before.empty()) return false;
    if (before.ends_with("Hi")) return true;
    return !before.ends_with("è") && !keeps_s.has(before.back());
  }

  /// `bell` -> `bel`, `vieill` -> `vieil`.
  void undouble() {
    if (doubled_table.longest(view()) != nullptr) cut(size_ - 1);
  }

  /// `modèl` -> `model`, `lég` -> `leg`.
  void remove_last_accent() {
    std::size_t at = size_;
    while (consonant_before(at)) at = previous(at);
    if (at == size_ || at < 2) return;
    const auto vowel = view_before(at).substr(at - 2);
    if (vowel != "é" && vowel != "è") return;
    text_[at - 2] = 'e';
    std::memmove(text_ + at - 1, text_ + at, size_ - at);
    --size_;
  }

  char* text_;
  std::size_t size_;
  std::size_t rv_ = 0;
  std::size_t r1_ = 0;
  std::size_t r2_ = 0;
};

}  // namespace

std::size_t snowball_stem(char* word, std::size_t size) { return FrenchWord(word, size).stem(); }

}  // namespace limier
