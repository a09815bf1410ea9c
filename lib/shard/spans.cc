#include "shard/spans.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "shard/intersect.h"
#include "shard/position_lists.h"

namespace limier {

DocumentNumber Spans::add_prospects(DocumentNumber from, DocumentNumber end, DocumentNumber, Prospects& prospects) {
  const DocumentNumber document = advance(from);
  if (document >= end) return end;
  prospects.add(document, std::numeric_limits<std::uint32_t>::max());
  return document + 1;
}

void Spans::keep_places(Prospects& prospects) {
  std::vector<Span> found;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < prospects.size; ++i) {
    const DocumentNumber document = prospects.documents[i];
    const std::uint32_t least = prospects.least_places[i];
    if (advance(document) != document || most_places(document) < least) continue;
    find(document, found);
    if (found.size() < least) continue;
    prospects.move(i, kept);
    prospects.most_places[kept++] = static_cast<std::uint32_t>(found.size());
  }
  prospects.size = kept;
}

namespace {

/// Looks for words that follow one another in several documents together: each list is read by itself, as far as all of
/// them go.
class SequencePlaces {
 public:
  /// Of the words, the rarest first; `last_offset` is that of the last one.
  SequencePlaces(const Postings& postings, std::span<const PlanNode::Slot* const> words, std::uint32_t last_offset)
      : rarest_(postings, words.front()->terms) {
    for (const PlanNode::Slot* word : words) {
      words_.push_back({Union(postings, word->terms), last_offset - word->offset});
      if (words_.size() > 2) narrowing_.emplace_back(postings, word->terms);
      if (!word->forms.empty()) narrowing_.emplace_back(postings, word->forms);
    }
    if (words_.size() > 1) std::swap(words_[0], words_[1]);
  }

  /// As of Spans: those of the rarest word.
  DocumentNumber add(DocumentNumber from, DocumentNumber end, DocumentNumber stretch, Prospects& prospects) {
    return rarest_.take(from, end, stretch, prospects);
  }

  /// As of Spans. Documents without the third word or a form are left out first. Then those without the second, whose
  /// positions are read at once: the rarest word's are only read where both stand.
  void keep(Prospects& prospects) {
    for (Union& each : narrowing_) keep_those_of(each, prospects);
    if (starts_.size() < prospects.size) starts_.resize(2 * prospects.size);
    for (Word& word : words_) {
      word.terms.look_up_positions(prospects.numbers(), prospects.least(), word.lists);
      keep_places(word, prospects);
    }
  }

 private:
  struct Word {
    Union terms;
    std::uint32_t raised = 0;           // so that all words have the same positions
    PositionLists lists;                // in several documents
    std::vector<std::uint32_t> common;  // of these, with those of the words before
  };

  void keep_those_of(Union& terms, Prospects& prospects) {
    terms.look_up(prospects.numbers(), frequencies_);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < prospects.size; ++i) {
      prospects.move(i, kept);
      kept += static_cast<std::size_t>(frequencies_[i] > 0);
    }
    prospects.size = kept;
  }

  /// Leaves the documents that have enough places of this word with those before. Of the last one, it only matters how
  /// many there are.
  void keep_places(Word& word, Prospects& prospects) {
    const bool is_first = &word == &words_.front(), is_last = &word == &words_.back();
    if (word.common.size() < word.lists.numbers()) word.common.resize(2 * word.lists.numbers());
    std::uint32_t* room = word.common.data();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < word.lists.size(); ++i) {
      const std::size_t document = word.lists.document(i);
      RaisedPositions starts{word.lists[i], word.raised};
      std::size_t places = starts.positions.size();
      if (!is_first && is_last) {
        places = count_common(starts, starts_[document]);
      } else if (!is_first) {
        starts = {write_common(starts, starts_[document], room), 0};
        places = starts.positions.size();
        room += places + PositionLists::padding;
      }
      prospects.move(document, kept);
      prospects.most_places[kept] = static_cast<std::uint32_t>(places);
      starts_[kept] = starts;
      kept += static_cast<std::size_t>(places >= prospects.least_places[kept]);
    }
    prospects.size = kept;
  }

  Union rarest_;                         // on its own way
  std::vector<Union> narrowing_;         // likewise, for documents alone
  std::vector<Word> words_;              // the second rarest first, then the rarest, then the others
  std::vector<double> frequencies_;      // in each of the documents
  std::vector<RaisedPositions> starts_;  // likewise, by the words so far
};

