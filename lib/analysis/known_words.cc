#include "analysis/known_words.h"

#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <new>

#include "analysis/addresses.h"
#include "analysis/characters.h"
#include "analysis/compounds.h"
#include "analysis/elision.h"
#include "analysis/inclusive.h"
#include "analysis/word_forms.h"
#include "text/utf8.h"

namespace limier {
namespace {

/// For each size, the bits of a key's bytes.
constexpr std::array<WordKey, WordKey::longest + 1> masks = [] {
  std::array<WordKey, WordKey::longest + 1> all{};
  for (std::size_t size = 0; size < all.size(); ++size) {
    std::array<unsigned char, WordKey::longest> bytes{};
    for (std::size_t i = 0; i < size; ++i) bytes[i] = 0xFF;
    all[size] = std::bit_cast<WordKey>(bytes);
  }
  return all;
}();

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

/// Puts `form` into the row, at the first place where its bytes stand already or find room. False where they do not.
bool put(KnownWord& row, std::size_t& used, std::string_view form, KnownWord::Form& place) {
  const std::string_view bytes(reinterpret_cast<const char*>(&row), sizeof row);
  auto begin = bytes.substr(0, WordKey::longest).find(form);
  if (begin == bytes.npos) begin = bytes.substr(0, used).find(form, offsetof(KnownWord, bytes));
  if (begin == bytes.npos) {
    if (form.size() > sizeof row - used) return false;
    begin = used;
    std::memcpy(reinterpret_cast<char*>(&row) + used, form.data(), form.size());
    used += form.size();
  }
  place = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(form.size())};
  return true;
}

}  // namespace

WordKey key_of(std::string_view text, std::size_t begin, std::size_t end) {
  WordKey key;
  const auto size = end - begin;
  if (size > WordKey::longest) return key;
  if (text.size() - begin < sizeof key) {  // no bytes behind the text are read
    std::memcpy(&key, text.data() + begin, size);
    return key;
  }
  std::memcpy(&key, text.data() + begin, sizeof key);
  key.first &= masks[size].first;
  key.second &= masks[size].second;
  return key;
}

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
  WordForms forms;
  compute_forms(word, options_, forms);
  const auto exact = word.exact.view();
  KnownWord row;
  row.key = key_of(written, 0, written.size());
  auto used = offsetof(KnownWord, bytes);
  if (!put(row, used, exact, row.exact) || !put(row, used, forms.folded.view(), row.folded) ||
      !put(row, used, forms.stem.view(), row.stem)) {
    return nullptr;
  }
  row.stop_word = forms.stop_word;
  row.ends_in_digit = word.ends_in_digit;
  row.elision = elision_of(exact);
  row.introduces_address = may_introduce_address(exact);
  row.clitic = is_clitic_word(exact);
  row.ending = is_inclusive_ending(exact);
  auto* place = first_row(row.key);
  place[1] = place[0];  // the word that came first leaves
  place[0] = row;
  return place;
}

}  // namespace limier
