#include "query/related_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string_view>

#include "text/ascii.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// So many words, and words that were found of them, are remembered, and those of one query more.
constexpr std::size_t most_remembered = 1 << 16;

/// So long is the part that the words of a family share.
constexpr std::size_t family_letters = 5;

/// Shorter words have too many neighbours that are other words.
constexpr std::size_t letters_for_one_edit = 6, letters_for_two_edits = 8;

/// The first letters of a word; empty where it has fewer.
std::string_view first_letters(std::string_view word, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < word.size(); --count) at += decode_utf8(word, at).length;
  return count == 0 ? word.substr(0, at) : std::string_view();
}

/// A few letters as one number, which is compared at once. REQUIRES no more than 8 bytes, none of them 0.
constexpr std::uint64_t packed(std::string_view letters) {
  std::uint64_t number = 0;
  for (const char letter : letters) number = number << 8 | static_cast<unsigned char>(letter);
  return number;
}

/// What forms and derives words, as stems have it; ascending.
constexpr auto endings = [] {
  std::array all = {packed(""),    packed("abl"), packed("age"), packed("air"),   packed("al"),  packed("anc"),
                    packed("ant"), packed("e"),   packed("el"),  packed("ation"), packed("ell"), packed("enc"),
                    packed("er"),  packed("es"),  packed("eur"), packed("ibl"),   packed("iel"), packed("ien"),
                    packed("ier"), packed("if"),  packed("ion"), packed("iqu"),   packed("ism"), packed("ist"),
                    packed("ite"), packed("iv"),  packed("ur"),  packed("ment"),  packed("oir"), packed("s")};
  std::ranges::sort(all);
  return all;
}();

constexpr std::size_t longest_ending = (std::bit_width(endings.back()) + 7) / 8;

/// Whether a word that shares its first `shared` bytes with another ends there, or with one of the endings.
bool is_ending(std::string_view word, std::size_t shared) {
  std::string_view rest = word.substr(shared);
  if (rest.size() > longest_ending + 1) return false;
  if (!rest.empty() && rest.front() == word[shared - 1]) rest.remove_prefix(1);
  return rest.size() <= longest_ending && std::ranges::binary_search(endings, packed(rest));
}

bool is_number(std::string_view word) { return !word.empty() && is_ascii_digit(word.front()); }

}  // namespace

bool is_derived(std::string_view stem, std::string_view other) {
  const auto different = std::mismatch(stem.begin(), stem.end(), other.begin(), other.end());
  const auto shared = static_cast<std::size_t>(different.first - stem.begin());
  return shared > 0 && is_ending(other, shared) && is_ending(stem, shared);
}

QueryWords RelatedWords::find_spellings(const QueryWord& word, const schema::Field& field) const {
  if (word.exact != word.folded) return query_words(word.folded, analyzer_);
  QueryWords spellings;
  const std::string prefix = std::string(field.prefix) + word.folded + schema::spelling_mark;
  for (const auto cursor = vocabulary_.terms(prefix); !cursor->term().empty(); cursor->next()) {
    const std::string_view spelling = std::string_view(cursor->term()).substr(prefix.size());
    std::ranges::move(query_words(spelling, analyzer_), std::back_inserter(spellings));
  }
  return spellings;
}

/// Of many documents, lists that hardly any of the best will be in are not asked.
std::vector<RelatedWords::Kindred> RelatedWords::find_family(const QueryWord& word, const schema::Field& field) const {
  constexpr std::uint64_t fewest = 20'000;  // of so many documents one has a stem that is not derived
  const std::string_view start = first_letters(word.folded, family_letters);
  if (start.empty() || is_number(word.folded)) return {};
  const std::uint64_t documents = vocabulary_.statistics({}).documents;
  const std::size_t prefix_length = schema::stem_term(field, "").size();
  std::vector<Kindred> family;
  const std::unique_ptr<TermCursor> terms = vocabulary_.terms(schema::stem_term(field, start));
  for (; !terms->term().empty(); terms->next()) {
    const std::string_view stem = std::string_view(terms->term()).substr(prefix_length);
    const bool derived = is_derived(word.folded, stem) || is_derived(word.stem, stem);
    if (derived || terms->document_frequency() * fewest >= documents) family.push_back({std::string(stem), derived});
  }
  return family;
}

std::vector<ExpandedForm> RelatedWords::find_nearest(const QueryWord& word, const schema::Field& field) const {
  const std::string& folded = word.folded;
  if (first_letters(folded, letters_for_one_edit).empty() || is_number(folded)) return {};
  const unsigned edits = first_letters(folded, letters_for_two_edits).empty() ? 1 : 2;
  constexpr std::size_t any_number = 1'000'000;
  std::vector<ExpandedForm> forms =
      expand_fuzzy(folded, edits, field, vocabulary_, any_number, first_letters(folded, 1)).forms;
  unsigned nearest = edits;
  for (const ExpandedForm& form : forms) nearest = std::min(nearest, form.edits);
  std::erase_if(forms, [&](const ExpandedForm& form) { return form.edits > nearest; });
  return forms;
}

void RelatedWords::make_room() const {
  if (remembered_ >= most_remembered) forget();
}

void RelatedWords::forget() const {
  remembered_ = 0;
  spellings_.clear();
  families_.clear();
  nearest_.clear();
}

}  // namespace limier
