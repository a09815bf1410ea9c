#include "analysis/segmenter.h"

#include "analysis/acronyms.h"
#include "analysis/addresses.h"
#include "analysis/compounds.h"
#include "analysis/elision.h"
#include "analysis/inclusive.h"
#include "analysis/names.h"
#include "analysis/numbers.h"
#include "text/message.h"

namespace limier {
namespace {

/// The byte C3 begins à, é and the like: the words that follow `2019` most.
bool may_be_digit(unsigned char byte) { return (byte >= '0' && byte <= '9') || (byte >= 0x80 && byte != 0xC3); }

/// Whether a point before the byte is no part of a name or number: `fin. `, not `exemple.fr`, `4.2` or `J.-C.`
bool ends_sentence(unsigned char byte) {
  if (byte >= ascii_kinds.size()) return false;
  const auto kind = ascii_kinds[byte];
  return kind != CharacterKind::Letter && kind != CharacterKind::Digit && kind != CharacterKind::Hyphen;
}

bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }
bool is_lower(char byte) { return byte >= 'a' && byte <= 'z'; }

/// Whether a sentence begins at byte `at` without a space before, as pages often have it: `jeudi.Le gouvernement`,
/// `jeudi.L'ancien`. What may go on as an address is not sure: `jeudi.Le.fr`.
bool glued_sentence_begins(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || !is_upper(text[at]) || !(is_lower(text[at + 1]) || is_lower(text[at - 2]))) return false;
  while (at < text.size() && is_run_byte[static_cast<unsigned char>(text[at])]) ++at;
  if (at == text.size()) return true;
  const auto next = character_at(text, at);
  return next.begin == at && (next.kind == CharacterKind::Separator || next.kind == CharacterKind::Apostrophe);
}

struct JoiningRule {
  std::string_view name;
  bool (*join)(std::string_view text, Word& word);
};

/// Of those that take signs to a word, the first that holds is applied.
constexpr JoiningRule joining_rules[] = {{translatable("inclusive"), join_inclusive_endings},
                                         {translatable("address"), join_address},
                                         {translatable("acronym"), join_acronym},
                                         {translatable("name"), join_name_signs}};

/// A vowel of Latin-1, which the names with an apostrophe do not have behind it.
bool is_vowel(char32_t code) {
  if (code >= 0xC0) return code <= 0xFF && code != 0xDF;  // ß is ss
  return std::string_view("aeiouyAEIOUY").find(static_cast<char>(code)) != std::string_view::npos;
}

}  // namespace

bool Segmenter::next(Word& word) {
  while (next_or_dropped(word)) {
    if (!word.dropped) return true;
  }
  return false;
}

bool Segmenter::next_or_dropped(Word& word) {
  if (!find(word)) return false;
  if (drop(word)) {
    word.dropped = true;
  } else {
    complete(word);
    link(word);
  }
  return true;
}

/// Moves to what may begin a word, and returns it: a letter, a digit, or a point before letters (`.NET`).
Character Segmenter::skip_separators() {
  // Nearly always a space and no more.
  while (at_ < text_.size() && text_[at_] == ' ') {
    after_hyphen_ = false;
    ++at_;
  }
  for (;;) {
    const auto character = character_at(text_, at_);
    if (character.starts_word() || character.kind == CharacterKind::Unspaced) return character;
    if (character.begin == text_.size()) return character;
    const bool after_word = character.begin == last_end_;
    if (character.code == '.' && !after_word && may_be_dot_net(text_, character)) return character;
    after_hyphen_ = after_word && character.kind == CharacterKind::Hyphen;
    at_ = character.end;
  }
}

/// Moves to the next run of letters and digits.
bool Segmenter::find(Word& word) {
  if (unspaced_.next(word)) return true;
  for (;;) {
    const auto first = skip_separators();
    if (first.starts_word()) {
      read_run(text_, first.begin, word);
      at_ = word.end;
      return true;
    }
    if (first.kind == CharacterKind::Unspaced) {
      at_ = unspaced_.start(text_, first.begin);
      if (unspaced_.next(word)) return true;
      continue;
    }
    if (first.code != '.') return false;
    if (read_dot_net(text_, first, word)) {
      at_ = word.end;
      return true;
    }
    after_hyphen_ = false;
    at_ = first.end;
  }
}

