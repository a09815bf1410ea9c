#include "shard/conjunction.h"

#include <algorithm>
#include <bit>

#include "shard/intersect.h"
#include "shard/word_bounds.h"

namespace limier {

Conjunction::Part::Part(const QueryPlan& plan, const Postings& postings, const PlanNode& planned)
    : node(&planned),
      terms(postings, planned.terms),
      matcher(planned.kind == PlanNode::Kind::Word ? nullptr : make_matcher(plan, postings, planned)),
      saturation(plan, planned),
      normalisation(normalisation_of(plan, planned)) {}

Conjunction::Conjunction(const QueryPlan& plan, const FlatPlan& flat, const Postings& postings)
    : postings_(postings), precision_(flat) {
  parts_.reserve(flat.parts.size());
  for (const FlatPlan::Part& part : flat.parts) parts_.emplace_back(plan, postings, *part.node);
  if (flat.filter) matchers_.push_back((filter_ = make_matcher(plan, postings, *flat.filter)).get());
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    Part& part = parts_[i];
    part.weight = static_cast<float>(flat.parts[i].most_score / precision_.unit());
    if (part.matcher) {
      matchers_.push_back(part.matcher.get());
    } else {
      walked_.push_back(&part.terms);
    }
  }
  std::ranges::stable_sort(walked_, {}, [](const Union* word) { return word->cost(); });
}

std::span<const DocumentNumber> Conjunction::next(bool scored) {
  for (size_ = 0; size_ < at_once && next_ != no_document;) {
    const DocumentNumber document = find(next_);
    next_ = document == no_document ? no_document : document + 1;
    if (document == no_document || !postings_.is_living(document)) continue;
    if (scored) read_values(document);
    documents_[size_++] = document;
  }
  count_ += size_;
  const std::span found = std::span(documents_).first(size_);
  if (scored) postings_.read_lengths(found, lengths_.data());
  return found;
}

bool Conjunction::has_more_than(std::uint64_t documents) const {
  constexpr std::uint64_t enough = 512;  // that tell; documents of a kind often follow one another
  return count_ >= enough && next_ != no_document &&
         count_ * (postings_.last_document() - next_ + 1) > documents * next_;
}

/// The first from there on that matches all parts.
DocumentNumber Conjunction::find(DocumentNumber from) {
  for (;;) {
    const DocumentNumber document =
        intersect(walked_, from, [](Union* word, DocumentNumber target) { return word->advance(target); });
    if ((from = find_in_bits(document)) == document && (from = find_by_matchers(document)) == document) break;
  }
  if (!knows_bits_) learn_bits();
  return from;
}

DocumentNumber Conjunction::find_in_bits(DocumentNumber from) const {
  if (bits_.empty() || from == no_document) return from;
  std::uint64_t left = ~std::uint64_t{0} << from % 64;
  for (std::size_t word = from / 64; word < bits_.front().size(); ++word, left = ~std::uint64_t{0}) {
    for (const std::span<const std::uint64_t> bits : bits_) left &= bits[word];
    if (left != 0) return static_cast<DocumentNumber>(64 * word) + static_cast<DocumentNumber>(std::countr_zero(left));
  }
  return no_document;
}

/// From there on none matches before the document that it gives; all do where it is the same.
DocumentNumber Conjunction::find_by_matchers(DocumentNumber from) {
  for (Matcher* matcher : matchers_) {
    matcher->advance(from);
    if (matcher->document() != from) return matcher->document();
  }
  return from;
}

/// Words whose documents are at hand as bits need not be walked.
void Conjunction::learn_bits() {
  knows_bits_ = true;
  std::erase_if(walked_, [this](const Union* word) {
    if (word->bits().empty()) return false;
    bits_.push_back(word->bits());
    return true;
  });
}

void Conjunction::read_values(DocumentNumber document) {
  for (Part& part : parts_) {
    if (part.matcher) {
      part.values[size_] = part.matcher->score(document, postings_.lengths(document));
    } else {
      part.terms.advance(document);
      part.values[size_] = part.terms.frequency(document);
    }
  }
}

/// Without a branch, which nobody could foretell.
std::span<const std::size_t> Conjunction::find_good(double enough) {
  std::array<float, at_once> scores{};
  for (const Part& part : parts_) {
    for (std::size_t i = 0; i < size_ && part.matcher; ++i)
      scores[i] += static_cast<float>(part.values[i] / precision_.unit());
    for (std::size_t i = 0; i < size_ && !part.matcher; ++i) {
      const float half = part.normalisation.half(lengths_[i]);
      scores[i] += part.weight * saturation(std::max(static_cast<float>(part.values[i]), not_nothing), half);
    }
  }
  const auto needed = static_cast<float>(precision_.rounded_down(enough) / precision_.unit());
  std::size_t good = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    good_[good] = i;
    good += static_cast<std::size_t>(scores[i] >= needed);
  }
  return std::span(good_).first(good);
}

double Conjunction::score(std::size_t place) const {
  double sum = 0;
  for (const Part& part : parts_) {
    const double value = part.values[place];
    sum += part.matcher ? value : part.node->weight * part.node->idf * part.saturation(lengths_[place], value);
  }
  return sum;
}

}  // namespace limier
