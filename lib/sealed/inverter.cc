#include "sealed/inverter.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sealed/bits.h"

namespace limier::sealed {

void Inverter::add(IndexedDocument document) {
  batch_.documents.push_back(std::move(document));
  ++document_;
}

void Inverter::add_occurrence(const schema::Field& field, const Token& word, std::uint32_t position) {
  postings_.push_back({forms_->add(field, word), document_, position});
}

void Inverter::add_term(std::string_view term) { postings_.push_back({forms_->add(term), document_, 0}); }

/// Sorts the postings by stem, those of a stem being in order, and writes the runs.
InvertedBatch Inverter::take() {
  counts_.resize(forms_->stems());
  for (const Posting& posting : postings_)
    if (counts_[posting.form.stem]++ == 0) stems_.push_back(posting.form.stem);
  std::uint32_t begin = 0;
  for (const std::uint32_t stem : stems_) begin += std::exchange(counts_[stem], begin);
  sorted_.resize(postings_.size());
  for (const Posting& posting : postings_) sorted_[counts_[posting.form.stem]++] = posting;
  begin = 0;
  for (const std::uint32_t stem : stems_) {
    const std::uint32_t end = std::exchange(counts_[stem], 0);
    append_run(std::span(sorted_).subspan(begin, end - begin));
    begin = end;
  }
  postings_.clear();
  stems_.clear();
  batch_.runs = runs_;  // of no more memory than it needs, for many wait for the end
  runs_.clear();
  batch_.forms = forms_;
  batch_.form_bytes = forms_->bytes();
  document_ = 1;
  return std::exchange(batch_, {});
}

void Inverter::append_run(std::span<const Posting> postings) {
  std::uint32_t greatest = 0;
  for (const Posting& posting : postings) greatest = std::max(greatest, posting.form.ordinal);
  const unsigned width = width_of(greatest);
  run_.clear();
  char buffer[4096];
  char* at = put_prefix_varint(buffer, width);
  const auto flush = [&] {
    run_.append(buffer, at);
    at = buffer;
  };
  std::uint32_t before = 0;
  for (auto posting = postings.begin(); posting != postings.end();) {
    const std::uint32_t document = posting->document;
    at = put_prefix_varint(at, document - std::exchange(before, document));
    std::uint32_t position = 0;
    for (bool last = false; !last; ++posting) {
      if (at > std::end(buffer) - 2 * longest_prefix_varint) flush();
      last = posting + 1 == postings.end() || posting[1].document != document;
      at = put_prefix_varint(
          at, std::uint64_t{posting->position - std::exchange(position, posting->position)} << (1 + width) |
                  std::uint64_t{posting->form.ordinal} << 1 | (last ? 1 : 0));
    }
  }
  flush();
  put_varint(runs_, postings.front().form.stem);
  put_varint(runs_, run_.size());
  runs_ += run_;
}

bool RunCursor::next() {
  if (runs_.empty()) return false;
  const char* at = runs_.data();
  stem_ = static_cast<std::uint32_t>(take_varint(at));
  const char* const begin = at;
  take_sized(at);
  sized_run_ = {begin, at};
  runs_ = {at, runs_.data() + runs_.size()};
  return true;
}

}  // namespace limier::sealed
