#include "query/expansion.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, at);
    points += point.value;
    at += point.length;
  }
  return points;
}

/// Case folded, accents kept.
std::string case_folded(std::string_view text) {
  std::string folded;
  FoldingBuffer buffer;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCodePoint point = decode_utf8(text, at);
    folded += fold_case(point.value, buffer);
    at += point.length;
  }
  return folded;
}

/// Collects forms, and keeps the most frequent ones where there are too many.
class FormCollector {
 public:
  explicit FormCollector(std::size_t most) : most_(most) {}

  void add(ExpandedForm form, std::uint64_t frequency) {
    found_.emplace_back(frequency, std::move(form));
    if (found_.size() > 2 * most_ + 1000) drop();
  }

  Expansion take() {
    if (found_.size() > most_) drop();
    Expansion expansion;
    expansion.cut = cut_;
    for (auto& [frequency, form] : found_) expansion.forms.push_back(std::move(form));
    std::sort(expansion.forms.begin(), expansion.forms.end(), [](const ExpandedForm& a, const ExpandedForm& b) {
      return std::tie(a.folded, a.exact) < std::tie(b.folded, b.exact);
    });
    return expansion;
  }

 private:
  void drop() {
    const auto more_frequent = [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second.exact < b.second.exact;
    };
    std::nth_element(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(most_), found_.end(), more_frequent);
    found_.resize(most_);
    cut_ = true;
  }

  std::size_t most_;
  std::vector<std::pair<std::uint64_t, ExpandedForm>> found_;
  bool cut_ = false;
};

/// Calls `visit` for each form of the field whose folded form begins with `start`.
template <typename Visit>
void visit_forms(const Vocabulary& vocabulary, const schema::Field& field, const std::string& start, Visit visit) {
  vocabulary.visit_terms(std::string(field.prefix) + start, [&](std::string_view term, std::uint64_t frequency) {
    // Title and body have no prefix: the families of other fields, and what are no words, begin with a capital.
    const std::string_view rest = term.substr(field.prefix.size());
    if (rest.empty() || (rest.front() >= 'A' && rest.front() <= 'Z')) return;
    const std::size_t mark = rest.find(schema::spelling_mark);
    visit(rest.substr(0, mark), mark == std::string_view::npos ? rest : rest.substr(mark + 1), frequency);
  });
}

/// A pattern's letters and signs.
struct Wildcards {
  static constexpr char32_t any = 0x110000;  // beyond Unicode
  static constexpr char32_t one = 0x110001;

  std::u32string signs;
  std::string start;  ///< What stands before the first sign.
};

/// `fold` is what is done to the letters.
template <typename Fold>
Wildcards parse_pattern(std::string_view pattern, Fold fold) {
  Wildcards parsed;
  std::string letters;
  bool literal = true;
  const auto flush = [&] {
    const std::string folded = fold(letters);
    if (literal) parsed.start += folded;
    parsed.signs += code_points(folded);
    letters.clear();
  };
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\' && at + 1 < pattern.size()) {
      letters += pattern[++at];
    } else if (c == '*' || c == '?') {
      flush();
      literal = false;
      parsed.signs += c == '*' ? Wildcards::any : Wildcards::one;
    } else {
      letters += c;
    }
  }
  flush();
  return parsed;
}

/// Whether the whole word matches; at a mismatch the last `*` takes one letter more.
bool matches(std::u32string_view signs, std::u32string_view word) {
  std::size_t sign = 0, letter = 0;
  std::size_t last_any = std::u32string_view::npos, taken_from = 0;
  while (letter < word.size()) {
    if (sign < signs.size() && signs[sign] == Wildcards::any) {
      last_any = sign++;
      taken_from = letter;
    } else if (sign < signs.size() && (signs[sign] == Wildcards::one || signs[sign] == word[letter])) {
      ++sign;
      ++letter;
    } else if (last_any != std::u32string_view::npos) {
      sign = last_any + 1;
      letter = ++taken_from;
    } else {
      return false;
    }
  }
  return std::all_of(signs.begin() + static_cast<std::ptrdiff_t>(sign), signs.end(),
                     [](char32_t rest) { return rest == Wildcards::any; });
}

}  // namespace

unsigned edit_distance(std::u32string_view a, std::u32string_view b, unsigned most) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > most) return most + 1;
  std::vector<unsigned> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = static_cast<unsigned>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const unsigned changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    if (*std::min_element(row.begin(), row.end()) > most + 1) return most + 1;
  }
  return std::min(row[b.size()], most + 1);
}

Expansion expand_pattern(std::string_view pattern, const schema::Field& field, const Vocabulary& vocabulary,
                         std::size_t most) {
  const std::string composed = to_nfc(replace_invalid_utf8(pattern));
  const Wildcards folded = parse_pattern(composed, fold);
  const Wildcards exact = parse_pattern(composed, case_folded);
  const bool accented = folded.signs != exact.signs;
  FormCollector collector(most);
  visit_forms(vocabulary, field, folded.start,
              [&](std::string_view folded_form, std::string_view form, std::uint64_t frequency) {
                if (matches(accented ? exact.signs : folded.signs, code_points(accented ? form : folded_form)))
                  collector.add({std::string(form), std::string(folded_form), 0}, frequency);
              });
  return collector.take();
}

Expansion expand_fuzzy(std::string_view word, unsigned edits, const schema::Field& field, const Vocabulary& vocabulary,
                       std::size_t most, std::string_view start) {
  const std::u32string wanted = code_points(fold(replace_invalid_utf8(word)));
  FormCollector collector(most);
  visit_forms(vocabulary, field, std::string(start),
              [&](std::string_view folded_form, std::string_view form, std::uint64_t frequency) {
                if (folded_form.size() > 4 * (wanted.size() + edits)) return;
                const unsigned distance = edit_distance(wanted, code_points(folded_form), edits);
                if (distance <= edits)
                  collector.add({std::string(form), std::string(folded_form), distance}, frequency);
              });
  return collector.take();
}

}  // namespace limier
