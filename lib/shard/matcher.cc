#include "shard/matcher.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "shard/counted_cursors.h"
#include "shard/saturation.h"
#include "shard/schema.h"
#include "text/decimal.h"

namespace limier {
namespace {

/// Of what a node looks for.
class Saturation {
 public:
  Saturation(const QueryPlan& plan, const Postings& postings, const PlanNode& node)
      : plan_(plan), postings_(postings), node_(node) {}

  double operator()(DocumentNumber document, double frequency) const {
    return frequency == 0 ? 0 : (*this)(postings_.lengths(document), frequency);
  }

  /// In a document of such lengths.
  double operator()(const DocumentLengths& lengths, double frequency) const {
    return saturated(frequency, half(lengths));
  }

  /// The frequency that half of what endless repetition scores takes.
  double half(const DocumentLengths& lengths) const {
    return plan_.k1 * (node_.length_normalised ? length_factor(plan_, lengths) : 1);
  }

 private:
  const QueryPlan& plan_;
  const Postings& postings_;
  const PlanNode& node_;
};

void set_factors(ScoreShare& share, double weight, double idf, double frequency, double saturation) {
  share.weight = weight;
  share.idf = idf;
  share.frequency = frequency;
  share.saturation = saturation;
  share.score = weight * idf * saturation;
}

std::string_view kind_of(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Word:
      return node.weight > 0 ? translatable("word") : translatable("filter");
    case PlanNode::Kind::Phrase:
      return translatable("phrase");
    case PlanNode::Kind::Near:
      return translatable("near");
    case PlanNode::Kind::Alternatives:
      return translatable("alternatives");
    case PlanNode::Kind::Group:
      return translatable("group");
    default:
      return translatable("filter");
  }
}

class AllMatcher final : public Matcher {
 public:
  AllMatcher(const Postings& postings, const PlanNode& node)
      : Matcher(node), documents_(postings.all_documents()), cost_(postings.document_count()) {}

  double score(DocumentNumber) override { return 0; }
  std::uint64_t cost() const override { return cost_; }
  void keep(DocumentBits&) override {}

 private:
  DocumentNumber seek(DocumentNumber target) override { return documents_->advance(target); }

  std::unique_ptr<PostingCursor> documents_;
  std::uint64_t cost_;
};

/// Documents in which something may stand, ascending; how many places there are at most in each, and how many matter.
struct Prospects {
  std::size_t size = 0;
  std::vector<DocumentNumber> documents;  // with room for more
  std::vector<std::uint32_t> most_places, least_places;

  void make_room(std::size_t more) {
    if (documents.size() >= size + more) return;
    documents.resize(2 * (size + more));
    most_places.resize(documents.size());
    least_places.resize(documents.size());
  }

  void add(DocumentNumber document, std::uint32_t most) {
    make_room(1);
    documents[size] = document;
    most_places[size++] = most;
  }

  void move(std::size_t from, std::size_t to) {
    documents[to] = documents[from];
    most_places[to] = most_places[from];
    least_places[to] = least_places[from];
  }

  std::span<const DocumentNumber> numbers() const { return std::span(documents).first(size); }
  std::span<const std::uint32_t> least() const { return std::span(least_places).first(size); }
};

/// The documents of several terms, whose lists are only opened where documents are first asked for.
class Union {
 public:
  /// Without positions. All of them outlive it.
  Union(const Postings& postings, const std::vector<CountedTerm>& terms, bool matching = true)
      : postings_(&postings), counted_(&terms), matching_(matching) {}

  Union(const Postings& postings, const std::vector<std::string>& terms) : postings_(&postings), terms_(&terms) {}

  std::uint64_t cost() const {
    if (cost_) return *cost_;
    cost_ = 0;
    if (counted_ != nullptr) {
      cost_ = sum_of_frequencies(*postings_, *counted_, matching_);
    } else {
      for (const std::string& term : *terms_) *cost_ += postings_->document_frequency(term);
    }
    return *cost_;
  }

  /// Members that stand behind `target` are left alone, and so are all where none of them can be there.
  DocumentNumber advance(DocumentNumber target) {
    if (target <= first_) return first_;
    if (first_ == 0) open(target);
    if (members_.size() == 1) return first_ = documents_.front() = members_.front().cursor->advance(target);
    first_ = no_document;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (documents_[i] < target) {
        documents_[i] = members_[i].cursor->advance(target);
      }
      first_ = std::min(first_, documents_[i]);
    }
    return first_;
  }

  /// Of all terms together, where it stands.
  std::uint32_t occurrences(DocumentNumber document) const {
    std::uint32_t sum = 0;
    for_each_at(document, [&](const CountedCursor& member) { sum += member.cursor->count(); });
    return sum;
  }

  /// By what they count, where it stands. Of terms that count alike, the occurrences are added up first: not every
  /// shard reads the same of them together, and sums of products would not be equal to the last bit.
  double frequency(DocumentNumber document) const {
    double sum = 0;
    for (std::size_t i = 0; document >= first_ && i < members_.size();) {
      const double count = members_[i].count;
      std::uint32_t alike = 0;
      for (; i < members_.size() && members_[i].count == count; ++i)
        if (documents_[i] == document) alike += members_[i].cursor->count();
      sum += count * alike;
    }
    return sum;
  }

  /// The same in ascending documents, none before those that it was moved over.
  void look_up(std::span<const DocumentNumber> documents, std::vector<double>& frequencies) {
    frequencies.assign(documents.size(), 0);
    if (documents.empty()) return;
    open(documents.front());
    first_ = 0;
    counts_.resize(documents.size());
    for (auto member = members_.begin(); member != members_.end();) {
      const double count = member->count;
      alike_.assign(documents.size(), 0);
      for (; member != members_.end() && member->count == count; ++member) {
        member->cursor->look_up(documents, counts_.data());
        for (std::size_t i = 0; i < documents.size(); ++i) alike_[i] += counts_[i];
      }
      for (std::size_t i = 0; i < documents.size(); ++i) frequencies[i] += count * alike_[i];
    }
  }

