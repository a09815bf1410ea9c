#include "query/expansion.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
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

  void add(ExpandedForm form) {
    found_.push_back(std::move(form));
    if (found_.size() > 2 * most_ + 1000) drop();
  }

  Expansion take() {
    if (found_.size() > most_) drop();
    const auto before = [](const ExpandedForm& a, const ExpandedForm& b) {
      return std::tie(a.folded, a.exact) < std::tie(b.folded, b.exact);
    };
    if (!std::ranges::is_sorted(found_, before)) std::ranges::sort(found_, before);  // The dictionary's order it is.
    return {std::move(found_), cut_};
  }

 private:
  void drop() {
    const auto more_frequent = [](const ExpandedForm& a, const ExpandedForm& b) {
      return a.frequency != b.frequency ? a.frequency > b.frequency : a.exact < b.exact;
    };
    std::nth_element(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(most_), found_.end(), more_frequent);
    found_.resize(most_);
    cut_ = true;
  }

  std::size_t most_;
  std::vector<ExpandedForm> found_;
  bool cut_ = false;
};

/// Walks the forms of a field whose folded form begins with `start`, in the order of their terms.
class FormCursor {
 public:
  FormCursor(const Vocabulary& vocabulary, const schema::Field& field, const std::string& start)
      : field_(field), terms_(vocabulary.terms(std::string(field.prefix) + start)) {
    skip_others();
  }

  bool at_end() const { return terms_->term().empty(); }
  std::string_view folded() const { return rest().substr(0, rest().find(schema::spelling_mark)); }
  std::string_view exact() const { return schema::exact_form(field_, terms_->term()); }
  std::uint64_t frequency() const { return terms_->document_frequency(); }

  void next() {
    terms_->next();
    skip_others();
  }

  /// To the first form whose folded form is not before `target`.
  void advance(const std::string& target) {
    terms_->advance(std::string(field_.prefix) + target);
    skip_others();
  }

 private:
  std::string_view rest() const { return std::string_view(terms_->term()).substr(field_.prefix.size()); }

  /// Title and body have no prefix: the families of other fields, and what are no words, begin with a capital.
  void skip_others() {
    if (!at_end() && rest().empty()) terms_->next();
    if (!at_end() && rest().front() >= 'A' && rest().front() <= 'Z') terms_->advance(std::string(field_.prefix) + "[");
  }

  const schema::Field& field_;
  std::unique_ptr<TermCursor> terms_;
};

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
bool matches(std::u32string_view signs, std::string_view word) {
  std::size_t sign = 0, at = 0;
  std::size_t last_any = std::u32string_view::npos, taken_from = 0;
  while (at < word.size()) {
    const DecodedCodePoint letter = decode_utf8(word, at);
    if (sign < signs.size() && signs[sign] == Wildcards::any) {
      if (sign + 1 == signs.size()) return true;
      last_any = sign++;
      taken_from = at;
    } else if (sign < signs.size() && (signs[sign] == Wildcards::one || signs[sign] == letter.value)) {
      ++sign;
      at += letter.length;
    } else if (last_any != std::u32string_view::npos) {
      sign = last_any + 1;
      at = taken_from += decode_utf8(word, taken_from).length;
    } else {
      return false;
    }
  }
  return std::all_of(signs.begin() + static_cast<std::ptrdiff_t>(sign), signs.end(),
                     [](char32_t rest) { return rest == Wildcards::any; });
}

/// The table of the edits that make a word of `wanted`, with a row for each letter of that word.
class EditTable {
 public:
  EditTable(std::u32string wanted, unsigned most)
      : wanted_(std::move(wanted)), most_(most), edits_(wanted_.size() + 1) {
    std::iota(edits_.begin(), edits_.end(), 0U);
  }

  /// Whether the letter at `at` has its row.
  bool has(std::size_t at, char32_t letter) const { return at < letters_.size() && letters_[at] == letter; }

  /// Forgets the letters behind the first so many.
  void keep(std::size_t letters) { letters_.resize(letters); }

