#include "analysis/unspaced.h"

#include <unicode/locid.h>
#include <unicode/ubrk.h>

#include <new>

#include "limier/error.h"
#include "text/folding.h"
#include "text/message.h"
#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::uint32_t slice_size = 4096;

bool belongs_to_unspaced_run(CharacterKind kind) {
  return kind == CharacterKind::Unspaced || kind == CharacterKind::Mark || kind == CharacterKind::Ignorable;
}

/// Where the run of unspaced letters at `at` ends, or its slice.
std::uint32_t end_of_slice(std::string_view text, std::uint32_t at) {
  const auto limit = at + slice_size;
  while (at < text.size() && at < limit) {
    const auto [value, length] = decode_utf8(text, at);
    if (!belongs_to_unspaced_run(properties_of(value).kind)) break;
    at += length;
  }
  return at;
}

void read_letters(std::string_view text, std::uint32_t begin, std::uint32_t end, Word& word) {
  word = {};
  word.ascii = word.latin = false;
  word.rule = translatable("dictionary");
  word.begin = begin;
  word.end = end;
  for (std::uint32_t at = begin; at < end;) {
    const auto [value, length] = decode_utf8(text, at);
    FoldingBuffer buffer;
    word.exact.append(fold_case(value, buffer));
    at += length;
  }
  word.exact.assign(to_nfc(word.exact.view()));
}

}  // namespace

std::unique_ptr<icu::BreakIterator> make_word_iterator() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> iterator(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) throw Error(ErrorCode::Io, message("ICU cannot load its word break rules"));
  return iterator;
}

std::uint32_t UnspacedWords::start(std::string_view text, std::uint32_t at) {
  text_ = text;
  begin_ = at_ = at;
  end_ = end_of_slice(text, at);
  open(text.substr(begin_, end_ - begin_));
  if (end_ - begin_ >= slice_size) {
    // The last word may go on in the next slice.
    const auto last = iterator_->preceding(static_cast<std::int32_t>(end_ - begin_));
    if (last > 0) end_ = begin_ + static_cast<std::uint32_t>(last);
    iterator_->first();
  }
  return end_;
}

void UnspacedWords::open(std::string_view slice) {
  if (!iterator_) iterator_.reset(prototype_.clone());
  UErrorCode status = U_ZERO_ERROR;
  UText* text = utext_openUTF8(nullptr, slice.data(), static_cast<std::int64_t>(slice.size()), &status);
  iterator_->setText(text, status);  // which keeps a clone
  utext_close(text);
  if (U_FAILURE(status)) throw std::bad_alloc();
  iterator_->first();
}

bool UnspacedWords::next(Word& word) {
  while (at_ < end_) {
    const auto boundary = iterator_->next();
    if (boundary == icu::BreakIterator::DONE) break;
    const auto begin = at_;
    at_ = begin_ + static_cast<std::uint32_t>(boundary);
    if (iterator_->getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;
    read_letters(text_, begin, at_, word);
    if (!word.exact.empty()) return true;
  }
  at_ = end_;
  return false;
}

}  // namespace limier