  /// Moves over some of the documents from `from` to before `end`, the first of which is behind by less than `stretch`,
  /// and adds these with their occurrences; gives the document before which none is left.
  DocumentNumber take(DocumentNumber from, DocumentNumber end, DocumentNumber stretch, Prospects& taken) {
    from = advance(from);
    if (from >= end) return end;
    end = from + std::min(end - from, stretch);
    if (members_.size() > 1) return take_from_several(std::min(end, from + DocumentBits::size), taken);
    PostingCursor& cursor = *members_.front().cursor;
    taken.make_room(PostingCursor::most_taken);
    taken.size += cursor.take(end, taken.documents.data() + taken.size, taken.most_places.data() + taken.size);
    first_ = documents_.front() = cursor.document();
    return std::min(first_, end);
  }

  /// As of PostingCursor.
  void look_up_positions(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                         PositionLists& lists) {
    lists.clear(documents.size());
    if (documents.empty()) return;
    open(documents.front());
    if (members_.size() == 1) {
      members_.front().cursor->look_up_positions(documents, least, lists);
    } else {
      look_up_positions_of_several(documents, least, lists);
    }
    for (std::size_t i = 0; i < members_.size(); ++i) documents_[i] = members_[i].cursor->document();
    first_ = members_.empty() ? no_document : std::ranges::min(documents_);
  }

  /// As of PostingCursor; nothing is said of several terms together.
  PostingBound bound(DocumentNumber target) {
    open(target);
    return members_.size() == 1 ? members_.front().cursor->bound(target, target + 1) : PostingBound();
  }

  /// Where any of the terms stands, ascending; in `room`, which is made larger where it has to be.
  std::span<std::uint32_t> positions(DocumentNumber document, std::vector<std::uint32_t>& room) const {
    std::size_t size = 0;
    for_each_at(document, [&](const CountedCursor& member) {
      const std::size_t middle = size;
      size += member.cursor->count();
      if (room.size() < size + PostingCursor::most_over) room.resize(2 * size + PostingCursor::most_over);
      member.cursor->read_positions(room.data() + middle);
      const auto at = [&](std::size_t i) { return room.begin() + static_cast<std::ptrdiff_t>(i); };
      if (middle > 0) std::inplace_merge(at(0), at(middle), at(size));
    });
    return std::span(room).first(size);
  }

 private:
  void open(DocumentNumber from) {
    if (is_open_) return;
    is_open_ = true;
    if (counted_ != nullptr) {
      members_ = counted_cursors(*postings_, *counted_, matching_, from);
    } else {
      for (const std::string& term : *terms_)
        if (std::unique_ptr<PostingCursor> cursor = postings_->cursor(term, from))
          members_.push_back({std::move(cursor)});
    }
    documents_.resize(members_.size());
  }

  /// Each of them by itself, then those of each document together.
  void look_up_positions_of_several(std::span<const DocumentNumber> documents, std::span<const std::uint32_t> least,
                                    PositionLists& lists) {
    const std::vector<std::uint32_t> any(documents.size(), 1);
    of_members_.resize(members_.size());
    for (std::size_t i = 0; i < members_.size(); ++i)
      members_[i].cursor->look_up_positions(documents, any, of_members_[i]);
    std::vector<std::size_t> next(members_.size());
    for (std::size_t document = 0; document < documents.size(); ++document) {
      together_.clear();
      for (std::size_t i = 0; i < members_.size(); ++i) {
        const PositionLists& mine = of_members_[i];
        if (next[i] == mine.size() || mine.document(next[i]) != document) continue;
        const auto before = static_cast<std::ptrdiff_t>(together_.size());
        std::ranges::copy(mine[next[i]++], std::back_inserter(together_));
        std::inplace_merge(together_.begin(), together_.begin() + before, together_.end());
      }
      if (together_.size() < least[document]) continue;
      lists.put(document, static_cast<std::uint32_t>(together_.size()));
      std::fill_n(std::ranges::copy(together_, lists.room(lists.size() - 1)).out, PositionLists::padding,
                  PositionLists::beyond);
    }
  }

  /// All before `end`, what they have of a document added up.
  DocumentNumber take_from_several(DocumentNumber end, Prospects& taken) {
    std::array<DocumentNumber, PostingCursor::most_taken> documents;
    std::array<std::uint32_t, PostingCursor::most_taken> counts;
    std::vector<std::pair<DocumentNumber, std::uint32_t>> all;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      PostingCursor& cursor = *members_[i].cursor;
      while (const std::size_t count = cursor.take(end, documents.data(), counts.data()))
        for (std::size_t j = 0; j < count; ++j) all.emplace_back(documents[j], counts[j]);
      documents_[i] = cursor.document();
    }
    first_ = std::ranges::min(documents_);
    std::ranges::sort(all);
    DocumentNumber last = 0;
    for (const auto& [document, count] : all) {
      if (document == last) {
        taken.most_places[taken.size - 1] += count;
      } else {
        taken.add(last = document, count);
      }
    }
    return end;
  }

  template <typename Visit>
  void for_each_at(DocumentNumber document, Visit visit) const {
    if (document < first_) return;
    for (std::size_t i = 0; i < members_.size(); ++i)
      if (documents_[i] == document) visit(members_[i]);
  }

  const Postings* postings_;
  const std::vector<CountedTerm>* counted_ = nullptr;
  const std::vector<std::string>* terms_ = nullptr;  // or these
  bool matching_ = true;
  mutable std::optional<std::uint64_t> cost_;  // once it is asked for
  bool is_open_ = false;
  std::vector<CountedCursor> members_;
  std::vector<DocumentNumber> documents_;      // where each of them stood when it was last moved on
  DocumentNumber first_ = 0;                   // the least of these; 0 where that is not known
  std::vector<std::uint32_t> counts_, alike_;  // of a batch
  std::vector<PositionLists> of_members_;      // likewise; and those of one document
  std::vector<std::uint32_t> together_;
};