/// Words that follow one another.
class SequenceSpans final : public Spans {
 public:
  SequenceSpans(const Postings& postings, const PlanNode& node)
      : postings_(postings), last_offset_(node.slots.back().offset) {
    for (const PlanNode::Slot& slot : node.slots) {
      words_.push_back({Union(postings, slot.terms), slot.offset, &slot});
      if (!slot.forms.empty()) forms_.push_back({Union(postings, slot.forms)});
    }
    const auto rarer = [](const Word& a, const Word& b) { return a.terms.cost() < b.terms.cost(); };
    std::stable_sort(words_.begin(), words_.end(), rarer);
    for (Word& word : words_) all_.push_back(&word);
    for (Word& word : forms_) all_.push_back(&word);
  }

  DocumentNumber advance(DocumentNumber target) override {
    return intersect(all_, target, [](Word* word, DocumentNumber t) { return word->terms.advance(t); });
  }

  /// Positions at which the sequence begins are raised by the last word's offset lest they fall below 0.
  void find(DocumentNumber document, std::vector<Span>& spans) override {
    spans.clear();
    std::span<std::uint32_t> starts;
    for (const Word& word : words_) {
      const bool is_first = &word == words_.data();
      const std::span<std::uint32_t> positions = word.terms.positions(document, is_first ? starts_ : positions_);
      const std::uint32_t raised = last_offset_ - word.offset;
      if (is_first) {
        for (std::uint32_t& position : positions) position += raised;
        starts = positions;
      } else {
        starts = starts.first(retain(starts, positions, raised));
      }
      if (starts.empty()) return;
    }
    for (const std::uint32_t start : starts) spans.push_back({start - last_offset_, start});
  }

  double most_places(DocumentNumber document) const override {
    std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    for (const Word& word : words_) most = std::min(most, word.terms.occurrences(document));
    return most;
  }

  DocumentNumber add_prospects(DocumentNumber from, DocumentNumber end, DocumentNumber stretch,
                               Prospects& prospects) override {
    return several().add(from, end, stretch, prospects);
  }

  void keep_places(Prospects& prospects) override { several().keep(prospects); }

  /// That of the rarest word, which reaches furthest.
  PostingBound bound(DocumentNumber target) override { return words_.front().terms.bound(target); }

  std::uint64_t cost() const override { return words_.front().terms.cost(); }

 private:
  struct Word {
    Union terms;
    std::uint32_t offset = 0;
    const PlanNode::Slot* slot = nullptr;
  };

  /// Leaves only those of `starts` that are among the positions, raised; how many these are. Both ascend. Which of them
  /// is less, nobody could foretell: there is no branch on it.
  static std::size_t retain(std::span<std::uint32_t> starts, std::span<const std::uint32_t> positions,
                            std::uint32_t raised) {
    std::size_t retained = 0;
    for (std::size_t i = 0, j = 0; i < starts.size() && j < positions.size();) {
      const std::uint32_t start = starts[i], position = positions[j] + raised;
      starts[retained] = start;
      retained += start == position ? 1 : 0;
      i += start <= position ? 1 : 0;
      j += position <= start ? 1 : 0;
    }
    return retained;
  }

  SequencePlaces& several() {
    if (several_) return *several_;
    std::vector<const PlanNode::Slot*> slots;
    for (const Word& word : words_) slots.push_back(word.slot);
    return several_.emplace(postings_, slots, last_offset_);
  }

  const Postings& postings_;
  std::vector<Word> words_, forms_;  // the rarest first
  std::vector<Word*> all_;
  std::optional<SequencePlaces> several_;  // once it is asked for
  std::uint32_t last_offset_;
  std::vector<std::uint32_t> starts_, positions_;  // room for them
};

using AllSpans = std::vector<std::unique_ptr<Spans>>;

