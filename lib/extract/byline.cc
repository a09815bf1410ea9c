#include "extract/byline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "extract/vocabulary.h"
#include "extract/words.h"
#include "text/ascii.h"
#include "text/dates.h"
#include "text/relative_dates.h"

namespace limier::extract {
namespace {

constexpr std::size_t longest_byline = 240;     // bytes
constexpr std::size_t longest_copyright = 400;  // bytes

bool starts_with_capital(std::string_view text) {
  if (text.empty()) return false;
  const auto lead = static_cast<unsigned char>(text[0]);
  const auto next = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
  if (lead < 0x80) return lead >= 'A' && lead <= 'Z';
  if (lead == 0xC3) return next < 0x9F;                    // À to Þ
  if (lead == 0xC5) return next == 0x92 || next % 2 == 0;  // Œ, Ş
  return true;                                             // other scripts
}

std::string strip(std::string_view text, std::string_view characters) {
  while (!text.empty() && contains(characters, text.substr(0, 1))) text.remove_prefix(1);
  while (!text.empty() && contains(characters, text.substr(text.size() - 1))) text.remove_suffix(1);
  return std::string(text);
}

// A byline is read as a row of words, one of which may be a date.
struct Piece {
  enum Kind { Word, Date, Break } kind = Word;
  std::string text;    // of a Word as on the page, of a Date in ISO, empty where only its place is known
  std::string folded;  // of a Word, without punctuation at its ends
};

bool is_break(std::string_view word) {
  constexpr std::array<std::string_view, 12> breaks = {"|", "-", "–", "—", "•", "·", "/", ":", "»", "›", ">", "*"};
  return std::find(breaks.begin(), breaks.end(), word) != breaks.end();
}

void append_words(std::string_view text, std::vector<Piece>& pieces) {
  std::string spaced;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // A no-break space parts words as any other; `|` and `•` may touch them.
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\u00a0")) {
      spaced += ' ';
      i += 1;
    } else if (rest.starts_with("\u202f")) {
      spaced += ' ';
      i += 2;
    } else if (text[i] == '|') {
      spaced += " | ";
    } else {
      spaced += text[i];
    }
  }
  for (std::string& word : split(spaced, " ")) {
    Piece piece;
    piece.kind = is_break(word) ? Piece::Break : Piece::Word;
    piece.folded = strip(folded(word), ".,:;()[]");
    piece.text = std::move(word);
    pieces.push_back(std::move(piece));
  }
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// `Publié hier à 14h30`, `Aminata Cissé | il y a 3 jours`; not `Aujourd'hui au Faso` or `Concert le mardi 3 juin`.
bool stands_apart(std::string_view before, std::string_view after) {
  std::vector<Piece> left;
  append_words(before, left);
  if (!left.empty() && is_one_of(left.back().folded, {"le", "ce"})) left.pop_back();
  const bool opened = left.empty() || left.back().kind == Piece::Break ||
                      left.back().text.find_last_of(",:;(") == left.back().text.size() - 1 ||
                      is_one_of(left.back().folded, {"publie", "publiee", "poste", "postee", "cree", "ecrit", "redige",
                                                     "soumis", "modifie", "actualise", "maj", "jour", "ligne"});
  std::vector<Piece> right;
  append_words(after, right);
  const bool closed = right.empty() || right.front().kind == Piece::Break ||
                      right.front().text.find_first_of(".,;)") == 0 ||
                      is_one_of(right.front().folded, {"par", "by", "dans", "a"});
  return opened && closed;
}

std::vector<Piece> cut_into_pieces(std::string_view line, std::string_view captured) {
  std::vector<Piece> pieces;
  std::optional<FoundDate> date = find_date(line);
  if (!date) {
    date = find_relative_date(line, captured);
    if (date && !stands_apart(line.substr(0, date->begin), line.substr(date->end))) date.reset();
  }
  for (; date; date = find_date(line)) {
    append_words(line.substr(0, date->begin), pieces);
    pieces.push_back({Piece::Date, date->iso, {}});
    line.remove_prefix(date->end);
  }
  append_words(line, pieces);
  return pieces;
}

// `964 Lectures`, `1 204 Lectures`, `Lu 3 411 fois`, `3 min de lecture`, `12 commentaires`: counts that belong to the
// page and not to its author, section or tags. Taken out of the pieces; the number of readings is kept.
class Counts {
 public:
  explicit Counts(std::vector<Piece>& pieces) : pieces_(pieces) {}