/// A word. Some related words do not make a document match, but raise its full score, as the very form does.
class WordMatcher final : public Matcher {
 public:
  WordMatcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node)
      : Matcher(node),
        postings_(postings),
        terms_(postings, node.terms),
        related_(postings, node.terms, false),
        exact_terms_(postings, node.exact_terms),
        saturation_(plan, postings, node) {}

  double score(DocumentNumber document) override {
    return node_.weight * node_.idf * saturation_(document, terms_.frequency(document));
  }

  void score(const DocumentBatch& batch, bool full, Scored* scored) override {
    if (node_.weight == 0) return Matcher::score(batch, full, scored);  // A filter's terms have no occurrences.
    const std::size_t size = batch.numbers.size();
    terms_.look_up(batch.numbers, frequencies_);
    for (std::size_t i = 0; i < size; ++i) {
      const double score = node_.weight * node_.idf * saturation_(batch.lengths[i], frequencies_[i]);
      scored[i] = {score, score, frequencies_[i] > 0};
    }
    if (!full) return;
    related_.look_up(batch.numbers, related_frequencies_);
    exact_terms_.look_up(batch.numbers, exact_frequencies_);
    for (std::size_t i = 0; i < size; ++i)
      scored[i].full_score =
          node_.weight * node_.idf * saturation_(batch.lengths[i], frequencies_[i] + related_frequencies_[i]) +
          node_.exact_weight * node_.idf * saturation_(batch.lengths[i], exact_frequencies_[i]);
  }

  double most_score(DocumentNumber document) override { return score(document); }

  std::uint64_t cost() const override { return terms_.cost(); }

 private:
  DocumentNumber seek(DocumentNumber target) override { return terms_.advance(target); }

  void add_details(const DocumentBatch& one, ScoreShare& word) override {
    if (node_.weight == 0) return;
    const DocumentNumber document = one.numbers.front();
    ScoreShare stem = share_of(one, node_.weight, frequencies_.front() + related_frequencies_.front());
    stem.kind = node_.terms.front().term.starts_with('Z') ? translatable("stem") : translatable("form");
    stem.terms = terms_in(document, node_.terms);
    word.parts.push_back(std::move(stem));
    if (node_.exact_weight == 0 || exact_frequencies_.front() == 0) return;
    ScoreShare form = share_of(one, node_.exact_weight, exact_frequencies_.front());
    form.kind = translatable("form");
    form.terms = terms_in(document, node_.exact_terms);
    word.parts.push_back(std::move(form));
  }

  ScoreShare share_of(const DocumentBatch& one, double weight, double frequency) const {
    ScoreShare share;
    set_factors(share, weight, node_.idf, frequency, saturation_(one.lengths.front(), frequency));
    return share;
  }

  /// The word's own terms first.
  std::vector<ScoreShare::Term> terms_in(DocumentNumber document, std::vector<CountedTerm> terms) const {
    std::stable_partition(terms.begin(), terms.end(), [](const CountedTerm& term) { return !term.related; });
    std::vector<ScoreShare::Term> found;
    for (const CountedTerm& term : terms) {
      const std::unique_ptr<PostingCursor> cursor = postings_.cursor(term.term, document);
      if (cursor && cursor->document() == document)
        found.push_back({std::string(schema::word_in(term.term)), std::string(schema::field_of(term.term)),
                         cursor->count(), term.count});
    }
    return found;
  }

  const Postings& postings_;
  Union terms_, related_, exact_terms_;
  Saturation saturation_;
  std::vector<double> frequencies_, related_frequencies_, exact_frequencies_;  // of a batch
};

/// Moves all members to the first document from `target` on that every one of them has.
template <typename Members, typename Advance>
DocumentNumber intersect(Members& members, DocumentNumber target, Advance advance) {
  for (std::size_t agreeing = 0, i = 0; agreeing < members.size(); i = i + 1 < members.size() ? i + 1 : 0) {
    const DocumentNumber document = advance(members[i], target);
    if (document == no_document) return no_document;
    agreeing = document == target ? agreeing + 1 : 1;
    target = document;
  }
  return target;
}

/// A stretch of words in a document.
struct Span {
  std::uint32_t first = 0, last = 0;

  auto operator<=>(const Span&) const = default;
};

/// Where something stands. Walks the documents in which it may, and finds its places in the one it stands on.
class Spans {
 public:
  virtual ~Spans() = default;

  /// The first document from `target` on that has all the words; not back.
  virtual DocumentNumber advance(DocumentNumber target) = 0;

  /// The places in `document`, which `advance` gave, ascending, at most one for each first word; none if the words do
  /// not stand as they should.
  virtual void find(DocumentNumber document, std::vector<Span>& spans) = 0;

  /// How many places there are at most in `document`, which `advance` gave.
  virtual double most_places(DocumentNumber document) const = 0;

