#include "index/drafted_documents.h"

#include <xxhash.h>

namespace limier {
namespace {

constexpr std::uint32_t none = HashSlots::none;

std::uint32_t hash_of(std::string_view id) { return static_cast<std::uint32_t>(XXH3_64bits(id.data(), id.size())); }

}  // namespace

void DraftedDocuments::add(const IndexedDocument& document) {
  if (sources_.empty() || sources_.back() != document.file) sources_.push_back(document.file);
  const std::uint32_t hash = hash_of(document.id);
  HashSlots::Slot& slot = slots_.find(hash, [&](std::uint32_t place) { return ids_[place] == document.id; });
  if (slot.number != none) documents_[slot.number].deleted = true;
  slot = {hash, static_cast<std::uint32_t>(documents_.size())};
  ids_.add(document.id);
  documents_.push_back({document.fingerprint, static_cast<std::uint32_t>(sources_.size() - 1)});
  slots_.make_room(documents_.size());
}

/// The place of the document of this id, or none.
std::uint32_t DraftedDocuments::find(std::string_view id) const {
  const std::uint32_t place = slots_.find(hash_of(id), [&](std::uint32_t number) { return ids_[number] == id; }).number;
  return place == none || documents_[place].deleted ? none : place;
}

std::optional<live::LiveWriter::Stamp> DraftedDocuments::stamp(std::string_view id) const {
  const std::uint32_t place = find(id);
  if (place == none) return std::nullopt;
  return live::LiveWriter::Stamp{documents_[place].fingerprint, sources_[documents_[place].source]};
}

bool DraftedDocuments::remove(std::string_view id) {
  const std::uint32_t place = find(id);
  if (place == none) return false;
  documents_[place].deleted = true;
  return true;
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
