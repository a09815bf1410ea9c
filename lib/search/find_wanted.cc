#include "search/find_wanted.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace limier {
namespace {

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

bool begins_before(const WordSpan& a, const WordSpan& b) { return a.first < b.first; }

/// The last word of the shortest stretch that begins at `start` and holds a span of each part; none without one.
std::optional<std::uint32_t> find_end(const std::vector<std::vector<WordSpan>>& parts, std::uint32_t start) {
  std::uint32_t last = start;
  for (const std::vector<WordSpan>& spans : parts) {
    std::uint32_t end = nowhere;
    for (auto span = std::lower_bound(spans.begin(), spans.end(), WordSpan{start, 0}, begins_before);
         span != spans.end() && span->first < end; ++span)
      end = std::min(end, span->last);
    if (end == nowhere) return std::nullopt;
    last = std::max(last, end);
  }
  return last;
}

/// Calls `visit(span, window)` for every span that lies in a window, with the one of these that reaches furthest. Spans
/// and windows ascend; of the windows the ends do too.
template <typename Visit>
void for_each_inside(const std::vector<WordSpan>& spans, const std::vector<WordSpan>& windows, Visit visit) {
  auto next = windows.begin();
  for (const WordSpan& span : spans) {
    while (next != windows.end() && next->first <= span.first) ++next;
    if (next != windows.begin() && span.last <= std::prev(next)->last) visit(span, *std::prev(next));
  }
}

}  // namespace

WantedFinder::WantedFinder(const std::vector<Wanted>& wanted) : wanted_(wanted) {
  for (const Wanted& each : wanted) learn(each);
}

void WantedFinder::learn(const Wanted& wanted) {
  for (const Wanted::Word& word : wanted.words) {
    Positions& positions = positions_[&word];
    for (const std::string& stem : word.stems) by_stem_[stem].push_back(&positions);
    for (const std::string& form : word.forms) by_form_[form].push_back(&positions);
  }
  for (const std::vector<Wanted>& alternatives : wanted.parts)
    for (const Wanted& alternative : alternatives) learn(alternative);
}

void WantedFinder::add(const Token& token) {
  const auto add_to = [&](const auto& words, std::string_view text) {
    const auto found = words.find(text);
    if (found == words.end()) return;
    for (Positions* positions : found->second)
      if (positions->empty() || positions->back() != words_) positions->push_back(words_);
  };
  add_to(by_stem_, token.stem);
  add_to(by_form_, token.exact);
  ++words_;
}

WantedPlaces WantedFinder::find() {
  WantedPlaces found;
  lit_.assign(words_, false);
  for (std::uint32_t i = 0; i < wanted_.size(); ++i) {
    for (const WordSpan& span : find(wanted_[i])) found.places.push_back({span, i});
    light(wanted_[i], {{0, words_}});
  }
  found.lit = std::move(lit_);
  return found;
}

const WantedFinder::Spans& WantedFinder::find(const Wanted& wanted) {
  Spans spans = wanted.parts.empty() ? find_sequence(wanted.words) : find_near(wanted);
  return spans_[&wanted] = std::move(spans);
}

WantedFinder::Spans WantedFinder::find_sequence(const std::vector<Wanted::Word>& words) const {
  if (words.empty()) return {};
  const auto length = static_cast<std::uint32_t>(words.size());
  Spans spans;
  for (const std::uint32_t first : positions_.at(&words.front())) {
    std::uint32_t next = 1;
    while (next < length) {
      const Positions& positions = positions_.at(&words[next]);
      if (!std::binary_search(positions.begin(), positions.end(), first + next)) break;
      ++next;
    }
    if (next == length) spans.push_back({first, first + length - 1});
  }
  return spans;
}

WantedFinder::Spans WantedFinder::find_near(const Wanted& wanted) {
  std::vector<Spans> parts;
  Positions starts;
  for (const std::vector<Wanted>& alternatives : wanted.parts) {
    parts.push_back(find_any(alternatives));
    for (const WordSpan& span : parts.back()) starts.push_back(span.first);
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  Spans spans;
  for (const std::uint32_t start : starts) {
    const std::optional<std::uint32_t> last = find_end(parts, start);
    if (last && *last - start <= wanted.distance) spans.push_back({start, *last});
  }
  return spans;
}

WantedFinder::Spans WantedFinder::find_any(const std::vector<Wanted>& alternatives) {
  Spans all;
  for (const Wanted& alternative : alternatives) {
    const Spans& spans = find(alternative);
    all.insert(all.end(), spans.begin(), spans.end());
  }
  std::sort(all.begin(), all.end(), begins_before);
  return all;
}

/// Lights the words of all that lies in one of the windows. Those of parts near each other are lit wherever they stand
/// with all the others, not only in the shortest stretch: both `paix` in `accord, paix, paix`.
void WantedFinder::light(const Wanted& wanted, const Spans& windows) {
  Spans within;
  for_each_inside(spans_.at(&wanted), windows, [&](const WordSpan& span, const WordSpan& window) {
    if (wanted.parts.empty()) {
      for (std::uint32_t word = span.first; word <= span.last; ++word) lit_[word] = true;
    } else {
      const std::uint32_t reach = std::min(wanted.distance, window.last - span.first);
      within.push_back({span.first, span.first + reach});
    }
  });
  for (const std::vector<Wanted>& alternatives : wanted.parts)
    for (const Wanted& alternative : alternatives) light(alternative, within);
}

}  // namespace limier