  /// Adds the first documents from `from` to before `end` that may have all the words, one or more if there are any,
  /// with how many places at most, by what is told fastest; gives the document before which there are no others. What
  /// is added is behind the first by less than `stretch`. It may be ahead of `advance`. REQUIRES ascending targets.
  virtual DocumentNumber add_prospects(DocumentNumber from, DocumentNumber end, DocumentNumber, Prospects& prospects) {
    const DocumentNumber document = advance(from);
    if (document >= end) return end;
    prospects.add(document, std::numeric_limits<std::uint32_t>::max());
    return document + 1;
  }

  /// Leaves only those that have as many places as matter, with how many these are. REQUIRES what `add_prospects` gave
  /// last, or some of it.
  virtual void keep_places(Prospects& prospects) {
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

  /// Bounds the numbers of places, as PostingCursor does those of occurrences.
  virtual PostingBound bound(DocumentNumber) { return {}; }

  virtual std::uint64_t cost() const = 0;
};

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

/// Null where there is nothing that could stand anywhere.
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

/// A phrase, or parts near each other: scored as one word, by its number of places.
class SpanMatcher final : public Matcher {
 public:
  SpanMatcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node, std::unique_ptr<Spans> spans)
      : Matcher(node), postings_(postings), spans_(std::move(spans)), saturation_(plan, postings, node) {}

  double score(DocumentNumber document) override {
    return document == this->document() ? score_of(document, places_) : 0;
  }

  void require(double score) override { least_ = score * (1 - rounding); }

  DocumentNumber may_match_from(DocumentNumber target) override {
    return document() < target ? spans_->advance(target) : document();
  }

  bool matches(DocumentNumber document) override {
    if (this->document() < document) {
      spans_->find(document, found_);
      places_ = static_cast<double>(found_.size());
      if (!found_.empty()) move_to(document);
    }
    return this->document() == document;
  }

  double most_score(DocumentNumber document) override { return score_of(document, spans_->most_places(document)); }

  double bound(DocumentNumber first, DocumentNumber end) override {
    double most = 0;
    for (DocumentNumber at = first; at < end; at = bound_.last + 1) most = std::max(most, most_at(at));
    return most;
  }

  std::uint64_t cost() const override { return spans_->cost(); }

 private:
  /// Several documents are looked at together; the more, the longer the next match is asked for each time: whoever
  /// leaps from one to another may leap over what was found.
  DocumentNumber seek(DocumentNumber target) override {
    if (target > document() + 1) stretch_ = least_stretch;
    for (;; stretch_ = std::min(8 * stretch_, most_stretch)) {
      for (; next_ < matches_.size; ++next_) {
        if (matches_.documents[next_] < target) continue;
        places_ = matches_.most_places[next_];
        return matches_.documents[next_];
      }
      target = std::max(target, behind_matches_);
      while (least_ > 0 && target < no_document && most_at(target) < least_) target = bound_.last + 1;
      if (target == no_document) return target;
      find_matches(target);
    }
  }

  /// From `target` on, as far as `bound_` goes, some.
  void find_matches(DocumentNumber target) {
    next_ = matches_.size = 0;
    behind_matches_ = spans_->add_prospects(target, least_ > 0 ? bound_.last + 1 : no_document, stretch_, matches_);
    std::fill_n(matches_.least_places.begin(), matches_.size, 1);
    if (least_ > 0) require_places();
    spans_->keep_places(matches_);
  }

  /// Tells how many places score what matters, and leaves out documents that have too few. The lengths of those with
  /// too few for any that `bound_` allows are not read.
  void require_places() {
    retain([&, least = least_places()](std::size_t i) { return matches_.most_places[i] >= least; });
    lengths_.resize(matches_.size);
    postings_.read_lengths(matches_.numbers(), lengths_.data());
    const double for_half = least_ / std::max(node_.weight * node_.idf - least_, 0.0);
    retain([&](std::size_t i) {
      const double least = for_half * saturation_.half(lengths_[i]);
      const bool enough = least <= matches_.most_places[i];
      matches_.least_places[i] = enough ? std::max(1U, static_cast<std::uint32_t>(std::ceil(least))) : 0;
      return enough;
    });
  }

  /// Without a branch on what nobody could foretell.
  template <typename Holds>
  void retain(Holds holds) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < matches_.size; ++i) {
      const bool is_kept = holds(i);
      matches_.move(i, kept);
      kept += static_cast<std::size_t>(is_kept);
    }
    matches_.size = kept;
  }

  /// No document that `bound_` is of scores what matters by fewer.
  std::uint32_t least_places() const {
    std::uint32_t least = no_document;
    for (const auto& [count, length] : bound_.pairs) {
      const double most = node_.weight * node_.idf;
      const double places = least_ * saturation_.half({length, 0}) / std::max(most - least_, 0.0);
      if (places < count + 1.0) least = std::min(least, static_cast<std::uint32_t>(places));
    }
    return least;
  }

  /// In the documents from `target` to the last that `bound_` is of.
  double most_at(DocumentNumber target) {
    if (bound_.last >= target) return most_in_bound_;
    bound_ = spans_->bound(target);
    most_in_bound_ = 0;
    for (const auto& [count, length] : bound_.pairs)
      most_in_bound_ = std::max(
          most_in_bound_, node_.weight * node_.idf * (count == no_document ? 1 : saturation_({length, 0}, count)));
    return most_in_bound_;
  }

  double score_of(DocumentNumber document, double places) const {
    return node_.weight * node_.idf * saturation_(document, places);
  }

  void add_details(const DocumentBatch& one, ScoreShare& share) override {
    set_factors(share, node_.weight, node_.idf, places_, saturation_(one.lengths.front(), places_));
  }

  static constexpr DocumentNumber least_stretch = 64, most_stretch = no_document / 8;

  const Postings& postings_;
  std::unique_ptr<Spans> spans_;
  Saturation saturation_;
  double least_ = 0;  // that matters
  PostingBound bound_{{}, 0};
  double most_in_bound_ = 0;
  Prospects matches_;  // in documents before this one, and which is next
  DocumentNumber behind_matches_ = 0;
  std::size_t next_ = 0;
  DocumentNumber stretch_ = least_stretch;
  std::vector<DocumentLengths> lengths_;  // of what may match
  std::vector<Span> found_;
  double places_ = 0;
};

