#include "limier/snippet.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "analysis/characters.h"
#include "limier/error.h"
#include "search/find_wanted.h"
#include "search/passages.h"
#include "search/sentences.h"
#include "text/message.h"
#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::string_view joint = " … ";  // between passages
constexpr std::string_view white_space = " \t\r\n\v\f";

std::size_t trimmed_size(std::string_view text) {
  while (!text.empty()) {
    const DecodedCodePoint last = decode_utf8_before(text, text.size());
    if (!is_white_space(last.value)) break;
    text.remove_suffix(last.length);
  }
  return text.size();
}

bool ends_in_opening_mark(std::string_view text) {
  for (const std::string_view mark : {"«", "“", "(", "["})
    if (text.ends_with(mark)) return true;
  return false;
}

/// Behind the last white space in `gap`; its beginning if there is none.
std::size_t after_space(std::string_view gap) {
  while (!gap.empty()) {
    const DecodedCodePoint last = decode_utf8_before(gap, gap.size());
    if (is_white_space(last.value)) break;
    gap.remove_suffix(last.length);
  }
  return gap.size();
}

/// Where in the gap between two words what belongs to the next one begins: behind the last space, or with the opening
/// marks before it. The whole gap ties the two where there is no space.
std::size_t find_opening(std::string_view gap) {
  std::size_t opening = after_space(gap);
  for (;;) {
    const std::size_t before = trimmed_size(gap.substr(0, opening));
    if (!ends_in_opening_mark(gap.substr(0, before))) return opening;
    opening = after_space(gap.substr(0, before));
  }
}

/// A text, taken apart, with what is wanted in it.
class Text {
 public:
  Text(std::string_view text, const std::vector<Wanted>& wanted, const Analyzer& analyzer) : text_(text) {
    WantedFinder finder(wanted);
    analyzer.analyze(text, [&](const Token& token) {
      add(token);
      finder.add(token);
    });
    if (!pieces_.empty()) pieces_.back().end = static_cast<std::uint32_t>(trimmed_size(text));
    found_ = finder.find();
  }

  const std::vector<Piece>& pieces() const { return pieces_; }

  std::vector<Place> places() const {
    std::vector<Place> places;
    for (const auto& [words, wanted] : found_.places)
      places.push_back({{words_[words.first].piece, words_[words.last].piece + 1}, wanted});
    return places;
  }

  /// Calls `visit(bytes, is_lit)` for the parts of a passage: the words that are lit, and what stands between.
  template <typename Visit>
  void for_each_part(Passage passage, Visit visit) const {
    std::size_t done = pieces_[passage.first].begin;
    const auto visit_to = [&](std::size_t end, bool is_lit) {
      visit(text_.substr(done, end - done), is_lit);
      done = end;
    };
    const auto in_passage = [](const Word& word, std::size_t piece) { return word.piece < piece; };
    auto word = std::lower_bound(words_.begin(), words_.end(), passage.first, in_passage);
    for (; word != words_.end() && word->piece < passage.last; ++word) {
      if (!found_.lit[static_cast<std::size_t>(word - words_.begin())]) continue;
      visit_to(word->begin, false);
      visit_to(word->end, true);
    }
    visit_to(pieces_[passage.last - 1].end, false);
  }

 private:
  struct Word {
    std::uint32_t begin = 0, end = 0;  // In bytes, elision not included.
    std::size_t piece = 0;
  };

  void add(const Token& token) {
    if (words_.empty()) {
      pieces_.push_back({0, 0, true});
    } else {
      const std::uint32_t from = words_.back().end;
      const std::string_view gap = text_.substr(from, token.begin - from);
      const std::optional<std::uint32_t> sentence_end = find_sentence_end(text_, from, token.begin);
      const auto opening = from + static_cast<std::uint32_t>(find_opening(gap));
      const bool is_tied = opening == from && !gap.empty();
      if (sentence_end || !is_tied) begin_piece(sentence_end.value_or(opening), sentence_end.has_value());
    }
    words_.push_back({token.begin, token.end, pieces_.size() - 1});
  }

  void begin_piece(std::uint32_t at, bool starts_sentence) {
    pieces_.back().end = static_cast<std::uint32_t>(trimmed_size(text_.substr(0, at)));
    for (DecodedCodePoint next = decode_utf8(text_, at); is_white_space(next.value); next = decode_utf8(text_, at))
      at += next.length;
    pieces_.push_back({at, 0, starts_sentence});
  }

  std::string_view text_;
  std::vector<Word> words_;
  std::vector<Piece> pieces_;
  WantedPlaces found_;
};

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

Snippet cut(const Text& text, const std::vector<Passage>& passages) {
  const auto is_cut = [&](std::size_t piece) {
    return piece < text.pieces().size() && !text.pieces()[piece].starts_sentence;
  };
  Snippet snippet;
  Line line;
  if (is_cut(passages.front().first)) line.append(ellipsis);
  for (const Passage& passage : passages) {
    if (passage.first != passages.front().first) line.append(joint);
    text.for_each_part(passage, [&](std::string_view part, bool is_lit) {
      const std::size_t begin = line.size();
      line.append(part);
      if (is_lit) snippet.highlights.push_back({begin, line.size()});
    });
  }
  if (is_cut(passages.back().last)) line.append(ellipsis);
  snippet.text = line.take();
  return snippet;
}

/// For a text without words that fit, such as a single one longer than a snippet.
Snippet cut_anywhere(std::string_view text, std::size_t length) {
  Line line;
  if (text.size() <= length) {
    line.append(text);
  } else if (length >= ellipsis.size()) {
    line.append(text.substr(0, utf8_boundary(text, length - ellipsis.size())));
    line.append(ellipsis);
  }
  return {line.take(), {}};
}

}  // namespace

Snippet make_snippet(std::string_view text, const std::vector<Wanted>& wanted, const Analyzer& analyzer,
                     const SnippetOptions& options) {
  if (options.passages < 1 || options.passages > 3)
    throw Error(ErrorCode::InvalidArgument, message("a snippet has 1 to 3 passages"));
  if (!is_valid_utf8(text)) return make_snippet(replace_invalid_utf8(text), wanted, analyzer, options);
  const Text parts(text, wanted, analyzer);
  const std::size_t room_for_cuts = text.size() <= options.length ? 0 : 2 * ellipsis.size();
  const PassageLimits limits{.passages = options.passages,
                             .room = options.length - std::min(options.length, room_for_cuts),
                             .joint = joint.size()};
  const std::vector<Passage> passages = choose_passages(parts.pieces(), parts.places(), wanted, limits);
  return passages.empty() ? cut_anywhere(text, options.length) : cut(parts, passages);
}

}  // namespace limier
