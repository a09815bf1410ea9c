#include "analysis/minimal.h"

#include "analysis/letters.h"

namespace limier {
namespace {

constexpr std::size_t shortest = 6;  // in letters; shorter words are their own stems

/// REQUIRES that the word is not empty.
std::string_view last_letter(std::string_view word) {
  std::size_t begin = word.size() - 1;
  while (begin > 0 && is_continuation(word[begin])) --begin;
  return word.substr(begin);
}

}  // namespace

std::size_t minimal_stem(char* text, std::size_t size) {
  std::string_view word(text, size);
  if (count_letters(word) < shortest) return size;
  if (word.ends_with('x')) {
    if (word.ends_with("aux")) text[size - 2] = 'l';  // chevaux -> cheval
    return size - 1;
  }
  for (const std::string_view ending : {"s", "r", "e", "é"})  // mangées -> mang
    if (word.ends_with(ending)) word.remove_suffix(ending.size());
  const std::string_view last = last_letter(word);
  const std::string_view before = word.substr(0, word.size() - last.size());
  return is_letter(last) && before.ends_with(last) ? before.size() : word.size();  // bonn -> bon
}

}  // namespace limier
