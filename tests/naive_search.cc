#include "naive_search.h"

#include <fmt/format.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <string_view>

#include "query/related_words.h"
#include "text/calendar.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier::test {
namespace {

const std::vector<NaiveSearch::Word>& words_in(const std::map<std::string, std::vector<NaiveSearch::Word>>& fields,
                                               const std::string& field) {
  static const std::vector<NaiveSearch::Word> none;
  const auto found = fields.find(field);
  return found == fields.end() ? none : found->second;
}

double count(const std::vector<NaiveSearch::Word>& words, const std::set<std::string>& wanted,
             std::string NaiveSearch::Word::*form) {
  return static_cast<double>(
      std::count_if(words.begin(), words.end(), [&](const auto& word) { return wanted.contains(word.*form); }));
}

/// By recursion over the letters; `*` any, `?` one.
bool matches_pattern(std::string_view pattern, std::string_view word) {
  if (pattern.empty()) return word.empty();
  std::size_t letter = 1;
  while (letter < word.size() && (static_cast<unsigned char>(word[letter]) & 0xC0) == 0x80) ++letter;
  if (pattern.front() == '*')
    return matches_pattern(pattern.substr(1), word) || (!word.empty() && matches_pattern(pattern, word.substr(letter)));
  if (word.empty()) return false;
  if (pattern.front() == '?') return matches_pattern(pattern.substr(1), word.substr(letter));
  return pattern.front() == word.front() && matches_pattern(pattern.substr(1), word.substr(1));
}

std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, at);
    letters += point.value;
    at += point.length;
  }
  return letters;
}

/// Optimal string alignment by its definition, without a table.
unsigned edits_between(std::u32string_view a, std::u32string_view b, unsigned left) {
  if (a.empty() || b.empty()) return static_cast<unsigned>(std::max(a.size(), b.size()));
  if (a.front() == b.front()) return edits_between(a.substr(1), b.substr(1), left);
  if (left == 0) return 1;
  unsigned best = std::min({edits_between(a.substr(1), b.substr(1), left - 1), edits_between(a.substr(1), b, left - 1),
                            edits_between(a, b.substr(1), left - 1)});
  if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0])
    best = std::min(best, edits_between(a.substr(2), b.substr(2), left - 1));
  return best + 1;
}

unsigned edits_between(const std::string& a, const std::string& b) {
  return edits_between(letters_of(a), letters_of(b), 3);
}

std::set<std::string> values_of(const Document& document, const std::string& facet) {
  const std::map<std::string, std::size_t> date_lengths = {{"year", 4}, {"month", 7}, {"day", 10}};
  if (const auto length = date_lengths.find(facet); length != date_lengths.end()) {
    const bool precise = document.date.size() >= length->second;
    return precise ? std::set{document.date.substr(0, length->second)} : std::set<std::string>{};
  }
  std::vector<std::string> values;
  if (facet == "author") values = document.authors;
  if (facet == "tag") values = document.tags;
  if (facet == "section") values = document.sections;
  if (facet == "site") values = {document.site};
  if (facet == "source") values = {document.source};
  if (facet == "language") values = {document.language};
  if (const auto named = document.values.find(facet); named != document.values.end()) values = {named->second};
  std::set<std::string> distinct(values.begin(), values.end());
  distinct.erase("");
  return distinct;
}

/// All dates between the first and the last of `counts`, in the same form, also those with nothing to count.
void fill(std::map<std::string, std::uint64_t>& counts) {
  if (counts.empty()) return;
  const std::string first = counts.begin()->first, last = counts.rbegin()->first;
  for (int year = std::stoi(first); year <= std::stoi(last); ++year) {
    for (int day = 0; day < 12 * 31; ++day) {
      const std::string date = fmt::format("{:04}-{:02}-{:02}", year, day / 31 + 1, day % 31 + 1);
      const std::string unit = date.substr(0, first.size());
      if (day_range(date) && unit >= first && unit <= last) counts.try_emplace(unit, 0);
    }
  }
}

Facet count_facet(const FacetOptions& options, const std::vector<const Document*>& matches) {
  Facet facet{options.field, {}, 0, 0};
  std::map<std::string, std::uint64_t> counts;
  for (const Document* document : matches) {
    const std::set<std::string> values = values_of(*document, options.field);
    facet.documents += values.empty() ? 0U : 1U;
    for (const std::string& value : values) ++counts[value];
  }
  facet.distinct = counts.size();
  if (options.timeline) fill(counts);
  for (const auto& [value, count] : counts) facet.values.push_back({value, count});
  if (options.timeline) return facet;
  std::stable_sort(facet.values.begin(), facet.values.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  facet.values.resize(std::min(options.top, facet.values.size()));
  return facet;
}

using Words = std::vector<NaiveSearch::Word>;

Words part_of(const Words& words, std::size_t begin, std::size_t end) {
  return {words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end)};
}

/// Where the word or compound that begins at `at` ends.
std::size_t end_of_unit(const Words& words, std::size_t at) {
  std::size_t end = at + 1;
  while (end < words.size() && words[end].joined) ++end;
  return end;
}

bool enough(std::size_t matching, std::size_t all, double share) {
  return static_cast<double>(matching) >= share * static_cast<double>(all) - 1e-9;
}

/// Whether one of so many is enough; then what none of them matches may still raise the score of a whole that matches.
bool is_list(std::size_t all, double share) { return enough(1, all, share); }

std::ptrdiff_t count_content(const Words& words) {
  return std::count_if(words.begin(), words.end(), [](const auto& word) { return !word.stop_word; });
}

bool comes_first(const std::string& a, const std::string& b, Sort sort) {
  if (a.empty()) return false;
  if (b.empty()) return true;
  return sort == Sort::Newest ? a > b : a < b;
}

}  // namespace

std::string first_day(const Document& document) {
  std::string date = document.date.substr(0, 10);
  while (!date.empty() && date.size() < 10) date += "-01";
  return date;
}