/// One document.
class IdMatcher final : public Matcher {
 public:
  IdMatcher(const Postings& postings, const PlanNode& node)
      : Matcher(node), found_(postings.find(node.name).value_or(no_document)) {}

  double score(DocumentNumber) override { return 0; }
  std::uint64_t cost() const override { return found_ == no_document ? 0 : 1; }

 private:
  DocumentNumber seek(DocumentNumber target) override { return target <= found_ ? found_ : no_document; }

  DocumentNumber found_;
};

/// Documents with a value of which `holds` is true, among those of a term: it is true of no others. Scores nothing.
template <typename Holds>
class FilterMatcher : public Matcher {
 public:
  FilterMatcher(const Postings& postings, const PlanNode& node, const std::string& term, Holds holds)
      : Matcher(node),
        documents_(postings.cursor(term, 1)),
        cost_(postings.document_frequency(term)),
        holds_(std::move(holds)) {}

  double score(DocumentNumber) override { return 0; }
  std::uint64_t cost() const override { return cost_; }

  void keep(DocumentBits& documents) override { documents.retain(holds_); }

 private:
  DocumentNumber seek(DocumentNumber target) override {
    if (!documents_) return no_document;
    for (documents_->advance(target); documents_->document() != no_document;
         documents_->advance(documents_->document() + 1)) {
      if (holds_(documents_->document())) break;
    }
    return documents_->document();
  }

  std::unique_ptr<PostingCursor> documents_;
  std::uint64_t cost_;
  Holds holds_;
};

/// Whether a document has a date that lies wholly in a range.
struct InDays {
  const Postings& postings;
  Days range;

  bool operator()(DocumentNumber document) const { return postings.days(document).are_within(range); }
};

class DateMatcher final : public FilterMatcher<InDays> {
 public:
  DateMatcher(const Postings& postings, const PlanNode& node, const InDays& in_days)
      : FilterMatcher(postings, node, std::string(schema::has_prefix) + "date", in_days), in_days_(in_days) {}

  void keep(DocumentBits& documents) override {
    documents.retain_of_64([this](DocumentNumber first, std::uint64_t some) {
      return in_days_.postings.within(in_days_.range, first, some);
    });
  }

 private:
  InDays in_days_;
};

std::unique_ptr<Matcher> make_dates(const Postings& postings, const PlanNode& node) {
  const auto day = [](const std::string& digits) { return static_cast<std::uint32_t>(std::stoul(digits)); };
  return std::make_unique<DateMatcher>(postings, node, InDays{postings, {day(node.first_day), day(node.last_day)}});
}

std::unique_ptr<Matcher> make_numbers(const Postings& postings, const PlanNode& node) {
  const auto holds = [&postings, &node](DocumentNumber document) {
    bool found = false;
    schema::for_each_value(postings.values(document), [&](std::string_view name, std::string_view value) {
      if (found || name != node.name) return;
      const std::optional<double> number = parse_decimal(value);
      found = number && *number >= node.least && *number <= node.most;
    });
    return found;
  };
  return std::make_unique<FilterMatcher<decltype(holds)>>(postings, node, std::string(schema::has_prefix) + node.name,
                                                          holds);
}

/// Which parts of a group match a document, in the order of the plan.
using Matching = std::vector<char>;

/// What the places of words add to a score: standing early in the body, and standing near each other. Pairs are scored
/// as words are, with the lesser of two weights (Rasolofo and Savoy 2003).
class ContextScorer {
 public:
  ContextScorer(const QueryPlan& plan, const Postings& postings, const Context& context)
      : plan_(plan), lead_weight_(context.weight * plan.lead_share), mark_weight_(context.weight * plan.mark_share) {
    words_.reserve(context.words.size());
    for (const Context::Word& word : context.words) words_.push_back({word, Union(postings, word.terms), {}, {}});
    if (plan.pair_share == 0 && plan.order_share == 0) return;
    for (std::size_t first = 0; first < words_.size(); ++first) {
      for (std::size_t second = first + 1; second < words_.size(); ++second) {
        Pair& pair = pairs_.emplace_back(Pair{words_[first].planned, words_[second].planned});
        pair.weight = context.weight * plan.pair_share / static_cast<double>(second - first);
        pair.idf = std::min(pair.first.idf, pair.second.idf);
        pair.distance = pair.second.position - pair.first.position;
        if (second == first + 1 && pair.distance <= order_window) pair.order_weight = context.weight * plan.order_share;
      }
    }
  }