  std::string take_readings() {
    std::string readings;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const std::string& word = pieces_[i].folded;
      if (is_one_of(word, {"lectures", "vues", "views", "reads", "fois"}) && i > 0 && is_number(i - 1)) {
        readings = take_number_before(i);
      } else if (is_one_of(word, {"commentaire", "commentaires", "comments", "comment", "partages", "min", "mn",
                                  "minutes"}) &&
                 i > 0 && is_number(i - 1)) {
        take_number_before(i);
      } else {
        continue;
      }
      i = 0;
    }
    drop_words_around_counts();
    return readings;
  }

 private:
  bool is_number(std::size_t i) const {
    const std::string& word = pieces_[i].folded;
    return pieces_[i].kind == Piece::Word && !word.empty() && std::all_of(word.begin(), word.end(), is_ascii_digit);
  }

  // Digits in groups are several words: `1 204`.
  std::string take_number_before(std::size_t unit) {
    std::size_t first = unit - 1;
    while (first > 0 && is_number(first - 1) && pieces_[first].folded.size() == 3 &&
           pieces_[first - 1].folded.size() <= 3)
      --first;
    std::string number;
    for (std::size_t i = first; i < unit; ++i) number += pieces_[i].folded;
    std::size_t begin = first;
    if (begin > 0 && is_one_of(pieces_[begin - 1].folded, {"lu", "vu", "lecture"})) --begin;
    const auto at = [&](std::size_t i) { return pieces_.begin() + static_cast<std::ptrdiff_t>(i); };
    pieces_.erase(at(begin), at(unit + 1));
    pieces_.insert(at(begin), Piece{Piece::Break, {}, {}});
    return number;
  }

  void drop_words_around_counts() {
    for (std::size_t i = 0; i + 2 < pieces_.size(); ++i) {
      const bool reading_time = is_one_of(pieces_[i].folded, {"temps", "duree"}) && pieces_[i + 2].folded == "lecture";
      if (reading_time) pieces_[i].kind = pieces_[i + 1].kind = pieces_[i + 2].kind = Piece::Break;
    }
    for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
      const bool of_reading =
          pieces_[i - 1].kind == Piece::Break && pieces_[i].folded == "de" && pieces_[i + 1].folded == "lecture";
      if (of_reading) pieces_[i].kind = pieces_[i + 1].kind = Piece::Break;
    }
  }

  std::vector<Piece>& pieces_;
};

// `Notre correspondante à Goma` signs, and names nobody.
bool names_nobody(std::string_view folded_name) {
  for (const std::string_view start :
       {"notre correspondant", "nos correspondant", "notre envoye", "nos envoye", "de notre", "avec "}) {
    if (folded_name.starts_with(start)) return true;
  }
  return false;
}

bool is_name(std::string_view name) {
  const std::string plain = folded(name);
  if (!(starts_with_capital(name) || is_ascii_digit(name.empty() ? ' ' : name[0])) || names_nobody(plain)) return false;
  if (name.find_first_of("?!@{}<>") != std::string_view::npos) return false;
  const std::vector<std::string_view> words = words_of(plain);
  if (words.empty() || words.size() > 7) return false;
  // `6Medias` and `Askia 24` are names, `24 heures` is none.
  return !std::all_of(words.front().begin(), words.front().end(), is_ascii_digit);
}

// Every word has a capital, but for particles: `Mohamed Ould Sidi`, `Le Courrier des Lacs`, `Aïcha et Brice Koffi`; not
// `Le massacre du`.
bool is_proper_name(std::string_view name) {
  if (!is_name(name)) return false;
  const std::string plain = folded(name);
  if (contains(plain, "redaction")) return true;
  bool last_is_capital = false;
  for (const std::string& word : split(name, " ")) {
    last_is_capital = starts_with_capital(word);
    const std::string lower = strip(folded(word), ",;&");
    const bool figures = is_ascii_digit(word[0]);
    const bool particle = is_one_of(lower, {"", "de", "du", "des", "la", "le", "les", "et", "avec", "ben", "bin",
                                            "ould", "el", "al", "van", "von", "der", "da", "di"});
    if (!last_is_capital && !figures && !particle) return false;
    last_is_capital = last_is_capital || figures;
  }
  return last_is_capital;
}

// `Mali, Politique, Russie`: short items that begin with a capital or a figure.
bool is_list_of_topics(std::string_view text) {
  constexpr std::size_t most_words = 4;
  const std::vector<std::string> items = split(text, ",");
  return !items.empty() && std::all_of(items.begin(), items.end(), [](const std::string& item) {
    return (starts_with_capital(item) || is_ascii_digit(item[0])) && words_of(folded(item)).size() <= most_words + 1;
  });
}

