#include "naive_search.h"

#include <algorithm>
#include <cmath>

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

}  // namespace

NaiveSearch::NaiveSearch(const std::vector<Document>& documents) {
  for (const Document& document : documents) {
    Entry entry{document.id, document.date, {}};
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
  analyzer_.analyze(text, [&](const Token& token) {
    words.push_back({std::string(token.exact), std::string(token.folded), std::string(token.stem), token.position,
                     token.stop_word, token.joined});
  });
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

double NaiveSearch::rarity(const std::set<std::string>& values, std::string Word::*form,
                           const std::string& field) const {
  double most = 0;
  for (const std::string& value : values) {
    most = std::max(most, static_cast<double>(std::count_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
                      return count(words_in(entry.fields, field), {value}, form) > 0;
                    })));
  }
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

NaiveSearch::Scored NaiveSearch::word(const Word& word, const std::string& field, const Entry& entry,
                                      const RankingOptions& ranking) const {
  const std::set<std::string> wanted = stems(word, field);
  double frequency = count(words_in(entry.fields, field), wanted, &Word::stem);
  if (frequency == 0) return {};
  if (field.empty())
    frequency += (ranking.title_weight - 1) * count(words_in(entry.fields, "title"), wanted, &Word::stem);
  const double exact = count(words_in(entry.fields, field), exact_forms(word, field), &Word::exact);
  return {true, rarity(wanted, &Word::stem, field) *
                    (saturation(entry, frequency, field.empty(), ranking) +
                     ranking.exact_share * saturation(entry, exact, field.empty(), ranking))};
}

NaiveSearch::Scored NaiveSearch::any_form(const std::set<std::string>& forms, const std::string& field,
                                          const Entry& entry, const RankingOptions& ranking) const {
  double frequency = count(words_in(entry.fields, field), forms, &Word::exact);
  if (frequency == 0) return {};
  if (field.empty())
    frequency += (ranking.title_weight - 1) * count(words_in(entry.fields, "title"), forms, &Word::exact);
  return {true, rarity(forms, &Word::exact, field) * saturation(entry, frequency, field.empty(), ranking)};
}

NaiveSearch::Scored NaiveSearch::prefix(const Word& word, const std::string& field, const Entry& entry,
                                        const RankingOptions& ranking) const {
  std::set<std::string> forms;
  for (const Entry& each : entries_) {
    for (const Word& held : words_in(each.fields, field)) {
      const bool accented = word.exact != word.folded;
      if (accented ? held.exact.starts_with(word.exact) : held.folded.starts_with(word.folded))
        forms.insert(held.exact);
    }
  }
  return any_form(forms, field, entry, ranking);
}

/// A form, or the beginning of one after words in their very form.
NaiveSearch::Scored NaiveSearch::evaluate_marked(const Query& query, const Entry& entry,
                                                 const RankingOptions& ranking) const {
  std::vector<Word> words = words_of(query.text);
  if (words.empty()) return {};
  Scored sum{true, 0};
  const auto require = [&](const Scored& part) {
    sum.matches = sum.matches && part.matches;
    sum.score += part.score;
  };
  if (query.kind == Query::Kind::Prefix) {
    require(prefix(words.back(), query.field, entry, ranking));
    words.pop_back();
  }
  if (words.size() > 1) require(phrase(words, query.field, entry, ranking));
  for (const Word& word : words) require(any_form({word.exact}, query.field, entry, ranking));
  return sum;
}

NaiveSearch::Scored NaiveSearch::phrase(const std::vector<Word>& words, const std::string& field, const Entry& entry,
                                        const RankingOptions& ranking) const {
  if (words.empty()) return {};
  if (words.size() == 1) return word(words.front(), field, entry, ranking);
  const std::vector<Word>& held = words_in(entry.fields, field);
  double starts = 0, weight = 0;
  for (const Word& word : words) weight += rarity(stems(word, field), &Word::stem, field);
  for (const Word& start : held) {
    starts += std::all_of(words.begin(), words.end(), [&](const Word& word) {
      const std::set<std::string> wanted = stems(word, field);
      const std::uint32_t at = start.position + word.position - words.front().position;
      return std::any_of(held.begin(), held.end(),
                         [&](const Word& other) { return other.position == at && wanted.contains(other.stem); });
    });
  }
  return {starts > 0, weight * saturation(entry, starts, field.empty(), ranking)};
}

NaiveSearch::Scored NaiveSearch::evaluate_words(const Query& query, const Entry& entry,
                                                const RankingOptions& ranking) const {
  const std::vector<Word> words = words_of(query.text);
  const bool only_stop_words = std::all_of(words.begin(), words.end(), [](const Word& word) { return word.stop_word; });
  Scored sum;
  const auto add = [&](const Scored& part) {
    sum.matches = sum.matches || part.matches;
    sum.score += part.matches ? part.score : 0;
  };
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i + 1;
    while (end < words.size() && words[end].joined) ++end;
    const std::vector<Word> parts(words.begin() + static_cast<std::ptrdiff_t>(i),
                                  words.begin() + static_cast<std::ptrdiff_t>(end));
    if (parts.size() > 1) {
      add(phrase(parts, query.field, entry, ranking));
      std::string solid;
      for (const Word& part : parts) solid += part.exact;
      const std::vector<Word> joined = words_of(solid);
      if (joined.size() == 1) add(word(joined.front(), query.field, entry, ranking));
    } else if (only_stop_words || !words[i].stop_word) {
      add(word(words[i], query.field, entry, ranking));
    }
    i = end;
  }
  return sum;
}

NaiveSearch::Scored NaiveSearch::evaluate_group(const Query& query, const Entry& entry,
                                                const RankingOptions& ranking) const {
  bool has_must = false, all_must = true, any_should = false, only_forbids = !query.children.empty();
  double score = 0;
  for (const Query& child : query.children) {
    const Scored part = evaluate(child, entry, ranking);
    if (child.occur == Occur::MustNot) {
      if (part.matches) return {};
      continue;
    }
    only_forbids = false;
    if (child.occur == Occur::Must) {
      has_must = true;
      all_must = all_must && part.matches;
    } else {
      any_should = any_should || part.matches;
    }
    if (part.matches) score += part.score;
  }
  return {only_forbids || (has_must ? all_must : any_should), score};
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
  switch (query.kind) {
    case Query::Kind::Words:
      return evaluate_words(query, entry, ranking);
    case Query::Kind::Phrase:
      return phrase(words_of(query.text), query.field, entry, ranking);
    case Query::Kind::Form:
    case Query::Kind::Prefix:
      return evaluate_marked(query, entry, ranking);
    case Query::Kind::Dates:
      return evaluate_dates(query, entry);
    case Query::Kind::Group:
      return evaluate_group(query, entry, ranking);
  }
  return {};
}

SearchResult NaiveSearch::search(const Query& query, const RankingOptions& ranking) const {
  SearchResult result;
  for (const Entry& entry : entries_) {
    const Scored scored = evaluate(query, entry, ranking);
    if (scored.matches) result.hits.push_back({entry.id, scored.score, {}});
  }
  result.total = result.hits.size();
  std::sort(result.hits.begin(), result.hits.end(),
            [](const Hit& a, const Hit& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  return result;
}

}  // namespace limier::test
