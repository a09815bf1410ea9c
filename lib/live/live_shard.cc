#include "live/live_shard.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "live/xapian_errors.h"
#include "shard/postings.h"
#include "shard/schema.h"
#include "shard/top_hits.h"
#include "text/message.h"

namespace limier::live {
namespace {

class XapianCursor final : public PostingCursor {
 public:
  XapianCursor(const Xapian::Database& database, const std::string& term, DocumentNumber from)
      : cursor_(database.postlist_begin(term)), end_(database.postlist_end(term)) {
    advance(from);
  }

  DocumentNumber document() const override { return cursor_ == end_ ? no_document : *cursor_; }

  DocumentNumber advance(DocumentNumber target) final {
    if (document() < target && ++cursor_ != end_ && *cursor_ < target) cursor_.skip_to(target);
    return document();
  }

  std::uint32_t count() const override { return cursor_.get_wdf(); }

  void read_positions(std::uint32_t* positions) const override {
    std::copy(cursor_.positionlist_begin(), cursor_.positionlist_end(), positions);
  }

 private:
  Xapian::PostingIterator cursor_, end_;
};

class XapianTerms final : public TermCursor {
 public:
  XapianTerms(const std::string& path, const Xapian::Database& database, const std::string& prefix)
      : path_(path), cursor_(database.allterms_begin(prefix)), end_(database.allterms_end(prefix)) {
    read();
  }

  const std::string& term() const override { return term_; }

  std::uint64_t document_frequency() const override {
    return translated(path_, [&] { return cursor_.get_termfreq(); });
  }

  void next() override {
    translated(path_, [&] {
      ++cursor_;
      read();
    });
  }

  void advance(const std::string& target) override {
    if (term_.empty() || term_ >= target) return;
    translated(path_, [&] {
      cursor_.skip_to(target);
      read();
    });
  }

 private:
  void read() { term_ = cursor_ == end_ ? std::string() : *cursor_; }

  const std::string& path_;
  Xapian::TermIterator cursor_, end_;
  std::string term_;
};

/// A column read in ascending order of documents, as matching does.
class Column {
 public:
  Column(const Xapian::Database& database, Xapian::valueno slot) : database_(database), slot_(slot) {}

  std::string operator()(DocumentNumber document) {
    if (!started_ || document < last_) {
      value_ = database_.valuestream_begin(slot_);
      started_ = true;
    }
    last_ = document;
    const Xapian::ValueIterator end = database_.valuestream_end(slot_);
    if (value_ == end) return {};
    if (value_.get_docid() < document) value_.skip_to(document);
    return value_ != end && value_.get_docid() == document ? *value_ : std::string();
  }

 private:
  const Xapian::Database& database_;
  Xapian::valueno slot_;
  Xapian::ValueIterator value_;
  DocumentNumber last_ = 0;
  bool started_ = false;
};

class XapianPostings final : public Postings {
 public:
  XapianPostings(const Xapian::Database& database, TermFrequencies& frequencies)
      : database_(database),
        frequencies_(frequencies),
        lengths_(database, schema::LengthsSlot),
        dates_(database, schema::DatesSlot),
        ids_(database, schema::IdSlot),
        sketches_(database, schema::SketchSlot),
        values_(database, schema::ValuesSlot) {}

  std::unique_ptr<PostingCursor> cursor(std::string_view term, DocumentNumber from) const override {
    if (document_frequency(term) == 0) return nullptr;
    return std::make_unique<XapianCursor>(database_, std::string(term), from);
  }

  std::unique_ptr<PostingCursor> all_documents() const override {
    return std::make_unique<XapianCursor>(database_, "", 1);
  }

  std::uint64_t document_count() const override { return database_.get_doccount(); }

  DocumentNumber last_document() const override { return database_.get_lastdocid(); }

  std::uint64_t document_frequency(std::string_view term) const override { return frequencies_.of(database_, term); }

  std::optional<DocumentNumber> find(std::string_view id) const override {
    const std::string term = std::string(schema::id_prefix).append(id);
    const Xapian::PostingIterator found = database_.postlist_begin(term);
    return found == database_.postlist_end(term) ? std::nullopt : std::optional(*found);
  }

  DocumentLengths lengths(DocumentNumber document) const override { return parse_lengths(lengths_(document)); }

  Days days(DocumentNumber document) const override {
    const std::string dates = dates_(document);
    Days days;
    if (dates.size() == 16) {
      std::from_chars(dates.data(), dates.data() + 8, days.first);
      std::from_chars(dates.data() + 8, dates.data() + 16, days.last);
    }
    return days;
  }

  std::string id(DocumentNumber document) const override { return ids_(document); }

  Sketch sketch(DocumentNumber document) const override { return parse_sketch(sketches_(document)); }

  std::string values(DocumentNumber document) const override { return values_(document); }

  void read_pairs(std::span<const DocumentNumber> documents, std::span<const std::uint32_t>* pairs) const override {
    numbers_.clear();
    std::vector<std::size_t> ends;
    for (const DocumentNumber document : documents) {
      schema::for_each_value(values_(document), [&](std::string_view name, std::string_view value) {
        const std::string pair = schema::pair_of(name, value);
        const auto [known, is_new] = pair_numbers_.try_emplace(pair, static_cast<std::uint32_t>(pairs_.size()));
        if (is_new) pairs_.push_back(pair);
        numbers_.push_back(known->second);
      });
      ends.push_back(numbers_.size());
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const std::size_t begin = i == 0 ? 0 : ends[i - 1];
      pairs[i] = std::span(numbers_).subspan(begin, ends[i] - begin);
    }
  }