bool is_agency(std::string_view folded_name) {
  return is_one_of(folded_name, {"ansa", "apanews", "belga", "panapress", "reuters", "sputnik", "tass", "xinhua"});
}

// Towns of several words that datelines of the press name; any other two words with capitals are a person.
bool is_known_town(std::string_view folded_name) {
  return is_one_of(folded_name,
                   {"abou dhabi",  "abu dhabi",      "addis abeba", "addis ababa",   "bobo dioulasso", "buenos aires",
                    "cap haitien", "dar es salaam",  "ho chi minh", "hong kong",     "kuala lumpur",   "la havane",
                    "la haye",     "la mecque",      "la paz",      "le cap",        "le caire",       "los angeles",
                    "new delhi",   "new york",       "phnom penh",  "pointe noire",  "port louis",     "port au prince",
                    "porto novo",  "rio de janeiro", "saint louis", "san francisco", "san jose",       "sao paulo",
                    "sao tome",    "tel aviv"});
}

// Before a comma and a date, a word alone is a town far more often than somebody's surname; `AFP` and `AfricaPresse`
// have a capital too many for a town.
bool is_place(std::string_view item) {
  const std::string plain = folded(item);
  if (is_known_town(plain)) return true;
  if (contains(item, " ") || is_agency(plain) || !starts_with_capital(item)) return false;
  bool inside_part = true;
  for (const char c : item.substr(1)) {
    if (inside_part && c >= 'A' && c <= 'Z') return false;
    inside_part = c != '-';
  }
  return true;
}

// Whom `Aminata Kéita, Bamako, 12 mars 2024` names: `Bamako, 12 mars 2024` says where, `AFP, 12 mars 2024` says who.
std::string without_places(std::string_view text) {
  if (!contains(text, ",")) return std::string(text);
  std::string names;
  for (const std::string& item : split(text, ",")) {
    if (!is_place(item)) names += (names.empty() ? "" : ", ") + item;
  }
  return names;
}

enum class Target { Unknown, Author, Section, Tags, Source, Update, Nothing };

// What the words after this one are, if it says so: `par`, `dans`, `rubrique`, `mis à jour le`.
struct Keyword {
  std::size_t words = 0;
  Target target = Target::Unknown;
  bool published = false;  // `publié le`, and not `publié` somewhere
  bool filler = false;     // `le`, which leaves all as it is
};

bool next_is(const std::vector<Piece>& pieces, std::size_t i, Piece::Kind kind) {
  return i + 1 < pieces.size() && pieces[i + 1].kind == kind;
}

Keyword keyword_at(const std::vector<Piece>& pieces, std::size_t i) {
  const auto word = [&](std::size_t ahead) -> std::string_view {
    return i + ahead < pieces.size() ? std::string_view(pieces[i + ahead].folded) : std::string_view();
  };
  const auto word_is = [&](std::size_t ahead, std::initializer_list<std::string_view> words) {
    return is_one_of(word(ahead), words);
  };
  if (word_is(0, {"mis", "mise"}) && word(1) == "a" && word(2) == "jour") return {3, Target::Update};
  if (word_is(0, {"mis", "mise"}) && word(1) == "en" && word(2) == "ligne") return {3, Target::Unknown, true};
  if (word_is(0, {"modifie", "actualise", "updated", "modified", "maj"})) return {1, Target::Update};
  if (word_is(0, {"publie", "publiee", "paru", "parue", "cree", "poste", "ecrit", "redige", "soumis", "verifie",
                  "verifiee", "published", "posted", "written", "propos"})) {
    if (word_is(1, {"par", "by"})) return {2, Target::Author};
    if (word_is(1, {"dans", "in"})) return {2, Target::Section};
    const bool date_follows = word_is(1, {"le", "on"}) || next_is(pieces, i, Piece::Date);
    return {1, Target::Unknown, date_follows};
  }
  if (word_is(0, {"par", "by", "auteur"})) return {1, Target::Author};
  if (word_is(0, {"dans", "in", "rubrique", "categorie"})) return {1, Target::Section};
  if (word_is(0, {"tags", "etiquettes", "mots-cles"})) return {1, Target::Tags};
  const bool colon = pieces[i].text.ends_with(':') || (next_is(pieces, i, Piece::Break) && pieces[i + 1].text == ":");
  if (colon && word_is(0, {"texte", "textes", "recit"})) return {1, Target::Author};
  if (colon && word_is(0, {"photo", "photos", "images", "video"})) return {1, Target::Nothing};
  if (word_is(0, {"source", "sources"}) && (pieces[i].text.ends_with(':') || next_is(pieces, i, Piece::Break)))
    return {1, Target::Source};
  if (word(0) == "date") return {1, Target::Unknown};
  const bool before_date = next_is(pieces, i, Piece::Date);
  if (before_date && word_is(0, {"le", "on"})) return {1, Target::Unknown, false, true};
  return {};
}

