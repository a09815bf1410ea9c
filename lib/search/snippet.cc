#include "limier/snippet.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::string_view white_space = " \t\r\n";

/// A word of the text with what belongs to it on paper: elision, quotation marks, punctuation
/// (`l’«\u00a0accord\u00a0»,`).
struct Word {
  std::size_t begin = 0, end = 0;              // The word itself, in bytes of the text.
  std::size_t outer_begin = 0, outer_end = 0;  // To the white space around.
  std::optional<std::size_t> stem;             // Which of those that are looked for.
  bool starts_sentence = false;
};

/// Where in the gap between two words what belongs to the next one begins: at its opening mark, or after the last
/// space.
std::size_t opening(std::string_view gap) {
  for (const std::string_view mark : {"«", "“", "(", "["})
    if (const std::size_t at = gap.rfind(mark); at != std::string_view::npos) return at;
  const std::size_t space = gap.find_last_of(white_space);
  return space == std::string_view::npos ? gap.size() : space + 1;
}

std::size_t trimmed_size(std::string_view text) {
  const std::size_t last = text.find_last_not_of(white_space);
  return last == std::string_view::npos ? 0 : last + 1;
}

std::vector<Word> words_of(std::string_view text, const std::vector<std::string>& stems, const Analyzer& analyzer) {
  std::vector<Word> words;
  analyzer.analyze(text, [&](const Token& token) {
    Word word{token.begin, token.end, 0, trimmed_size(text), {}, true};
    if (!words.empty()) {
      const std::size_t last_end = words.back().end;
      const std::string_view gap = text.substr(last_end, token.begin - last_end);
      word.outer_begin = last_end + opening(gap);
      word.starts_sentence = gap.find_first_of(".!?\n") != std::string_view::npos && word.outer_begin > last_end;
      words.back().outer_end = last_end + trimmed_size(gap.substr(0, opening(gap)));
    }
    const auto found = std::lower_bound(stems.begin(), stems.end(), token.stem);
    if (found != stems.end() && *found == token.stem) word.stem = static_cast<std::size_t>(found - stems.begin());
    words.push_back(word);
  });
  return words;
}

/// A run of words, [first, last).
struct Passage {
  std::size_t first = 0, last = 0;
};

std::size_t bytes(const std::vector<Word>& words, Passage passage) {
  return passage.first == passage.last ? 0 : words[passage.last - 1].outer_end - words[passage.first].outer_begin;
}

/// The first of the passages of at most `limit` bytes that hold the most different stems, then the most occurrences;
/// from its first match on. Empty where nothing matches.
Passage best_passage(const std::vector<Word>& words, std::size_t stems, std::size_t limit) {
  std::vector<std::size_t> counts(stems);
  std::pair<std::size_t, std::size_t> held{0, 0}, most{0, 0};  // different stems, occurrences
  Passage window, best;
  while (window.last < words.size()) {
    if (const auto stem = words[window.last++].stem) {
      held.first += counts[*stem]++ == 0;
      ++held.second;
    }
    while (window.first < window.last && (bytes(words, window) > limit || !words[window.first].stem)) {
      if (const auto stem = words[window.first++].stem) {
        held.first -= --counts[*stem] == 0;
        --held.second;
      }
    }
    if (held > most) {
      most = held;
      best = window;
    }
  }
  return best;
}

/// Where the sentence of a word begins.
std::size_t sentence_start(const std::vector<Word>& words, std::size_t word) {
  while (!words[word].starts_sentence) --word;
  return word;
}

/// Fills the room that is left: back to where the sentence begins, or else over a third of the room; then onwards; and
/// what is left then with whole sentences before.
Passage widened(Passage passage, const std::vector<Word>& words, std::size_t limit) {
  const auto fits = [&](Passage wider) { return bytes(words, wider) <= limit; };
  if (passage.first < passage.last) {
    const std::size_t start = sentence_start(words, passage.first);
    if (fits({start, passage.last})) {
      passage.first = start;
    } else {
      const std::size_t third = bytes(words, passage) + (limit - bytes(words, passage)) / 3;
      while (bytes(words, {passage.first - 1, passage.last}) <= third) --passage.first;
    }
  }
  while (passage.last < words.size() && fits({passage.first, passage.last + 1})) ++passage.last;
  while (passage.first > 0 && fits({sentence_start(words, passage.first - 1), passage.last}))
    passage.first = sentence_start(words, passage.first - 1);
  return passage;
}

/// Takes text over to a single line: a run of white space becomes one space.
class Line {
 public:
  void append(std::string_view text) {
    for (const char c : text) {
      if (white_space.find(c) == std::string_view::npos)
        line_.push_back(c);
      else if (!line_.empty() && line_.back() != ' ')
        line_.push_back(' ');
    }
  }

  std::size_t size() const { return line_.size(); }
  std::string take() { return std::move(line_); }

 private:
  std::string line_;
};

Snippet cut(std::string_view text, const std::vector<Word>& words, Passage passage) {
  const std::size_t end = words[passage.last - 1].outer_end;
  Snippet snippet;
  Line line;
  if (passage.first > 0) line.append(ellipsis);
  std::size_t taken = words[passage.first].outer_begin;
  for (std::size_t i = passage.first; i < passage.last; ++i) {
    if (!words[i].stem) continue;
    line.append(text.substr(taken, words[i].begin - taken));
    const std::size_t start = line.size();
    line.append(text.substr(words[i].begin, words[i].end - words[i].begin));
    snippet.highlights.push_back({start, line.size()});
    taken = words[i].end;
  }
  line.append(text.substr(taken, end - taken));
  if (passage.last < words.size()) line.append(ellipsis);
  snippet.text = line.take();
  return snippet;
}

/// For a text without words that fit, such as a single one longer than a snippet.
Snippet cut_anywhere(std::string_view text, std::size_t limit) {
  Line line;
  line.append(text.substr(0, utf8_boundary(text, std::min(limit, text.size()))));
  if (limit < text.size()) line.append(ellipsis);
  return {line.take(), {}};
}

}  // namespace

Snippet make_snippet(std::string_view text, const std::vector<std::string>& stems, const Analyzer& analyzer,
                     const SnippetOptions& options) {
  if (!is_valid_utf8(text)) return make_snippet(replace_invalid_utf8(text), stems, analyzer, options);
  const std::size_t room_for_cuts = text.size() <= options.length ? 0 : 2 * ellipsis.size();
  const std::size_t limit = options.length - std::min(options.length, room_for_cuts);
  const std::vector<Word> words = words_of(text, stems, analyzer);
  const Passage passage = widened(best_passage(words, stems.size(), limit), words, limit);
  if (passage.first == passage.last) return cut_anywhere(text, limit);
  return cut(text, words, passage);
}

}  // namespace limier
