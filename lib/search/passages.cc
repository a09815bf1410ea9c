#include "search/passages.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <utility>

namespace limier {
namespace {

using Pieces = std::vector<Piece>;
using Weights = std::vector<std::uint64_t>;

bool is_empty(Passage passage) { return passage.first == passage.last; }

bool overlap(Passage a, Passage b) { return a.first < b.last && b.first < a.last; }

bool holds(Passage outer, Passage inner) { return outer.first <= inner.first && inner.last <= outer.last; }

/// From where the first piece begins to where the last one ends.
std::size_t bytes_in(const Pieces& pieces, Passage passage) {
  return is_empty(passage) ? 0 : pieces[passage.last - 1].end - pieces[passage.first].begin;
}

/// Whole numbers, for their sums are the same in whatever order things come and go.
Weights weights_of(const std::vector<Wanted>& wanted) {
  constexpr double greatest = 1e6, steps = 1 << 16;
  Weights weights;
  for (const Wanted& each : wanted) {
    const double weight = each.weight > 0 ? std::min(each.weight, greatest) : 0;
    weights.push_back(1 + static_cast<std::uint64_t>(std::llround(weight * steps)));
  }
  return weights;
}

/// What a passage is worth: the weight of what it holds, each thing once; then that of all its places.
struct Worth {
  std::uint64_t different = 0, places = 0;

  auto operator<=>(const Worth&) const = default;
};

class Chooser {
 public:
  Chooser(const Pieces& pieces, std::vector<Place> places, const std::vector<Wanted>& wanted)
      : pieces_(pieces), places_(std::move(places)), weights_(weights_of(wanted)) {
    std::sort(places_.begin(), places_.end(),
              [](const Place& a, const Place& b) { return a.passage.last < b.passage.last; });
  }

  /// Up to `count` passages of at most `limit` bytes each, one after the other the best of those that are left; in the
  /// order of the text.
  std::vector<Passage> choose(std::size_t count, std::size_t limit) const {
    std::vector<Passage> chosen;
    Weights missing = weights_;
    std::vector<Place> rest = places_;
    while (chosen.size() < count) {
      const Passage best = find_best(rest, missing, chosen, limit);
      if (is_empty(best)) break;
      chosen.push_back(best);
      for (const Place& place : rest)
        if (holds(best, place.passage)) missing[place.wanted] = 0;
      std::erase_if(rest, [&](const Place& place) { return overlap(best, place.passage); });
    }
    std::sort(chosen.begin(), chosen.end(), [](Passage a, Passage b) { return a.first < b.first; });
    return chosen;
  }

 private:
  /// A window is moved over `places`, which do not overlap `taken`, from one's end to the next.
  Passage find_best(const std::vector<Place>& places, const Weights& missing, const std::vector<Passage>& taken,
                    std::size_t limit) const {
    std::vector<const Place*> by_first;
    for (const Place& place : places) by_first.push_back(&place);
    std::sort(by_first.begin(), by_first.end(),
              [](const Place* a, const Place* b) { return a->passage.first < b->passage.first; });
    std::vector<std::size_t> counts(weights_.size());
    auto leaving = by_first.begin();
    Passage best;
    Worth held, most;
    std::size_t begin = 0;
    for (const Place& place : places) {
      for (const Passage& other : taken)
        if (other.last <= place.passage.first) begin = std::max(begin, other.last);
      while (bytes_in(pieces_, {begin, place.passage.last}) > limit) ++begin;
      for (; leaving != by_first.end() && (*leaving)->passage.first < begin; ++leaving) {
        const bool was_held = *leaving < &place;
        if (!was_held) continue;
        const std::size_t wanted = (*leaving)->wanted;
        if (--counts[wanted] == 0) held.different -= missing[wanted];
        held.places -= weights_[wanted];
      }
      if (place.passage.first < begin) continue;
      if (counts[place.wanted]++ == 0) held.different += missing[place.wanted];
      held.places += weights_[place.wanted];
      if (held > most) {
        most = held;
        best = {begin, place.passage.last};
      }
    }
    return trimmed(best, places);
  }