// One stretch of words that belong together, and what is known of them.
struct Stretch {
  Target target = Target::Unknown;
  std::string text;
  bool right_after_date = false;
  bool after_date = false;
  bool before_date = false;
};

class BylineParser {
 public:
  explicit BylineParser(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

  Byline parse() {
    if (const std::string readings = Counts(pieces_).take_readings(); !readings.empty())
      result_.values["lectures"] = readings;
    cut_into_stretches();
    for (const Stretch& stretch : stretches_) assign(stretch);
    return std::move(result_);
  }

  std::size_t unexplained_words() const { return unexplained_words_; }
  bool names_author() const { return names_author_; }

  /// `Publié le 22 juin`, whose year nobody knows.
  bool says_published() const { return says_published_; }

 private:
  void cut_into_stretches() {
    Stretch current;
    const auto finish = [&](Target next) {
      if (!current.text.empty()) stretches_.push_back(current);
      current = Stretch{next, {}, false, result_.dated, false};
    };
    for (std::size_t i = 0; i < pieces_.size();) {
      const Piece& piece = pieces_[i];
      if (piece.kind == Piece::Date) {
        const bool of_update = current.target == Target::Update;
        finish(Target::Unknown);
        if (!stretches_.empty() && !result_.dated) stretches_.back().before_date = true;
        if (!of_update && !result_.dated) {
          result_.date = piece.text;
          result_.dated = true;
        }
        current.right_after_date = !of_update;
        ++i;
      } else if (piece.kind == Piece::Break) {
        finish(current.text.empty() ? current.target : Target::Unknown);
        ++i;
      } else if (const Keyword keyword = keyword_at(pieces_, i); keyword.words > 0) {
        if (!keyword.filler) finish(keyword.target);
        says_published_ = says_published_ || keyword.published;
        result_.updated = result_.updated || keyword.target == Target::Update;
        i += keyword.words;
      } else {
        if (!current.text.empty()) current.text += ' ';
        current.text += piece.text;
        ++i;
      }
    }
    finish(Target::Unknown);
  }

  void assign(const Stretch& stretch) {
    const std::string text = strip(stretch.text, " ,;:.()[]");
    if (text.empty()) return;
    switch (stretch.target) {
      case Target::Update:
      case Target::Nothing:
        return;
      case Target::Author:
        append(result_.authors, parse_authors(text));
        names_author_ = names_author_ || !result_.authors.empty();
        return;
      case Target::Section:
        if (is_list_of_topics(text)) return append(result_.sections, split(text, ","));
        break;  // `dans un bidonville de Bombay`
      case Target::Tags:
        return append(result_.tags, split(text, ","));
      case Target::Source:
        result_.source = text;
        return;
      case Target::Unknown:
        return assign_unnamed(stretch, text);
    }
    unexplained_words_ += words_of(folded(text)).size();
  }

  // `AfricaPresse 23 Nov 2022 Mali, Politique`: what stands before the date is the author, directly behind it the tags,
  // behind a break the section.
  void assign_unnamed(const Stretch& stretch, const std::string& text) {
    const std::string who = stretch.before_date ? without_places(stretch.text) : text;
    if (who.empty()) return;
    if (stretch.before_date && is_proper_name(who)) {
      if (result_.authors.empty()) append(result_.authors, parse_authors(who));
    } else if (stretch.right_after_date && is_list_of_topics(text)) {
      append(result_.tags, split(text, ","));
    } else if (stretch.after_date && result_.sections.empty() && is_list_of_topics(text)) {
      append(result_.sections, split(text, ","));
    } else {
      unexplained_words_ += words_of(folded(text)).size();
    }
  }

  static void append(std::vector<std::string>& list, std::vector<std::string> more) {
    for (std::string& item : more) {
      if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(std::move(item));
    }
  }

  std::vector<Piece> pieces_;
  std::vector<Stretch> stretches_;
  Byline result_;
  std::size_t unexplained_words_ = 0;
  bool names_author_ = false;
  bool says_published_ = false;
};

// `2025`, `2016-2026`, `-`; not the `24` of `Askia 24`.
bool is_years(std::string_view word) {
  const bool figures = std::all_of(word.begin(), word.end(), [](char c) { return is_ascii_digit(c) || c == '-'; });
  return (figures && (word.size() == 1 || word.starts_with("19") || word.starts_with("20"))) || word == "–";
}

}  // namespace