double sum_of_places(const AllSpans& parts, DocumentNumber document) {
  return std::accumulate(parts.begin(), parts.end(), 0.0,
                         [=](double sum, const auto& part) { return sum + part->most_places(document); });
}

/// Any of several.
class AlternativeSpans final : public Spans {
 public:
  explicit AlternativeSpans(AllSpans alternatives) : alternatives_(std::move(alternatives)) {}

  DocumentNumber advance(DocumentNumber target) override {
    DocumentNumber first = no_document;
    for (const auto& alternative : alternatives_) first = std::min(first, alternative->advance(target));
    return first;
  }

  void find(DocumentNumber document, std::vector<Span>& spans) override {
    spans.clear();
    for (const auto& alternative : alternatives_) {
      if (alternative->advance(document) != document) continue;
      alternative->find(document, found_);
      spans.insert(spans.end(), found_.begin(), found_.end());
    }
    std::sort(spans.begin(), spans.end());
    // Of several with the same first word the shortest.
    spans.erase(std::unique(spans.begin(), spans.end(), [](Span a, Span b) { return a.first == b.first; }),
                spans.end());
  }

  double most_places(DocumentNumber document) const override { return sum_of_places(alternatives_, document); }

  std::uint64_t cost() const override {
    return std::accumulate(alternatives_.begin(), alternatives_.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& each) { return sum + each->cost(); });
  }

 private:
  AllSpans alternatives_;
  std::vector<Span> found_;
};

/// All of several, in any order, within a distance.
class NearSpans final : public Spans {
 public:
  NearSpans(AllSpans parts, std::uint32_t distance)
      : parts_(std::move(parts)), distance_(distance), found_(parts_.size()) {}

  DocumentNumber advance(DocumentNumber target) override {
    return intersect(parts_, target, [](const auto& part, DocumentNumber t) { return part->advance(t); });
  }

  void find(DocumentNumber document, std::vector<Span>& spans) override {
    spans.clear();
    starts_.clear();
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      parts_[i]->find(document, found_[i]);
      if (found_[i].empty()) return;
      for (const Span& span : found_[i]) starts_.push_back(span.first);
    }
    std::sort(starts_.begin(), starts_.end());
    starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
    for (const std::uint32_t start : starts_) {
      const std::optional<std::uint32_t> last = find_end(start);
      if (last && *last - start <= distance_) spans.push_back({start, *last});
    }
  }

  double most_places(DocumentNumber document) const override { return sum_of_places(parts_, document); }

  std::uint64_t cost() const override {
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (const auto& part : parts_) least = std::min(least, part->cost());
    return least;
  }

 private:
  /// The first position at which all parts, none of which begins before `start`, have ended.
  std::optional<std::uint32_t> find_end(std::uint32_t start) const {
    std::uint32_t last = start;
    for (const std::vector<Span>& spans : found_) {
      auto span = std::lower_bound(spans.begin(), spans.end(), Span{start, 0});
      std::uint32_t end = std::numeric_limits<std::uint32_t>::max();
      for (; span != spans.end() && span->first < end; ++span) end = std::min(end, span->last);
      if (end == std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
      last = std::max(last, end);
    }
    return last;
  }

  AllSpans parts_;
  std::uint32_t distance_;
  std::vector<std::vector<Span>> found_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace

std::unique_ptr<Spans> make_spans(const Postings& postings, const PlanNode& node) {
  if (node.kind == PlanNode::Kind::Phrase) return std::make_unique<SequenceSpans>(postings, node);
  const bool near = node.kind == PlanNode::Kind::Near;
  AllSpans parts;
  for (const PlanNode& child : node.children) {
    std::unique_ptr<Spans> part = make_spans(postings, child);
    if (part) parts.push_back(std::move(part));
    if (near && parts.empty()) return nullptr;
  }
  if (parts.empty() || (near && parts.size() < node.children.size())) return nullptr;
  if (near) return std::make_unique<NearSpans>(std::move(parts), node.distance);
  return std::make_unique<AlternativeSpans>(std::move(parts));
}

}  // namespace limier