  double score(DocumentNumber document, const DocumentLengths& lengths, const Matching& matching) {
    double sum = 0;
    for (Word& word : words_) {
      find_places(document, lengths, matching, word);
      sum += word.planned.idf * (lead_weight_ * earliness(word) + (word.positions.empty() ? 0 : mark_weight(word)));
    }
    find_pairs();
    const double half = plan_.k1 * length_factor(plan_, lengths);
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const Pair& pair = pairs_[i];
      if (found_[i].near > 0) sum += pair.weight * pair.idf * saturated(found_[i].near, half);
      if (found_[i].as_typed > 0) sum += pair.order_weight * pair.idf;
    }
    return sum;
  }

  void explain(DocumentNumber document, const DocumentLengths& lengths, const Matching& matching, ScoreShare& sum) {
    for (Word& word : words_) {
      find_places(document, lengths, matching, word);
      if (earliness(word) > 0 && lead_weight_ > 0)
        add_share(sum, translatable("lead"), word.planned.label, lead_weight_, word.planned.idf,
                  static_cast<double>(word.before), earliness(word));
      if (!word.positions.empty() && mark_weight(word) > 0)
        add_share(sum, translatable("mark"), word.planned.label, mark_weight(word), word.planned.idf,
                  static_cast<double>(word.positions.size()), 1);
    }
    find_pairs();
    const double half = plan_.k1 * length_factor(plan_, lengths);
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const Pair& pair = pairs_[i];
      const auto& [near, as_typed] = found_[i];
      const std::string label = pair.first.label + ' ' + pair.second.label;
      if (near > 0 && pair.weight > 0)
        add_share(sum, translatable("pair"), label, pair.weight, pair.idf, near, saturated(near, half));
      if (as_typed > 0 && pair.order_weight > 0)
        add_share(sum, translatable("order"), label, pair.order_weight, pair.idf, as_typed, 1);
    }
  }

 private:
  struct Word {
    const Context::Word& planned;
    Union terms;
    // In the document:
    std::vector<std::uint32_t> room;
    std::span<const std::uint32_t> positions;  // there
    std::uint32_t before = 0;                  // words of the body before its first occurrence there
  };

  struct Pair {
    const Context::Word &first, &second;
    double weight = 0, idf = 0;
    double order_weight = 0;     // of standing as they were typed
    std::uint32_t distance = 0;  // in what was typed
  };

  /// How often a pair stands near each other in the document, and how often just as it was typed.
  struct Found {
    std::uint32_t near = 0, as_typed = 0;
  };

  /// A position in the document, and which word stands there, in one number: such are sorted without branches.
  using Place = std::uint64_t;
  static Place place_of(std::uint32_t position, std::uint32_t word) { return Place{position} << 32 | word; }
  static std::uint32_t position_of(Place place) { return static_cast<std::uint32_t>(place >> 32); }
  static std::uint32_t word_of(Place place) { return static_cast<std::uint32_t>(place); }

  static bool counts(const Word& word, const Matching& matching) {
    return word.planned.loose || matching[word.planned.part] != 0;
  }

  double mark_weight(const Word& word) const { return word.planned.marked ? mark_weight_ : 0; }

  static void add_share(ScoreShare& sum, std::string_view kind, std::string label, double weight, double idf,
                        double frequency, double saturation) {
    ScoreShare share{.kind = std::string(kind), .label = std::move(label)};
    set_factors(share, weight, idf, frequency, saturation);
    sum.parts.push_back(std::move(share));
  }

  static void find_places(DocumentNumber document, const DocumentLengths& lengths, const Matching& matching,
                          Word& word) {
    word.positions = {};
    word.before = nowhere;
    if (!counts(word, matching) || word.terms.advance(document) != document) return;
    word.positions = word.terms.positions(document, word.room);
    const std::uint32_t body = lengths.title + schema::value_gap + 1;
    const auto first = std::lower_bound(word.positions.begin(), word.positions.end(), body);
    if (first != word.positions.end()) word.before = *first - body;
  }

  /// From 1 for the first word of the body towards 0.
  static double earliness(const Word& word) {
    return word.before == nowhere ? 0 : std::exp2(-static_cast<double>(word.before) / lead_words);
  }

  /// Of the places that were found. All pairs at once: of places in their order, those near each other follow closely.
  void find_pairs() {
    static_assert(order_window <= pair_window);
    if (pairs_.empty()) return;
    found_.assign(pairs_.size(), {});
    places_.clear();
    for (std::uint32_t word = 0; word < words_.size(); ++word)
      for (const std::uint32_t position : words_[word].positions) places_.push_back(place_of(position, word));
    std::ranges::sort(places_);
    for (auto one = places_.begin(); one != places_.end(); ++one)
      for (auto other = one + 1; other != places_.end() && position_of(*other) - position_of(*one) <= pair_window;
           ++other)
        if (word_of(*one) != word_of(*other)) add(*one, *other);
  }

  /// Both may stand at once where their stems are the same.
  void add(Place one, Place other) {
    const std::uint32_t first = std::min(word_of(one), word_of(other)), second = std::max(word_of(one), word_of(other));
    const std::size_t pair = first * (2 * words_.size() - first - 1) / 2 + second - first - 1;
    const std::uint32_t apart = position_of(other) - position_of(one);
    if (apart > 0) ++found_[pair].near;
    if (word_of(one) == first && apart == pairs_[pair].distance) ++found_[pair].as_typed;
  }

  static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

  const QueryPlan& plan_;
  double lead_weight_, mark_weight_;
  std::vector<Word> words_;    // which the others refer to
  std::vector<Pair> pairs_;    // each first one with all behind it
  std::vector<Found> found_;   // of each of them
  std::vector<Place> places_;  // of all words in the document, in their order
};

using Matchers = std::vector<std::unique_ptr<Matcher>>;

/// Moves all to `target`; the first document from there on that any of them has.
template <typename Several>
DocumentNumber first_of(const Several& matchers, DocumentNumber target) {
  DocumentNumber first = no_document;
  for (const auto& matcher : matchers) {
    matcher->advance(target);
    first = std::min(first, matcher->document());
  }
  return first;
}

template <typename Several>
std::uint64_t sum_of_costs(const Several& matchers) {
  return std::accumulate(matchers.begin(), matchers.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& matcher) { return sum + matcher->cost(); });
}