std::vector<std::string> parse_authors(std::string_view text) {
  constexpr std::size_t longest_list = 1000;  // bytes
  if (text.size() > longest_list) return {};
  std::string list(text);
  // One separator for all: `A et B`, `A and B`, `A & B`, `A; B`.
  for (const std::string_view separator : {" et ", " and ", " & ", ";", " (avec ", " avec "}) {
    for (std::size_t at = list.find(separator); at != std::string::npos; at = list.find(separator)) {
      list.replace(at, separator.size(), ", ");
    }
  }
  std::vector<std::string> authors;
  for (std::string& part : split(list, ",")) {
    const std::string lower = folded(part);
    for (const std::string_view opening : {"ecrit par ", "par ", "by "}) {
      // These words have no accents to lose: they are as long on the page as folded, but for `écrit`.
      if (lower.starts_with(opening))
        part.erase(0, opening.size() + (opening.starts_with("ecrit") && part[0] == '\xC3' ? 1 : 0));
    }
    part = strip(part, " ,;:.()");
    if (is_name(part) && std::find(authors.begin(), authors.end(), part) == authors.end()) authors.push_back(part);
  }
  return authors;
}

std::vector<std::string> parse_signature(std::string_view line) {
  return is_proper_name(line) ? parse_authors(line) : std::vector<std::string>();
}

Byline parse_byline(std::string_view line, std::string_view captured) {
  if (line.size() > longest_byline) return {};
  BylineParser parser(cut_into_pieces(line, captured));
  Byline byline = parser.parse();
  // Running text may bear a date or a `par` too: `Le 3 juin 2025, le ministre a annoncé…`.
  const bool little_else = parser.unexplained_words() <= (parser.says_published() ? 10 : 1);
  byline.is_byline = little_else && (byline.dated || parser.names_author() || parser.says_published());
  byline.dated = byline.dated || parser.says_published();
  return byline;
}

std::vector<std::string> parse_breadcrumb(std::string_view line) {
  if (line.size() > longest_byline) return {};
  if (folded(line).starts_with("vous etes ici")) line.remove_prefix(std::min(line.find(':') + 1, line.size()));
  for (const std::string_view separator : {"»", ">", "›", "→", "/", "|"}) {
    std::vector<std::string> path = split(line, separator);
    for (std::string& step : path) {
      while (step.starts_with("\u00a0")) step.erase(0, 2);
      while (step.ends_with("\u00a0")) step.erase(step.size() - 2);
    }
    if (path.size() < 2 || !is_home(folded(path.front()))) continue;
    path.erase(path.begin());
    return path;
  }
  return {};
}

std::string site_of_copyright(std::string_view line) {
  if (line.size() > longest_copyright) return {};
  std::string text(line);
  for (const std::string_view sign : {"©", "(c)", "(C)", "Copyright", "COPYRIGHT", "copyright"}) {
    const std::size_t at = text.find(sign);
    if (at != std::string::npos) text.erase(0, at + sign.size());
  }
  for (const std::string_view mark : {" - ", " – ", " — ", ",", ". ", "Tous droits", "tous droits", "TOUS DROITS",
                                      "All rights", "all rights", "\u00a0"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
      text.replace(at, mark.size(), 1, '|');
  }
  for (const std::string& part : split(text, "|")) {
    std::vector<std::string> words = split(part, " ");
    while (!words.empty() && is_years(words.front())) words.erase(words.begin());
    while (!words.empty() && is_years(words.back())) words.pop_back();
    std::string name;
    for (const std::string& word : words) name += (name.empty() ? "" : " ") + word;
    name = strip(name, " .-");
    const std::string plain = folded(name);
    if (!name.empty() && plain != "reserves" && plain != "reserved") return name;
  }
  return {};
}

std::string after_colon(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string rest = strip(collapse_spaces(line.substr(colon + 1)), " .)");
  return is_blank(rest) ? std::string() : rest;
}

}  // namespace limier::extract
