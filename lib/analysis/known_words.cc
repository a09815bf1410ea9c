#include "analysis/known_words.h"

#include <cstring>
#include <limits>
#include <new>

#include "analysis/addresses.h"
#include "analysis/characters.h"
#include "analysis/compounds.h"
#include "analysis/elision.h"
#include "analysis/word_forms.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// Whether the written word is letters and digits that stand for themselves, whatever is around them.
bool is_plain(std::string_view written) {
  for (std::size_t at = 0; at < written.size();) {
    const auto [code_point, length] = decode_utf8(written, at);
    const auto properties = properties_of(code_point);
    if (properties.kind != CharacterKind::Letter && properties.kind != CharacterKind::Digit) return false;
    if (properties.composes) return false;
    at += length;
  }
  return true;
}

/// Fills a row with the forms of its word.
class RowWriter {
 public:
  explicit RowWriter(KnownWord& row) : row_(row) {}

  /// Where `form` stands: in the bytes of `other` if these begin with it, else in bytes of its own. `full` tells that
  /// there was no room.
  KnownWord::Form put(std::string_view form, KnownWord::Form other) {
    const auto size = static_cast<std::uint8_t>(form.size());
    if (row_.view(other).starts_with(form)) return {other.begin, size};
    if (form.size() > sizeof row_.bytes - used_) {
      full_ = true;
      return {};
    }
    std::memcpy(row_.bytes + used_, form.data(), form.size());
    const auto begin = static_cast<std::uint8_t>(offsetof(KnownWord, bytes) + used_);
    used_ += form.size();
    return {begin, size};
  }

  bool full() const { return full_; }

 private:
  KnownWord& row_;
  std::size_t used_ = 0;
  bool full_ = false;
};

}  // namespace

// Memory that is zero is free rows, and costs nothing before it is used: a query touches a few of them.
KnownWords::KnownWords(const AnalyzerOptions& options)
    : options_(options), memory_(std::calloc(rows + 1, sizeof(KnownWord)), &std::free) {
  if (!memory_) throw std::bad_alloc();
  void* aligned = memory_.get();
  auto room = (rows + 1) * sizeof(KnownWord);
  rows_ = static_cast<KnownWord*>(std::align(alignof(KnownWord), rows * sizeof(KnownWord), aligned, room));
}

const KnownWord* KnownWords::learn(std::string_view written) {
  if (written.empty() || written.size() > WordKey::longest) return nullptr;
  if (!is_plain(written)) return nullptr;
  Word word;
  read_run(written, 0, word);
  if (word.end != written.size()) return nullptr;  // two words: habitantsLes
  WordForms forms;
  compute_forms(word, options_, forms);
  const auto exact = word.exact.view();
  KnownWord row;
  row.key = key_of(written, 0, written.size());
  RowWriter writer(row);
  row.exact = writer.put(exact, {0, static_cast<std::uint8_t>(written.size())});
  row.folded = writer.put(forms.folded.view(), row.exact);
  row.stem = writer.put(forms.stem.view(), row.folded);
  if (writer.full()) return nullptr;
  row.stop_word = forms.stop_word;
  row.ends_in_digit = word.ends_in_digit;
  row.elision = elision_of(exact);
  row.introduces_address = may_introduce_address(exact);
  row.clitic = is_clitic_word(exact);
  auto* place = first_row(row.key) + 1;
  *place = row;
  return place;
}

}  // namespace limier