NaiveSearch::NaiveSearch(const std::vector<Document>& documents, std::vector<SynonymRule> rules)
    : rules_(std::move(rules)) {
  for (const Document& document : documents) {
    Entry entry{document.id, document.date, document, {}};
    entry.fields[""] = words_of_values({document.title, document.body});
    entry.fields["title"] = words_of_values({document.title});
    entry.fields["author"] = words_of_values(document.authors);
    entry.fields["site"] = words_of_values({document.site});
    entry.fields["section"] = words_of_values(document.sections);
    entry.fields["tag"] = words_of_values(document.tags);
    entry.fields["source"] = words_of_values({document.source});
    entry.fields["language"] = words_of_values({document.language});
    entries_.push_back(std::move(entry));
  }
}

std::vector<NaiveSearch::Word> NaiveSearch::words_of(const std::string& text) const {
  std::vector<Word> words;
  std::size_t end = 0, marks = 0;  // of which the random queries have none but these: "
  std::vector<std::size_t> names;
  bool small = false;
  analyzer_.analyze(text, [&](const Token& token) {
    const std::string between = text.substr(end, token.begin - end);
    end = token.end;
    const auto holds = [&](std::string_view sign) { return between.find(sign) != std::string::npos; };
    const std::vector<std::string> signs = {".", ":", "?", "!", "…", "\"", "«", "»", "“", "”"};
    const bool begins = words.empty() || std::any_of(signs.begin(), signs.end(), holds);
    marks += static_cast<std::size_t>(std::count(between.begin(), between.end(), '"'));
    const icu::UnicodeString written = icu::UnicodeString::fromUTF8(text.substr(token.begin, token.end - token.begin));
    const bool in_capitals = icu::UnicodeString(written).toUpper() == written;
    words.push_back({std::string(token.exact), std::string(token.folded), std::string(token.stem), token.position,
                     token.stop_word, token.joined, in_capitals, marks % 2 == 1});
    if (icu::UnicodeString(written).toLower().char32At(0) == written.char32At(0)) {
      small = true;
    } else if (!begins) {
      names.push_back(words.size() - 1);
    }
  });
  if (small)
    for (const std::size_t name : names) words[name].marked = true;
  return words;
}

std::vector<NaiveSearch::Word> NaiveSearch::words_of_values(const std::vector<std::string>& values) const {
  std::vector<Word> words;
  std::uint32_t base = 0;
  for (const std::string& value : values) {
    std::uint32_t last = 0;
    for (Word word : words_of(value)) {
      last = word.position;
      word.position += base;
      words.push_back(std::move(word));
    }
    base += last + 16;
  }
  return words;
}

std::set<std::string> NaiveSearch::stems(const Word& word, const std::string& field) const {
  std::set<std::string> stems{word.stem};
  const auto add = [&](const std::string& form) {
    for (const Word& analysed : words_of(form)) stems.insert(analysed.stem);
  };
  if (word.exact != word.folded) {
    add(word.folded);
    return stems;
  }
  for (const Entry& entry : entries_)
    for (const Word& held : words_in(entry.fields, field))
      if (held.folded == word.folded) add(held.exact);
  return stems;
}

std::set<std::string> NaiveSearch::exact_forms(const Word& word, const std::string& field) const {
  std::set<std::string> forms{word.exact};
  if (word.exact != word.folded) return forms;
  for (const Entry& entry : entries_)
    for (const Word& held : words_in(entry.fields, field))
      if (held.folded == word.folded) forms.insert(held.exact);
  return forms;
}

/// How many documents have the most frequent of some values.
std::size_t NaiveSearch::most_documents(const std::set<std::string>& values, std::string Word::*form,
                                        const std::string& field) const {
  std::size_t most = 0;
  for (const std::string& value : values) {
    const auto having = std::count_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
      return count(words_in(entry.fields, field), {value}, form) > 0;
    });
    most = std::max(most, static_cast<std::size_t>(having));
  }
  return most;
}

double NaiveSearch::rarity(const std::set<std::string>& values, std::string Word::*form,
                           const std::string& field) const {
  const auto most = static_cast<double>(most_documents(values, form, field));
  return std::log(1 + (static_cast<double>(entries_.size()) - most + 0.5) / (most + 0.5));
}

double NaiveSearch::saturation(const Entry& entry, double frequency, bool normalised,
                               const RankingOptions& ranking) const {
  if (frequency == 0) return 0;
  const auto length = [&](const Entry& of) {
    return static_cast<double>(words_in(of.fields, "").size()) +
           (ranking.title_weight - 1) * static_cast<double>(words_in(of.fields, "title").size());
  };
  double sum = 0;
  for (const Entry& each : entries_) sum += length(each);
  const double average = sum / static_cast<double>(entries_.size());
  const double norm = normalised ? 1 - ranking.b + ranking.b * length(entry) / average : 1;
  return frequency / (frequency + ranking.k1 * norm);
}

double NaiveSearch::frequency(const std::set<std::string>& values, std::string Word::*form, const std::string& field,
                              const Entry& entry, const RankingOptions& ranking) const {
  const double all = count(words_in(entry.fields, field), values, form);
  return field.empty() ? all + (ranking.title_weight - 1) * count(words_in(entry.fields, "title"), values, form) : all;
}

bool NaiveSearch::is_known(const std::set<std::string>& stems, const std::string& field) const {
  return most_documents(stems, &Word::stem, field) > 0;
}

NaiveSearch::Scored NaiveSearch::word(const Word& word, const std::string& field, const Entry& entry,
                                      const RankingOptions& ranking) const {
  const std::set<std::string> wanted = stems(word, field);
  const double all = frequency(wanted, &Word::stem, field, entry, ranking);
  if (all == 0) return {};
  const double exact = count(words_in(entry.fields, field), exact_forms(word, field), &Word::exact);
  const double idf = rarity(wanted, &Word::stem, field), own = saturation(entry, all, field.empty(), ranking);
  const double once = count(words_in(entry.fields, field), wanted, &Word::stem);
  return {true, idf * saturation(entry, once, field.empty(), ranking),
          idf * (own + ranking.exact_share * saturation(entry, exact, field.empty(), ranking))};
}