/// Whether the word at hand is none of its own. What it belongs to stays tied to the word before: `chef-d’œuvre`.
bool Segmenter::drop(Word& word) {
  if (options_.elision && is_elision(text_, word)) {
    at_ = word.end = character_at(text_, word.end).end;
    word.rule = translatable("elision");
    return true;
  }
  if (is_euphonic_t(text_, word)) {
    if (after_hyphen_) last_end_ = word.end;
    word.rule = translatable("euphonic t");
    return true;
  }
  if (!introduces_address(text_, word)) return false;
  word.rule = translatable("address");
  return true;
}

/// Joins to the word what belongs to it.
void Segmenter::complete(Word& word) {
  const auto next = character_at(text_, word.end);
  if (options_.numbers && word.ends_in_digit && join_number(text_, word)) {
    word.rule = translatable("number");
  } else if (next.kind != CharacterKind::Separator && !word.as_written) {
    if (join_apostrophes(text_, word)) word.rule = translatable("apostrophe");
    for (const auto& rule : joining_rules) {
      if (!rule.join(text_, word)) continue;
      word.rule = rule.name;
      break;
    }
  }
  word.exact.cut_to_longest();
  at_ = word.end;
}

/// Tells a compound from words that a hyphen ties for grammar alone.
void Segmenter::link(Word& word) {
  const bool is_rendez_vous = after_rendez_ && word.exact.view() == "vous";
  word.joined = options_.compounds && after_hyphen_ && (is_rendez_vous || !is_clitic(text_, word));
  after_hyphen_ = false;
  after_rendez_ = word.exact.view() == "rendez";
  last_end_ = word.end;
}

const KnownWord* Segmenter::next_known_near_signs(const Run* run, KnownWords& words, KnownOccurrence& occurrence) {
  if (unspaced_.is_open()) return nullptr;
  for (; run; run = runs_.from(at_, words)) {
    if (run->begin != at_ && run->after != at_ && skip_separators().begin != run->begin) return nullptr;
    const auto* word = words.find(run->key, run->place);
    if (!word) word = words.learn(text_.substr(run->begin, run->end - run->begin));
    if (!word) return nullptr;
    const auto next = character_at(text_, run->end);
    if (options_.elision && is_sure_elision(*word, next)) {
      at_ = next.end;
      continue;
    }
    if (!(run->before_gap && word->simple()) && (next.begin != run->end || !stands_alone(*word, next))) return nullptr;
    occurrence = {.begin = run->begin, .end = run->end, .joined = options_.compounds && after_hyphen_};
    if (after_hyphen_ && word->clitic) {
      if (after_rendez_) return nullptr;  // rendez-vous
      occurrence.joined = false;
    }
    after_hyphen_ = false;
    after_rendez_ = word->rendez;
    last_end_ = at_ = run->end;
    return word;
  }
  return nullptr;
}

/// Whether `next` makes an elision of the word, sure at a glance: `l'homme`, `d'État`, but not `d'Souza`.
bool Segmenter::is_sure_elision(const KnownWord& word, Character next) const {
  if (next.kind != CharacterKind::Apostrophe || word.elision == Elision::Never) return false;
  const auto letter = character_at(text_, next.end);
  return letter.starts_word() && (word.elision == Elision::BeforeAll || is_vowel(letter.code));
}

/// Whether neither `next`, which follows the word at once, nor anything behind it joins more to the word. False also
/// where it takes more than a glance to know.
bool Segmenter::stands_alone(const KnownWord& word, Character next) const {
  if (word.introduces_address) return false;  // https://, www.Exemple.fr
  const unsigned char after = next.end < text_.size() ? static_cast<unsigned char>(text_[next.end]) : ' ';
  switch (next.kind) {
    case CharacterKind::Separator:
      return !word.ends_in_digit || !may_be_digit(after);  // 590 000
    case CharacterKind::Sign:
      if (next.code == ',') return !word.ends_in_digit || !may_be_digit(after);  // 4,2
      return next.code == '.' && (ends_sentence(after) || glued_sentence_begins(text_, next.end));
    case CharacterKind::Hyphen:
      // donne-les-moi, assure t-il; étudiant-e-s
      return !word.clitic && !may_be_address(text_, next.begin) && !is_ending(next.end);
    default:
      return false;
  }
}

/// Whether an ending of inclusive writing begins at byte `at`.
bool Segmenter::is_ending(std::uint32_t at) const {
  const auto first = character_at(text_, at);
  if (first.kind != CharacterKind::Letter) return false;
  Word ending;
  read_run(text_, first.begin, ending);
  return is_inclusive_ending(ending.exact.view());
}

}  // namespace limier