  std::string pair(std::uint32_t number) const override { return pairs_[number]; }

 private:
  const Xapian::Database& database_;
  TermFrequencies& frequencies_;
  mutable Column lengths_, dates_, ids_, sketches_, values_;
  mutable std::unordered_map<std::string, std::uint32_t> pair_numbers_;  // in the order of their coming
  mutable std::vector<std::string> pairs_;
  mutable std::vector<std::uint32_t> numbers_;  // of the documents asked for last
};

}  // namespace

Totals parse_totals(const std::string& json) {
  if (json.empty()) return {};
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) throw Error(ErrorCode::Corrupt, message("the index's totals are damaged"));
  return {parsed.value("text_length", std::uint64_t{0}), parsed.value("title_length", std::uint64_t{0})};
}

std::string print_totals(const Totals& totals) {
  return nlohmann::json{{"text_length", totals.text_length}, {"title_length", totals.title_length}}.dump();
}

std::uint64_t TermFrequencies::of(const Xapian::Database& database, std::string_view term) {
  constexpr std::size_t most_known = 8192;
  if (terms_.size() >= most_known && !terms_.has(term)) forget();
  return frequencies_[terms_.add(term, [&] { frequencies_.push_back(database.get_termfreq(std::string(term))); })];
}

void TermFrequencies::forget() {
  terms_.clear();
  frequencies_.clear();
}

LiveShard::LiveShard(std::string path) : path_(std::move(path)) {
  translated(path_, [&] { database_ = Xapian::Database(path_); });
}

Reading LiveShard::refresh() {
  return translated(path_, [&] {
    for (;;) {
      const Xapian::rev newest = database_.get_revision();
      Reading reading(path_, newest);
      // A writer that has committed since may not have seen it.
      if (commit_.is_newest()) return reading;
      CommitFile commit(path_);
      totals_.reset();
      frequencies_.forget();
      database_.reopen();
      if (commit.is_newest()) commit_ = std::move(commit);
      if (database_.get_revision() == newest) return reading;
    }
  });
}

Reading LiveShard::hold() const {
  return translated(path_, [&] {
    Reading reading(path_, database_.get_revision());
    if (!is_newest()) throw SnapshotExpired{};
    return reading;
  });
}

bool LiveShard::is_empty() const {
  return translated(path_, [&] { return database_.get_doccount() == 0; });
}

CollectionStatistics LiveShard::statistics(std::span<const std::string_view> terms) const {
  return translated(path_, [&] {
    if (!totals_) totals_ = parse_totals(database_.get_metadata(std::string(schema::totals_key)));
    CollectionStatistics statistics{database_.get_doccount(), totals_->text_length, totals_->title_length, {}};
    for (const std::string_view term : terms)
      statistics.document_frequencies.push_back(frequencies_.of(database_, term));
    return statistics;
  });
}

std::unique_ptr<TermCursor> LiveShard::terms(const std::string& prefix) const {
  return translated(path_, [&] { return std::make_unique<XapianTerms>(path_, database_, prefix); });
}

ShardResult LiveShard::top(const QueryPlan& plan, const TopRequest& request) const {
  return translated(path_, [&] { return top_hits(plan, XapianPostings(database_, frequencies_), request); });
}

std::vector<std::uint64_t> LiveShard::count_hidden(const QueryPlan& plan, const std::vector<ShardHit>& leaders,
                                                   Collapse collapse) const {
  return translated(
      path_, [&] { return limier::count_hidden(plan, XapianPostings(database_, frequencies_), leaders, collapse); });
}

std::optional<ScoreShare> LiveShard::explain(const QueryPlan& plan, std::string_view id) const {
  return translated(path_, [&] { return explain_score(plan, XapianPostings(database_, frequencies_), id); });
}

std::optional<Document> LiveShard::document(std::string_view id) const {
  return translated(path_, [&]() -> std::optional<Document> {
    const std::optional<DocumentNumber> found = XapianPostings(database_, frequencies_).find(id);
    if (!found) return std::nullopt;
    return document_from_json(database_.get_document(*found).get_data());
  });
}

void LiveShard::visit_documents(const DocumentVisitor& visit) const {
  translated(path_, [&] {
    const Xapian::PostingIterator end = database_.postlist_end("");
    for (Xapian::PostingIterator document = database_.postlist_begin(""); document != end; ++document)
      visit(document_from_json(database_.get_document(*document).get_data()));
  });
}

std::string LiveShard::metadata(std::string_view key) const {
  return translated(path_, [&] { return database_.get_metadata(std::string(key)); });
}

std::uint64_t LiveShard::count_metadata(std::string_view prefix) const {
  return translated(path_, [&] {
    const std::string start(prefix);
    return static_cast<std::uint64_t>(
        std::distance(database_.metadata_keys_begin(start), database_.metadata_keys_end(start)));
  });
}

std::string LiveShard::dates() const {
  return translated(path_, [&] {
    std::string first, last;
    const Xapian::ValueIterator end = database_.valuestream_end(schema::DatesSlot);
    for (Xapian::ValueIterator value = database_.valuestream_begin(schema::DatesSlot); value != end; ++value) {
      const std::string dates = *value;
      if (first.empty() || dates.compare(0, 8, first) < 0) first = dates.substr(0, 8);
      last = std::max(last, dates.substr(8));
    }
    return first + last;
  });
}

}  // namespace limier::live
