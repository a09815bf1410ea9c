#include "sealed/reordering.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <future>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <utility>

#include "sealed/merged_terms.h"

namespace limier::sealed {
namespace {

/// Parts of so many documents are left as they are: within a block of a list, their order tells little.
constexpr std::size_t smallest_part = 32;

/// How often two halves exchange documents, at most.
constexpr int most_exchanges = 20;

/// Terms of fewer documents say little of an order, and so do those that more than a quarter of all have.
constexpr std::uint64_t fewest_documents = 8, most_parts = 4;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// The terms of documents, which are numbered from 0 by an order, as numbers from 0.
class TermsOfDocuments {
 public:
  TermsOfDocuments(const std::vector<const Segment*>& segments, const DocumentOrder& order, std::uint64_t most_postings)
      : segments_(segments), ends_(order.size()) {
    for (const Segment* segment : segments) documents_.emplace_back(segment->documents() + 1, none);
    for (std::uint32_t document = 0; document < order.size(); ++document)
      documents_[order[document].segment][order[document].document] = document;
    choose_bounds(most_postings);
    for_each_posting([this](std::uint32_t document, std::uint32_t) { ++ends_[document]; });
    std::uint64_t all = 0;
    for (std::uint64_t& end : ends_) end = begins_.emplace_back(std::exchange(all, all + end));
    terms_.resize(all);
    for_each_posting([this](std::uint32_t document, std::uint32_t term) { terms_[ends_[document]++] = term; });
    documents_.clear();
  }

  /// How many terms there are.
  std::uint32_t count() const { return count_; }

  std::span<std::uint32_t> of(std::uint32_t document) {
    return std::span(terms_).subspan(begins_[document], ends_[document] - begins_[document]);
  }

  /// Leaves a document the first of its terms.
  void keep(std::uint32_t document, std::size_t count) { ends_[document] = begins_[document] + count; }

 private:
  static std::uint64_t frequency(const MergedTerms& term) {
    std::uint64_t documents = 0;
    for (const std::uint32_t segment : term.having())
      documents += Segment::shape_of(term.in(segment).entry()).documents;
    return documents;
  }

  /// The rarest terms are left out where there is no room for all.
  void choose_bounds(std::uint64_t most_postings) {
    std::map<std::uint64_t, std::uint64_t, std::greater<>> postings;  // by frequency
    for (MergedTerms term(segments_); !term.at_end(); term.next()) postings[frequency(term)] += frequency(term);
    most_ = ends_.size() / most_parts;
    least_ = most_ + 1;
    std::uint64_t sum = 0;
    for (auto each = postings.lower_bound(most_); each != postings.end(); ++each) {
      sum += each->second;
      if (each->first < fewest_documents || sum > most_postings) return;
      least_ = each->first;
    }
  }

  template <typename Visit>
  void for_each_posting(Visit visit) {
    count_ = 0;
    for (MergedTerms term(segments_); !term.at_end(); term.next()) {
      if (const std::uint64_t documents = frequency(term); documents < least_ || documents > most_) continue;
      for (const std::uint32_t segment : term.having()) {
        ListCursor list = segments_[segment]->list(term.in(segment).entry());
        for (; list.document() != no_document; list.advance(list.document() + 1))
          if (const std::uint32_t document = documents_[segment][list.document()]; document != none)
            visit(document, count_);
      }
      ++count_;
    }
  }

  const std::vector<const Segment*>& segments_;
  std::vector<std::vector<std::uint32_t>> documents_;  // their numbers, by segment and number there
  std::uint64_t least_ = 0, most_ = 0;                 // documents of terms that count
  std::uint32_t count_ = 0;
  std::vector<std::uint64_t> begins_, ends_;  // in `terms_`, by document
  std::vector<std::uint32_t> terms_;
};

/// The list of a term that x of n documents have takes about x log2(n / (x + 1)) bits. By so many less than log2(n)
/// the x-th of them makes it longer.
class Savings {
 public:
  explicit Savings(std::size_t documents) : bits_(documents + 2) {
    for (std::size_t x = 1; x < bits_.size(); ++x) {
      const auto count = static_cast<double>(x);
      bits_[x] = static_cast<float>(count * std::log2(count + 1) - (count - 1) * std::log2(count));
    }
  }

  float operator[](std::uint32_t count) const { return bits_[count]; }

 private:
  std::vector<float> bits_;
};

/// Thread rule: parts that have no document in common may be ordered side by side.
class Bisection {
 public:
  Bisection(TermsOfDocuments& terms, std::size_t documents) : terms_(terms), savings_(documents) {}

  /// Orders documents, the numbers of whose terms are below `terms`.
  void order(std::span<std::uint32_t> documents, std::uint32_t terms, unsigned threads) {
    if (documents.size() <= smallest_part) return;
    const std::span<std::uint32_t> left = documents.first(documents.size() / 2), right = documents.subspan(left.size());
    const std::uint32_t left_over = exchange(left, right, terms);
    const auto order_left = [=, this] { order(left, left_over, threads / 2); };
    std::future<void> beside;
    if (threads > 1) {
      beside = std::async(std::launch::async, order_left);
    } else {
      order_left();
    }
    order(right, left_over, threads - threads / 2);
    if (beside.valid()) beside.get();
  }

