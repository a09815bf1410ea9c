#include "analysis/lexicon.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "text/folding.h"
#include "text/utf8.h"

namespace limier {

// Made from lexicon.txt when the library is built: its classes, one a line, each form followed by a space.
extern const std::string_view lexicon_text;

namespace {

std::string without_accents(std::string_view word) {
  std::string folded;
  for (std::size_t at = 0; at < word.size();) {
    const auto [code_point, length] = decode_utf8(word, at);
    FoldingBuffer buffer;
    folded += fold_accents(code_point, buffer);
    at += length;
  }
  return folded;
}

std::string without_apostrophes(std::string_view word) {
  std::string out(word);
  std::erase(out, '\'');
  return out;
}

/// A hash table from forms to classes: open addressing, a power of two of slots.
class Lexicon {
 public:
  explicit Lexicon(std::string_view text) : slots_(slot_count) {
    for (std::size_t at = 0, end = 0; at < text.size(); at = end + 1) {
      end = text.find('\n', at);
      add_class(text.substr(at, end - at));
    }
    // Last, so that a form of the text stands for itself alone: `maries` is not `mariés`.
    exact_end_ = letters_.size();
    for (const auto& [form, number] : forms_) add(without_accents(form), number);
    forms_ = {};
  }

  std::string_view find(std::string_view word) const {
    const Slot& slot = slots_[place_of(word)];
    return slot.size == 0 || slot.number == ambiguous ? std::string_view() : stems_view(slot.number);
  }

 private:
  static constexpr std::size_t slot_count = 1 << 15;  // for some 12,000 forms
  static constexpr std::uint16_t ambiguous = 0xFFFF;

  struct Slot {
    std::uint32_t begin = 0;  // in letters_
    std::uint16_t size = 0;   // 0: free
    std::uint16_t number = 0;
  };

  void add_class(std::string_view line) {
    const auto number = static_cast<std::uint16_t>(stems_.size());
    for (std::size_t at = 0, end = 0; (end = line.find(' ', at)) != line.npos; at = end + 1) {
      const std::string form = without_apostrophes(line.substr(at, end - at));
      if (at == 0) stems_.push_back(keep(without_accents(form)));
      add(form, number);
      forms_.emplace_back(form, number);
    }
  }

  void add(const std::string& form, std::uint16_t number) {
    Slot& slot = slots_[place_of(form)];
    if (slot.size == 0) {
      const auto [begin, size] = keep(form);
      slot = {begin, size, number};
    } else if (slot.begin >= exact_end_ && slot.number != number) {
      slot.number = ambiguous;
    }
  }

  std::pair<std::uint32_t, std::uint16_t> keep(const std::string& word) {
    const auto begin = static_cast<std::uint32_t>(letters_.size());
    letters_ += word;
    return {begin, static_cast<std::uint16_t>(word.size())};
  }

  std::string_view stems_view(std::uint16_t number) const {
    return std::string_view(letters_).substr(stems_[number].first, stems_[number].second);
  }

  /// Of the word's slot, or of the free one where it would be.
  std::size_t place_of(std::string_view word) const {
    std::size_t place = std::hash<std::string_view>()(word) % slot_count;
    while (slots_[place].size != 0 &&
           std::string_view(letters_).substr(slots_[place].begin, slots_[place].size) != word)
      place = (place + 1) % slot_count;
    return place;
  }

  std::string letters_;                                              // of all words, one after another
  std::size_t exact_end_ = std::numeric_limits<std::size_t>::max();  // of those in letters_ that stand in the text
  std::vector<std::pair<std::uint32_t, std::uint16_t>> stems_;       // by class
  std::vector<std::pair<std::string, std::uint16_t>> forms_;
  std::vector<Slot> slots_;
};

}  // namespace

std::string_view find_in_lexicon(std::string_view word) {
  static const Lexicon lexicon(lexicon_text);
  return lexicon.find(word);
}

}  // namespace limier
