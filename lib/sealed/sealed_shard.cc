#include "sealed/sealed_shard.h"

#include <algorithm>
#include <optional>

#include "limier/document.h"
#include "shard/schema.h"
#include "shard/top_hits.h"
#include "text/calendar.h"

namespace limier::sealed {
namespace {

/// The terms of both dictionaries that a document has which is not deleted.
class SealedTerms final : public TermCursor {
 public:
  SealedTerms(const Segment& segment, const SegmentPostings& postings, bool any_deleted, const std::string& prefix)
      : postings_(postings),
        any_deleted_(any_deleted),
        prefix_(prefix),
        stems_(segment.terms()),
        forms_(segment.forms()) {
    // Most prefixes say which of the two has such terms; that is all that is read then.
    const bool is_short = prefix.size() < schema::has_prefix.size(), is_exact = schema::is_exact_term(prefix);
    if (is_short || !is_exact) stems_.seek(prefix);
    if (is_short || is_exact) forms_.seek(prefix);
    next();
  }

  const std::string& term() const override { return term_; }

  std::uint64_t document_frequency() const override {
    return frequency_ ? *frequency_ : postings_.document_frequency(term_);
  }

  void next() override {
    do {
      term_.clear();
      if (!has_more(stems_) && !has_more(forms_)) return;
      const bool form_is_next = !has_more(stems_) || (has_more(forms_) && forms_.term() < stems_.term());
      take(form_is_next ? forms_ : stems_);
    } while (any_deleted_ && document_frequency() == 0);
  }

  void advance(const std::string& target) override {
    if (term_.empty() || term_ >= target) return;
    for (Dictionary::Cursor* cursor : {&stems_, &forms_})
      if (has_more(*cursor)) cursor->advance(target);
    next();
  }

 private:
  bool has_more(const Dictionary::Cursor& cursor) const {
    return !cursor.at_end() && cursor.term().starts_with(prefix_);
  }

  /// The term a cursor stands on, which moves behind it. How many documents have it is written there, but for one that
  /// is a form of several stems, or where some are deleted.
  void take(Dictionary::Cursor& cursor) {
    term_ = cursor.term();
    const TermEntry entry = cursor.entry();
    frequency_ = &cursor == &forms_ ? FormEntry(entry).documents : Segment::shape_of(entry).documents;
    cursor.next();
    if (any_deleted_ || (!cursor.at_end() && cursor.term() == term_)) frequency_.reset();
    while (!cursor.at_end() && cursor.term() == term_) cursor.next();
  }

  const SegmentPostings& postings_;
  bool any_deleted_;
  std::string prefix_, term_;
  std::optional<std::uint64_t> frequency_;
  Dictionary::Cursor stems_, forms_;  // behind the term
};

}  // namespace

SealedShard::SealedShard(const std::string& path, const std::vector<DocumentNumber>& deleted)
    : segment_(path),
      postings_(segment_, segment_.checked(deleted)),
      totals_(segment_.totals()),
      documents_(segment_.documents() - deleted.size()) {
  for (const DocumentNumber document : deleted) {
    const DocumentLengths lengths = segment_.lengths(document);
    totals_.text_length -= lengths.text;
    totals_.title_length -= lengths.title;
  }
}

CollectionStatistics SealedShard::statistics(std::span<const std::string_view> terms) const {
  return {documents_, totals_.text_length, totals_.title_length, postings_.document_frequencies(terms)};
}

std::unique_ptr<TermCursor> SealedShard::terms(const std::string& prefix) const {
  return std::make_unique<SealedTerms>(segment_, postings_, any_deleted(), prefix);
}

ShardResult SealedShard::top(const QueryPlan& plan, const TopRequest& request) const {
  return top_hits(plan, postings_, request);
}

std::vector<std::uint64_t> SealedShard::count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders,
                                                     Collapse collapse) const {
  return limier::count_hidden(plan, postings_, leaders, collapse);
}

std::optional<ScoreShare> SealedShard::explain(const QueryPlan& plan, std::string_view id) const {
  return explain_score(plan, postings_, id);
}

std::optional<Document> SealedShard::document(std::string_view id) const {
  const std::optional<DocumentNumber> found = postings_.find(id);
  if (!found) return std::nullopt;
  return document_from_json(segment_.stored(*found));
}

void SealedShard::visit_documents(const DocumentVisitor& visit) const {
  for (DocumentNumber document = 1; document <= segment_.documents(); ++document)
    if (postings_.is_living(document)) visit(document_from_json(segment_.stored(document)));
}

std::string SealedShard::dates() const {
  Days all = totals_.days;
  if (any_deleted()) {
    all = {};
    for (DocumentNumber document = 1; document <= segment_.documents(); ++document)
      if (postings_.is_living(document)) all.include(segment_.days(document));
  }
  return all.first == 0 ? std::string() : print_day(all.first) + print_day(all.last);
}

}  // namespace limier::sealed