/// Any of several that mean the same: the best of their scores, so that a document does not gain by saying it twice.
class AlternativesMatcher final : public Matcher {
 public:
  AlternativesMatcher(const PlanNode& node, Matchers alternatives)
      : Matcher(node), alternatives_(std::move(alternatives)) {}

  double score(DocumentNumber document) override {
    double best = 0;
    for (const auto& matcher : alternatives_) best = std::max(best, matcher->score(document));
    return best;
  }

  void score(const DocumentBatch& batch, bool full, Scored* scored) override {
    const std::size_t size = batch.numbers.size();
    std::fill_n(scored, size, Scored());
    for (const auto& matcher : alternatives_) {
      of_one_.resize(size);
      matcher->score(batch, full, of_one_.data());
      for (std::size_t i = 0; i < size; ++i) {
        scored[i].score = std::max(scored[i].score, of_one_[i].score);
        scored[i].full_score = std::max(scored[i].full_score, of_one_[i].full_score);
        scored[i].matches = scored[i].matches || of_one_[i].matches;
      }
    }
  }

  DocumentNumber may_match_from(DocumentNumber target) override {
    DocumentNumber first = no_document;
    for (const auto& matcher : alternatives_) first = std::min(first, matcher->may_match_from(target));
    return first;
  }

  /// All of them are asked, for the best one's score counts.
  bool matches(DocumentNumber document) override {
    bool any = false;
    for (const auto& matcher : alternatives_) any = matcher->matches(document) || any;
    if (any) move_to(document);
    return any;
  }

  double most_score(DocumentNumber document) override {
    double most = 0;
    for (const auto& matcher : alternatives_) most = std::max(most, matcher->most_score(document));
    return most;
  }

  std::uint64_t cost() const override { return sum_of_costs(alternatives_); }

 private:
  DocumentNumber seek(DocumentNumber target) override { return first_of(alternatives_, target); }

  /// Of equally good ones the first.
  void add_details(const DocumentBatch& one, ScoreShare& share) override {
    Matcher* best = alternatives_.front().get();
    double best_score = 0;
    for (const auto& matcher : alternatives_) {
      Scored scored;
      matcher->score(one, true, &scored);
      if (scored.full_score <= best_score) continue;
      best = matcher.get();
      best_score = scored.full_score;
    }
    share.parts.push_back(best->explain(one));
  }

  Matchers alternatives_;
  std::vector<Scored> of_one_;
};

/// A group: all parts that must match, or else any of those that should, but at least `minimum` of these, and none of
/// those that must not.
class GroupMatcher final : public Matcher {
 public:
  struct Part {
    std::unique_ptr<Matcher> matcher;
    Occur occur = Occur::Should;
  };

  /// `parts` in the order of the plan.
  GroupMatcher(const PlanNode& node, std::vector<Part> parts, std::size_t minimum, std::vector<ContextScorer> contexts)
      : Matcher(node), parts_(std::move(parts)), minimum_(minimum), contexts_(std::move(contexts)) {
    const auto with = [this](Occur occur, std::vector<Matcher*>& some) {
      for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (parts_[i].occur != occur) continue;
        some.push_back(parts_[i].matcher.get());
        if (occur != Occur::MustNot) adding_.push_back(i);
      }
    };
    with(Occur::Must, required_);
    with(Occur::Should, optional_);
    with(Occur::MustNot, forbidden_);
    std::stable_sort(required_.begin(), required_.end(),
                     [](const Matcher* a, const Matcher* b) { return a->cost() < b->cost(); });
  }

  double score(DocumentNumber document) override {
    if (document != this->document()) return 0;
    double sum = 0;
    for (const std::size_t part : adding_) {
      parts_[part].matcher->advance(document);
      sum += parts_[part].matcher->score(document);
    }
    return sum;
  }

  /// Part by part, so that each list is read once.
  void score(const DocumentBatch& batch, bool full, Scored* scored) override {
    const std::size_t size = batch.numbers.size();
    of_parts_.resize(parts_.size() * size);
    for (std::size_t part = 0; part < parts_.size(); ++part)
      parts_[part].matcher->score(batch, full, of_parts_.data() + part * size);
    for (std::size_t i = 0; i < size; ++i) {
      scored[i] = sum_of_parts(i, size);
      if (!full || (!scored[i].matches && !is_list())) continue;
      for (ContextScorer& context : contexts_)
        scored[i].full_score += context.score(batch.numbers[i], batch.lengths[i], matching_);
    }
  }

  void keep(DocumentBits& documents) override {
    if (!optional_.empty() || !forbidden_.empty()) return Matcher::keep(documents);
    for (Matcher* matcher : required_) matcher->keep(documents);
  }

  std::uint64_t cost() const override {
    return required_.empty() ? sum_of_costs(optional_) : required_.front()->cost();
  }

 private:
  DocumentNumber seek(DocumentNumber target) override {
    for (;; ++target) {
      target = required_.empty() ? first_of(optional_, target) : first_required(target);
      if (target == no_document || (has_enough(target) && !is_forbidden(target))) return target;
    }
  }

  void add_details(const DocumentBatch& one, ScoreShare& sum) override {
    for (const std::size_t part : adding_)
      if (of_parts_[part].matches || of_parts_[part].full_score > 0)
        sum.parts.push_back(parts_[part].matcher->explain(one));
    for (ContextScorer& context : contexts_) context.explain(one.numbers.front(), one.lengths.front(), matching_, sum);
  }

  /// Whether any part is enough. Where none matches, what related words add is still of use to a whole that does.
  bool is_list() const { return required_.empty() && forbidden_.empty() && minimum_ <= 1; }

  /// Of a document of a batch of so many, contexts aside. Leaves in `matching_` which parts match it.
  Scored sum_of_parts(std::size_t document, std::size_t size) {
    matching_.clear();
    std::size_t required = 0, optional = 0, forbidden = 0;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      const bool matches = of_parts_[part * size + document].matches;
      matching_.push_back(matches ? 1 : 0);
      if (!matches) continue;
      ++(parts_[part].occur == Occur::Must ? required : parts_[part].occur == Occur::Should ? optional : forbidden);
    }
    Scored sum;
    sum.matches = required == required_.size() && optional >= least_optional() && forbidden == 0;
    if (!sum.matches && !is_list()) return sum;
    for (const std::size_t part : adding_) {
      sum.score += of_parts_[part * size + document].score;
      sum.full_score += of_parts_[part * size + document].full_score;
    }
    return sum;
  }

  std::size_t least_optional() const { return required_.empty() ? std::max<std::size_t>(minimum_, 1) : minimum_; }

  DocumentNumber first_required(DocumentNumber target) {
    return intersect(required_, target, [](Matcher* matcher, DocumentNumber t) {
      matcher->advance(t);
      return matcher->document();
    });
  }

  bool has_enough(DocumentNumber document) {
    if (minimum_ <= (required_.empty() ? 1U : 0U)) return true;
    const auto matching = std::count_if(optional_.begin(), optional_.end(), [&](Matcher* matcher) {
      matcher->advance(document);
      return matcher->document() == document;
    });
    return static_cast<std::size_t>(matching) >= minimum_;
  }

  bool is_forbidden(DocumentNumber document) {
    return std::any_of(forbidden_.begin(), forbidden_.end(), [&](Matcher* matcher) {
      matcher->advance(document);
      return matcher->document() == document;
    });
  }

  std::vector<Part> parts_;
  std::size_t minimum_;
  std::vector<ContextScorer> contexts_;
  std::vector<Matcher*> required_, optional_, forbidden_;  // the first of these has the fewest documents
  std::vector<std::size_t> adding_;                        // parts, in the order in which their scores are summed up
  std::vector<Scored> of_parts_;  // of the last batch: of all its documents by the first part …
  Matching matching_;             // of the document that was summed up last
};