  /// From the first place on.
  static Passage trimmed(Passage passage, const std::vector<Place>& places) {
    std::size_t first = passage.last;
    for (const Place& place : places)
      if (holds(passage, place.passage)) first = std::min(first, place.passage.first);
    return {first, passage.last};
  }

  const Pieces& pieces_;
  std::vector<Place> places_;  // By their ends.
  Weights weights_;
};

class Widener {
 public:
  explicit Widener(const Pieces& pieces) : pieces_(pieces) {}

  /// Fills up to `limit` bytes within `bounds`: the sentence, from its beginning if that fits; then whole sentences
  /// behind, and before.
  Passage widened(Passage passage, Passage bounds, std::size_t limit) const {
    const auto fits = [&](std::size_t first, std::size_t last) {
      return holds(bounds, {first, last}) && bytes_in(pieces_, {first, last}) <= limit;
    };
    auto& [first, last] = passage;
    if (fits(sentence_start(first), last)) {
      first = sentence_start(first);
    } else if (!fits(first, sentence_end(last))) {
      const std::size_t bytes = bytes_in(pieces_, passage), third = bytes + (limit - bytes) / 3;
      while (fits(first - 1, last) && bytes_in(pieces_, {first - 1, last}) <= third) --first;
    }
    while (!is_edge(last) && fits(first, last + 1)) ++last;
    while (!is_edge(first) && fits(first - 1, last)) --first;
    while (is_edge(last) && last < bounds.last && fits(first, sentence_end(last + 1))) last = sentence_end(last + 1);
    while (is_edge(first) && first > bounds.first && fits(sentence_start(first - 1), last))
      first = sentence_start(first - 1);
    const bool sentences_fit = !is_empty(passage);
    while (!sentences_fit && fits(first, last + 1)) ++last;
    return passage;
  }

 private:
  /// Whether a sentence begins, or the text ends, there.
  bool is_edge(std::size_t piece) const { return piece == pieces_.size() || pieces_[piece].starts_sentence; }

  std::size_t sentence_start(std::size_t piece) const {
    while (!is_edge(piece)) --piece;
    return piece;
  }

  std::size_t sentence_end(std::size_t piece) const {
    while (!is_edge(piece)) ++piece;
    return piece;
  }

  const Pieces& pieces_;
};

/// Up to `limit` bytes each.
void widen(const Pieces& pieces, std::vector<Passage>& passages, std::size_t limit) {
  const Widener widener(pieces);
  for (std::size_t i = 0; i < passages.size(); ++i) {
    const Passage bounds{i == 0 ? 0 : passages[i - 1].last,
                         i + 1 == passages.size() ? pieces.size() : passages[i + 1].first};
    passages[i] = widener.widened(passages[i], bounds, limit);
  }
}

/// Those that touch become one.
std::vector<Passage> joined(const std::vector<Passage>& passages) {
  std::vector<Passage> joined;
  for (const Passage& passage : passages) {
    if (!joined.empty() && joined.back().last == passage.first) {
      joined.back().last = passage.last;
    } else if (!is_empty(passage)) {
      joined.push_back(passage);
    }
  }
  return joined;
}

}  // namespace

std::vector<Passage> choose_passages(const Pieces& pieces, std::vector<Place> places, const std::vector<Wanted>& wanted,
                                     const PassageLimits& limits) {
  if (bytes_in(pieces, {0, pieces.size()}) <= limits.room) return joined({{0, pieces.size()}});
  const std::size_t room = limits.room - std::min(limits.room, (limits.passages - 1) * limits.joint);
  const std::size_t each = room / limits.passages;
  std::vector<Passage> passages = Chooser(pieces, std::move(places), wanted).choose(limits.passages, each);
  if (passages.empty()) passages.push_back({});
  widen(pieces, passages, each);
  return joined(passages);
}

}  // namespace limier