  void add(char32_t letter) {
    edits_.resize(std::max(edits_.size(), (letters_.size() + 2) * width()));
    unsigned* const row = this->row(letters_.size() + 1);
    const unsigned* const last = row - width();
    row[0] = last[0] + 1;
    for (std::size_t j = 1; j < width(); ++j) {
      row[j] = std::min({last[j - 1] + (letter == wanted_[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      if (is_swapped(letter, j)) row[j] = std::min(row[j], last[j - 2 - width()] + 1);
    }
    letters_ += letter;
  }

  /// Of the letters so far.
  unsigned distance() const { return last_row().back(); }

  /// Whether more letters may still give a word within the edits.
  bool is_alive() const { return std::ranges::min(last_row()) <= most_; }

  /// The first letter above `letter` that can follow without an edit more.
  std::optional<char32_t> next_free_letter(char32_t letter) const {
    std::optional<char32_t> next;
    for (std::size_t j = 0; j < wanted_.size(); ++j) {
      const bool swaps = j + 1 < wanted_.size() && !letters_.empty() && letters_.back() == wanted_[j + 1];
      if ((last_row()[j] <= most_ || swaps) && wanted_[j] > letter)
        next = std::min(next.value_or(wanted_[j]), wanted_[j]);
    }
    return next;
  }

 private:
  std::size_t width() const { return wanted_.size() + 1; }
  unsigned* row(std::size_t letters) { return edits_.data() + letters * width(); }
  std::span<const unsigned> last_row() const { return std::span(edits_).subspan(letters_.size() * width(), width()); }

  bool is_swapped(char32_t letter, std::size_t j) const {
    return j > 1 && !letters_.empty() && letter == wanted_[j - 2] && letters_.back() == wanted_[j - 1];
  }

  std::u32string wanted_, letters_;
  unsigned most_;
  std::vector<unsigned> edits_;  // row by row; those of letters that were forgotten are written again
};

/// Follows the letters of `word` in the table, up to the one behind which nothing is within the edits. Gives the byte
/// where that one stands, npos where there is none.
std::size_t follow(EditTable& table, std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size(); ++letters) {
    const DecodedCodePoint point = decode_utf8(word, at);
    if (!table.has(letters, point.value)) {
      table.keep(letters);
      table.add(point.value);
      if (!table.is_alive()) {
        table.keep(letters);
        return at;
      }
    }
    at += point.length;
  }
  table.keep(letters);
  return std::string_view::npos;
}

/// Where to go on in the dictionary when the letter at `at` of `word` leads nowhere; empty for its end.
std::string next_start(const EditTable& table, std::string_view word, std::size_t at) {
  std::string start(word.substr(0, at));
  if (const std::optional<char32_t> letter = table.next_free_letter(decode_utf8(word, at).value)) {
    append_utf8(start, *letter);
  } else if (!start.empty()) {
    ++start.back();  // Behind all that begin so: no byte of UTF-8 is the last one.
  }
  return start;
}

}  // namespace

Expansion expand_pattern(std::string_view pattern, const schema::Field& field, const Vocabulary& vocabulary,
                         std::size_t most) {
  const std::string composed = to_nfc(replace_invalid_utf8(pattern));
  const Wildcards folded = parse_pattern(composed, fold);
  const Wildcards exact = parse_pattern(composed, case_folded);
  const bool accented = folded.signs != exact.signs;
  FormCollector collector(most);
  for (FormCursor form(vocabulary, field, folded.start); !form.at_end(); form.next()) {
    if (matches(accented ? exact.signs : folded.signs, accented ? form.exact() : form.folded()))
      collector.add({std::string(form.exact()), std::string(form.folded()), 0, form.frequency()});
  }
  return collector.take();
}

// The dictionary is a tree of letters; where a prefix is too far from the word already, all below it is passed over, as
// in K. Schulz and S. Mihov, Fast string correction with Levenshtein automata, 2002, by rows of a table instead of
// states.
Expansion expand_fuzzy(std::string_view word, unsigned edits, const schema::Field& field, const Vocabulary& vocabulary,
                       std::size_t most, std::string_view start) {
  EditTable table(code_points(fold(replace_invalid_utf8(word))), edits);
  FormCollector collector(most);
  for (FormCursor form(vocabulary, field, std::string(start)); !form.at_end();) {
    const std::size_t end = follow(table, form.folded());
    if (end != std::string_view::npos) {
      const std::string target = next_start(table, form.folded(), end);
      if (target.empty()) break;
      form.advance(target);
    } else {
      if (table.distance() <= edits)
        collector.add({std::string(form.exact()), std::string(form.folded()), table.distance(), form.frequency()});
      form.next();
    }
  }
  return collector.take();
}

}  // namespace limier