 private:
  /// How many documents of each half have a term.
  struct Frequency {
    std::uint32_t left = 0, right = 0;
  };

  struct Move {
    float gain = 0;  // in bits
    std::uint32_t document = 0;
  };

  /// Swaps documents for as long as that makes lists shorter. Tells how many terms are left.
  std::uint32_t exchange(std::span<std::uint32_t> left, std::span<std::uint32_t> right, std::uint32_t terms) {
    std::vector<Frequency> frequencies = number_terms(left, right, terms);
    const auto larger =
        static_cast<float>(std::log2(static_cast<double>(right.size()) / static_cast<double>(left.size())));
    std::vector<Move> to_right, to_left;
    for (int i = 0; i < most_exchanges; ++i) {
      find_moves(left, frequencies, to_right,
                 [&](const Frequency& of) { return savings_[of.right + 1] - savings_[of.left] - larger; });
      find_moves(right, frequencies, to_left,
                 [&](const Frequency& of) { return savings_[of.left + 1] - savings_[of.right] + larger; });
      std::size_t swaps = 0;
      for (; swaps < left.size() && to_right[swaps].gain + to_left[swaps].gain > 0; ++swaps) {
        for (const std::uint32_t term : terms_.of(to_right[swaps].document)) {
          --frequencies[term].left;
          ++frequencies[term].right;
        }
        for (const std::uint32_t term : terms_.of(to_left[swaps].document)) {
          ++frequencies[term].left;
          --frequencies[term].right;
        }
        std::swap(to_right[swaps].document, to_left[swaps].document);
      }
      std::ranges::transform(to_right, left.begin(), &Move::document);
      std::ranges::transform(to_left, right.begin(), &Move::document);
      if (swaps == 0) break;
    }
    return static_cast<std::uint32_t>(frequencies.size());
  }

  /// What it is worth to move each document to the other half, from the most down. `gain` tells it of one that has but
  /// one term.
  template <typename Gain>
  void find_moves(std::span<const std::uint32_t> documents, const std::vector<Frequency>& frequencies,
                  std::vector<Move>& moves, Gain gain) {
    std::vector<float> gains(frequencies.size());
    std::ranges::transform(frequencies, gains.begin(), gain);
    moves.clear();
    for (const std::uint32_t document : documents) {
      Move& move = moves.emplace_back(Move{0, document});
      for (const std::uint32_t term : terms_.of(document)) move.gain += gains[term];
    }
    std::ranges::sort(moves, [](const Move& a, const Move& b) {
      return a.gain != b.gain ? a.gain > b.gain : a.document < b.document;
    });
  }

  /// Drops terms of one document or of all, which gain nothing here nor in any part of this, and gives the others new
  /// numbers, so that what is looked up by them lies together. Tells their frequencies.
  std::vector<Frequency> number_terms(std::span<const std::uint32_t> left, std::span<const std::uint32_t> right,
                                      std::uint32_t terms) {
    std::vector<Frequency> old(terms), frequencies;
    for (const std::uint32_t document : left)
      for (const std::uint32_t term : terms_.of(document)) ++old[term].left;
    for (const std::uint32_t document : right)
      for (const std::uint32_t term : terms_.of(document)) ++old[term].right;
    std::vector<std::uint32_t> numbers(terms, none);
    for (std::uint32_t term = 0; term < terms; ++term) {
      const std::size_t documents = old[term].left + old[term].right;
      if (documents < 2 || documents == left.size() + right.size()) continue;
      numbers[term] = static_cast<std::uint32_t>(frequencies.size());
      frequencies.push_back(old[term]);
    }
    for (const std::span<const std::uint32_t> half : {left, right})
      for (const std::uint32_t document : half) number_terms(document, numbers);
    return frequencies;
  }

  void number_terms(std::uint32_t document, const std::vector<std::uint32_t>& numbers) {
    const std::span<std::uint32_t> terms = terms_.of(document);
    std::size_t kept = 0;
    for (const std::uint32_t term : terms)
      if (numbers[term] != none) terms[kept++] = numbers[term];
    terms_.keep(document, kept);
  }

  TermsOfDocuments& terms_;
  Savings savings_;
};

}  // namespace

DocumentOrder reorder(const std::vector<const Segment*>& segments, const DocumentOrder& order, std::uint64_t memory,
                      unsigned threads) {
  TermsOfDocuments terms(segments, order, memory / sizeof(std::uint32_t));
  std::vector<std::uint32_t> documents(order.size());
  std::iota(documents.begin(), documents.end(), 0);
  Bisection(terms, documents.size()).order(documents, terms.count(), threads);
  DocumentOrder reordered;
  for (const std::uint32_t document : documents) reordered.push_back(order[document]);
  return reordered;
}

}  // namespace limier::sealed
