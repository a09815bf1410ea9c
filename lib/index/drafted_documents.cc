#include "index/drafted_documents.h"

#include <xxhash.h>

#include <utility>

namespace limier {

/// Of the slot that has the last document of this id, or of the empty one that is to have it. At least half of them are
/// empty.
std::size_t DraftedDocuments::place(std::string_view id) const {
  std::size_t at = XXH3_64bits(id.data(), id.size()) & (slots_.size() - 1);
  while (slots_[at] != 0 && ids_[slots_[at] - 1] != id) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void DraftedDocuments::make_room() {
  if ((documents_.size() + 1) * 2 <= slots_.size()) return;
  const std::vector<std::uint32_t> old = std::exchange(slots_, std::vector<std::uint32_t>(2 * slots_.size()));
  for (const std::uint32_t document : old)
    if (document != 0) slots_[place(ids_[document - 1])] = document;
}

void DraftedDocuments::add(const IndexedDocument& document) {
  make_room();
  if (sources_.empty() || sources_.back() != document.file) sources_.push_back(document.file);
  std::uint32_t& last = slots_[place(document.id)];
  if (last != 0) documents_[last - 1].deleted = true;
  ids_.add(document.id);
  documents_.push_back({document.fingerprint, static_cast<std::uint32_t>(sources_.size() - 1)});
  last = static_cast<std::uint32_t>(documents_.size());
}

std::optional<live::LiveWriter::Stamp> DraftedDocuments::stamp(std::string_view id) const {
  const std::uint32_t document = slots_[place(id)];
  if (document == 0 || documents_[document - 1].deleted) return std::nullopt;
  return live::LiveWriter::Stamp{documents_[document - 1].fingerprint, sources_[documents_[document - 1].source]};
}

bool DraftedDocuments::remove(std::string_view id) {
  const std::uint32_t document = slots_[place(id)];
  return document != 0 && !std::exchange(documents_[document - 1].deleted, true);
}

std::vector<std::string> DraftedDocuments::ids_of_file(const std::string& file) const {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < documents_.size(); ++i)
    if (!documents_[i].deleted && sources_[documents_[i].source] == file) ids.emplace_back(ids_[i]);
  return ids;
}

std::vector<DocumentNumber> DraftedDocuments::deleted() const {
  std::vector<DocumentNumber> numbers;
  for (std::size_t i = 0; i < documents_.size(); ++i)
    if (documents_[i].deleted) numbers.push_back(static_cast<DocumentNumber>(i + 1));
  return numbers;
}

}  // namespace limier