/// In no more than a fifth of the documents, each of them.
bool NaiveSearch::is_rare(const std::set<std::string>& stems, const std::string& field) const {
  return most_documents(stems, &Word::stem, field) * 5 <= entries_.size();
}

/// The stems of words that begin with the same five letters.
std::set<std::string> NaiveSearch::family(const Word& word, const std::string& field) const {
  std::set<std::string> kin;
  const std::u32string letters = letters_of(word.folded);
  if (letters.size() < 5 || (letters.front() >= U'0' && letters.front() <= U'9')) return kin;
  for (const Entry& entry : entries_)
    for (const Word& held : words_in(entry.fields, field))
      if (letters_of(held.stem).substr(0, 5) == letters.substr(0, 5)) kin.insert(held.stem);
  for (const std::string& own : stems(word, field)) kin.erase(own);
  return kin;
}

/// What a word may be a misspelling of, and in how many letters they differ.
std::map<std::string, unsigned> NaiveSearch::nearest(const Word& word, const std::string& field) const {
  std::map<std::string, unsigned> forms;
  const std::u32string letters = letters_of(word.folded);
  if (letters.size() < 6 || (letters.front() >= U'0' && letters.front() <= U'9')) return forms;
  unsigned least = letters.size() < 8 ? 1 : 2;
  for (const Entry& entry : entries_) {
    for (const Word& held : words_in(entry.fields, field)) {
      const unsigned edits = edits_between(word.folded, held.folded);
      if (letters_of(held.folded).front() != letters.front() || edits > least) continue;
      forms[held.exact] = least = edits;
    }
  }
  std::erase_if(forms, [&](const auto& form) { return form.second > least; });
  return forms;
}

/// A word among others: related ones count as well, and raise the score also of documents that it does not match.
/// Beside others, where as many documents as are ranked again have the word itself, none of them makes one match.
NaiveSearch::Way NaiveSearch::alternative(const Word& word, const std::string& field, const Entry& entry,
                                          const RankingOptions& ranking, bool beside_others) const {
  const std::set<std::string> own = stems(word, field);
  if (word.stop_word) return {this->word(word, field, entry, ranking), rarity(own, &Word::stem, field)};
  const std::set<std::string> kin = ranking.family_share > 0 ? family(word, field) : std::set<std::string>{};
  std::set<std::string> derived, matching = own;
  for (const std::string& stem : kin)
    if (is_derived(word.folded, stem) || is_derived(word.stem, stem)) derived.insert(stem);
  matching.insert(derived.begin(), derived.end());
  if (beside_others && most_documents(own, &Word::stem, field) >= std::max<std::size_t>(ranking.rerank, 1))
    derived.clear();
  const std::vector<Word>& held = words_in(entry.fields, field);
  const auto kindred = [&](const std::set<std::string>& stems) {
    return ranking.family_share * count(held, stems, &Word::stem);
  };
  double found = count(held, own, &Word::stem) + kindred(derived);
  double all = frequency(own, &Word::stem, field, entry, ranking) + kindred(kin);
  double idf = rarity(is_known(own, field) ? own : derived, &Word::stem, field);
  if (ranking.misspelt_share > 0 && !is_known(matching, field)) {
    std::set<std::string> forms;
    for (const auto& [form, edits] : nearest(word, field)) {
      forms.insert(form);
      const double meant = std::pow(ranking.misspelt_share, edits) * count(held, {form}, &Word::exact);
      found += meant;
      all += meant;
    }
    idf = rarity(forms, &Word::exact, field);
  }
  const double exact = count(held, exact_forms(word, field), &Word::exact);
  return {{found > 0, idf * saturation(entry, found, field.empty(), ranking),
           idf * (saturation(entry, all, field.empty(), ranking) +
                  ranking.exact_share * saturation(entry, exact, field.empty(), ranking))},
          idf};
}

/// What the places of words add, by the part that each belongs to.
double NaiveSearch::places(const std::vector<std::pair<Word, std::size_t>>& words, const std::vector<Scored>& parts,
                           const Entry& entry, const RankingOptions& ranking) const {
  struct Placed {
    std::set<std::string> stems;
    Word word;
    bool counts = false;
  };
  std::vector<Placed> distinct;
  for (const auto& [word, part] : words) {
    const std::set<std::string> wanted = stems(word, "");
    if (std::none_of(distinct.begin(), distinct.end(), [&](const Placed& other) { return other.stems == wanted; }))
      distinct.push_back({wanted, word, part == anywhere || parts[part].matches});
  }
  const std::vector<Word>&held = words_in(entry.fields, ""), &title = words_in(entry.fields, "title");
  double body_words = 0;
  for (const Entry& each : entries_)
    body_words += static_cast<double>(words_in(each.fields, "").size() - words_in(each.fields, "title").size());
  const double lead_share =
      body_words == 0 ? 0
                      : ranking.lead_share * std::max(0.0, 1 - 120 * static_cast<double>(entries_.size()) / body_words);
  double sum = 0;
  for (std::size_t i = 0; i < distinct.size(); ++i) {
    const auto& [stems, word, counts] = distinct[i];
    if (!counts) continue;
    const double idf = rarity(stems, &Word::stem, "");
    if (word.marked && count(held, stems, &Word::stem) > 0) sum += ranking.mark_share * idf;
    const auto body = held.begin() + static_cast<std::ptrdiff_t>(title.size());
    const auto first = std::find_if(body, held.end(), [&](const Word& each) { return stems.contains(each.stem); });
    if (first != held.end()) sum += lead_share * idf * std::exp2(-static_cast<double>(first - body) / 100);
    for (std::size_t j = i + 1; j < distinct.size(); ++j) {
      const auto& [other_stems, other_word, other_counts] = distinct[j];
      if (!other_counts) continue;
      const double rarer = std::min(idf, rarity(other_stems, &Word::stem, ""));
      const std::uint32_t distance = other_word.position - word.position;
      bool in_order = false;
      double pairs = 0;
      for (const Word& one : held) {
        if (!stems.contains(one.stem)) continue;
        pairs += static_cast<double>(std::count_if(held.begin(), held.end(), [&](const Word& other) {
          const std::uint32_t apart = std::max(one.position, other.position) - std::min(one.position, other.position);
          if (!other_stems.contains(other.stem)) return false;
          in_order = in_order || other.position == one.position + distance;
          return apart > 0 && apart <= 5;
        }));
      }
      sum += ranking.pair_share / static_cast<double>(j - i) * rarer * saturation(entry, pairs, true, ranking);
      if (in_order && j == i + 1 && distance <= 4) sum += ranking.order_share * rarer;
    }
  }
  return sum;
}