class NothingMatcher final : public Matcher {
 public:
  using Matcher::Matcher;

  double score(DocumentNumber) override { return 0; }
  std::uint64_t cost() const override { return 0; }

 private:
  DocumentNumber seek(DocumentNumber) override { return no_document; }
};

std::unique_ptr<Matcher> make_node(const QueryPlan& plan, const Postings& postings, const PlanNode& node);

std::unique_ptr<Matcher> make_alternatives(const QueryPlan& plan, const Postings& postings, const PlanNode& node) {
  Matchers alternatives;
  for (const PlanNode& child : node.children) alternatives.push_back(make_node(plan, postings, child));
  return std::make_unique<AlternativesMatcher>(node, std::move(alternatives));
}

std::unique_ptr<Matcher> make_group(const QueryPlan& plan, const Postings& postings, const PlanNode& node) {
  std::vector<GroupMatcher::Part> parts;
  for (const PlanNode& child : node.children) parts.push_back({make_node(plan, postings, child), child.occur});
  std::vector<ContextScorer> contexts;
  for (const Context& context : node.contexts) contexts.emplace_back(plan, postings, context);
  std::size_t minimum = node.minimum;
  const auto optional = std::ranges::count(parts, Occur::Should, &GroupMatcher::Part::occur);
  // All of them: an intersection, which starts with the rarest.
  if (minimum > 1 && minimum == static_cast<std::size_t>(optional)) {
    for (GroupMatcher::Part& part : parts)
      if (part.occur == Occur::Should) part.occur = Occur::Must;
    minimum = 0;
  }
  return std::make_unique<GroupMatcher>(node, std::move(parts), minimum, std::move(contexts));
}

std::unique_ptr<Matcher> make_node(const QueryPlan& plan, const Postings& postings, const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::Nothing:
      break;
    case PlanNode::Kind::Everything:
      return std::make_unique<AllMatcher>(postings, node);
    case PlanNode::Kind::Word:
      return std::make_unique<WordMatcher>(plan, postings, node);
    case PlanNode::Kind::Phrase:
    case PlanNode::Kind::Near:
      if (std::unique_ptr<Spans> spans = make_spans(postings, node))
        return std::make_unique<SpanMatcher>(plan, postings, node, std::move(spans));
      break;
    case PlanNode::Kind::Dates:
      return make_dates(postings, node);
    case PlanNode::Kind::Id:
      return std::make_unique<IdMatcher>(postings, node);
    case PlanNode::Kind::Numbers:
      return make_numbers(postings, node);
    case PlanNode::Kind::Alternatives:
      return make_alternatives(plan, postings, node);
    case PlanNode::Kind::Group:
      return make_group(plan, postings, node);
  }
  return std::make_unique<NothingMatcher>(node);
}

}  // namespace

/// One by one.
void Matcher::score(const DocumentBatch& batch, bool, Scored* scored) {
  for (const DocumentNumber document : batch.numbers) {
    advance(document);
    const double score = document_ == document ? this->score(document) : 0;
    *scored++ = {score, score, document_ == document};
  }
}

ScoreShare Matcher::explain(const DocumentBatch& one) {
  Scored scored;
  score(one, true, &scored);
  ScoreShare share;
  share.kind = kind_of(node_);
  share.label = node_.label;
  share.field = node_.field;
  share.score = scored.full_score;
  add_details(one, share);
  return share;
}

std::unique_ptr<Matcher> make_matcher(const QueryPlan& plan, const Postings& postings) {
  return make_node(plan, postings, plan.root);
}

std::unique_ptr<Matcher> make_matcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node) {
  return make_node(plan, postings, node);
}

}  // namespace limier
