#include "live/live_writer.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "live/reading.h"
#include "live/xapian_errors.h"
#include "shard/schema.h"

namespace limier::live {
namespace {

Xapian::Document to_xapian(const IndexedDocument& document, const LiveTerms& terms) {
  Xapian::Document made;
  made.set_data(document.stored);
  made.add_value(schema::IdSlot, document.id);
  made.add_value(schema::LengthsSlot, print_lengths(document.lengths));
  made.add_value(schema::DatesSlot, document.dates);
  made.add_value(schema::FingerprintSlot, fmt::format("{:016x}", document.fingerprint));
  made.add_value(schema::FileSlot, document.file);
  made.add_value(schema::SketchSlot, document.sketch);
  made.add_value(schema::ValuesSlot, document.values);
  made.add_boolean_term(std::string(schema::id_prefix) + document.id);
  if (!document.file.empty()) made.add_boolean_term(std::string(schema::file_prefix) + document.file);
  for (const auto& [term, occurrences] : terms.terms()) {
    for (const std::uint32_t position : occurrences.positions) made.add_posting(term, position, 0);
    made.add_term(term, occurrences.count);
  }
  return made;
}

std::uint64_t parse_fingerprint(const std::string& digits) {
  std::uint64_t fingerprint = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), fingerprint, 16);
  return fingerprint;
}

}  // namespace

void LiveTerms::add_occurrence(const schema::Field& field, const Token& word, std::uint32_t position) {
  Occurrences& stem = terms_[schema::stem_term(field, word.stem)];
  ++stem.count;
  stem.positions.push_back(position);
  ++terms_[schema::exact_term(field, word.folded, word.exact)].count;
}

void LiveTerms::add_term(std::string_view term) { terms_.try_emplace(std::string(term)); }

LiveWriter::LiveWriter(std::string path, Start start) : path_(std::move(path)) {
  translated(path_, [&] {
    database_ = Xapian::WritableDatabase(
        path_, (start == Start::Open ? Xapian::DB_OPEN : Xapian::DB_CREATE_OR_OVERWRITE) | Xapian::DB_BACKEND_GLASS);
    totals_ = parse_totals(database_.get_metadata(std::string(schema::totals_key)));
  });
}

LiveWriter::~LiveWriter() {
  try {
    if (changing_) database_.cancel_transaction();
    database_.close();
  } catch (const Xapian::Error&) {
    // What was not committed is to be dropped, and a disk that refuses cannot keep it alive.
  }
}

void LiveWriter::begin() {
  if (changing_) return;
  translated(path_, [&] {
    await_readers(path_, database_.get_revision());
    // Outside of a transaction Xapian commits by itself after a number of changes.
    database_.begin_transaction(true);
  });
  changing_ = true;
}

Xapian::docid LiveWriter::find(std::string_view id) const {
  const std::string term = std::string(schema::id_prefix).append(id);
  const Xapian::PostingIterator found = database_.postlist_begin(term);
  return found == database_.postlist_end(term) ? 0 : *found;
}

std::optional<LiveWriter::Stamp> LiveWriter::stamp(std::string_view id) const {
  return translated(path_, [&]() -> std::optional<Stamp> {
    const Xapian::docid number = find(id);
    if (number == 0) return std::nullopt;
    const Xapian::Document document = database_.get_document(number);
    return Stamp{parse_fingerprint(document.get_value(schema::FingerprintSlot)), document.get_value(schema::FileSlot)};
  });
}

void LiveWriter::subtract_lengths(Xapian::docid number) {
  const DocumentLengths lengths = parse_lengths(database_.get_document(number).get_value(schema::LengthsSlot));
  totals_.text_length -= lengths.text;
  totals_.title_length -= lengths.title;
}

void LiveWriter::replace(const IndexedDocument& document, const LiveTerms& terms) {
  begin();
  translated(path_, [&] {
    const Xapian::Document made = to_xapian(document, terms);
    if (const Xapian::docid number = find(document.id)) {
      subtract_lengths(number);
      database_.replace_document(number, made);
    } else {
      database_.add_document(made);
    }
    totals_.text_length += document.lengths.text;
    totals_.title_length += document.lengths.title;
  });
}

bool LiveWriter::remove(std::string_view id) {
  return translated(path_, [&] {
    const Xapian::docid number = find(id);
    if (number == 0) return false;
    begin();
    subtract_lengths(number);
    database_.delete_document(number);
    return true;
  });
}

std::vector<std::string> LiveWriter::ids_of_file(const std::string& file) const {
  return translated(path_, [&] {
    const std::string term = std::string(schema::file_prefix) + file;
    std::vector<std::string> ids;
    const Xapian::PostingIterator end = database_.postlist_end(term);
    for (Xapian::PostingIterator number = database_.postlist_begin(term); number != end; ++number)
      ids.push_back(database_.get_document(*number).get_value(schema::IdSlot));
    return ids;
  });
}

void LiveWriter::for_each_document(
    const std::function<void(const std::string& stored, const std::string& file)>& visit) const {
  translated(path_, [&] {
    const Xapian::PostingIterator end = database_.postlist_end("");
    for (Xapian::PostingIterator number = database_.postlist_begin(""); number != end; ++number) {
      const Xapian::Document document = database_.get_document(*number);
      visit(document.get_data(), document.get_value(schema::FileSlot));
    }
  });
}

std::string LiveWriter::metadata(std::string_view key) const {
  return translated(path_, [&] { return database_.get_metadata(std::string(key)); });
}

void LiveWriter::set_metadata(std::string_view key, const std::string& value) {
  begin();
  translated(path_, [&] { database_.set_metadata(std::string(key), value); });
}

std::vector<std::string> LiveWriter::metadata_values(std::string_view prefix) const {
  return translated(path_, [&] {
    std::vector<std::string> values;
    const std::string start(prefix);
    const Xapian::TermIterator end = database_.metadata_keys_end(start);
    for (Xapian::TermIterator key = database_.metadata_keys_begin(start); key != end; ++key)
      values.push_back(database_.get_metadata(*key));
    return values;
  });
}

std::uint64_t LiveWriter::document_count() const {
  return translated(path_, [&] { return std::uint64_t{database_.get_doccount()}; });
}

void LiveWriter::commit() {
  if (!changing_) return;
  set_metadata(schema::totals_key, print_totals(totals_));
  translated(path_, [&] { database_.commit_transaction(); });
  changing_ = false;
}

}  // namespace limier::live