NaiveSearch::Scored NaiveSearch::any_form(const std::map<std::string, double>& forms, const std::string& field,
                                          const Entry& entry, const RankingOptions& ranking) const {
  double all = 0;
  std::set<std::string> names;
  for (const auto& [form, times] : forms) {
    names.insert(form);
    all += times * frequency({form}, &Word::exact, field, entry, ranking);
  }
  if (all == 0) return {};
  return {true, rarity(names, &Word::exact, field) * saturation(entry, all, field.empty(), ranking)};
}

/// The forms that a pattern or a misspelling stands for, and how much each counts.
std::map<std::string, double> NaiveSearch::expanded(const Query& query) const {
  std::map<std::string, double> forms;
  if (asks_nothing(query)) return forms;
  const bool accented = fold(query.text) != to_nfc(query.text);  // the random patterns are in lower case
  for (const Entry& entry : entries_) {
    for (const Word& word : words_in(entry.fields, query.field)) {
      if (query.kind == Query::Kind::Pattern) {
        if (matches_pattern(query.text, accented ? word.exact : word.folded)) forms[word.exact] = 1;
        continue;
      }
      const unsigned edits = edits_between(fold(query.text), word.folded);
      if (edits <= query.distance) forms[word.exact] = 1.0 / (1U << edits);
    }
  }
  return forms;
}

/// Words in their very form, or those that a pattern or a misspelling stands for.
NaiveSearch::Scored NaiveSearch::evaluate_marked(const Query& query, const Entry& entry,
                                                 const RankingOptions& ranking) const {
  if (query.kind != Query::Kind::Form) return any_form(expanded(query), query.field, entry, ranking);
  const std::vector<Word> words = words_of(query.text);
  const auto is_there = [&](const Word& word) {
    return count(words_in(entry.fields, query.field), {word.exact}, &Word::exact) > 0;
  };
  if (words.size() == 1) return any_form({{words.front().exact, 1}}, query.field, entry, ranking);
  return std::all_of(words.begin(), words.end(), is_there) ? phrase(words, query.field, entry, ranking) : Scored{};
}

NaiveSearch::Place NaiveSearch::sequence(const std::vector<Word>& words, const std::string& field,
                                         const Entry& entry) const {
  Place place;
  if (words.empty()) return place;
  const std::vector<Word>& held = words_in(entry.fields, field);
  for (const Word& word : words) place.rarity += rarity(stems(word, field), &Word::stem, field);
  const std::uint32_t length = words.back().position - words.front().position;
  for (const Word& start : held) {
    const bool all = std::all_of(words.begin(), words.end(), [&](const Word& word) {
      const std::set<std::string> wanted = stems(word, field);
      const std::uint32_t at = start.position + word.position - words.front().position;
      return std::any_of(held.begin(), held.end(),
                         [&](const Word& other) { return other.position == at && wanted.contains(other.stem); });
    });
    if (all) place.spans.emplace(start.position, start.position + length);
  }
  return place;
}

/// Wherever the stem of a form stands, in a document that has one of the forms.
NaiveSearch::Place NaiveSearch::forms(const std::set<std::string>& forms, const std::string& field,
                                      const Entry& entry) const {
  Place place;
  std::set<std::string> wanted;
  for (const std::string& form : forms)
    for (const Word& word : words_of(form))
      if (word.exact == form) wanted.insert(word.stem);
  if (wanted.empty()) return place;
  place.rarity = rarity(wanted, &Word::stem, field);
  const std::vector<Word>& held = words_in(entry.fields, field);
  if (count(held, forms, &Word::exact) == 0) return place;
  for (const Word& word : held)
    if (wanted.contains(word.stem)) place.spans.emplace(word.position, word.position);
  return place;
}

NaiveSearch::Place NaiveSearch::near(const std::vector<Place>& places, unsigned distance) {
  Place sum;
  std::set<std::uint32_t> starts;
  for (const Place& place : places) {
    sum.rarity += place.rarity;
    for (const auto& [first, last] : place.spans) starts.insert(first);
  }
  for (const std::uint32_t start : starts) {
    std::uint32_t end = start;
    bool all = true;
    for (const Place& place : places) {
      std::set<std::uint32_t> ends;
      for (const auto& [first, last] : place.spans)
        if (first >= start) ends.insert(last);
      all = all && !ends.empty();
      if (all) end = std::max(end, *ends.begin());
    }
    if (all && end - start <= distance) sum.spans.emplace(start, end);
  }
  return sum;
}

