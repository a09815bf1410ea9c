#include "search/acronyms.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "analysis/acronym_definitions.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

std::string folded(std::string_view text) { return fold(replace_invalid_utf8(text)); }

/// The words of the query, folded; not those of grammar, nor of parts that must not match.
void collect_words(const Query& query, const Analyzer& analyzer, std::set<std::string>& words) {
  if (query.occur == Occur::MustNot) return;
  const bool has_words =
      query.kind == Query::Kind::Words || query.kind == Query::Kind::Phrase || query.kind == Query::Kind::Form;
  if (has_words)
    analyzer.analyze(query.text, [&](const Token& token) {
      if (!token.stop_word) words.emplace(token.folded);
    });
  for (const Query& child : query.children) collect_words(child, analyzer, words);
}

}  // namespace

void AcronymCounter::add(const Document& document) {
  constexpr std::size_t most = 200'000;
  std::set<std::string> known;  // A document counts once.
  for (AcronymDefinition& definition : find_acronym_definitions(document.body, analyzer_)) {
    const std::string key = folded(definition.acronym) + ' ' + folded(definition.expansion);
    if (!known.insert(key).second) continue;
    ++found_[key][{std::move(definition.acronym), std::move(definition.expansion)}];
  }
  if (found_.size() > most) forget_rare();
}

void AcronymCounter::forget_rare() {
  std::erase_if(found_, [](const auto& entry) {
    const Spellings& spellings = entry.second;
    return spellings.size() == 1 && spellings.begin()->second == 1;
  });
}

std::vector<Acronym> AcronymCounter::counts() const {
  std::vector<Acronym> acronyms;
  for (const auto& [key, spellings] : found_) {
    const auto best = std::max_element(spellings.begin(), spellings.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    Acronym& acronym = acronyms.emplace_back(Acronym{best->first.first, best->first.second, 0});
    for (const auto& [spelling, count] : spellings) acronym.documents += count;
  }
  std::sort(acronyms.begin(), acronyms.end(), [](const Acronym& a, const Acronym& b) {
    return std::tie(b.documents, a.acronym, a.expansion) < std::tie(a.documents, b.acronym, b.expansion);
  });
  return acronyms;
}

std::vector<Acronym> acronyms_in(const std::vector<Hit>& hits, const Query& query, const Analyzer& analyzer) {
  constexpr std::size_t most_hits = 10;
  std::set<std::string> asked;
  collect_words(query, analyzer, asked);
  AcronymCounter counter(analyzer);
  for (std::size_t i = 0; i < std::min(hits.size(), most_hits); ++i) counter.add(hits[i].document);
  std::vector<Acronym> acronyms = counter.counts();
  std::erase_if(acronyms, [&](const Acronym& acronym) { return !asked.contains(folded(acronym.acronym)); });
  return acronyms;
}

}  // namespace limier
