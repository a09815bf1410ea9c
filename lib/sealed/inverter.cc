#include "sealed/inverter.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sealed/bits.h"

namespace limier::sealed {

void Inverter::add(IndexedDocument document) {
  batch_.documents.push_back(std::move(document));
  ++document_;
}

void Inverter::add_occurrence(const schema::Field& field, const Token& word, std::uint32_t position) {
  add(forms_->add(field, word), position);
}

void Inverter::add_term(std::string_view term) { add(forms_->add(term), 0); }

/// By stem, those of a stem being in order.
void Inverter::sort_postings() {
  counts_.resize(forms_->stems());
  for (const auto& [stem, posting] : postings_)
    if (counts_[stem]++ == 0) stems_.push_back(stem);
  std::uint32_t begin = 0;
  for (const std::uint32_t stem : stems_) begin += std::exchange(counts_[stem], begin);
  sorted_.resize(postings_.size());
  for (const auto& [stem, posting] : postings_) sorted_[counts_[stem]++] = posting;
  postings_.clear();
}

/// Writes the runs where there is room for all that they may take, most of which nobody touches.
InvertedBatch Inverter::take() {
  sort_postings();
  constexpr std::size_t longest_posting = 2 * longest_prefix_varint,
                        longest_head = 2 * longest_varint + longest_prefix_varint;
  const std::size_t room = sorted_.size() * longest_posting + stems_.size() * longest_head;
  const auto runs = std::make_unique_for_overwrite<char[]>(room);
  char* at = runs.get();
  std::uint32_t begin = 0;
  for (const std::uint32_t stem : stems_) {
    const std::uint32_t end = std::exchange(counts_[stem], 0);
    at = put_varint(at, stem);
    at = put_run(at, std::span(sorted_).subspan(begin, end - begin));
    begin = end;
  }
  stems_.clear();
  batch_.runs.assign(runs.get(), at);  // of no more memory than they need, for many wait for the end
  batch_.forms = forms_;
  batch_.form_bytes = forms_->bytes();
  document_ = 1;
  return std::exchange(batch_, {});
}

/// Behind its size, for which mostly a byte is enough.
char* Inverter::put_run(char* const at, std::span<const Posting> postings) {
  std::uint32_t greatest = 0;
  for (const Posting& posting : postings) greatest = std::max(greatest, posting.ordinal);
  const unsigned width = width_of(greatest);
  char* const begin = at + 1;
  char* end = put_prefix_varint(begin, width);
  std::uint32_t before = 0;
  for (auto posting = postings.begin(); posting != postings.end();) {
    const std::uint32_t document = posting->document;
    end = put_prefix_varint(end, document - std::exchange(before, document));
    std::uint32_t position = 0;
    for (bool last = false; !last; ++posting) {
      last = posting + 1 == postings.end() || posting[1].document != document;
      const std::uint64_t gap = posting->position - std::exchange(position, posting->position);
      end = put_prefix_varint(end, gap << (1 + width) | std::uint64_t{posting->ordinal} << 1 | (last ? 1 : 0));
    }
  }
  const auto size = static_cast<std::size_t>(end - begin);
  char head[longest_varint];
  const auto head_size = static_cast<std::size_t>(put_varint(head, size) - head);
  if (head_size > 1) std::memmove(at + head_size, begin, size);
  std::memcpy(at, head, head_size);
  return at + head_size + size;
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