NaiveSearch::Place NaiveSearch::place(const Query& query, const Entry& entry) const {
  const auto any_of = [](const std::vector<Place>& places) {
    Place any;
    std::map<std::uint32_t, std::uint32_t> shortest;
    for (std::size_t i = 0; i < places.size(); ++i) {
      any.rarity = i == 0 ? places[i].rarity : std::min(any.rarity, places[i].rarity);
      for (const auto& [first, last] : places[i].spans) {
        const auto [known, added] = shortest.emplace(first, last);
        if (!added) known->second = std::min(known->second, last);
      }
    }
    any.spans = {shortest.begin(), shortest.end()};
    return any;
  };
  const std::vector<Word> words = words_of(query.text);
  std::vector<Place> places;
  switch (query.kind) {
    case Query::Kind::Words:
      for (std::size_t at = 0; at < words.size();) {
        const Match synonyms = match(words, at);
        const std::size_t end = synonyms.length > 0 ? at + synonyms.length : end_of_unit(words, at);
        for (; at < end; at = end_of_unit(words, at))
          places.push_back(sequence(part_of(words, at, end_of_unit(words, at)), query.field, entry));
        for (const Words& other : synonyms.others) places.push_back(sequence(other, query.field, entry));
      }
      return any_of(places);
    case Query::Kind::Phrase:
      if (query.distance == 0) {
        places.push_back(sequence(words, query.field, entry));
        const Match synonyms = words.empty() ? Match() : match(words, 0);
        if (synonyms.length == words.size())
          for (const Words& other : synonyms.others) places.push_back(sequence(other, query.field, entry));
        return any_of(places);
      }
      for (const Word& word : words) places.push_back(sequence({word}, query.field, entry));
      return words.empty() ? Place{} : near(places, query.distance);
    case Query::Kind::Near:
      for (const Query& child : query.children) places.push_back(place(child, entry));
      return near(places, query.distance);
    case Query::Kind::Group:
      for (const Query& child : query.children) places.push_back(place(child, entry));
      return any_of(places);
    default: {
      std::set<std::string> wanted;
      if (query.kind == Query::Kind::Form) {
        for (const Word& word : words) wanted.insert(word.exact);
      } else {
        for (const auto& [form, times] : expanded(query)) wanted.insert(form);
      }
      return forms(wanted, query.field, entry);
    }
  }
}

NaiveSearch::Scored NaiveSearch::phrase(const std::vector<Word>& words, const std::string& field, const Entry& entry,
                                        const RankingOptions& ranking) const {
  if (words.empty()) return {};
  if (words.size() == 1) return word(words.front(), field, entry, ranking);
  const Place place = sequence(words, field, entry);
  return {!place.spans.empty(),
          place.rarity * saturation(entry, static_cast<double>(place.spans.size()), field.empty(), ranking)};
}

/// Whether a word that was typed meets one of a rule.
bool NaiveSearch::meet(const Word& typed, const Word& of_rule) {
  const bool by_letters = of_rule.in_capitals || of_rule.stop_word || typed.stop_word;
  if (typed.folded == of_rule.folded || (of_rule.in_capitals && typed.folded == of_rule.folded + 's')) return true;
  return !by_letters && typed.stem == of_rule.stem;
}

NaiveSearch::Match NaiveSearch::match(const Words& words, std::size_t at) const {
  Match longest;
  for (const SynonymRule& rule : rules_) {
    for (std::size_t i = 0; i < rule.sides.size(); ++i) {
      const Words side = words_of(rule.sides[i]);
      const std::size_t end = at + side.size();
      bool meets = end <= words.size() && (end == words.size() || !words[end].joined);
      for (std::size_t j = 0; meets && j < side.size(); ++j) meets = meet(words[at + j], side[j]);
      const std::size_t first = rule.one_way ? i + 1 : 0;
      if (!meets || first == rule.sides.size() || side.size() < longest.length) continue;
      if (side.size() > longest.length) longest = {side.size(), {}};
      for (std::size_t other = first; other < rule.sides.size(); ++other)
        if (other != i) longest.others.push_back(words_of(rule.sides[other]));
    }
  }
  return longest;
}

/// All are as rare as the most frequent; the best one counts.
NaiveSearch::Scored NaiveSearch::best(const std::vector<Way>& ways) {
  double least = ways.front().rarity;
  for (const Way& way : ways) least = std::min(least, way.rarity);
  Scored best;
  for (const Way& way : ways)
    if (way.rarity > 0)
      best = {best.matches || way.scored.matches, std::max(best.score, way.scored.score / way.rarity * least),
              std::max(best.full, way.scored.full / way.rarity * least)};
  return best;
}

/// Words in their order; of a compound also its parts written as one.
std::vector<NaiveSearch::Way> NaiveSearch::ways(const Words& words, const std::string& field, const Entry& entry,
                                                const RankingOptions& ranking) const {
  const double rarity_in_order = sequence(words, field, entry).rarity;
  std::vector<Way> ways = {{phrase(words, field, entry, ranking), rarity_in_order}};
  if (words.size() == 1 || end_of_unit(words, 0) < words.size()) return ways;
  std::string solid;
  for (const Word& part : words) solid += part.exact;
  if (const Words joined = words_of(solid); joined.size() == 1)
    ways.push_back({word(joined.front(), field, entry, ranking), sequence(joined, field, entry).rarity});
  return ways;
}

/// As in a list of words.
std::vector<NaiveSearch::Way> NaiveSearch::typed_ways(const Words& unit, const std::string& field, const Entry& entry,
                                                      const RankingOptions& ranking, bool beside_others) const {
  if (unit.size() > 1) return ways(unit, field, entry, ranking);
  return {alternative(unit.front(), field, entry, ranking, beside_others)};
}

/// What was not typed has no very form.
std::vector<NaiveSearch::Way> NaiveSearch::other_ways(const Match& match, const std::string& field, const Entry& entry,
                                                      RankingOptions ranking) const {
  ranking.exact_share = 0;
  std::vector<Way> all;
  for (const Words& other : match.others)
    for (const Way& way : ways(other, field, entry, ranking)) all.push_back(way);
  return all;
}

NaiveSearch::Scored NaiveSearch::phrase_or_synonym(const Words& words, const std::string& field, const Entry& entry,
                                                   const RankingOptions& ranking) const {
  if (words.empty()) return {};
  std::vector<Way> all = {{phrase(words, field, entry, ranking), sequence(words, field, entry).rarity}};
  if (const Match found = match(words, 0); found.length == words.size())
    for (const Way& way : other_ways(found, field, entry, ranking)) all.push_back(way);
  return best(all);
}

