#include "container/content_type.h"

#include "text/ascii.h"

namespace limier::container {

std::string media_type(std::string_view content_type) {
  return ascii_lower(trimmed(content_type.substr(0, content_type.find(';'))));
}

std::string charset_of(std::string_view content_type) {
  const std::string lower = ascii_lower(content_type);
  constexpr std::string_view name = "charset=";
  const std::size_t found = lower.find(name);
  if (found == std::string::npos) return {};
  std::string_view value = std::string_view(lower).substr(found + name.size());
  value = trimmed(value.substr(0, value.find(';')));
  if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
  if (value.ends_with('"') || value.ends_with('\'')) value.remove_suffix(1);
  return std::string(value);
}

std::optional<EntryKind> page_kind(std::string_view content_type) {
  const std::string media = media_type(content_type);
  if (media == "text/html" || media == "application/xhtml+xml") return EntryKind::Html;
  if (media == "text/plain") return EntryKind::Text;
  return std::nullopt;
}

}  // namespace limier::container
