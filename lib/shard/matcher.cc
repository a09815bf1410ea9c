#include "shard/matcher.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "shard/context_scorer.h"
#include "shard/intersect.h"
#include "shard/saturation.h"
#include "shard/schema.h"
#include "shard/spans.h"
#include "shard/union.h"
#include "text/decimal.h"

namespace limier {
namespace {

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

  double score(DocumentNumber, const DocumentLengths&) override { return 0; }
  std::uint64_t cost() const override { return cost_; }
  void keep(DocumentBits&) override {}

 private:
  DocumentNumber seek(DocumentNumber target) override { return documents_->advance(target); }

  std::unique_ptr<PostingCursor> documents_;
  std::uint64_t cost_;
};

/// A word. Some related words do not make a document match, but raise its full score, as the very form does.
class WordMatcher final : public Matcher {
 public:
  WordMatcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node)
      : Matcher(node),
        postings_(postings),
        terms_(postings, node.terms),
        own_(postings, own_terms_, own_forms_),
        derived_(postings, derived_terms_),
        related_(postings, node.terms, false),
        exact_terms_(postings, node.exact_terms),
        saturation_(plan, node) {}

  double score(DocumentNumber document, const DocumentLengths& lengths) override {
    return node_.weight * node_.idf * saturation_(lengths, terms_.frequency(document));
  }

  void score(const DocumentBatch& batch, bool full, Scored* scored) override {
    if (node_.weight == 0) return Matcher::score(batch, full, scored);  // A filter's terms have no occurrences.
    const std::size_t size = batch.numbers.size();
    if (full && keeps_places_) {
      find_places(batch.numbers);
    } else {
      terms_.look_up(batch.numbers, frequencies_);
    }
    for (std::size_t i = 0; i < size; ++i) {
      const double score = node_.weight * node_.idf * saturation_(batch.lengths[i], frequencies_[i]);
      scored[i] = {score, score, frequencies_[i] > 0};
    }
    if (!full) return;
    related_.look_up(batch.numbers, related_frequencies_);
    if (!keeps_places_ || !own_.tells_very()) exact_terms_.look_up(batch.numbers, exact_frequencies_);
    for (std::size_t i = 0; i < size; ++i)
      scored[i].full_score =
          node_.weight * node_.idf * saturation_(batch.lengths[i], frequencies_[i] + related_frequencies_[i]) +
          node_.exact_weight * node_.idf * saturation_(batch.lengths[i], exact_frequencies_[i]);
  }

  double most_score(DocumentNumber document, const DocumentLengths& lengths) override {
    return score(document, lengths);
  }

  std::uint64_t cost() const override { return terms_.cost(); }

  const PositionLists* keep_places(const std::vector<std::string>& terms) override {
    if (node_.weight == 0) return nullptr;
    part_terms();
    if (terms != own_terms_) return nullptr;
    keeps_places_ = true;
    return &places_;
  }

 private:
  DocumentNumber seek(DocumentNumber target) override { return terms_.advance(target); }

  /// Those that match and count 1 from the others that match.
  void part_terms() {
    if (!own_terms_.empty() || !derived_terms_.empty()) return;
    for (const CountedTerm& term : node_.terms) {
      if (!term.matches) continue;
      if (!term.related && term.count == 1) {
        own_terms_.push_back(term.term);
      } else {
        derived_terms_.push_back(term);
      }
    }
    for (const CountedTerm& form : node_.exact_terms) own_forms_.push_back(form.term);
  }

  /// And the frequencies on the same way through the lists.
  void find_places(const std::vector<DocumentNumber>& documents) {
    derived_.look_up(documents, frequencies_);
    own_.look_up_positions(documents, std::vector<std::uint32_t>(documents.size(), 1), places_);
    exact_frequencies_.assign(documents.size(), 0);
    for (std::size_t list = 0; list < places_.size(); ++list) {
      frequencies_[places_.document(list)] += static_cast<double>(places_[list].size());
      exact_frequencies_[places_.document(list)] = places_.very(list);
    }
  }

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
  // Once places are kept:
  bool keeps_places_ = false;
  std::vector<std::string> own_terms_, own_forms_;
  std::vector<CountedTerm> derived_terms_;
  PositionLists places_;