/// The words or compounds that were typed, each by itself, or what stands for them together.
NaiveSearch::Scored NaiveSearch::row_or_synonym(const Words& words, const Match& match, const Query& query,
                                                const Entry& entry, const RankingOptions& ranking) const {
  std::vector<std::vector<Way>> units;
  for (std::size_t at = 0; at < words.size(); at = end_of_unit(words, at)) {
    const Words unit = part_of(words, at, end_of_unit(words, at));
    if (unit.size() > 1 || !unit.front().stop_word)
      units.push_back(typed_ways(unit, query.field, entry, ranking, false));
  }
  std::vector<Way> all = other_ways(match, query.field, entry, ranking);
  if (units.size() == 1) {
    all.insert(all.begin(), units.front().begin(), units.front().end());
    return best(all);
  }
  Scored row;
  double rarity = 0;
  std::size_t matching = 0;
  for (const std::vector<Way>& unit : units) {
    const Scored scored = best(unit);
    matching += scored.matches ? 1 : 0;
    row.score += scored.score;
    row.full += scored.full;
    rarity += std::min_element(unit.begin(), unit.end(), [](const Way& a, const Way& b) {
                return a.rarity < b.rarity;
              })->rarity;
  }
  row.matches = matching > 0 && enough(matching, units.size(), query.match);
  all.push_back({{}, rarity});  // The words themselves keep how rare each of them is.
  const Scored other = best(all);
  const bool counts = row.matches || is_list(units.size(), query.match);
  return {row.matches || other.matches, std::max(row.matches ? row.score : 0, other.score),
          std::max(counts ? row.full : 0, other.full)};
}

/// The words of a Words query, each as it matches.
std::vector<NaiveSearch::Scored> NaiveSearch::alternatives(const Query& query, const Entry& entry,
                                                           const RankingOptions& ranking) const {
  const Words words = words_of(query.text);
  const bool only_stop_words = count_content(words) == 0;
  std::vector<Scored> found;
  std::vector<std::pair<Word, std::size_t>> placed;
  for (std::size_t at = 0; at < words.size();) {
    const Match synonyms = match(words, at);
    const std::size_t end = synonyms.length > 0 ? at + synonyms.length : end_of_unit(words, at);
    const Words part = part_of(words, at, end);
    at = end;
    if (synonyms.length == 0 && part.size() == 1 && part.front().stop_word && !only_stop_words) {
      const std::set<std::string> wanted = stems(part.front(), query.field);
      if (ranking.stop_share == 0 || query.match > 0 || !is_rare(wanted, query.field)) continue;
      found.push_back(word(part.front(), query.field, entry, ranking));
      found.back().score *= ranking.stop_share;
      found.back().full *= ranking.stop_share;
      continue;
    }
    if (synonyms.length == 0 && query.match == 0 && part.size() > 1 && part.size() < words.size() &&
        count_content(part) > 0) {
      // It matches as a whole, or solid, but its parts score, wherever they stand.
      Way apart;
      for (const Word& each : part) {
        if (each.stop_word) continue;
        placed.emplace_back(each, anywhere);
        const Way way = alternative(each, query.field, entry, ranking, true);
        apart.scored.full += way.scored.full;
        apart.rarity += way.rarity;
      }
      std::vector<Way> compound = typed_ways(part, query.field, entry, ranking, true);
      compound.push_back({{}, apart.rarity});  // The parts themselves keep how rare each of them is.
      const Scored tied = best(compound);
      found.push_back({tied.matches, tied.score, std::max(tied.full, apart.scored.full)});
      continue;
    }
    for (const Word& each : part)
      if (only_stop_words || !each.stop_word) placed.emplace_back(each, found.size());
    const bool beside_others = query.match == 0 && count_content(part) < count_content(words);
    found.push_back(synonyms.length > 0 ? row_or_synonym(part, synonyms, query, entry, ranking)
                                        : best(typed_ways(part, query.field, entry, ranking, beside_others)));
  }
  if (query.field.empty() && !found.empty()) found.front().full += places(placed, found, entry, ranking);
  return found;
}

NaiveSearch::Scored NaiveSearch::evaluate_words(const Query& query, const Entry& entry,
                                                const RankingOptions& ranking) const {
  Scored sum;
  std::size_t matching = 0;
  const std::vector<Scored> parts = alternatives(query, entry, ranking);
  for (const Scored& part : parts) {
    matching += part.matches ? 1 : 0;
    sum.score += part.score;
    sum.full += part.full;
  }
  sum.matches = matching > 0 && enough(matching, parts.size(), query.match);
  const bool adds = sum.matches || is_list(parts.size(), query.match);
  return {sum.matches, sum.matches ? sum.score : 0, adds ? sum.full : 0};
}

/// Whether it holds no word.
bool NaiveSearch::asks_nothing(const Query& query) const {
  switch (query.kind) {
    case Query::Kind::Words:
    case Query::Kind::Phrase:
    case Query::Kind::Form:
    case Query::Kind::Fuzzy:
      return words_of(query.text).empty();
    case Query::Kind::Group:
      return std::ranges::all_of(query.children, [this](const Query& child) { return asks_nothing(child); }) &&
             (query.children.empty() ||
              std::ranges::any_of(query.children, [](const Query& child) { return child.occur != Occur::MustNot; }));
    default:
      return false;
  }
}

NaiveSearch::Scored NaiveSearch::evaluate_group(const Query& query, const Entry& entry,
                                                const RankingOptions& ranking) const {
  bool has_must = false, has_must_not = false, all_must = true, only_forbids = !query.children.empty();
  std::size_t matching = 0, shoulds = 0;
  double score = 0, full = 0;
  for (const Query& child : query.children) {
    if (child.occur != Occur::MustNot) only_forbids = false;
    if (asks_nothing(child)) continue;
    const bool spliced = query.match > 0 && child.kind == Query::Kind::Words && child.occur == Occur::Should &&
                         child.match == query.match;
    std::vector<Scored> parts =
        spliced ? alternatives(child, entry, ranking) : std::vector<Scored>{evaluate(child, entry, ranking)};
    for (Scored& part : parts) {
      if (spliced) part = {part.matches, part.score * child.weight, part.full * child.weight};
      if (child.occur == Occur::MustNot) {
        if (part.matches) return {};
        has_must_not = true;
        continue;
      }
      if (child.occur == Occur::Must) {
        has_must = true;
        all_must = all_must && part.matches;
      } else {
        ++shoulds;
        matching += part.matches ? 1 : 0;
      }
      score += part.score;
      full += part.full;
    }
  }
  if (only_forbids) return {true, score, full};
  const bool matches = (has_must ? all_must : matching > 0) && enough(matching, shoulds, query.match);
  const bool adds = matches || (!has_must && !has_must_not && is_list(shoulds, query.match));
  return {matches, matches ? score : 0, adds ? full : 0};
}

NaiveSearch::Scored NaiveSearch::evaluate_numbers(const Query& query, const Entry& entry) const {
  const auto found = entry.document.values.find(query.field);
  if (found == entry.document.values.end()) return {};
  double value = 0;
  try {
    std::size_t read = 0;
    value = std::stod(found->second, &read);
    if (read != found->second.size()) return {};
  } catch (const std::exception&) {
    return {};
  }
  const bool over =
      query.from.empty() || (query.above ? value > std::stod(query.from) : value >= std::stod(query.from));
  const bool under = query.to.empty() || (query.below ? value < std::stod(query.to) : value <= std::stod(query.to));
  return {over && under, 0};
}

NaiveSearch::Scored NaiveSearch::evaluate_exists(const Query& query, const Entry& entry) const {
  const auto found = entry.document.values.find(query.field);
  const bool named = found != entry.document.values.end() && !found->second.empty();
  const bool dated = query.field == "date" && !entry.date.empty();
  return {named || dated || !words_in(entry.fields, query.field).empty(), 0};
}

NaiveSearch::Scored NaiveSearch::evaluate_dates(const Query& query, const Entry& entry) const {
  if (entry.date.empty()) return {};
  const auto first = [](std::string date) {
    if (date.size() == 4) date += "-01";
    if (date.size() == 7) date += "-01";
    return date.substr(0, 10);
  };
  const auto last = [](std::string date) {  // Every month may end on its 31st when only order counts.
    if (date.size() == 4) date += "-12";
    if (date.size() == 7) date += "-31";
    return date.substr(0, 10);
  };
  const bool after = query.from.empty() || first(entry.date) >= first(query.from);
  const bool before = query.to.empty() || last(entry.date) <= last(query.to);
  return {after && before, 0};
}

NaiveSearch::Scored NaiveSearch::evaluate(const Query& query, const Entry& entry, const RankingOptions& ranking) const {
  const Scored scored = evaluate_unweighted(query, entry, ranking);
  return {scored.matches, scored.score * query.weight, scored.full * query.weight};
}

NaiveSearch::Scored NaiveSearch::evaluate_unweighted(const Query& query, const Entry& entry,
                                                     const RankingOptions& ranking) const {
  switch (query.kind) {
    case Query::Kind::Words:
      return evaluate_words(query, entry, ranking);
    case Query::Kind::Phrase:
      if (query.distance == 0 || words_of(query.text).size() < 2)
        return phrase_or_synonym(words_of(query.text), query.field, entry, ranking);
      [[fallthrough]];
    case Query::Kind::Near: {
      const Place found = place(query, entry);
      std::string field = query.field;
      for (const Query* part = &query; !part->children.empty(); part = &part->children.front())
        field = part->children.front().field;
      return {!found.spans.empty(),
              found.rarity * saturation(entry, static_cast<double>(found.spans.size()), field.empty(), ranking)};
    }
    case Query::Kind::Form:
    case Query::Kind::Pattern:
    case Query::Kind::Fuzzy:
      return evaluate_marked(query, entry, ranking);
    case Query::Kind::Dates:
      return evaluate_dates(query, entry);
    case Query::Kind::Numbers:
      return evaluate_numbers(query, entry);
    case Query::Kind::Exists:
      return evaluate_exists(query, entry);
    case Query::Kind::Id:
      return {entry.id == query.text, 0};
    case Query::Kind::Everything:
      return {true, 0};
    case Query::Kind::Group:
      return evaluate_group(query, entry, ranking);
  }
  return {};
}

double NaiveSearch::freshness(const Entry& entry, const RankingOptions& ranking) {
  if (ranking.freshness == 0 || entry.date.empty()) return 1;
  const auto midnight = [](const std::string& date) {
    std::tm time{};
    time.tm_year = std::stoi(date) - 1900;
    time.tm_mon = std::stoi(date.substr(5, 2)) - 1;
    time.tm_mday = std::stoi(date.substr(8, 2));
    return timegm(&time);
  };
  const double age =
      std::max(0.0, std::difftime(midnight(ranking.today), midnight(first_day(entry.document))) / (24 * 60 * 60));
  return 1 + ranking.freshness * std::pow(0.5, age / ranking.half_life);
}