  Union terms_, own_, derived_, related_, exact_terms_;
  Saturation saturation_;
  std::vector<double> frequencies_, related_frequencies_, exact_frequencies_;  // of a batch
};

/// A phrase, or parts near each other: scored as one word, by its number of places.
class SpanMatcher final : public Matcher {
 public:
  SpanMatcher(const QueryPlan& plan, const Postings& postings, const PlanNode& node, std::unique_ptr<Spans> spans)
      : Matcher(node), postings_(postings), spans_(std::move(spans)), saturation_(plan, node) {}

  double score(DocumentNumber document, const DocumentLengths& lengths) override {
    return document == this->document() ? score_of(lengths, places_) : 0;
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

  double most_score(DocumentNumber document, const DocumentLengths& lengths) override {
    return score_of(lengths, spans_->most_places(document));
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

  double score_of(const DocumentLengths& lengths, double places) const {
    return node_.weight * node_.idf * saturation_(lengths, places);
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

  double score(DocumentNumber, const DocumentLengths&) override { return 0; }
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

  double score(DocumentNumber, const DocumentLengths&) override { return 0; }
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

  double score(DocumentNumber document, const DocumentLengths& lengths) override {
    double best = 0;
    for (const auto& matcher : alternatives_) best = std::max(best, matcher->score(document, lengths));
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

  double most_score(DocumentNumber document, const DocumentLengths& lengths) override {
    double most = 0;
    for (const auto& matcher : alternatives_) most = std::max(most, matcher->most_score(document, lengths));
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
    for (ContextScorer& context : contexts_)
      context.share_places([this](std::size_t part) -> Matcher& { return *parts_[part].matcher; });
    with(Occur::Must, required_);
    with(Occur::Should, optional_);
    with(Occur::MustNot, forbidden_);
    std::stable_sort(required_.begin(), required_.end(),
                     [](const Matcher* a, const Matcher* b) { return a->cost() < b->cost(); });
  }

  double score(DocumentNumber document, const DocumentLengths& lengths) override {
    if (document != this->document()) return 0;
    double sum = 0;
    for (const std::size_t part : adding_) {
      parts_[part].matcher->advance(document);
      sum += parts_[part].matcher->score(document, lengths);
    }
    return sum;
  }

  /// Part by part, so that each list is read once.
  void score(const DocumentBatch& batch, bool full, Scored* scored) override {
    const std::size_t size = batch.numbers.size();
    of_parts_.resize(parts_.size() * size);
    for (std::size_t part = 0; part < parts_.size(); ++part)
      parts_[part].matcher->score(batch, full, of_parts_.data() + part * size);
    const auto matches = [&](std::size_t part, std::size_t i) { return of_parts_[part * size + i].matches; };
    if (full)
      for (ContextScorer& context : contexts_) context.read(batch.numbers, matches);
    for (std::size_t i = 0; i < size; ++i) {
      scored[i] = sum_of_parts(i, size);
      if (!full || (!scored[i].matches && !is_list())) continue;
      for (ContextScorer& context : contexts_) scored[i].full_score += context.score(i, batch.lengths[i]);
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
    for (ContextScorer& context : contexts_) context.explain(one.lengths.front(), sum);
  }

  /// Whether any part is enough. Where none matches, what related words add is still of use to a whole that does.
  bool is_list() const { return required_.empty() && forbidden_.empty() && minimum_ <= 1; }

  /// Of a document of a batch of so many, contexts aside.
  Scored sum_of_parts(std::size_t document, std::size_t size) {
    std::size_t required = 0, optional = 0, forbidden = 0;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      if (!of_parts_[part * size + document].matches) continue;
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
};

class NothingMatcher final : public Matcher {
 public:
  using Matcher::Matcher;

  double score(DocumentNumber, const DocumentLengths&) override { return 0; }
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
  for (std::size_t i = 0; i < batch.numbers.size(); ++i) {
    const DocumentNumber document = batch.numbers[i];
    advance(document);
    const double score = document_ == document ? this->score(document, batch.lengths[i]) : 0;
    scored[i] = {score, score, document_ == document};
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