SearchResult NaiveSearch::search(const Query& query, const SearchOptions& options) const {
  SearchResult result;
  std::vector<const Document*> matches;
  std::map<std::string, double> full;
  for (const Entry& entry : entries_) {
    const Scored scored = evaluate(query, entry, options.ranking);
    if (!scored.matches) continue;
    result.hits.push_back({entry.id, scored.score * freshness(entry, options.ranking), entry.document});
    full[entry.id] = scored.full * freshness(entry, options.ranking);
    matches.push_back(&entry.document);
  }
  result.total = result.hits.size();
  for (const FacetOptions& facet : options.facets) result.facets.push_back(count_facet(facet, matches));
  const auto sort = [&] {
    std::sort(result.hits.begin(), result.hits.end(), [&](const Hit& a, const Hit& b) {
      if (options.sort != Sort::Relevance && first_day(a.document) != first_day(b.document))
        return comes_first(first_day(a.document), first_day(b.document), options.sort);
      return a.score != b.score ? a.score > b.score : a.id < b.id;
    });
  };
  sort();
  if (options.sort != Sort::Relevance) return result;
  const double best = result.hits.empty() ? 0 : result.hits.front().score;
  for (std::size_t i = 0; i < std::min(options.ranking.rerank, result.hits.size()); ++i)
    if (i < 20 || result.hits[i].score >= 0.65 * best) result.hits[i].score = full[result.hits[i].id];
  sort();
  return result;
}

std::function<NaiveSearch::Positions(const std::string&)> NaiveSearch::lit(const Query& query, bool is_title) const {
  return [this, light = lighter(query, is_title, false)](const std::string& text) { return light(words_of(text)); };
}

NaiveSearch::Lighter NaiveSearch::lighter(const Query& query, bool is_title, bool in_near) const {
  const Lighter none = any_of({});
  const bool names_field = query.kind != Query::Kind::Group && query.kind != Query::Kind::Near;
  if (names_field && !query.field.empty() && !(is_title && query.field == "title")) return none;
  const std::vector<Word> words = words_of(query.text);
  switch (query.kind) {
    case Query::Kind::Words:
      return lighter_of_words(query, in_near);
    case Query::Kind::Phrase: {
      if (query.distance == 0) return lighter_of_sequence(words, query.field);
      std::vector<Lighter> parts;
      for (const Word& word : words) parts.push_back(lighter_of_sequence({word}, query.field));
      return parts.size() == 1 ? parts.front() : near_of(parts, query.distance);
    }
    case Query::Kind::Form: {
      std::vector<Test> tests;
      for (const Word& word : words) tests.push_back([word](const Word& held) { return held.exact == word.exact; });
      return sequence_of(tests);
    }
    case Query::Kind::Pattern:
    case Query::Kind::Fuzzy: {
      const std::map<std::string, double> forms = expanded(query);
      return sequence_of({[forms](const Word& held) { return forms.contains(held.exact); }});
    }
    case Query::Kind::Near:
    case Query::Kind::Group:
      return lighter_of_children(query, is_title, in_near);
    default:
      return none;
  }
}

/// As words match: grammar's words beside others only in a Near, compounds also as one word, but there.
NaiveSearch::Lighter NaiveSearch::lighter_of_words(const Query& query, bool in_near) const {
  const std::vector<Word> words = words_of(query.text);
  const bool only_stop_words = std::all_of(words.begin(), words.end(), [](const Word& word) { return word.stop_word; });
  std::vector<Lighter> parts;
  for (std::size_t i = 0; i < words.size();) {
    std::vector<Word> unit{words[i]};
    while (++i < words.size() && words[i].joined) unit.push_back(words[i]);
    if (unit.size() == 1 && unit.front().stop_word && !only_stop_words && !in_near) continue;
    parts.push_back(lighter_of_sequence(unit, query.field));
    std::string solid;
    for (const Word& word : unit) solid += word.exact;
    const std::vector<Word> one = words_of(solid);
    if (unit.size() > 1 && one.size() == 1 && !in_near) parts.push_back(lighter_of_sequence(one, query.field));
  }
  return any_of(parts);
}

NaiveSearch::Lighter NaiveSearch::lighter_of_children(const Query& query, bool is_title, bool in_near) const {
  const bool near = query.kind == Query::Kind::Near;
  std::vector<Lighter> parts;
  for (const Query& child : query.children) {
    if (near || in_near || child.occur != Occur::MustNot) parts.push_back(lighter(child, is_title, in_near || near));
  }
  return near ? near_of(parts, query.distance) : any_of(parts);
}

NaiveSearch::Lighter NaiveSearch::lighter_of_sequence(const std::vector<Word>& words, const std::string& field) const {
  std::vector<Test> tests;
  for (const Word& word : words) {
    tests.push_back([wanted = stems(word, field)](const Word& held) { return wanted.contains(held.stem); });
  }
  return sequence_of(tests);
}

NaiveSearch::Lighter NaiveSearch::sequence_of(const std::vector<Test>& tests) {
  return [tests](const std::vector<Word>& words) {
    Positions lit;
    for (std::size_t start = 0; !tests.empty() && start + tests.size() <= words.size(); ++start) {
      std::size_t matching = 0;
      while (matching < tests.size() && tests[matching](words[start + matching])) ++matching;
      for (std::size_t i = 0; matching == tests.size() && i < matching; ++i) lit.insert(words[start + i].position);
    }
    return lit;
  };
}

NaiveSearch::Lighter NaiveSearch::any_of(const std::vector<Lighter>& parts) {
  return [parts](const std::vector<Word>& words) {
    Positions lit;
    for (const Lighter& part : parts) lit.merge(part(words));
    return lit;
  };
}

NaiveSearch::Lighter NaiveSearch::near_of(const std::vector<Lighter>& parts, unsigned distance) {
  return [parts, distance](const std::vector<Word>& words) {
    Positions lit;
    for (std::size_t start = 0; start < words.size(); ++start) {
      const std::size_t end = std::min(words.size(), start + distance + 1);
      const std::vector<Word> window(words.begin() + static_cast<std::ptrdiff_t>(start),
                                     words.begin() + static_cast<std::ptrdiff_t>(end));
      std::vector<Positions> found;
      for (const Lighter& part : parts) found.push_back(part(window));
      const bool all = std::none_of(found.begin(), found.end(), [](const Positions& each) { return each.empty(); });
      for (Positions& each : found)
        if (all) lit.merge(each);
    }
    return lit;
  };
}

}  // namespace limier::test
